using Workflows.Activities.Options;
using Workflows.Host.Elsa.Descriptors;
using Workflows.Host.Elsa.Instances;
using Workflows.Host.Elsa.Resuming;
using Workflows.Host.Elsa.Runtime;

namespace Workflows.Host.Elsa;

/// <summary>Services behind Elsa's API.</summary>
internal static class ElsaSetup
{
    /// <summary>Adds them.</summary>
    public static void AddElsa(this IServiceCollection services)
    {
        services.AddSingleton<DefinitionKnowledge>();
        services.AddSingleton<IDiagramSteps>(provider => provider.GetRequiredService<DefinitionKnowledge>());
        services.AddSingleton<DescriptorCatalogue>();
        services.AddScoped<DescriptorWriter>();
        services.AddScoped<InstanceDesk>();
        services.AddSingleton<ResumeTickets>();
        services.AddScoped<RuntimeGauge>();
    }
}
