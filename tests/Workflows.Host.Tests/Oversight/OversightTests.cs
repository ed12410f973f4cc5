using System.Net;
using System.Text.Json.Nodes;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;
using Workflows.Host.Tests.Visits;
using Workflows.Supervision.Rosters;

namespace Workflows.Host.Tests.Oversight;

/// <summary>执法监督员 and evaluations through the API.</summary>
public sealed class OversightTests(SampleService service) : IClassFixture<SampleService>
{
    private const string District = "330203";

    [Fact]
    public async Task An_observer_notes_hands_over_to_justice_is_answered_and_changes_nothing_of_the_case()
    {
        var caseId = await CaseAsync();
        var before = (await new CheckDesk(service).StoryAsync("supervisor", caseId))["case"]!.ToJsonString();
        using var observer = await service.PersonAsync("auditor", null, District);
        using var justice = await service.PersonAsync("legal-reviewer", "JUS", District);
        using var head = await service.SamplePersonAsync("cul.head");
        await (await observer.PostAsync("/api/oversight-notes", "blank-note", new { subject = "Case", subjectId = caseId, text = " " })).RefusedAsync(422, "field-missing", "text");
        using (var forbidden = await head.PostAsync("/api/oversight-notes", "head-note", new { subject = "Case", subjectId = caseId, text = "样例" }))
            Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
        using var written = await observer.PostAsync("/api/oversight-notes", "observer-note", new { subject = "Case", subjectId = caseId, text = "未逐项出示证件", accompanied = true });
        var id = (await written.SucceededAsync())["id"]!.GetValue<string>();
        await (await justice.PostAsync($"/api/oversight-notes/{id}/answer", "early-answer", new { reason = "已核实" })).RefusedAsync(409, "note-state", "id");
        using var transferred = await observer.PostAsync($"/api/oversight-notes/{id}/transfer", "transfer", new { reason = "涉嫌程序违法" });
        Assert.Equal("Transferred", (await transferred.SucceededAsync())["state"]!.GetValue<string>());
        await (await head.PostAsync($"/api/oversight-notes/{id}/answer", "head-answer", new { reason = "已核实" })).RefusedAsync(404, "not-found", "id");
        using var answered = await justice.PostAsync($"/api/oversight-notes/{id}/answer", "justice-answer", new { reason = "已核实并纠正" });
        Assert.Equal("已核实并纠正", (await answered.SucceededAsync())["answer"]!["reason"]!.GetValue<string>());
        using var seen = await head.GetAsync(new Uri("/api/oversight-notes", UriKind.Relative));
        Assert.Empty((await seen.SucceededAsync())["items"]!.AsArray());
        Assert.Equal(before, (await new CheckDesk(service).StoryAsync("supervisor", caseId))["case"]!.ToJsonString());
        // An observer writes nothing else.
        using var cancelled = await observer.PostAsync($"/api/cases/{caseId}/cancel", "observer-cancel", new { reason = "样例" });
        Assert.Equal(HttpStatusCode.Forbidden, cancelled.StatusCode);
    }

    [Fact]
    public async Task Street_community_and_residents_rate_by_weight_and_a_low_score_marks_the_target_for_the_draw()
    {
        var desk = new CheckDesk(service);
        var target = await desk.TargetAsync("B");
        using var supervisor = await service.SamplePersonAsync("supervisor");
        var weights = new Dictionary<string, int> { ["街道"] = 40, ["社区"] = 30, ["居民"] = 30 };
        await (await supervisor.PostAsync("/api/evaluations", "ninety-percent", new { subject = "Target", subjectId = target, period = "2026-Q4", weights = new Dictionary<string, int> { ["街道"] = 90 } }))
            .RefusedAsync(422, "weights", "weights");
        var raters = new Dictionary<string, object> { ["街道"] = new { department = "TOWN", area = "330203001" }, ["社区"] = new { role = "dispatcher" }, ["居民"] = new { role = "dispatcher", area = District } };
        var body = new { subject = "Target", subjectId = target, period = "2026-Q4", weights, raters, riskBelow = 60 };
        await (await supervisor.PostAsync("/api/evaluations", "nobody-speaks", new { subject = "Target", subjectId = target, period = "2026-Q4", weights })).RefusedAsync(422, "rater-missing", "raters.街道");
        await (await supervisor.PostAsync("/api/evaluations", "risk-of-101", new { subject = "Target", subjectId = target, period = "2026-Q4", weights, raters, riskBelow = 101 })).RefusedAsync(422, "risk-below", "riskBelow");
        using var elsewhere = await service.PersonAsync("supervisor", null, "330206");
        await (await elsewhere.PostAsync("/api/evaluations", "foreign-target", body)).RefusedAsync(404, "target-unknown", "subjectId");
        using var opened = await supervisor.PostAsync("/api/evaluations", "open-433", body);
        var id = (await opened.SucceededAsync())["id"]!.GetValue<string>();
        await (await supervisor.PostAsync("/api/evaluations", "open-again", body)).RefusedAsync(409, "evaluation-exists", "period");
        await (await supervisor.PostAsync($"/api/evaluations/{id}/scores", "not-the-street", new { party = "街道", score = 50, note = "样例" })).RefusedAsync(403, "not-your-party", "party");
        using var elsewhereTown = await service.PersonAsync("department-head", "TOWN", "330203002");
        await (await elsewhereTown.PostAsync($"/api/evaluations/{id}/scores", "another-street", new { party = "街道", score = 50, note = "样例" })).RefusedAsync(404, "not-found", "id");
        using var street = await service.PersonAsync("department-head", "TOWN", "330203001");
        await ScoreAsync(street, id, "街道", 50, "两次投诉未答复");
        using var community = await service.SamplePersonAsync("dispatcher");
        await ScoreAsync(community, id, "社区", 80, null);
        await (await community.PostAsync($"/api/evaluations/{id}/scores", "two-parties", new { party = "居民", score = 80 })).RefusedAsync(409, "one-party-only", "party");
        using var residents = await service.PersonAsync("dispatcher", null, District);
        await (await residents.PostAsync($"/api/evaluations/{id}/scores", "low-without-note", new { party = "居民", score = 40 })).RefusedAsync(422, "field-missing", "note");
        Assert.DoesNotContain("EVALUATED_LOW", await TagsAsync(desk, target));
        // 40 % of 50, 30 % of 80, 30 % of 40.
        Assert.Equal(56m, (await ScoreAsync(residents, id, "居民", 40, "保洁不到位"))["score"]!.GetValue<decimal>());
        Assert.Contains("EVALUATED_LOW", await TagsAsync(desk, target));
        await (await street.PostAsync($"/api/evaluations/{id}/scores", "score-twice", new { party = "街道", score = 90 })).RefusedAsync(409, "score-given", "party");
    }

    [Fact]
    public async Task A_town_rates_a_department_and_no_department_rates_itself()
    {
        using var supervisor = await service.SamplePersonAsync("supervisor");
        using var opened = await supervisor.PostAsync("/api/evaluations", "open-reverse", new
        {
            subject = "Department", subjectId = "FIR", period = "2026-Q4", weights = new Dictionary<string, int> { ["样例街道"] = 50, ["样例镇"] = 50 }, area = District,
            raters = new Dictionary<string, object> { ["样例街道"] = new { department = "TOWN", area = "330203001" }, ["样例镇"] = new { department = "TOWN", area = "330203002" } },
        });
        var id = (await opened.SucceededAsync())["id"]!.GetValue<string>();
        using var fire = await service.SamplePersonAsync("fir.head");
        await (await fire.PostAsync($"/api/evaluations/{id}/scores", "own-score", new { party = "样例街道", score = 100 })).RefusedAsync(403, "own-evaluation", "actor");
        await (await supervisor.PostAsync($"/api/evaluations/{id}/scores", "not-a-town", new { party = "样例街道", score = 90 })).RefusedAsync(403, "not-your-party", "party");
        using var street = await service.PersonAsync("department-head", "TOWN", "330203001");
        await ScoreAsync(street, id, "样例街道", 90, null);
        using var town = await service.PersonAsync("department-head", "TOWN", "330203002");
        Assert.Equal(85m, (await ScoreAsync(town, id, "样例镇", 80, null))["score"]!.GetValue<decimal>());
        using var others = await service.SamplePersonAsync("hea.head");
        Assert.DoesNotContain(id, await others.GetStringAsync(new Uri("/api/evaluations?take=100", UriKind.Relative)), StringComparison.Ordinal);
        Assert.Contains(id, await fire.GetStringAsync(new Uri("/api/evaluations?take=100", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_was_drawn_for_a_plan_cannot_be_its_observer()
    {
        var journey = new Journeys.DistrictJourney(service);
        await journey.PlanAsync();
        await journey.DrawAsync();
        var drawn = (await journey.GetAsync("cul.head", $"/api/plans/{journey.PlanId}"))["draw"]!["officers"]![0]!["drawn"]![0]!.GetValue<string>();
        using var involved = await service.PersonAsync("auditor", null, District, drawn);
        using var observer = await service.PersonAsync("auditor", null, District);
        var body = new { subject = "Plan", subjectId = journey.PlanId, text = "样例意见" };
        await (await involved.PostAsync("/api/oversight-notes", "drawn-observer", body)).RefusedAsync(403, "observer-involved", "actor");
        using var written = await observer.PostAsync("/api/oversight-notes", "plan-observer", body);
        await written.SucceededAsync();
    }

    private static async Task<JsonObject> ScoreAsync(HttpClient person, string id, string party, int score, string? note)
    {
        using var answer = await person.PostAsync($"/api/evaluations/{id}/scores", "score-" + Guid.NewGuid(), new { party, score, note });
        return await answer.SucceededAsync();
    }

    private static async Task<string[]> TagsAsync(CheckDesk desk, string target) => (await desk.ChangeAsync<string[]>(
        async (session, token) => [.. (await session.FindAsync<TargetRecord>(target, token))!.Target.Tags]))!;

    private async Task<string> CaseAsync()
    {
        var desk = new CheckDesk(service);
        return (await desk.OpenAsync("cul.head", await desk.TargetAsync("B"), "SpecialCampaign"))["caseId"]!.GetValue<string>();
    }
}
