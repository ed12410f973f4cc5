using Workflows.Host.Tests.Journeys;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Tasks;

/// <summary>Whoever approves has the paper before them as it would go out, and nothing of it is kept.</summary>
public sealed class DraftTests(SampleService service) : IClassFixture<SampleService>
{
    [Fact]
    public async Task The_head_reads_the_order_that_approval_issues()
    {
        var journey = new DistrictJourney(service);
        await journey.PlanAsync();
        await journey.DrawAsync();
        await journey.VisitAsync("EH-16");
        await journey.DoAsync(await journey.LeaderAsync(), "order.prepare", null, new { });
        var order = Assert.Single(await journey.ListAsync("supervisor", $"/api/cases/{journey.CaseId}/orders"))!;
        var requirement = order["items"]![0]!["requirement"]!.GetValue<string>();
        var task = await journey.TaskAsync("fir.head", "order.approve");

        var draft = await journey.GetAsync("fir.head", $"/api/tasks/{task}/draft");
        Assert.Equal("责令改正通知书", draft["title"]!.GetValue<string>());
        Assert.Contains(requirement, draft["html"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Empty(await DocumentsAsync(journey));
        using var other = await service.SamplePersonAsync("cul.head");
        using var foreign = await other.GetAsync(new Uri($"/api/tasks/{task}/draft", UriKind.Relative));
        await foreign.RefusedAsync(404, "not-found", "id");

        await journey.DoAsync("fir.head", "order.approve", "批准", new { note = "同意" });
        var issued = await journey.PaperAsync("fir.head", "rectification-order");
        Assert.Contains(requirement, issued, StringComparison.Ordinal);
        Assert.Single(await DocumentsAsync(journey));
        // What is decided has no draft any more.
        using var head = await service.SamplePersonAsync("fir.head");
        using var late = await head.GetAsync(new Uri($"/api/tasks/{task}/draft", UriKind.Relative));
        await late.RefusedAsync(404, "not-found", "id");
    }

    [Fact]
    public async Task The_approval_of_a_visit_shows_its_sheet_with_the_place_for_the_decision_empty()
    {
        var journey = new DistrictJourney(service);
        await journey.PlanAsync();
        await journey.DrawAsync();
        await journey.DoAsync(await journey.LeaderAsync(), "team.recusal-declaration", "无需回避");
        var draft = await journey.GetAsync("cul.head", $"/api/tasks/{await journey.TaskAsync("cul.head", "visit.approve")}/draft");
        Assert.Equal("行政检查审批表", draft["title"]!.GetValue<string>());
        Assert.Contains("审批意见", draft["missing"]!.AsArray().Select(one => one!.GetValue<string>()));
    }

    private static async Task<System.Text.Json.Nodes.JsonArray> DocumentsAsync(DistrictJourney journey) =>
        (await journey.GetAsync("fir.head", $"/api/documents?caseId={journey.CaseId}&form=rectification-order"))["items"]!.AsArray();
}
