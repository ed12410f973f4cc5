using Workflows.Host.Elsa.Descriptors;
using Workflows.Host.Problems;

namespace Workflows.Host.Elsa.Features;

/// <summary>A feature that clients may rely on.</summary>
internal sealed record FeatureShape(string Name, string Namespace, string FullName, string DisplayName, string Description);

/// <summary>Which of Elsa's features stand here.</summary>
internal static class FeatureRoutes
{
    /// <summary>Feature that makes Studio listen instead of asking every five seconds.</summary>
    public const string RealTime = "Elsa.RealTimeWorkflowUpdates";

    /// <summary>Address of the hub behind <see cref="RealTime"/>.</summary>
    public const string Hub = "/elsa/hubs/workflow-instance";

    private static readonly FeatureShape Announced = new("RealTimeWorkflowUpdates", "Elsa", RealTime, "实时更新", "流程实例变化时立即通知浏览器。");

    /// <summary>Maps the routes under <c>/features</c>.</summary>
    public static void MapFeatures(this IEndpointRouteBuilder elsa)
    {
        var features = elsa.MapGroup("/features/installed").WithTags("Elsa 运行");
        features.MapGet("", (EndpointDataSource endpoints) => ElsaJson.Answer(ElsaList<FeatureShape>.Of([.. Installed(endpoints)]))).ForElsaReaders()
            .Produces<ElsaList<FeatureShape>>().WithSummary("可用的功能");
        features.MapGet("/{fullName}", (string fullName, EndpointDataSource endpoints) =>
            Installed(endpoints).FirstOrDefault(feature => feature.FullName == fullName) is { } found
                ? ElsaJson.Answer(found)
                : new Refusal(404, "not-found", "fullName", "没有此功能：请对照可用功能的列表。").ToResult()).ForElsaReaders()
            .Produces<FeatureShape>().WithSummary("一项功能");
    }

    // A feature is announced exactly where its routes are mapped: a hub that is promised and missing makes the viewer fail.
    private static IEnumerable<FeatureShape> Installed(EndpointDataSource endpoints) =>
        endpoints.Endpoints.OfType<RouteEndpoint>().Any(endpoint => ("/" + endpoint.RoutePattern.RawText?.TrimStart('/')).StartsWith(Hub, StringComparison.Ordinal))
            ? [Announced]
            : [];
}
