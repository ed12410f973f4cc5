using Workflows.Host.Elsa.Descriptors;
using Workflows.Host.Elsa.Features;
using Workflows.Host.Elsa.Identity;
using Workflows.Host.Elsa.Executions;
using Workflows.Host.Elsa.Instances;
using Workflows.Host.Elsa.Resuming;
using Workflows.Host.Elsa.Runtime;
using Workflows.Host.Elsa.Scripting;

namespace Workflows.Host.Elsa;

/// <summary>
/// The REST API of Elsa 3.8 under <c>/elsa/api</c>, which Studio and other Elsa clients call. Its shapes and status codes are Elsa's,
/// so it needs no idempotency key; each of its changes is idempotent by content.
/// </summary>
internal static class ElsaRoutes
{
    /// <summary>Where the API stands; Studio's <c>remote-endpoint</c>.</summary>
    public const string Base = "/elsa/api";

    /// <summary>Maps all of it.</summary>
    public static void MapElsa(this WebApplication application)
    {
        var elsa = application.MapGroup(Base);
        elsa.MapPackageVersion();
        elsa.MapDescriptors();
        elsa.MapFeatures();
        elsa.MapElsaIdentity();
        elsa.MapElsaInstances();
        elsa.MapElsaExecutions();
        elsa.MapScripting();
        elsa.MapResuming();
        elsa.MapRuntime();
        elsa.MapDeadLetters();
    }

    private static void MapPackageVersion(this IEndpointRouteBuilder elsa) =>
        elsa.MapGet("/package/version", static () => ElsaJson.Answer(new { packageVersion = "3.8.2" })).ForElsaAnybody()
            .WithTags("Elsa 运行").WithSummary("所兼容的 Elsa 版本");
}
