using Workflows.Engine.Definitions;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Tests;
using Workflows.Supervision.Time;

namespace Workflows.Activities.Tests.Scenarios;

/// <summary>One bad supplier of 卤肉 and everybody who bought (scenarios.md 3), and the flag after two stop orders.</summary>
public sealed class MeatSupplierTests
{
    [Fact]
    public async Task One_lead_makes_a_case_at_every_buyer_and_waits_for_all()
    {
        var run = await StartAsync();
        await run.DoAsync("lead.trace", People.Officer("MKT"), null, new SourceTraced("样例供货商", "330203", ["B-1", "B-2", "B-3"], "查阅进货台账"));
        Assert.Equal(["B-1", "B-2", "B-3"], run.All<Case>().Select(c => c.TargetId));
        Assert.Equal(("案件办理中", LeadState.Dispatched), (run.TheLead.Wait!.Name, run.TheLead.State));
        // The source is somebody's from the first hour, not when the last buyer's case has ended.
        Assert.Contains(run.Session.Outbox, m => m.Kind == "查处来源单位");
        await EndCasesAsync(run);
        Assert.Equal((LeadState.Closed, "已逐户查处"), (run.TheLead.State, run.TheLead.Closing!.Outcome));
    }

    [Fact]
    public async Task A_supplier_outside_the_district_is_handed_to_its_own_authority_at_once_and_the_buyers_cases_go_on()
    {
        var run = await StartAsync();
        await run.DoAsync("lead.trace", People.Officer("MKT"), null, new SourceTraced("样例供货商", "330212", ["B-1"], "查阅进货台账"));
        Assert.Empty(run.State.Incidents);
        Assert.Equal((LeadState.Transferred, "330212主管部门", "待回执"), (run.TheLead.State, run.TheLead.Transfer!.Receiver, run.TheLead.Wait!.Name));
        Assert.Equal("B-1", Assert.Single(run.All<Case>()).TargetId);
        await EndCasesAsync(run);
        Assert.Empty(run.State.Incidents);
        Assert.Equal((LeadState.Transferred, "待回执"), (run.TheLead.State, run.TheLead.Wait!.Name));
    }

    [Fact]
    public async Task A_buyer_whose_case_is_refused_stands_on_the_lead_and_the_others_are_opened()
    {
        // The shipped diagram with one connection moved: a check that ends well opens the cases of the targets that stand on the lead.
        var json = System.Text.Json.Nodes.JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(RepositoryFiles.Root, "workflow-definitions", "braised-meat", "lead.json")))!;
        var moved = json["root"]!["connections"]!.AsArray().Single(c => (string?)c!["source"]!["activity"] == "CheckLead" && (string?)c["source"]!["port"] == "完成")!;
        moved["target"]!["activity"] = "BuyersUnknown";
        var run = await StartAsync(WorkflowDefinition.Parse(json.ToJsonString()), "BM-01");
        run.Session.Save(run.TheLead with { Related = ["vanished", "B-1"] });
        await run.DoAsync("lead.step", People.Officer("MKT"), "完成");
        Assert.Empty(run.State.Incidents);
        Assert.Equal("B-1", Assert.Single(run.All<Case>()).TargetId);
        Assert.Contains(run.TheLead.Steps, step => step is { Act: "未予立案", Text: { } text } && text.StartsWith("vanished：", StringComparison.Ordinal));
        await EndCasesAsync(run);
        Assert.Equal("来源未查明，购入者已查处", run.TheLead.Closing!.Outcome);
    }

    [Fact]
    public async Task A_buyer_of_another_district_is_not_ours()
    {
        var run = await StartAsync();
        Assert.Equal("target-unknown", (await Assert.ThrowsAsync<RuleViolationException>(() => run.DoAsync(
            "lead.trace", People.Officer("MKT"), null, new SourceTraced("样例供货商", "330212", ["elsewhere"], "查阅进货台账")))).Code);
    }

    [Theory]
    [InlineData(TargetKind.Reservoir, "饮用水水源水库", null, "target-differs")]
    [InlineData(TargetKind.Premises, "专业电竞酒店", null, "target-differs")]
    [InlineData(TargetKind.Project, "住宅装修项目", null, "target-differs")]
    [InlineData(TargetKind.Premises, "食品小作坊", "2026-11-30", "target-expired")]
    [InlineData(TargetKind.Premises, "食品小作坊", "2026-12-01", null)]
    public async Task What_buys_no_meat_or_is_over_is_refused_where_it_is_traced_and_where_a_case_would_be_opened(TargetKind kind, string tag, string? validTo, string? refusal)
    {
        var run = await StartAsync();
        run.Session.Save(TargetRecord.Of(
            new RosterTarget
            {
                Id = "other", Name = "样例对象甲", Kind = kind, Address = "样例路", TownCode = "330203001", District = "330203", Tags = [tag],
                ValidTo = validTo is null ? null : DateOnly.Parse(validTo, System.Globalization.CultureInfo.InvariantCulture),
            },
            run.Session.CauseNow()));
        Task TraceAsync() => run.DoAsync("lead.trace", People.Officer("MKT"), null, new SourceTraced("样例供货商", "330203", ["B-1", "other"], "查阅进货台账"));
        if (refusal is null)
        {
            await TraceAsync();
            Assert.Equal(["B-1", "other"], run.All<Case>().Select(c => c.TargetId));
            return;
        }

        var refused = await Assert.ThrowsAsync<RuleViolationException>(TraceAsync);
        Assert.Equal((refusal, "data.related"), (refused.Code, refused.Field));
        Assert.Contains("样例对象甲", refused.Message, StringComparison.Ordinal);
        // The same guard stands at the door through which cases are opened.
        Assert.Equal(refusal, (await Assert.ThrowsAsync<RuleViolationException>(() => run.Get<CaseService>().OpenAsync(
            new OpenCase { TargetId = "other", PackageVersionId = "v1", Trigger = TriggerKind.Report, RootInstanceId = "i-1", SourceReference = "lead-1" }).AsTask())).Code);
    }

    [Theory]
    [InlineData(300, "y", "责令停产停业", true, true)]
    [InlineData(400, "y", "责令停产停业", true, false)]
    [InlineData(0, "x", "责令停产停业", true, false)]
    [InlineData(0, "y", "责令停产停业", true, true)]
    [InlineData(300, "x", "责令停产停业", true, true)]
    [InlineData(300, "y", "临时查封", true, false)]
    [InlineData(300, "y", "责令停产停业", false, false)]
    public async Task Two_stop_orders_within_a_year_bar_it_for_three(int daysBetween, string otherCase, string otherKind, bool otherApproved, bool barred)
    {
        var run = await new CaseRun(scenario: "braised-meat") { Tags = ["食品小作坊"] }.StartAsync();
        var now = run.Session.Now;
        foreach (var (at, matter, kind, approved) in new[] { (now.AddDays(-daysBetween), otherCase, otherKind, otherApproved), (now, "x", "责令停产停业", true) })
        {
            run.Session.Save(new StopMeasure
            {
                Id = run.Session.NewId(), CaseKey = matter, CaseId = matter, TargetId = run.Case.TargetId, Created = run.Session.CauseNow(), FindingId = "f", Measure = kind, LegalBasis = "样例", TakenAt = at,
                Department = "MKT", Approval = approved ? new Decision("head", "负责人", at, "批准") : null,
            });
        }

        var until = await run.Get<RepeatedStops>().FlagAsync(run.CaseId, ["责令停产停业"], 2, 12, 3);
        Assert.Equal(barred ? new DateOnly(2029, 12, 1) : null, until);
        Assert.Equal(until, run.All<TargetRecord>().Single(t => t.Id == run.Case.TargetId).Target.BannedUntil);
    }

    [Fact]
    public void Its_diagram_is_clean() => Assert.Empty(DefinitionValidator.Validate(
        CaseRun.LeadDefinition("braised-meat"), new Engine.Activities.ActivityRegistry().RegisterFrom(typeof(Activities.Work.HumanStep).Assembly)));

    private static async Task<CaseRun> StartAsync(WorkflowDefinition? definition = null, string matter = "BM-08")
    {
        var run = new CaseRun(definition ?? CaseRun.LeadDefinition("braised-meat"), "braised-meat") { Tags = ["食品小作坊"] };
        foreach (var (id, district) in new[] { ("B-1", "330203"), ("B-2", "330203"), ("B-3", "330203"), ("elsewhere", "330212") })
        {
            run.Session.Save(TargetRecord.Of(
                new RosterTarget { Id = id, Name = $"样例购入者{id}", Address = "样例路", TownCode = district + "001", District = district, Tags = ["食品小作坊"] }, run.Session.CauseNow()));
        }

        return await run.StartLeadAsync(
            new NewLead { Trigger = TriggerKind.Report, Source = "样例", Area = "330203001", MatterCode = matter, Text = "购入来源不明的肉" }, "MKT");
    }

    private static async Task EndCasesAsync(CaseRun run)
    {
        foreach (var wait in run.State.Bookmarks.Where(b => b.WaitName?.StartsWith("等待案件办结", StringComparison.Ordinal) == true).ToList())
        {
            await run.ResumeAsync(wait.Id);
        }
    }
}
