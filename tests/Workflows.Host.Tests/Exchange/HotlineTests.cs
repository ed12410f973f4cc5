using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Host.Tests.Journeys;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;
using Workflows.Host.Tests.Visits;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;

namespace Workflows.Host.Tests.Exchange;

/// <summary>Orders of the hotline from their number to the receipt of their answer, and cases at work elsewhere.</summary>
public sealed class HotlineTests(SampleService service) : IClassFixture<SampleService>
{
    private const string Orders = "/api/exchange/12345/leads";

    [Fact]
    public async Task An_order_is_answered_under_its_number_and_the_receipt_of_the_answer_is_kept()
    {
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        var id = await OrderAsync(dispatcher, "R-1", service.Now.AddDays(3));
        using (var early = await ReceiptAsync(dispatcher, "R-1", "HZ-9"))
            Assert.Contains("尚未答复", (await early.ReportAsync(422))["problems"]![0]!["problem"]!.GetValue<string>(), StringComparison.Ordinal);
        await CloseAsync(dispatcher, id, "已现场劝导并整改");
        var answer = (await AnswersAsync(dispatcher)).Single(row => row["工单编号"]!.GetValue<string>() == "R-1");
        Assert.Equal(("已办结", "已现场劝导并整改", "否"), (answer["办理状态"]!.GetValue<string>(), answer["答复内容"]!.GetValue<string>(), answer["是否超期"]!.GetValue<string>()));
        using (var taken = await ReceiptAsync(dispatcher, "R-1", "HZ-1"))
            Assert.Equal("Taken", (await taken.ReportAsync(200))["records"]![0]!["outcome"]!.GetValue<string>());
        using (var again = await ReceiptAsync(dispatcher, "R-1", "HZ-1"))
            Assert.Equal("Repeated", (await again.ReportAsync(200))["records"]![0]!["outcome"]!.GetValue<string>());
        // Who is not the platform reads that a record was taken, not what it said.
        var entries = (await (await dispatcher.GetAsync(new Uri("/api/exchange/entries?platform=12345", UriKind.Relative))).SucceededAsync())["items"]!.AsArray();
        Assert.NotEmpty(entries);
        Assert.All(entries, entry => Assert.Null(entry!["content"]));
        Assert.Equal("HZ-1", (await LeadAsync(dispatcher, id))["replyReceipt"]!["number"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_deadline_of_an_order_is_its_own_clock_and_a_late_answer_stays_visible_after_it_was_given()
    {
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        var due = service.Now.AddDays(2);
        var id = await OrderAsync(dispatcher, "L-1", due);
        using (var moved = await dispatcher.PostAsync("/api/sample/clock", "late-" + id, new { advance = "P1D" }))
            await moved.SucceededAsync();
        Assert.Null((await LeadAsync(dispatcher, id))["replyLateSince"]);
        using (var moved = await dispatcher.PostAsync("/api/sample/clock", "later-" + id, new { advance = "P2D" }))
            await moved.SucceededAsync();
        var late = await LeadAsync(dispatcher, id);
        // The sheet states the deadline to the minute.
        Assert.Equal(due.AddTicks(-(due.Ticks % TimeSpan.TicksPerMinute)), DateTimeOffset.Parse(late["replyLateSince"]!.GetValue<string>(), CultureInfo.InvariantCulture));
        var listed = (await (await dispatcher.GetAsync(new Uri("/api/leads?replyLate=true", UriKind.Relative))).SucceededAsync())["items"]!.AsArray();
        Assert.Equal(id, Assert.Single(listed)!["id"]!.GetValue<string>());
        Assert.Equal("是", (await AnswersAsync(dispatcher)).Single(row => row["工单编号"]!.GetValue<string>() == "L-1")["是否超期"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_order_that_was_merged_keeps_its_deadline_and_takes_the_receipt_under_its_own_number()
    {
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        var into = await OrderAsync(dispatcher, "G-1", service.Now.AddDays(5));
        var sooner = service.Now.AddDays(3);
        var order = await OrderAsync(dispatcher, "G-2", sooner);
        using (var merged = await dispatcher.PostAsync($"/api/leads/{order}/merge", "merge-" + order, new { into, reason = "同一事项" }))
            await merged.SucceededAsync();
        using (var early = await ReceiptAsync(dispatcher, "G-2", "HZ-20"))
            Assert.Contains("尚未答复", (await early.ReportAsync(422))["problems"]![0]!["problem"]!.GetValue<string>(), StringComparison.Ordinal);
        await CloseAsync(dispatcher, into, "已现场清理");
        var answers = (await AnswersAsync(dispatcher)).Where(row => row["工单编号"]!.GetValue<string>() is "G-1" or "G-2").ToList();
        Assert.Equal(["已现场清理", "已现场清理"], answers.Select(row => row["答复内容"]!.GetValue<string>()));
        Assert.Equal(2, answers.Select(row => row["答复期限"]!.GetValue<string>()).Distinct().Count());
        foreach (var (number, receipt) in new[] { ("G-2", "HZ-22"), ("G-1", "HZ-21") })
        {
            using var taken = await ReceiptAsync(dispatcher, number, receipt);
            Assert.Equal("Taken", (await taken.ReportAsync(200))["records"]![0]!["outcome"]!.GetValue<string>());
        }

        var lead = await LeadAsync(dispatcher, into);
        Assert.Equal(("HZ-21", "HZ-22"), (lead["replyReceipt"]!["number"]!.GetValue<string>(), lead["aliases"]![0]!["receipt"]!["number"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_filed_case_waits_until_number_and_outcome_come_back_over_the_exchange()
    {
        var journey = new DistrictJourney(service);
        await journey.PlanAsync();
        await journey.DrawAsync();
        await journey.VisitAsync("EH-25");
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        var filing = (await journey.StoryAsync("supervisor"))["filings"]!.AsArray().FirstOrDefault();
        Assert.True(filing is not null, (await journey.StoryAsync("supervisor"))["findings"]!.ToJsonString());
        var department = filing!["department"]!.GetValue<string>().ToLowerInvariant();
        await journey.DoAsync(department + ".legal", "filing.review", "同意", new { note = "事实清楚" });
        await journey.DoAsync(department + ".head", "filing.decide", "准予立案", new { note = "同意立案", way = "Fast", factsClear = true, admitted = true, fine = 20000 });
        Assert.Contains((await journey.StoryAsync("supervisor"))["waits"]!.AsArray(), wait => wait!["name"]!.GetValue<string>() == "案件办理中");
        var sheet = await dispatcher.SheetAsync($"/api/exchange/ZJ-ZHZF/filings?caseId={journey.CaseId}");
        var lines = ExchangeBench.Cells(sheet);
        Assert.Equal("快速办理", lines[1][lines[0].IndexOf("办案程序")]);
        var filled = ExchangeBench.Fill(sheet, _ => new Dictionary<string, string> { ["案号"] = "甬海综执罚〔2026〕第12号", ["办理结果"] = "罚款" });
        using (var taken = await dispatcher.ImportAsync("/api/exchange/ZJ-ZHZF/filings/import", filled))
            Assert.Equal("Taken", (await taken.ReportAsync(200))["records"]![0]!["outcome"]!.GetValue<string>());
        var concluded = (await journey.StoryAsync("supervisor"))["filings"]![0]!;
        Assert.Equal(("Concluded", "甬海综执罚〔2026〕第12号", "罚款"), (concluded["state"]!.GetValue<string>(), concluded["filingNumber"]!.GetValue<string>(), concluded["outcome"]!.GetValue<string>()));
        Assert.Equal(("Fast", 10, "WorkingDays"), (concluded["procedure"]!["way"]!.GetValue<string>(), concluded["limit"]!["length"]!.GetValue<int>(), concluded["limit"]!["unit"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_licence_of_the_approval_bureau_becomes_a_lead_and_a_case_and_the_outcome_goes_back_to_it()
    {
        var desk = new CheckDesk(service);
        var target = await desk.TargetAsync("B", "宠物用品及美容店");
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        using (var known = await dispatcher.PutAsJsonAsync("/api/exchange/platforms/SPJ", new
        {
            name = "行政审批局", area = "330203", departments = Array.Empty<string>(),
            mappings = new[]
            {
                new
                {
                    kind = "Leads", from = "2024-01-01", title = "许可事件",
                    columns = new[]
                    {
                        Column("number", "许可证号"), Column("area", "区划代码"), Column("trigger", "事件类型"), Column("text", "许可内容"), Column("replyDueAt", "反馈期限"), Column("targetId", "监管对象编号"),
                        Column("state", "办理状态"), Column("outcome", "监管结果"), Column("reply", "反馈"),
                    },
                },
            },
        }))
            Assert.True(known.IsSuccessStatusCode, await known.Content.ReadAsStringAsync());

        // The bureau pushes the licence in; its account sees nothing else.
        using var bureau = await service.PersonAsync("platform", "SPJ", "330203");
        var pushed = new { rows = new[] { new Dictionary<string, string> { ["number"] = "XK-1", ["area"] = "330203001", ["trigger"] = "许可或者登记", ["text"] = "新办动物诊疗许可", ["replyDueAt"] = service.Now.AddDays(20).ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), ["targetId"] = target } } };
        string id;
        using (var taken = await bureau.PostAsync("/api/exchange/SPJ/leads/records", "licence-1", pushed))
            id = (await taken.ReportAsync(200))["records"]![0]!["subjectId"]!.GetValue<string>();
        using (var again = await bureau.PostAsync("/api/exchange/SPJ/leads/records", "licence-2", pushed))
            Assert.Equal("Repeated", (await again.ReportAsync(200))["records"]![0]!["outcome"]!.GetValue<string>());
        var lead = await LeadAsync(dispatcher, id);
        Assert.Equal(("LicenceEvent", "SPJ", "XK-1"), (lead["trigger"]!.GetValue<string>(), lead["source"]!.GetValue<string>(), lead["externalNumber"]!.GetValue<string>()));
        using (var wrong = await bureau.PostAsync("/api/exchange/SPJ/leads/records", "licence-3", new { rows = new[] { new Dictionary<string, string>(pushed.rows[0]) { ["number"] = "XK-2", ["trigger"] = "月度计划" } } }))
            Assert.Equal(422, (int)wrong.StatusCode);

        // Supervision takes it over: a first check after the licence, opened on this lead.
        using (var routed = await dispatcher.PostAsync($"/api/leads/{id}/route", "licence-route", new { department = "AGR", reason = "新办许可首次检查" }))
            await routed.SucceededAsync();
        using (var head = await service.SamplePersonAsync("agr.head"))
        {
            using (var accepted = await head.PostAsync($"/api/leads/{id}/accept", "licence-accept", new { }))
                await accepted.SucceededAsync();
            string caseId;
            using (var opened = await desk.TryAsync("agr.head", target, "LicenceEvent", scenario: "pet-shop", lead: id))
                caseId = (await opened.SucceededAsync())["caseId"]!.GetValue<string>();
            Assert.Equal(caseId, (await LeadAsync(dispatcher, id))["caseId"]!.GetValue<string>());
            Assert.Equal("LicenceEvent", (await desk.StoryAsync("agr.head", caseId))["case"]!["trigger"]!.GetValue<string>());
            using var closed = await head.PostAsync($"/api/leads/{id}/close", "licence-close", new { outcome = "首次检查合格", reason = "现场核查与许可一致", reply = "与许可条件一致，纳入日常监管", @class = "Management" });
            await closed.SucceededAsync();
        }

        // The outcome goes back: pushed to the bureau through the outbox, and to be read under the licence's number.
        await using (var scope = service.Services.CreateAsyncScope())
        {
            var told = await scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>().Set<OutboxRow>().SingleAsync(row => row.Channel == "webhook" && row.Recipient == "SPJ");
            Assert.Contains("XK-1", told.Body, StringComparison.Ordinal);
        }

        using var read = await bureau.GetAsync(new Uri("/api/exchange/SPJ/leads?format=json", UriKind.Relative));
        var answer = Assert.Single((await read.SucceededAsync())["rows"]!.AsArray())!;
        Assert.Equal(("XK-1", "首次检查合格", "与许可条件一致，纳入日常监管"), (answer["许可证号"]!.GetValue<string>(), answer["监管结果"]!.GetValue<string>(), answer["反馈"]!.GetValue<string>()));
    }

    private static object Column(string field, string heading) => new { field, heading };

    private static async Task<string> OrderAsync(HttpClient dispatcher, string number, DateTimeOffset due)
    {
        var file = ExchangeBench.Csv([["工单编号", "区划代码", "诉求内容", "答复期限"], [number, "330203001", "样例诉求" + number, due.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)]]);
        using var taken = await dispatcher.ImportAsync(Orders + "/import", file);
        return (await taken.ReportAsync(200))["records"]![0]!["subjectId"]!.GetValue<string>();
    }

    private static async Task CloseAsync(HttpClient dispatcher, string id, string reply)
    {
        using var closed = await dispatcher.PostAsync($"/api/leads/{id}/close", "close-" + id, new { outcome = "已整改", reason = "现场核实", reply, @class = "Service" });
        await closed.SucceededAsync();
    }

    private static Task<HttpResponseMessage> ReceiptAsync(HttpClient dispatcher, string number, string receipt) => dispatcher.ImportAsync(
        "/api/exchange/12345/receipts/import", Encoding.UTF8.GetBytes($"工单编号,回执编号,回执时间\n{number},{receipt},2026-12-01 09:00\n"));

    private static async Task<IEnumerable<JsonNode>> AnswersAsync(HttpClient dispatcher) =>
        (await (await dispatcher.GetAsync(new Uri(Orders + "?format=json", UriKind.Relative))).SucceededAsync())["rows"]!.AsArray().Select(row => row!);

    private static async Task<JsonObject> LeadAsync(HttpClient dispatcher, string id) => await (await dispatcher.GetAsync(new Uri("/api/leads/" + id, UriKind.Relative))).SucceededAsync();
}
