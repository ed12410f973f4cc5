using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Workflows.Engine;
using Workflows.Engine.Activities;
using Workflows.Storage.Audit;
using Workflows.Storage.Commit;
using Workflows.Storage.Definitions;
using Workflows.Storage.Leads;
using Workflows.Storage.Model;
using Workflows.Storage.Outbox;
using Workflows.Storage.Providers;
using Workflows.Storage.Queries;
using Workflows.Storage.Queries.Facts;
using Workflows.Storage.Queries.Instances;
using Workflows.Storage.Sessions;
using Workflows.Storage.Stimuli;
using Workflows.Storage.Upkeep;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Measures;
using Workflows.Supervision.Sessions;

namespace Workflows.Storage;

/// <summary>Registers the store and the pump.</summary>
public static class StorageRegistration
{
    /// <summary>
    /// Registers everything of the store over one database: <see cref="IStimulusGate"/>, <see cref="StimulusPump"/>, <see cref="StoreModel"/>,
    /// <see cref="StoreMigrator"/>, a scoped <see cref="WorkflowsDbContext"/> and, within a stimulus, a scoped <see cref="ISupervisionSession"/>.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="provider">Makes the database.</param>
    /// <param name="options">How the pump works; null for the defaults.</param>
    /// <param name="aggregates">Aggregates that have tables; null for those of the domain.</param>
    public static IServiceCollection AddWorkflowsStorage(this IServiceCollection services, Func<IServiceProvider, StoreProvider> provider, PumpOptions? options = null, AggregateMap? aggregates = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider);
        services.AddSingleton(aggregates ?? DomainAggregates.Shared);
        services.AddSingleton(options ?? new PumpOptions());
        services.AddSingleton<StoreModel>();
        services.AddSingleton<StoreMigrator>();
        services.AddSingleton<DefinitionCatalog>();
        services.AddSingleton<CalendarShelf>();
        services.AddSingleton<CalendarReader>();
        services.AddSingleton<IFactSource, FactReader>();
        services.AddSingleton(sp => new StimulusPump(
            sp.GetRequiredService<StoreModel>(),
            sp.GetRequiredService<DefinitionCatalog>(),
            sp.GetRequiredService<CalendarShelf>(),
            sp.GetRequiredService<IBurstRunner>(),
            sp,
            sp.GetRequiredService<PumpOptions>(),
            sp.GetRequiredService<TimeProvider>(),
            sp.GetService<ILogger<StimulusPump>>(),
            sp.GetService<IInstanceWatcher>(),
            sp.GetService<ICommitWatcher>()));
        services.TryAddSingleton<ActivityRegistry>();
        services.TryAddSingleton(sp => new WorkflowEngine(sp.GetRequiredService<ActivityRegistry>()));
        services.TryAddSingleton<IBurstRunner, EngineBurstRunner>();
        services.AddSingleton(sp => new DefinitionStore(sp.GetRequiredService<StoreModel>(), sp.GetRequiredService<IStimulusGate>(), sp.GetRequiredService<IBurstRunner>()));
        services.AddSingleton(sp => new PackageStore(sp.GetRequiredService<StoreModel>(), sp.GetRequiredService<IStimulusGate>(), sp.GetRequiredService<IBurstRunner>()));
        services.AddSingleton(sp => new PackageDraftStore(sp.GetRequiredService<StoreModel>(), sp.GetRequiredService<IStimulusGate>(), sp.GetRequiredService<IBurstRunner>()));
        services.AddSingleton(sp => new DefinitionQueries(sp.GetRequiredService<StoreModel>(), sp.GetRequiredService<DefinitionCatalog>()));
        services.AddSingleton(sp => new CalendarStore(sp.GetRequiredService<IStimulusGate>()));
        services.AddSingleton(sp => new AuditTrail(sp.GetRequiredService<StoreModel>(), sp.GetRequiredService<IStimulusGate>()));
        services.AddSingleton(sp => new StoreUpkeep(sp.GetRequiredService<StoreModel>(), sp.GetRequiredService<IStimulusGate>()));
        services.AddSingleton(sp => new DeadLetterDesk(sp.GetRequiredService<StoreModel>(), sp.GetRequiredService<StimulusPump>()));
        services.AddSingleton<InstanceReader>();
        services.AddSingleton<HistoryReader>();
        services.AddSingleton<OperationQueries>();
        services.AddSingleton<DeadLetters>();
        services.AddSingleton(sp => new OutboxDelivery(
            sp.GetRequiredService<StoreModel>(),
            sp.GetRequiredService<IStimulusGate>(),
            sp.GetServices<IOutboxChannel>(),
            sp.GetRequiredService<TimeProvider>(),
            sp.GetService<ILogger<OutboxDelivery>>()));
        services.AddSingleton<IStimulusGate>(sp => sp.GetRequiredService<StimulusPump>());
        services.AddScoped(sp => sp.GetRequiredService<StoreModel>().CreateContext());
        services.AddScoped<SessionHolder>();
        services.AddScoped(sp => sp.GetRequiredService<SessionHolder>().Session
            ?? throw new InvalidOperationException("A supervision session exists only while a stimulus is carried out: send a DomainCommand."));
        services.AddScoped<ILeadIndex>(sp => new LeadIndex(
            // What watches the session in a simulation stands before the domain's door only.
            sp.GetRequiredService<SessionHolder>().Session as StimulusSession ?? throw new InvalidOperationException("The index of leads exists only while a stimulus is carried out."),
            sp.GetRequiredService<StoreModel>().Dialect));
        return services;
    }
}
