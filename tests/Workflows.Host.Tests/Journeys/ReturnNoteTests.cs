using System.Net;
using System.Text.Json.Nodes;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Journeys;

/// <summary>The reason of a returned approval reaches whoever revises, and nobody beyond the case.</summary>
public sealed class ReturnNoteTests(SampleService service) : IClassFixture<SampleService>
{
    private readonly DistrictJourney _journey = new(service);

    [Fact]
    public async Task Whoever_revises_a_returned_visit_or_order_reads_why_by_whom_and_when()
    {
        await (await _journey.PlanAsync()).DrawAsync();
        await _journey.DoAsync(await LeaderAsync(), "team.recusal-declaration", "无需回避");
        await _journey.DoAsync("cul.head", "visit.approve", "退回", new { note = "请错开周末高峰" });
        var visit = Assert.Single(await ReturnedAsync(await LeaderAsync()));
        Assert.Equal(("退回", "请错开周末高峰", "样例文旅负责人"), (Text(visit, "outcome"), Text(visit, "reason"), Text(visit, "by")));
        Assert.Equal(service.Now, visit["at"]!.GetValue<DateTimeOffset>(), TimeSpan.FromMinutes(30));
        // What happens later happens at a later time.
        service.Clock.Advance(TimeSpan.FromMinutes(1));
        await _journey.ArriveAsync();
        Assert.Empty(await ReturnedAsync(await LeaderAsync()));

        await _journey.RecordAsync("EH-20");
        service.Clock.Advance(TimeSpan.FromMinutes(1));
        await _journey.DoAsync(await LeaderAsync(), "order.prepare", null, new { });
        service.Clock.Advance(TimeSpan.FromMinutes(1));
        var department = Text((await _journey.ListAsync("supervisor", $"/api/cases/{_journey.CaseId}/orders"))[0]!, "department").ToLowerInvariant();
        await _journey.DoAsync($"{department}.head", "order.approve", "退回", new { note = "期限过短，请按五个工作日计" });
        var revision = await _journey.TaskAsync($"{department}.01", "order.revise");
        var read = (await _journey.GetAsync($"{department}.01", $"/api/tasks/{revision}"))["returned"]!;
        Assert.Equal(("退回", "期限过短，请按五个工作日计"), (Text(read, "outcome"), Text(read, "reason")));
        Assert.Equal($"{department}.head", await UserNamedAsync(Text(read, "by"), department));
        Assert.NotEmpty(await ReturnedAsync("supervisor"));
        using (var stranger = await service.SamplePersonAsync("tob.head"))
        using (var answer = await stranger.GetAsync(new Uri($"/api/tasks/{revision}", UriKind.Relative)))
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        service.Clock.Advance(TimeSpan.FromMinutes(1));
        await _journey.DoAsync($"{department}.01", "order.revise", null, new { });
        Assert.Null((await _journey.GetAsync($"{department}.head", $"/api/tasks/{await _journey.TaskAsync($"{department}.head", "order.approve")}"))["returned"]);
    }

    private async Task<string> UserNamedAsync(string name, string department) =>
        name == (await _journey.ListAsync("dispatcher", "/api/deputies/candidates")).Single(account => string.Equals(Text(account!, "department"), department, StringComparison.OrdinalIgnoreCase) && account!["roles"]!.AsArray().Any(role => role!.GetValue<string>() == "department-head"))!["name"]!.GetValue<string>()
            ? $"{department}.head" : name;

    private async Task<string> LeaderAsync() => DistrictJourney.UserOf((await _journey.TeamAsync()).Members.First(member => member.Department == "CUL" && !member.IsAssistant).OfficerId);

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    private async Task<IReadOnlyList<JsonNode>> ReturnedAsync(string person)
    {
        var found = new List<JsonNode>();
        foreach (var task in (await _journey.GetAsync(person, $"/api/tasks?caseId={_journey.CaseId}&take=100"))["items"]!.AsArray())
        {
            Assert.Null(task!["returned"]);
            if ((await _journey.GetAsync(person, $"/api/tasks/{Text(task, "id")}"))["returned"] is { } note)
                found.Add(note);
        }

        return found;
    }
}
