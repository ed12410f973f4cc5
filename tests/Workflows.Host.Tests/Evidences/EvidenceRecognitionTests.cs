using System.Text.Json.Nodes;
using Workflows.Host.Tests.Journeys;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Evidences;

/// <summary>证据共享互认 over HTTP: who accepts whose evidence, on what ground, and what is never shared.</summary>
public sealed class EvidenceRecognitionTests(SampleService service) : IClassFixture<SampleService>
{
    private readonly DistrictJourney _journey = new(service);

    [Fact]
    public async Task A_department_of_the_same_case_accepts_or_rejects_evidence_with_a_reason_and_the_chain_of_custody_tells_it()
    {
        await ArrivedAsync();
        var evidence = await UploadAsync(await OfficerAsync("HEA"));
        var id = Text(evidence, "id");
        using var owner = await service.SamplePersonAsync(await OfficerAsync("HEA"));
        await (await RecogniseAsync(owner, id, true, "同意")).RefusedAsync(409, "own-evidence", "evidenceId");
        using var market = await service.SamplePersonAsync(await OfficerAsync("MKT"));
        await (await RecogniseAsync(market, id, true, " ")).RefusedAsync(422, "field-missing", "reason");
        await (await RecogniseAsync(market, id, true, "来源合法，与本部门检查情况一致")).SucceededAsync();
        using var fire = await service.SamplePersonAsync(await OfficerAsync("FIR"));
        await (await RecogniseAsync(fire, id, false, "与本部门事项无关")).SucceededAsync();
        // Each finds it on the list with its own decision; the holder reads what both decided, and a department without a part in the case neither.
        foreach (var (person, accepted) in new[] { (market, true), (fire, false) })
        {
            var offered = Assert.Single(await ListAsync(person, "offered"), row => Text(row!["evidence"]!, "id") == id)!;
            Assert.Equal((true, accepted), (offered["joint"]!.GetValue<bool>(), offered["decided"]!["accepted"]!.GetValue<bool>()));
        }

        Assert.DoesNotContain(await ListAsync(owner, "offered"), row => Text(row!["evidence"]!, "id") == id);
        using var tobacco = await service.SamplePersonAsync("tob.01");
        Assert.DoesNotContain(await ListAsync(tobacco, "offered"), row => Text(row!["evidence"]!, "id") == id);
        Assert.Equal(["FIR 与本部门事项无关", "MKT 来源合法，与本部门检查情况一致"],
            (await ListAsync(owner, "recognitions")).Select(row => row!["recognition"]!).Where(one => Text(one, "evidenceId") == id).Select(one => $"{Text(one, "by")} {Text(one["decision"]!, "reason")}").Order());
        Assert.DoesNotContain(await ListAsync(tobacco, "recognitions"), row => Text(row!["recognition"]!, "evidenceId") == id);
        var story = await _journey.GetAsync("cul.head", $"/api/evidence/{id}/story");
        Assert.Equal(["MKT True 来源合法，与本部门检查情况一致", "FIR False 与本部门事项无关"],
            story["recognitions"]!.AsArray().Select(r => $"{Text(r!, "by")} {r!["accepted"]!.GetValue<bool>()} {Text(r["decision"]!, "reason")}"));
        var custody = story["evidence"]!["custody"]!.AsArray();
        Assert.Equal(["HEA 采集", "MKT 互认采信", "FIR 不予采信"], custody.Select(step => $"{Text(step!, "department")} {Text(step!, "act")}"));
        Assert.All(custody, step => Assert.Equal(Text(evidence, "sha256"), Text(step!, "sha256")));
    }

    [Fact]
    public async Task An_agreement_in_the_register_switches_sharing_on_and_its_end_switches_it_off()
    {
        await ArrivedAsync();
        var evidence = await UploadAsync(await OfficerAsync("HEA"));
        var id = Text(evidence, "id");
        using var tobacco = await service.SamplePersonAsync("tob.01");
        await (await tobacco.GetAsync(new Uri($"/api/evidence/{id}/story", UriKind.Relative))).RefusedAsync(404, "not-found", "id");
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        var today = await _journey.TodayAsync();
        using var registered = await dispatcher.PostAsync("/api/agreements", "agreement-" + id,
            new { title = "样例协作协议", documentNumber = "样例协〔2026〕1号", departments = new[] { "HEA", "TOB" }, permissions = new[] { "Evidence" }, from = today });
        var agreement = Text(await registered.SucceededAsync(), "id");
        var shared = JsonNode.Parse(await tobacco.GetStringAsync(new Uri($"/api/evidence/shared?targetId={Text(evidence, "targetId")}", UriKind.Relative)))!.AsArray();
        Assert.Equal(id, Text(Assert.Single(shared)!, "id"));
        // Shared by the agreement: without the number of a case in which the department has no part.
        var offered = Assert.Single(await ListAsync(tobacco, "offered"), row => Text(row!["evidence"]!, "id") == id)!;
        Assert.Equal((false, null), (offered["joint"]!.GetValue<bool>(), offered["caseNumber"]));
        var decided = await (await RecogniseAsync(tobacco, id, true, "可证明经营场所情况")).SucceededAsync();
        Assert.Equal(agreement, Text(decided, "agreementId"));
        using var ended = await dispatcher.PostAsync($"/api/agreements/{agreement}/end", "end-" + id, new { reason = "到期未续签" });
        await ended.SucceededAsync();
        await (await RecogniseAsync(tobacco, id, true, "再次采信")).RefusedAsync(404, "not-found", "id");
    }

    [Fact]
    public async Task What_equipment_recorded_carries_nothing_before_legal_and_technical_review_by_two_people()
    {
        await ArrivedAsync();
        var taker = await OfficerAsync("HEA");
        var evidence = await UploadAsync(taker, ("monitoringDevice", "JK-0001"), ("monitoringPlace", "样例路口"), ("placePublishedOn", "2026-01-05"));
        var id = Text(evidence, "id");
        Assert.Equal("Monitoring", Text(evidence, "origin"));
        using var market = await service.SamplePersonAsync(await OfficerAsync("MKT"));
        await (await RecogniseAsync(market, id, true, "同意")).RefusedAsync(409, "monitoring-unreviewed", "evidenceId");
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => _journey.RecordAsync("EH-20", id));
        Assert.Contains("monitoring-unreviewed", refused.Message, StringComparison.Ordinal);
        using var own = await service.SamplePersonAsync(taker);
        await (await ReviewAsync(own, id, "Technical")).RefusedAsync(403, "own-review", "actor");
        using var other = await service.SamplePersonAsync("cul.legal");
        await (await ReviewAsync(other, id, "Legal")).RefusedAsync(403, "other-department", "actor");
        using var legal = await service.SamplePersonAsync("hea.legal");
        await (await ReviewAsync(legal, id, "Legal")).SucceededAsync();
        await (await RecogniseAsync(market, id, true, "同意")).RefusedAsync(409, "monitoring-unreviewed", "evidenceId");
        using var head = await service.SamplePersonAsync("hea.head");
        await (await ReviewAsync(head, id, "Technical")).SucceededAsync();
        await (await RecogniseAsync(market, id, true, "同意")).SucceededAsync();
        Assert.Contains(await ListAsync(legal, "monitoring"), row => Text(row!["evidence"]!, "id") == id);
        await _journey.RecordAsync("EH-20", id);
        var finding = Assert.Single((await _journey.StoryAsync("hea.head"))["findings"]!.AsArray())!;
        Assert.Equal(id, Assert.Single(finding["evidenceIds"]!.AsArray())!.GetValue<string>());
    }

    [Fact]
    public async Task Police_records_are_seen_by_the_police_alone_and_neither_published_nor_scored_nor_exchanged()
    {
        await ArrivedAsync();
        var sealedEvidence = Text(await UploadAsync(await OfficerAsync("PSB"), ("sealed", "true")), "id");
        await _journey.RecordAsync("EH-08", sealedEvidence);
        foreach (var user in new[] { "supervisor", "dispatcher", "auditor", "cul.head" })
        {
            var story = await _journey.StoryAsync(user);
            Assert.Empty(story["findings"]!.AsArray());
            Assert.Empty(story["evidence"]!.AsArray());
            var item = story["visits"]![0]!["sections"]!.AsArray().SelectMany(section => section!["items"]!.AsArray()).Single(item => Text(item!, "itemCode") == "EH-08")!;
            Assert.Equal(("未检查", "（依法不予显示）"), (Text(item, "answer"), Text(item, "facts")));
            using var person = await service.SamplePersonAsync(user);
            await (await person.GetAsync(new Uri($"/api/evidence/{sealedEvidence}", UriKind.Relative))).RefusedAsync(404, "not-found", "id");
        }

        var police = await _journey.StoryAsync("psb.head");
        Assert.Equal("EH-08", Text(Assert.Single(police["findings"]!.AsArray())!, "itemCode"));
        Assert.Single(police["evidence"]!.AsArray());
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        var findings = (await (await dispatcher.GetAsync(new Uri($"/api/exchange/ZJ-ZHZF/findings?format=json&caseId={_journey.CaseId}", UriKind.Relative))).SucceededAsync())["rows"]!.AsArray();
        Assert.Empty(findings);
        var publication = Assert.Single((await _journey.StoryAsync("cul.head"))["publications"]!.AsArray())!;
        Assert.Equal("无", Text(publication, "handling"));
    }

    private async Task ArrivedAsync()
    {
        await _journey.PlanAsync();
        await _journey.DrawAsync();
        await _journey.ArriveAsync();
    }

    private async Task<string> OfficerAsync(string department) => DistrictJourney.UserOf((await _journey.TeamAsync()).OfficersOf(department).First().OfficerId);

    private async Task<JsonObject> UploadAsync(string user, params (string Name, string Value)[] fields)
    {
        using var officer = await service.SamplePersonAsync(user);
        using var form = new MultipartFormDataContent { { new StringContent("照片"), "kind" }, { new StringContent("现场照片"), "title" } };
        foreach (var (name, value) in fields)
            form.Add(new StringContent(value), name);
        using var photo = new ByteArrayContent([0xff, 0xd8, 0xff, (byte)fields.Length]);
        photo.Headers.ContentType = new("image/jpeg");
        form.Add(photo, "file", "photo.jpg");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/cases/{_journey.CaseId}/evidence") { Content = form };
        request.Headers.Add("Idempotency-Key", "evidence-" + Guid.NewGuid());
        using var answer = await officer.SendAsync(request);
        return await answer.SucceededAsync();
    }

    private static async Task<JsonArray> ListAsync(HttpClient person, string list) =>
        JsonNode.Parse(await person.GetStringAsync(new Uri($"/api/evidence/{list}?order=newest&take=200", UriKind.Relative)))!["items"]!.AsArray();

    private static Task<HttpResponseMessage> RecogniseAsync(HttpClient person, string id, bool accept, string reason) =>
        person.PostAsync($"/api/evidence/{id}/recognition", "recognise-" + Guid.NewGuid(), new { accept, reason });

    private static Task<HttpResponseMessage> ReviewAsync(HttpClient person, string id, string kind) =>
        person.PostAsync($"/api/evidence/{id}/review", "review-" + Guid.NewGuid(), new { kind, passes = true, opinion = "设备有效，内容清晰" });

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();
}
