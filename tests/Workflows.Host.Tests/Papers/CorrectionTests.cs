using System.Text.Json.Nodes;
using Workflows.Host.Tests.Journeys;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Papers;

/// <summary>What went out and was wrong, over HTTP.</summary>
public sealed class CorrectionTests(SampleService service) : IClassFixture<SampleService>
{
    private readonly DistrictJourney _journey = new(service);

    [Fact]
    public async Task An_issued_order_stays_as_it_is_and_gets_a_notice_of_correction_from_its_own_head_alone()
    {
        await _journey.PlanAsync();
        await _journey.DrawAsync();
        await _journey.VisitAsync("EH-20");
        await _journey.OrderAsync();
        var order = Assert.Single((await _journey.GetAsync("hea.head", $"/api/documents?caseId={_journey.CaseId}&form=rectification-order"))["items"]!.AsArray())!;
        var path = $"/api/documents/{order["id"]!.GetValue<string>()}/corrections";
        static object Correction(string right) => new { changes = new[] { new { place = "第一项改正内容", wrong = "逐客清洗", right } }, reason = "笔误" };

        using var stranger = await service.SamplePersonAsync("fir.head");
        await (await stranger.PostAsync(path, "foreign-correction", Correction("逐客清洗消毒"))).RefusedAsync(404, "not-found", "id");
        using var head = await service.SamplePersonAsync("hea.head");
        await (await head.PostAsync(path, "empty-correction", new { changes = Array.Empty<object>(), reason = "笔误" })).RefusedAsync(422, "field-missing", "changes");
        await (await head.PostAsync(path, "half-correction", Correction(" "))).RefusedAsync(422, "field-missing", "changes[0].right");
        var notice = await (await head.PostAsync(path, "correction", Correction("逐客清洗、消毒、保洁"))).SucceededAsync();
        var again = await (await head.PostAsync(path, "correction", Correction("逐客清洗、消毒、保洁"))).SucceededAsync();

        Assert.Equal(notice["id"]!.GetValue<string>(), again["id"]!.GetValue<string>());
        var text = await _journey.PaperAsync("hea.head", "correction-notice");
        foreach (var said in new[] { order["number"]!.GetValue<string>(), "第一项改正内容", "逐客清洗、消毒、保洁", "笔误" })
            Assert.Contains(said, text, StringComparison.Ordinal);
        var still = (await _journey.GetAsync("hea.head", $"/api/documents?caseId={_journey.CaseId}&form=rectification-order"))["items"]![0]!;
        Assert.Equal(order["htmlSha256"]!.GetValue<string>(), still["htmlSha256"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_published_result_is_withdrawn_by_the_reviewer_and_the_public_reads_why()
    {
        await _journey.PlanAsync();
        await _journey.DrawAsync();
        await _journey.VisitAsync("EH-20");
        await _journey.DoAsync("cul.publisher", "publication.review", "已公示", new { });
        var entry = Assert.Single((await _journey.StoryAsync("cul.head"))["publications"]!.AsArray())!;
        var path = $"/api/publications/{entry["id"]!.GetValue<string>()}/withdraw";
        using var reviewer = await service.SamplePersonAsync("cul.publisher");
        await (await reviewer.PostAsync(path, "no-reason", new { reason = "" })).RefusedAsync(422, "field-missing", "reason");
        using (var head = await service.SamplePersonAsync("cul.head"))
            Assert.Equal(403, (int)(await head.PostAsync(path, "no-reviewer", new { reason = "试探" })).StatusCode);
        var withdrawn = await (await reviewer.PostAsync(path, "withdraw", new { reason = "处罚决定被撤销" })).SucceededAsync();
        Assert.Equal("Withdrawn", withdrawn["state"]!.GetValue<string>());
        await (await reviewer.PostAsync(path, "withdraw-twice", new { reason = "再撤一次" })).RefusedAsync(409, "not-published", "entryId");
        using var anybody = service.Anonymous();
        var row = (await (await anybody.GetAsync(new Uri("/api/public/results", UriKind.Relative))).JsonAsync())["items"]!.AsArray()
            .Single(one => one!["taskNumber"]!.GetValue<string>() == entry["taskNumber"]!.GetValue<string>())!;
        Assert.Equal("处罚决定被撤销", row["withdrawn"]!["reason"]!.GetValue<string>());
        Assert.Null(row["targetName"]);
    }
}
