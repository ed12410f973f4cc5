using Workflows.Supervision.Enforcement;
using Workflows.Supervision.Sessions;

namespace Workflows.Activities.Tests.Scenarios;

/// <summary>The lawful order of steps and who decides each.</summary>
public sealed partial class DemolitionTests
{
    [Fact]
    public async Task A_step_out_of_order_is_refused_whatever_the_diagram_draws()
    {
        var run = await AnnouncedAsync();
        var procedure = run.Get<EnforcementProcedure>();
        run.Session.Actor = People.Officer("CLE");
        foreach (var (stage, code) in new[]
        {
            (EnforcementStage.Reminder, "enforcement-too-early"), (EnforcementStage.Defence, "enforcement-order"), (EnforcementStage.ExecutionDecision, "enforcement-order"), (EnforcementStage.Mandate, "enforcement-order"),
        })
        {
            Assert.Equal(code, (await Assert.ThrowsAsync<RuleViolationException>(async () => await procedure.TakeAsync(run.CaseId, stage, "已完成", new EnforcementReport("提前")))).Code);
        }

        Assert.Equal("enforcement-order", (await Assert.ThrowsAsync<RuleViolationException>(
            async () => await procedure.ExecuteAsync(run.CaseId, new ExecutionReport(run.Session.Now, "见证人", "V1", "清单")))).Code);
    }

    [Fact]
    public async Task A_decision_is_the_heads()
    {
        var run = await StoppedAsync();
        await run.DoAsync("enforcement.confirm", People.Officer("NRP"), "应当拆除", Report);
        await run.DoAsync("enforcement.step", People.Officer("CLE"), "已完成", Report);
        run.Session.Actor = People.Officer("CLE");
        Assert.Equal("head-required", (await Assert.ThrowsAsync<RuleViolationException>(
            async () => await run.Get<EnforcementProcedure>().TakeAsync(run.CaseId, EnforcementStage.Decision, "已完成", new EnforcementReport("决定")))).Code);
        run.Session.Actor = People.Head("HUD");
        Assert.Equal("other-department", await RefusedAsync(run, EnforcementStage.Decision, new EnforcementReport("决定")));
        run.Session.Actor = People.Head("CLE");
        Assert.Equal("field-missing", await RefusedAsync(run, EnforcementStage.Decision, new EnforcementReport("决定")));
        Assert.Equal("enforcement-day", await RefusedAsync(run, EnforcementStage.Decision, new EnforcementReport("决定", ServedOn: new DateOnly(2026, 12, 2))));
    }

    [Fact]
    public async Task A_decision_needs_the_stop_order_and_the_confirmation_before_it()
    {
        var run = await StoppedAsync();
        run.Session.Actor = People.Head("CLE");
        await run.Get<EnforcementProcedure>().TakeAsync(run.CaseId, EnforcementStage.Views, "已完成", Report);
        Assert.Equal("enforcement-order", await RefusedAsync(run, EnforcementStage.Decision, Served(run)));
        await run.Get<EnforcementProcedure>().TakeAsync(run.CaseId, EnforcementStage.Confirmation, "不构成违法", Report);
        Assert.Equal("enforcement-order", await RefusedAsync(run, EnforcementStage.Decision, Served(run)));
        await run.Get<EnforcementProcedure>().TakeAsync(run.CaseId, EnforcementStage.Confirmation, "应当拆除", Report);
        await run.Get<EnforcementProcedure>().TakeAsync(run.CaseId, EnforcementStage.Decision, "已完成", Served(run));
    }
}
