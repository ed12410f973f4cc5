using Workflows.Host.Packages;

namespace Workflows.Host.Elsa.Definitions;

/// <summary>Services behind the definitions of Elsa's API and the drafts of scenarios.</summary>
internal static class DefinitionSetup
{
    /// <summary>Adds them.</summary>
    public static void AddElsaDefinitions(this IServiceCollection services)
    {
        services.AddSingleton<DefinitionChecks>();
        services.AddSingleton<PackageChecks>();
        services.AddSingleton<ScenarioDrafts>();
        services.AddSingleton<StudioForm>();
        services.AddSingleton<StoredForm>();
        services.AddSingleton<LadderDefaults>();
        services.AddSingleton<DefinitionDesk>();
        services.AddSingleton<DefinitionReferences>();
        services.AddSingleton<ActivityTest>();
        services.AddScoped<RunDesk>();
    }
}
