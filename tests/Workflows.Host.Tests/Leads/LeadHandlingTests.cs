using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;
using Workflows.Host.Tests.Stores;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;

namespace Workflows.Host.Tests.Leads;

/// <summary>What becomes of a lead, whatever the database.</summary>
public abstract class LeadHandlingTests(ServiceUnderTest service)
{
    private readonly LeadPeople _people = new(service);

    [Fact]
    public async Task The_catalogue_sends_a_lead_to_its_department_which_brings_it_to_its_end()
    {
        var id = await _people.ReportAsync("EH-20");
        await _people.DoAsync("dispatcher", id, "triage", new { note = "核实地点" });
        var routed = await _people.DoAsync("dispatcher", id, "route");
        Assert.Equal(("Routed", "待受理", "department:HEA", false), LeadPeople.Standing(routed));
        Assert.Equal(("HEA", "清单"), (Text(routed, "routing", "department"), Text(routed, "routing", "ground")));
        await _people.DoAsync("hea.head", id, "accept");
        var sent = await _people.DoAsync("hea.head", id, "dispatch", new { officers = new[] { "HEA-01", "HEA-02" } });
        Assert.Equal(("Dispatched", "办理中", "department:HEA", false), LeadPeople.Standing(sent));
        await _people.RefusedAsync("hea.head", id, "close", new { outcome = "已整改", reason = "当场清洗消毒" }, 422, "field-missing", "class");
        var closed = await _people.DoAsync("hea.head", id, "close", new { outcome = "已整改", reason = "当场清洗消毒", @class = "Management" });
        Assert.Equal(("Closed", null, null, false), LeadPeople.Standing(closed));
        Assert.Equal(["受理", "分诊", "派单", "受理", "派发", "办结"], closed["steps"]!.AsArray().Select(step => Text(step!, "act")));
        await _people.RefusedAsync("dispatcher", id, "route", new { }, 409, "lead-state");
    }

    [Fact]
    public async Task A_town_that_holds_the_power_acts_in_its_own_name_and_other_towns_do_not_see_it()
    {
        var id = await _people.ReportAsync("EH-23", area: LeadPeople.Town);
        var routed = await _people.DoAsync("dispatcher", id, "route");
        Assert.Equal(("TOWN", "赋权", "样例赋权〔2026〕1号"), (Text(routed, "routing", "department"), Text(routed, "routing", "ground"), Text(routed, "routing", "delegationList")));
        using (var other = await _people.GetAsync("other-town.officer", $"/api/leads/{id}"))
            Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
        Assert.Equal("Accepted", Text(await _people.DoAsync("town.officer", id, "accept"), "state"));
        // The second town held the same power until the end of June only.
        var late = await _people.ReportAsync("EH-23", area: "330203002");
        Assert.Equal("HEA", Text(await _people.DoAsync("dispatcher", late, "route"), "routing", "department"));
    }

    [Fact]
    public async Task Past_the_catalogue_only_with_a_reason_and_never_to_nobody()
    {
        var id = await _people.ReportAsync("EH-20");
        await _people.RefusedAsync("dispatcher", id, "route", new { department = "FIR" }, 422, "field-missing", "reason");
        await _people.RefusedAsync("dispatcher", id, "route", new { department = "NOBODY", reason = "试" }, 422, "department-unknown", "department");
        var unknown = await _people.ReportAsync("XX-99");
        await _people.RefusedAsync("dispatcher", unknown, "route", new { }, 422, "matter-unknown", "matterCode");
        var routed = await _people.DoAsync("dispatcher", unknown, "route", new { department = "FIR", reason = "现场疑似消防隐患" });
        Assert.Equal(("FIR", "指定"), (Text(routed, "routing", "department"), Text(routed, "routing", "ground")));
    }

    [Fact]
    public async Task The_third_return_becomes_a_dispute_and_what_the_guidance_office_decides_binds()
    {
        var id = await _people.ReportAsync("EH-20");
        await _people.DoAsync("dispatcher", id, "route");
        await _people.RefusedAsync("hea.head", id, "return", new { reason = " " }, 422, "field-missing", "reason");
        await _people.RefusedAsync("dispatcher", id, "dispatch", new { officers = "x" }, 400, "malformed-field", "officers");
        Assert.Equal(("Returned", "已退回", "role:dispatcher", false), LeadPeople.Standing(await _people.DoAsync("hea.head", id, "return", new { reason = "不属卫生监督职责" })));
        await _people.RefusedAsync("dispatcher", id, "route", new { }, 422, "field-missing", "reason");
        await _people.DoAsync("dispatcher", id, "route", new { department = "MKT", reason = "疑似销售行为" });
        await _people.DoAsync("mkt.head", id, "return", new { reason = "未发现销售" });
        await _people.DoAsync("dispatcher", id, "route", new { reason = "清单规定由卫健承办" });
        var disputed = await _people.DoAsync("hea.head", id, "return", new { reason = "仍不属职责" });
        Assert.Equal(("Disputed", "职责争议", "department:GUI", false), LeadPeople.Standing(disputed));
        Assert.Equal(3, disputed["returns"]!.GetValue<int>());
        await _people.RefusedAsync("hea.head", id, "decide", new { department = "MKT", reason = "自行决定" }, 403, "guidance-office-required", "actor");
        var decided = await _people.DoAsync("gui.head", id, "decide", new { department = "HEA", reason = "按三定方案由卫健承办" });
        Assert.Equal(("Routed", "待受理", "department:HEA", false), LeadPeople.Standing(decided));
        await _people.RefusedAsync("hea.head", id, "return", new { reason = "再次退回" }, 409, "duty-decided");
        await _people.RefusedAsync("hea.head", id, "dispute", new { reason = "再次争议" }, 409, "duty-decided");
        await _people.DoAsync("hea.head", id, "accept");
    }

    [Fact]
    public async Task A_whistle_has_to_be_answered_before_the_lead_can_end_and_a_late_one_is_told_to_the_supervisor()
    {
        var id = await _people.AcceptedAsync(trigger: "WhistleBlow");
        var answered = await _people.AcceptedAsync(trigger: "WhistleBlow");
        await _people.DoAsync("hea.head", answered, "whistle-answer", new { answer = "两名执法员十五分钟内到达" });
        await _people.RefusedAsync("hea.head", id, "transfer", new { receiver = "市直机关", reason = "试" }, 409, "whistle-unanswered");
        await _people.PassAsync("PT61M");
        Assert.True((await _people.LeadAsync(id))["whistle"]!["lapsed"]!.GetValue<bool>());
        Assert.False((await _people.LeadAsync(answered))["whistle"]!["lapsed"]!.GetValue<bool>());
        Assert.Contains("role:supervisor", await ToldAsync(id, "吹哨超期未应"));
        Assert.Empty(await ToldAsync(answered, "吹哨超期未应"));
        await _people.DoAsync("hea.head", id, "dispatch");
        await _people.RefusedAsync("hea.head", id, "close", new { outcome = "已处理", reason = "已到场", @class = "Service" }, 409, "whistle-unanswered");
        await _people.DoAsync("hea.head", id, "whistle-answer", new { answer = "已到场" });
        await _people.RefusedAsync("hea.head", id, "whistle-answer", new { answer = "已到场" }, 409, "no-whistle");
        await _people.DoAsync("hea.head", id, "close", new { outcome = "已处理", reason = "已到场", @class = "Service" });
    }

    [Fact]
    public async Task The_grid_has_an_hour_and_then_it_is_the_departments()
    {
        await _people.RefusedAsync("dispatcher", await _people.ReportAsync("EH-03", area: LeadPeople.Town), "triage", new { path = "InGrid" }, 422, "not-in-grid", "path");
        var settled = await _people.ReportAsync("EH-15", "GridReport", LeadPeople.Town);
        var left = await _people.ReportAsync("EH-15", "GridReport", LeadPeople.Town);
        foreach (var id in new[] { settled, left })
            Assert.Equal(("Dispatched", "即时处置", "department:TOWN", false), LeadPeople.Standing(await _people.DoAsync("dispatcher", id, "triage", new { path = "InGrid" })));
        await _people.RefusedAsync("town.assistant", settled, "close", new { outcome = "处罚", reason = "处罚", @class = "Enforcement" }, 403, "assistant-decides", "actor");
        var closed = await _people.DoAsync("town.assistant", settled, "close", new { outcome = "已清理", reason = "当场劝导清理", @class = "Service" });
        Assert.True(closed["closing"]!["inGrid"]!.GetValue<bool>());
        // Each first sign-in of a person moves the clock by a minute.
        await _people.PassAsync("PT50M");
        Assert.Equal("Dispatched", Text(await _people.LeadAsync(left), "state"));
        await _people.PassAsync("PT10M");
        Assert.Equal(("Routed", "待受理", "department:FIR", false), LeadPeople.Standing(await _people.LeadAsync(left)));
        Assert.Equal("Closed", Text(await _people.LeadAsync(settled), "state"));
    }

    [Fact]
    public async Task What_nobody_moves_is_urged_once_and_then_stands_with_a_supervisor()
    {
        var id = await _people.ReportAsync("EH-20");
        var quiet = await _people.ReportAsync("EH-20", reportedBy: new { name = "样例居民", contact = "0574-00000000", confidential = true });
        await _people.PassAsync("PT29M");
        Assert.Equal(("Received", "待分诊", "role:dispatcher", false), LeadPeople.Standing(await _people.LeadAsync(id)));
        await _people.PassAsync("PT1M");
        Assert.Equal(("Received", "待分诊", "role:dispatcher", true), LeadPeople.Standing(await _people.LeadAsync(id)));
        Assert.Contains("role:dispatcher", await ToldAsync(id, "催办"));
        using (var overdue = await _people.GetAsync("dispatcher", "/api/overdue"))
        {
            var rows = JsonNode.Parse(await overdue.Content.ReadAsStringAsync())!.AsArray();
            var row = Assert.Single(rows, row => Text(row!, "kind") == "lead" && Text(row!, "id") == id)!;
            Assert.True(row["late"]!.GetValue<bool>());
            // The row says what was reported and under which number; of what was told in confidence, that alone.
            var lead = await _people.LeadAsync(id);
            Assert.Equal((Text(lead, "text"), Text(lead, "externalNumber")), (Text(row, "target"), Text(row, "caseNumber")));
            Assert.Equal("保密线索", Text(Assert.Single(rows, row => Text(row!, "id") == quiet)!, "target"));
        }

        using (var others = await _people.GetAsync("hea.head", "/api/overdue"))
            Assert.DoesNotContain(id, await others.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await _people.PassAsync("PT30M");
        Assert.Equal(("Stuck", "督办中", "role:supervisor", false), LeadPeople.Standing(await _people.LeadAsync(id)));
        await _people.PassAsync("P20D");
        Assert.Equal(("Stuck", "督办中", "role:supervisor", true), LeadPeople.Standing(await _people.LeadAsync(id)));
        var urged = await _people.DoAsync("supervisor", id, "decide", new { reason = "今日派单" });
        Assert.Equal(("Received", "待分诊", "role:dispatcher", false), LeadPeople.Standing(urged));
        await _people.DoAsync("dispatcher", id, "route");
        await _people.PassAsync("P2D");
        Assert.Equal(("Stuck", "督办中", "role:supervisor", true), LeadPeople.Standing(await _people.LeadAsync(id)));
        Assert.Equal(("Routed", "待受理", "department:MKT", false), LeadPeople.Standing(await _people.DoAsync("supervisor", id, "decide", new { department = "MKT", reason = "改由市监办理" })));
    }

    [Fact]
    public async Task A_merged_lead_ends_and_the_other_is_answered_under_both_numbers()
    {
        var into = await _people.ReportAsync("EH-20", "Complaint12345", source: "12345");
        var id = await _people.ReportAsync("EH-20", source: "网格平台");
        await _people.RefusedAsync("dispatcher", id, "merge", new { into = id, reason = "同一事项" }, 409, "merge-target", "into");
        var merged = await _people.DoAsync("dispatcher", id, "merge", new { into, reason = "同一店铺同一问题" });
        Assert.Equal(("Merged", null, null, false), LeadPeople.Standing(merged));
        Assert.Equal(into, Text(merged, "duplicateOf"));
        await _people.RefusedAsync("dispatcher", into, "merge", new { into = id, reason = "反向" }, 409, "merge-target", "into");
        await _people.DoAsync("dispatcher", into, "route");
        await _people.DoAsync("hea.head", into, "accept");
        await _people.RefusedAsync("hea.head", into, "close", new { outcome = "已整改", reason = "已消毒", @class = "Management" }, 422, "field-missing", "reply");
        await _people.DoAsync("hea.head", into, "close", new { outcome = "已整改", reason = "已消毒", @class = "Management", reply = "问题已整改，感谢监督" });
        Assert.Equal(["12345", "网格平台"], (await ToldAsync(into, "线索办结")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_transferred_lead_waits_for_the_receipt()
    {
        var id = await _people.ReportAsync("EH-20");
        Assert.Equal(("Transferred", "待回执", "role:dispatcher", false), LeadPeople.Standing(
            await _people.DoAsync("dispatcher", id, "transfer", new { receiver = "外区指挥中心", reason = "地点在外区", documentNumber = "移〔2026〕1号" })));
        await _people.RefusedAsync("hea.head", id, "close", new { outcome = "已移送", reason = "回执" }, 404, "not-found");
        Assert.Equal("Closed", Text(await _people.DoAsync("dispatcher", id, "close", new { outcome = "已移送", reason = "收到回执" }), "state"));
        var back = await _people.ReportAsync("EH-20");
        await _people.DoAsync("dispatcher", back, "transfer", new { receiver = "外区指挥中心", reason = "地点在外区" });
        Assert.Equal("Triaged", Text(await _people.DoAsync("dispatcher", back, "triage", new { note = "对方退回，地点在本区" }), "state"));
    }

    [Fact]
    public async Task A_department_sees_what_it_has_or_had_and_a_confidential_reporter_is_the_dispatchers_alone()
    {
        var id = await _people.ReportAsync("EH-20", reportedBy: new { name = "样例举报人", contact = "0574-1", capacity = "居民", confidential = true });
        var open = await _people.ReportAsync("EH-20", reportedBy: new { name = "样例网格员", contact = "0574-2", capacity = "网格员" });
        using (var unrouted = await _people.GetAsync("hea.head", $"/api/leads/{id}"))
            Assert.Equal(HttpStatusCode.NotFound, unrouted.StatusCode);
        foreach (var lead in new[] { id, open })
            await _people.DoAsync("dispatcher", lead, "route");
        using (var other = await _people.GetAsync("fir.head", $"/api/leads/{id}"))
            Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
        Assert.Null((await _people.LeadAsync(id, "hea.head"))["reportedBy"]!["name"]);
        Assert.Equal("居民", Text(await _people.LeadAsync(id, "hea.head"), "reportedBy", "capacity"));
        Assert.Equal("样例网格员", Text(await _people.LeadAsync(open, "hea.head"), "reportedBy", "name"));
        Assert.Null((await _people.LeadAsync(open, "supervisor"))["reportedBy"]!["name"]);
        Assert.Equal("样例举报人", Text(await _people.LeadAsync(id), "reportedBy", "name"));
        await _people.DoAsync("hea.head", id, "return", new { reason = "不属职责" });
        Assert.Equal("Returned", Text(await _people.LeadAsync(id, "hea.head"), "state"));
        Assert.DoesNotContain(id, await MineAsync("hea.head"));
        Assert.Contains(open, await MineAsync("hea.head"));
        Assert.Contains(id, await MineAsync("dispatcher"));
    }

    [Fact]
    public async Task A_replayed_act_is_answered_as_it_was_although_the_lead_is_out_of_sight_by_now()
    {
        var id = await _people.ReportAsync("EH-20");
        await _people.DoAsync("dispatcher", id, "route");
        using var first = await _people.SendAsync("hea.head", $"/api/leads/{id}/transfer", "transfer-" + id, new { receiver = "外区", reason = "地点在外区" });
        using var again = await _people.SendAsync("hea.head", $"/api/leads/{id}/transfer", "transfer-" + id, new { receiver = "外区", reason = "地点在外区" });
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.True(again.Headers.Contains("Idempotency-Replayed"));
    }

    [Fact]
    public async Task A_dispatched_lead_starts_what_waits_for_its_matter()
    {
        await service.DefinitionAsync(
            """
            {"definitionId":"on-lead","name":"on-lead","root":{"id":"root","type":"Elsa.Sequence","activities":[
              {"id":"when","type":"Elsa.Event","customProperties":{"canStartWorkflow":true},"eventName":{"typeName":"String","expression":{"type":"Literal","value":"Lead.EH-24c"}}},
              {"id":"wait","type":"Elsa.Event","eventName":{"typeName":"String","expression":{"type":"Literal","value":"never"}}}]}}
            """, publish: true);
        var id = await _people.ReportAsync("EH-24c");
        await _people.DoAsync("dispatcher", id, "dispatch", new { note = "一键派发" });
        await service.UntilAsync(async () => await CountAsync<WorkflowInstanceRow>(row => row.DefinitionId == "on-lead" && row.CorrelationId == id && row.SubStatus == "Suspended") == 1);
        var lead = await _people.LeadAsync(id);
        Assert.Equal(["受理", "一键派发", "派发"], lead["steps"]!.AsArray().Select(step => Text(step!, "act")));
        Assert.Equal("department:TOB", LeadPeople.Standing(lead).Owner);
    }

    [Fact]
    public async Task What_cannot_get_done_is_reviewed_by_a_supervisor_with_a_date_that_comes_back_when_it_is_missed()
    {
        var lead = await _people.AcceptedAsync();
        using var filed = await _people.SendAsync("dispatcher", "/api/stuck-matters", "stuck-" + lead, new { subject = "Lead", subjectId = lead, text = "报了一个月没人管", reportedBy = new { name = "样例居民" } });
        Assert.Equal(HttpStatusCode.Created, filed.StatusCode);
        var request = await filed.SucceededAsync();
        Assert.Equal(("Filed", "督办人审查", "role:supervisor", false), LeadPeople.Standing(request));
        var id = Text(request, "id")!;
        var today = DateOnly.FromDateTime(service.Now.ToOffset(TimeSpan.FromHours(8)).DateTime);
        using (var early = await _people.SendAsync("supervisor", $"/api/stuck-matters/{id}/review", "review-early-" + id, new { finding = "应予办理", department = "HEA", targetDate = today }))
            await early.RefusedAsync(422, "target-date", "targetDate");
        await ActAsync("supervisor", id, "review", new { finding = "应予办理", department = "HEA", targetDate = today.AddDays(2) });
        await _people.PassAsync("P3D");
        var missed = await StuckAsync(id);
        Assert.Equal(("Filed", "督办人审查", "role:supervisor", false), LeadPeople.Standing(missed));
        Assert.Equal(1, missed["missed"]!.GetValue<int>());
        today = DateOnly.FromDateTime(service.Now.ToOffset(TimeSpan.FromHours(8)).DateTime);
        await ActAsync("supervisor", id, "review", new { finding = "再限三日", department = "HEA", targetDate = today.AddDays(3) });
        await ActAsync("hea.head", id, "answer", new { result = "已上门办结" });
        await ActAsync("supervisor", id, "verify", new { done = true, reason = "电话回访属实" });
        Assert.Equal(("Closed", null, null, false), LeadPeople.Standing(await StuckAsync(id)));
        using var other = await _people.GetAsync("fir.head", $"/api/stuck-matters/{id}");
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
    }

    private async Task ActAsync(string person, string id, string act, object body)
    {
        using var answer = await _people.SendAsync(person, $"/api/stuck-matters/{id}/{act}", act + Guid.NewGuid(), body);
        await answer.SucceededAsync();
    }

    private async Task<JsonObject> StuckAsync(string id)
    {
        using var answer = await _people.GetAsync("supervisor", $"/api/stuck-matters/{id}");
        return await answer.SucceededAsync();
    }

    private async Task<string[]> MineAsync(string person)
    {
        var ids = new List<string>();
        for (string? after = ""; after is not null;)
        {
            using var answer = await _people.GetAsync(person, $"/api/leads?mine=true&take=200&after={after}");
            var page = await answer.SucceededAsync();
            ids.AddRange(page["items"]!.AsArray().Select(lead => Text(lead!, "id")!));
            after = page["next"]?.GetValue<string>();
        }

        return [.. ids];
    }

    private async Task<string[]> ToldAsync(string leadId, string kind)
    {
        await using var scope = service.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>().Set<OutboxRow>().Where(row => row.Kind == kind && row.Body.Contains(leadId)).Select(row => row.Recipient).ToArrayAsync();
    }

    private async Task<int> CountAsync<T>(System.Linq.Expressions.Expression<Func<T, bool>> which)
        where T : class
    {
        await using var scope = service.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>().Set<T>().CountAsync(which);
    }

    private static string? Text(JsonNode node, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
            node = node[name]!;
        return node?.GetValue<string>();
    }
}

public sealed class SqliteLeadHandlingTests(SampleService service) : LeadHandlingTests(service), IClassFixture<SampleService>;

public sealed class PostgresLeadHandlingTests(PostgresSample service) : LeadHandlingTests(service), IClassFixture<PostgresSample>;
