using System.Security.Cryptography;
using Workflows.Activities.Documents;
using Workflows.Activities.Planning;
using Workflows.Engine.Activities;
using Workflows.Host.Packages;
using Workflows.Supervision.Documents;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Composition;

/// <summary>The domain and its activities as services of a stimulus; the same for <c>serve</c> and for the simulation.</summary>
internal static class DomainSetup
{
    /// <summary>Adds the engine with all activities, the domain services and the published packages.</summary>
    public static IServiceCollection AddSupervision(this IServiceCollection services)
    {
        services.AddSingleton(_ => new ActivityRegistry().RegisterFrom(typeof(PackageVersions).Assembly));
        services.AddSingleton<PackageCatalogue>();
        services.AddSingleton<PackagePublisher>();
        services.AddSingleton<IScenarioCatalogue>(provider => provider.GetRequiredService<PackageCatalogue>());
        services.AddSingleton<IDocumentTemplates>(provider => provider.GetRequiredService<PackageCatalogue>());
        services.AddSingleton<IPublishedScenarios>(provider => provider.GetRequiredService<PackageCatalogue>());
        services.AddSingleton<ILeadFlows>(provider => provider.GetRequiredService<PackageCatalogue>());
        services.AddSingleton<IDocumentRenderer>(provider => new ScribanDocumentRenderer(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IDrawSecretSource, RandomSecrets>();
        services.AddSingleton(new LeadClocks());
        // A service of the domain is whatever works on the session of a stimulus; there is nothing to decide for each of them.
        foreach (var type in typeof(ISupervisionSession).Assembly.GetExportedTypes().Where(WorksOnSession))
        {
            services.AddScoped(type);
            foreach (var port in type.GetInterfaces().Where(port => port.Assembly == type.Assembly))
                services.AddScoped(port, provider => provider.GetRequiredService(type));
        }

        return services;
    }

    private static bool WorksOnSession(Type type) => type is { IsClass: true, IsAbstract: false, IsGenericType: false }
        && type.GetConstructors().Any(constructor => constructor.GetParameters().Any(parameter => parameter.ParameterType == typeof(ISupervisionSession)));

    /// <summary>Secrets of draws from the machine's random source.</summary>
    private sealed class RandomSecrets : IDrawSecretSource
    {
        /// <inheritdoc/>
        public byte[] Create(string drawId) => RandomNumberGenerator.GetBytes(32);
    }
}
