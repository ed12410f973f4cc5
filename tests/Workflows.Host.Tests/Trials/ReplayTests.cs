using System.Text.Json.Nodes;

namespace Workflows.Host.Tests.Trials;

public sealed class ReplayTests(TrialBench bench) : IClassFixture<TrialBench>
{
    private static readonly object Period = new { scenario = "esports-hotel", version = "published", casesFrom = "2026-11-01", casesTo = "2026-12-31" };

    [Fact]
    public async Task A_case_on_its_own_version_goes_the_same_way()
    {
        var id = await bench.DoneAsync("/api/trials/replays", Period);
        var one = Assert.Single(await bench.ListAsync($"/api/trials/{id}/replay"));
        Assert.True(one["outcome"]!.GetValue<string>() == "same", one.ToJsonString());
        Assert.Equal(bench.CaseId, one["caseId"]!.GetValue<string>());
        Assert.Equal(one["decisions"]!.GetValue<int>(), one["fed"]!.GetValue<int>());
        Assert.True(one["fed"]!.GetValue<int>() >= 4);
        Assert.Empty(one["assumed"]!.AsArray());
        Assert.Empty(one["dueDates"]!.AsArray());
        Assert.Equal(1, (await bench.GetAsync($"/api/trials/{id}"))["replaySummary"]!["same"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_moved_connection_is_named_as_the_place_of_departure()
    {
        await bench.DraftAsync("case.json", root => TrialBench.Connection(root, "ClassifyFindings", "未发现问题")["target"]!["activity"] = "Gather");
        var one = await ReplayedAsync();
        Assert.Equal("differs", one["outcome"]!.GetValue<string>());
        var first = one["first"]!;
        Assert.Equal(("connection", "ClassifyFindings", "未发现问题", "未发现问题"), (Text(first, "kind"), Text(first, "activityId"), Text(first, "realPort"), Text(first, "draftPort")));
        Assert.Equal(["IssueNoProblemResult"], first["realNext"]!.AsArray().Select(next => next!.GetValue<string>()));
        Assert.Equal(["Gather"], first["draftNext"]!.AsArray().Select(next => next!.GetValue<string>()));
    }

    [Fact]
    public async Task A_shorter_limit_gives_other_due_dates_and_the_same_way()
    {
        await bench.DraftAsync("case.json", root => TrialBench.Activity(root, "PublicationLimit")["length"]!["expression"]!["value"] = 10);
        var one = await ReplayedAsync();
        Assert.Equal("same", one["outcome"]!.GetValue<string>());
        Assert.Equal(["ReviewPublication", "PublicationLimit"], one["dueDates"]!.AsArray().Select(due => Text(due!, "activityId")).Order(StringComparer.Ordinal).Reverse());
        Assert.All(one["dueDates"]!.AsArray(), due => Assert.True(string.CompareOrdinal(Text(due!, "draftDue"), Text(due!, "realDue")) < 0));
    }

    [Fact]
    public async Task A_step_that_only_the_draft_has_is_answered_in_the_ordinary_way_and_said_so()
    {
        await bench.DraftAsync("case.json", root =>
        {
            var chart = TrialBench.Chart(root, "ApproveInspection");
            var twice = TrialBench.Activity(root, "ApproveInspection").DeepClone().AsObject();
            twice["id"] = "ApproveAgain";
            chart["activities"]!.AsArray().Add(twice);
            TrialBench.Connection(root, "DeclareRecusal", "无需回避")["target"]!["activity"] = "ApproveAgain";
            chart["connections"]!.AsArray().Add(JsonNode.Parse("""{"source":{"activity":"ApproveAgain","port":"批准"},"target":{"activity":"ApproveInspection","port":"In"}}"""));
        });
        var one = await ReplayedAsync();
        Assert.Equal("differs", one["outcome"]!.GetValue<string>());
        Assert.Equal(("connection", "DeclareRecusal"), (Text(one["first"]!, "kind"), Text(one["first"]!, "activityId")));
        Assert.Equal(["ApproveAgain"], one["assumed"]!.AsArray().Select(step => Text(step!, "activityId")));
        Assert.Equal(one["decisions"]!.GetValue<int>(), one["fed"]!.GetValue<int>());
        Assert.Contains(one["departures"]!.AsArray(), departure => Text(departure!, "kind") == "added" && Text(departure!, "activityId") == "ApproveAgain");
    }

    [Fact]
    public async Task A_draft_that_lets_an_approval_out_is_not_replayed_beyond_the_paper_that_needs_it()
    {
        await bench.DraftAsync("case.json", root => TrialBench.Connection(root, "DeclareRecusal", "无需回避")["target"]!["activity"] = "PreparationEnd");
        var one = await ReplayedAsync();
        Assert.Equal(("not-replayed", "document-incomplete"), (Text(one, "outcome"), Text(one, "code")));
        Assert.Contains("审批意见", Text(one, "message"), StringComparison.Ordinal);
    }

    private async Task<JsonObject> ReplayedAsync()
    {
        var id = await bench.DoneAsync("/api/trials/replays", new { scenario = "esports-hotel", version = "draft", casesFrom = "2026-11-01", casesTo = "2026-12-31" });
        return Assert.Single(await bench.ListAsync($"/api/trials/{id}/replay"));
    }

    private static string? Text(JsonNode node, string name) => node[name]?.GetValue<string>();
}
