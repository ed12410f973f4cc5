using System.Globalization;
using System.Text.Json.Nodes;
using Workflows.Host.Tests.Journeys;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Transfers;

/// <summary>案件移送 over HTTP: limits, list of evidence, receipts.</summary>
public sealed class TransferTests(SampleService service) : IClassFixture<SampleService>
{
    private readonly DistrictJourney _journey = new(service);

    [Fact]
    public async Task Suspected_crime_is_decided_within_three_calendar_days_and_handed_over_within_24_hours_of_the_decision()
    {
        await FoundAsync();
        using var officer = await service.SamplePersonAsync("hea.01");
        var reported = await ReportAsync(officer, "ToPolice", null);
        // Day three after the report, holidays or not, until midnight in Beijing.
        var today = await _journey.TodayAsync();
        Assert.Equal(new DateTimeOffset(today.AddDays(4).ToDateTime(TimeOnly.MinValue), TimeSpan.FromHours(8)), Due(reported));
        var id = reported["id"]!.GetValue<string>();
        Assert.Contains((await _journey.GetAsync("hea.head", "/api/tasks?mine&kind=transfer.decide"))["items"]!.AsArray(), task => task!["subject"]!["transferId"]!.GetValue<string>() == id);
        // The law gives three days; nobody of the house gives more.
        var task = (await _journey.GetAsync("hea.head", "/api/tasks?mine&kind=transfer.decide"))["items"]!.AsArray().Single(one => one!["subject"]!["transferId"]!.GetValue<string>() == id)!["id"]!.GetValue<string>();
        using (var supervisor = await service.SamplePersonAsync("supervisor"))
            await (await supervisor.PostAsync($"/api/tasks/{task}/extend", "extend-" + id, new { lastDay = today.AddDays(30), reason = "人员外出" })).RefusedAsync(409, "legal-period", "id");
        await (await ActAsync(officer, id, "hand-over", new { receivedBy = "样例民警" })).RefusedAsync(409, "transfer-state", "transferId");
        using var other = await service.SamplePersonAsync("cul.head");
        await (await ActAsync(other, id, "decide", new { transfers = true, reason = "同意" })).RefusedAsync(404, "not-found", "id");
        using var head = await service.SamplePersonAsync("hea.head");
        var decided = service.Now;
        var approved = await (await ActAsync(head, id, "decide", new { transfers = true, reason = "涉嫌犯罪" })).SucceededAsync();
        Assert.Equal(decided.AddHours(24), Due(approved), TimeSpan.FromMinutes(5));
        Assert.False(approved["decidedLate"]!.GetValue<bool>());
        var letter = await _journey.PaperAsync("hea.head", "transfer-letter");
        Assert.Contains("涉嫌犯罪案件移送书", letter, StringComparison.Ordinal);
        Assert.Contains("《中华人民共和国行政处罚法》第二十七条第一款", letter, StringComparison.Ordinal);
        Assert.Contains("《行政执法机关移送涉嫌犯罪案件的规定》第五条", letter, StringComparison.Ordinal);
        Assert.Contains(approved["evidence"]![0]!["sha256"]!.GetValue<string>(), letter, StringComparison.Ordinal);
        Assert.Contains("样例物品一件", letter, StringComparison.Ordinal);
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        using (var moved = await dispatcher.PostAsync("/api/sample/clock", "crime-" + id, new { advance = "PT25H" }))
            await moved.SucceededAsync();
        Assert.Contains(await _journey.ListAsync("hea.head", "/api/overdue"), late => late!["title"]!.GetValue<string>() == "移交案卷材料" && late["late"]!.GetValue<bool>());
        var handed = await (await ActAsync(officer, id, "hand-over", new { receivedBy = "样例民警" })).SucceededAsync();
        Assert.True(handed["handover"]!["late"]!.GetValue<bool>());
        await (await ActAsync(officer, id, "receipt", new { accepted = false })).RefusedAsync(422, "field-missing", "reason");
        var returned = await (await ActAsync(officer, id, "receipt", new { accepted = false, number = "样例退字1号", reason = "不够刑事立案标准" })).SucceededAsync();
        Assert.Equal("Returned", returned["state"]!.GetValue<string>());
        Assert.Empty((await _journey.GetAsync("hea.head", "/api/tasks?mine&kind=transfer.receipt"))["items"]!.AsArray());
    }

    [Fact]
    public async Task A_receiver_on_the_platform_sees_what_was_handed_over_and_gives_the_receipt_itself()
    {
        await FoundAsync();
        using var officer = await service.SamplePersonAsync("hea.01");
        var id = (await ReportAsync(officer, "ToDepartment", "TOB"))["id"]!.GetValue<string>();
        using var receiver = await service.SamplePersonAsync("tob.01");
        var listed = (await _journey.GetAsync("hea.head", "/api/transfers"))["items"]!.AsArray().Single(transfer => transfer!["id"]!.GetValue<string>() == id)!;
        await (await receiver.GetAsync(new Uri($"/api/evidence/{listed["evidence"]![0]!["evidenceId"]!.GetValue<string>()}/story", UriKind.Relative))).RefusedAsync(404, "not-found", "id");
        foreach (var nowhere in new[] { "HEA", "NONE" })
            await (await TransferAgainAsync(officer, listed, nowhere)).RefusedAsync(422, "receiver-department", "receiverDepartment");
        using (var market = await service.SamplePersonAsync("mkt.01"))
            await (await TransferAgainAsync(market, listed, "TOB")).RefusedAsync(403, "other-department", "findingIds");
        await (await ActAsync(receiver, id, "receipt", new { accepted = true })).RefusedAsync(404, "not-found", "id");
        using var head = await service.SamplePersonAsync("hea.head");
        await (await ActAsync(head, id, "decide", new { transfers = true, reason = "属烟草专卖管辖" })).SucceededAsync();
        Assert.Contains("《浙江省综合行政执法条例》第十八条", await _journey.PaperAsync("hea.head", "transfer-letter"), StringComparison.Ordinal);
        var path = new Uri($"/api/transfers/{id}/letter", UriKind.Relative);
        await (await receiver.GetAsync(path)).RefusedAsync(404, "not-found", "id");
        var handed = await (await ActAsync(officer, id, "hand-over", new { receivedBy = "样例收案人" })).SucceededAsync();
        Assert.Contains(handed["letterNumber"]!.GetValue<string>(), await receiver.GetStringAsync(path), StringComparison.Ordinal);
        var evidence = handed["evidence"]![0]!["evidenceId"]!.GetValue<string>();
        await (await receiver.GetAsync(new Uri($"/api/evidence/{evidence}/story", UriKind.Relative))).SucceededAsync();
        await (await TransferAgainAsync(officer, handed, "TOB")).RefusedAsync(409, "finding-transferred", "findingIds");
        Assert.Equal(64, Assert.Single(handed["evidence"]!.AsArray())!["sha256"]!.GetValue<string>().Length);
        await (await ActAsync(officer, id, "receipt", new { accepted = true })).RefusedAsync(403, "other-department", "actor");
        var accepted = await (await ActAsync(receiver, id, "receipt", new { accepted = true, number = "样例受字2号" })).SucceededAsync();
        Assert.Equal("Accepted", accepted["state"]!.GetValue<string>());
        var story = await _journey.StoryAsync("hea.head");
        Assert.Equal("移送", Assert.Single(story["findings"]!.AsArray())!["disposition"]!.GetValue<string>());
        Assert.Equal("移送", story["evidence"]![0]!["custody"]!.AsArray()[^1]!["act"]!.GetValue<string>());
    }

    private async Task FoundAsync()
    {
        await _journey.PlanAsync();
        await _journey.DrawAsync();
        await _journey.VisitAsync("EH-20");
    }

    private async Task<JsonObject> ReportAsync(HttpClient officer, string kind, string? receiver)
    {
        using var form = new MultipartFormDataContent { { new StringContent("照片"), "kind" }, { new StringContent("现场照片"), "title" } };
        using var photo = new ByteArrayContent([0xff, 0xd8, 0xff, 0x01]);
        photo.Headers.ContentType = new("image/jpeg");
        form.Add(photo, "file", "photo.jpg");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/cases/{_journey.CaseId}/evidence") { Content = form };
        request.Headers.Add("Idempotency-Key", "transfer-evidence-" + _journey.CaseId);
        using var kept = await officer.SendAsync(request);
        var evidence = (await kept.SucceededAsync())["id"]!.GetValue<string>();
        var finding = (await _journey.StoryAsync("hea.head"))["findings"]![0]!["id"]!.GetValue<string>();
        using var answer = await officer.PostAsync($"/api/cases/{_journey.CaseId}/transfers", "transfer-" + _journey.CaseId, new
        {
            kind, receiver = "样例机关", reason = "超出本机关职权", summary = "样例案情摘要", findingIds = new[] { finding }, evidenceIds = new[] { evidence }, receiverDepartment = receiver,
            goods = new[] { "样例物品一件" },
        });
        return await answer.SucceededAsync();
    }

    private Task<HttpResponseMessage> TransferAgainAsync(HttpClient officer, JsonNode transfer, string receiver) =>
        officer.PostAsync($"/api/cases/{_journey.CaseId}/transfers", "again-" + Guid.NewGuid(), new
        {
            kind = "ToDepartment", receiver = "样例机关", reason = "超出本机关职权", summary = "样例案情摘要", findingIds = transfer["findingIds"], evidenceIds = Array.Empty<string>(), receiverDepartment = receiver,
        });

    private static Task<HttpResponseMessage> ActAsync(HttpClient person, string id, string act, object body) => person.PostAsync($"/api/transfers/{id}/{act}", $"{act}-{Guid.NewGuid()}", body);

    private static DateTimeOffset Due(JsonObject transfer) => DateTimeOffset.Parse(transfer["dueAt"]!.GetValue<string>(), CultureInfo.InvariantCulture);
}
