using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;
using Workflows.Host.Tests.Visits;
using Workflows.Storage.Audit;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Scoring;

namespace Workflows.Host.Tests.Scores;

/// <summary>监管评分 over HTTP: who reads it and its reasons, the objection of the party and the answer (practice.md 7; classes by scenarios.md 3).</summary>
public sealed class ScoreRouteTests(SampleService service) : IClassFixture<SampleService>
{
    private readonly CheckDesk _desk = new(service);

    [Fact]
    public async Task A_score_is_read_in_its_area_and_its_reasons_by_those_who_see_the_case()
    {
        var (target, caseId) = await ScoredAsync();
        var own = await ReadAsync("cul.head", target);
        // 100 − 5, then at most 59: class D.
        Assert.Equal((59, "D"), (own["points"]!.GetValue<int>(), own["grade"]!.GetValue<string>()));
        Assert.Equal([95, 59], own["changes"]!.AsArray().Select(change => change!["standing"]!.GetValue<int>()));
        Assert.Equal(["事项EH-20不符合（一般）", "拒绝检查"], own["changes"]!.AsArray().Select(change => change!["reason"]!.GetValue<string>()));
        Assert.All(own["changes"]!.AsArray(), change => Assert.Equal(caseId, change!["caseId"]!.GetValue<string>()));

        var foreign = await ReadAsync("tob.head", target);
        Assert.Equal((59, 2), (foreign["points"]!.GetValue<int>(), foreign["changes"]!.AsArray().Count));
        Assert.All(foreign["changes"]!.AsArray(), change => Assert.True(change!["hidden"]!.GetValue<bool>()));
        foreach (var hidden in new[] { "EH-20", "拒绝检查", caseId })
            Assert.DoesNotContain(hidden, foreign.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }), StringComparison.Ordinal);

        using var elsewhere = await service.PersonAsync("supervisor", null, "330206");
        await (await elsewhere.GetAsync(Path(target))).RefusedAsync(404, "target-unknown", "id");
        var fresh = await ReadAsync("cul.head", await _desk.TargetAsync("B"));
        Assert.Equal((100, "A", 0), (fresh["points"]!.GetValue<int>(), fresh["grade"]!.GetValue<string>(), fresh["changes"]!.AsArray().Count));
    }

    [Fact]
    public async Task A_party_objects_to_a_change_once_and_the_supervisor_answers_it_once()
    {
        var (target, caseId) = await ScoredAsync();
        var token = await LinkAsync(caseId);
        using var party = service.Anonymous();
        var path = $"/api/party/{token}/score-objections";
        await (await party.PostAsync(path, "blank-" + target, new { changeId = 2, reason = " " })).RefusedAsync(422, "field-missing", "reason");
        await (await party.PostAsync(path, "long-" + target, new { changeId = 2, reason = new string('长', 4001) })).RefusedAsync(422, "field-too-long", "reason");
        await (await party.PostAsync(path, "none-" + target, new { changeId = 9, reason = "没有这一条" })).RefusedAsync(404, "change-unknown", "changeId");
        using (var objected = await party.PostAsync(path, "first-" + target, new { changeId = 2, reason = "当日停业装修，并非拒绝检查" }))
            Assert.Equal(HttpStatusCode.Created, objected.StatusCode);
        // The same request again is the same objection; another one has to wait.
        await (await party.PostAsync(path, "first-" + target, new { changeId = 2, reason = "当日停业装修，并非拒绝检查" })).SucceededAsync();
        await (await party.PostAsync(path, "second-" + target, new { changeId = 2, reason = "改写前一次的异议" })).RefusedAsync(409, "objection-open", "changeId");
        Assert.Equal("当日停业装修，并非拒绝检查", (await ReadAsync("cul.head", target))["changes"]![1]!["objection"]!.GetValue<string>());

        using var supervisor = await service.SamplePersonAsync("supervisor");
        await service.UntilAsync(async () =>
        {
            using var messages = await supervisor.GetAsync(new Uri("/api/messages", UriKind.Relative));
            return (await messages.SucceededAsync())["items"]!.AsArray().Any(message => message!["kind"]!.GetValue<string>() == "评分异议" && message["caseId"]?.GetValue<string>() == caseId);
        });
        var answers = $"/api/targets/{target}/score/answer";
        using (var head = await service.SamplePersonAsync("cul.head"))
        using (var refused = await head.PostAsync(answers, "head-" + target, new { changeId = 2, falls = true, answer = "成立" }))
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using (var elsewhere = await service.PersonAsync("supervisor", null, "330206"))
            await (await elsewhere.PostAsync(answers, "elsewhere-" + target, new { changeId = 2, falls = true, answer = "成立" })).RefusedAsync(404, "target-unknown", "id");
        await (await supervisor.PostAsync(answers, "nothing-" + target, new { changeId = 1, falls = true, answer = "成立" })).RefusedAsync(409, "objection-missing", "changeId");
        await (await supervisor.PostAsync(answers, "empty-" + target, new { changeId = 2, falls = true, answer = "" })).RefusedAsync(422, "field-missing", "answer");
        using (var answered = await supervisor.PostAsync(answers, "answer-" + target, new { changeId = 2, falls = true, answer = "异议成立，予以修复" }))
        {
            // What fell no longer counts: 100 − 5.
            var after = await answered.SucceededAsync();
            Assert.Equal((95, "A"), (after["points"]!.GetValue<int>(), after["grade"]!.GetValue<string>()));
        }

        await (await supervisor.PostAsync(answers, "again-" + target, new { changeId = 2, falls = false, answer = "改为不成立" })).RefusedAsync(409, "already-decided", "changeId");
        await (await party.PostAsync(path, "third-" + target, new { changeId = 2, reason = "再提一次" })).RefusedAsync(409, "already-decided", "changeId");
        var seen = (await (await party.GetAsync(new Uri($"/api/party/{token}", UriKind.Relative))).SucceededAsync())["score"]!;
        Assert.Equal((95, "异议成立，予以修复", true), (seen["points"]!.GetValue<int>(), seen["changes"]![1]!["objectionAnswer"]!.GetValue<string>(), seen["changes"]![1]!["repaired"]!.GetValue<bool>()));

        await using var scope = service.Services.CreateAsyncScope();
        using var lines = new MemoryStream();
        await scope.ServiceProvider.GetRequiredService<AuditTrail>().ExportAsync(lines, $"score-{target}");
        var kept = Encoding.UTF8.GetString(lines.ToArray());
        Assert.Contains("score.objected", kept, StringComparison.Ordinal);
        Assert.Contains("score.objection-answered", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("停业装修", kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_party_neither_sees_nor_contests_the_score_of_another()
    {
        await ScoredAsync();
        var other = await _desk.TargetAsync("B");
        var token = await LinkAsync((await _desk.OpenAsync("cul.head", other, "SpecialCampaign"))["caseId"]!.GetValue<string>());
        using var party = service.Anonymous();
        Assert.Null((await (await party.GetAsync(new Uri($"/api/party/{token}", UriKind.Relative))).SucceededAsync())["score"]);
        await (await party.PostAsync($"/api/party/{token}/score-objections", "other-" + other, new { changeId = 1, reason = "不服" })).RefusedAsync(404, "scoreId-not-found", "scoreId");
        await (await party.PostAsync($"/api/party/{new string('x', 48)}/score-objections", "unknown-" + other, new { changeId = 1, reason = "不服" })).RefusedAsync(404, "link-unknown", "token");
    }

    // A target whose score a case has moved twice; the case stands in its district.
    private async Task<(string Target, string CaseId)> ScoredAsync()
    {
        var target = await _desk.TargetAsync("B");
        var caseId = (await _desk.OpenAsync("cul.head", target, "SpecialCampaign"))["caseId"]!.GetValue<string>();
        await _desk.ChangeAsync(async (session, token) =>
        {
            var one = (await session.FindAsync<Case>(caseId, token))!;
            session.Save(new SupervisionScore
            {
                Id = $"score-{target}", CaseKey = $"score-{target}", TargetId = target, Area = one.Area, Created = one.Created, Points = 59,
                Changes = [new ScoreChange(1, caseId, -5, "事项EH-20不符合（一般）", session.Now), new ScoreChange(2, caseId, 0, "拒绝检查", session.Now, Ceiling: 59)],
            });
            return target;
        });
        return (target, caseId);
    }

    private async Task<string> LinkAsync(string caseId)
    {
        using var head = await service.SamplePersonAsync("cul.head");
        using var opened = await head.PostAsync($"/api/cases/{caseId}/party-links", "link-" + caseId, new { validDays = 30 });
        return (await opened.SucceededAsync())["token"]!.GetValue<string>();
    }

    private async Task<JsonObject> ReadAsync(string person, string target)
    {
        using var reader = await service.SamplePersonAsync(person);
        using var answer = await reader.GetAsync(Path(target));
        return await answer.SucceededAsync();
    }

    private static Uri Path(string target) => new($"/api/targets/{target}/score", UriKind.Relative);
}
