using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Elsa.Features;

[Collection(SharedService.Name)]
public sealed class FeatureTests(ServiceUnderTest service)
{
    [Fact]
    public async Task Live_updates_are_announced_exactly_where_the_hub_is_mapped()
    {
        var mapped = service.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Any(e => e.RoutePattern.RawText!.Contains("elsa/hubs/workflow-instance", StringComparison.Ordinal));
        using var analyst = await service.PersonAsync("analyst");
        var answer = await (await analyst.GetAsync(new Uri("/elsa/api/features/installed", UriKind.Relative))).JsonAsync();
        var names = answer["items"]!.AsArray().Select(i => i!["fullName"]!.GetValue<string>());
        Assert.Equal(mapped ? ["Elsa.RealTimeWorkflowUpdates"] : Array.Empty<string>(), names);
    }

    [Fact]
    public async Task A_feature_that_is_not_there_is_not_found()
    {
        using var analyst = await service.PersonAsync("analyst");
        await (await analyst.GetAsync(new Uri("/elsa/api/features/installed/Elsa.Resilience", UriKind.Relative))).RefusedAsync(404, "not-found", "fullName");
    }
}
