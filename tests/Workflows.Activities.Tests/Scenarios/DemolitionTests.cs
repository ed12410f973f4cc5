using Workflows.Engine.Definitions;
using Workflows.Supervision.Deadlines;
using Workflows.Supervision.Enforcement;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Activities.Tests.Scenarios;

/// <summary>违建和拆改承重结构 (scenarios.md 4, HR-03 and HR-08): the lawful order of steps, the waits that are no lateness, and the guard over the day of execution.</summary>
public sealed class DemolitionTests
{
    [Fact]
    public async Task The_clock_of_the_decision_stands_still_while_planning_looks_at_it()
    {
        var run = await StoppedAsync();
        await run.UntilAsync(12, 7);
        // 1 December and 90 days is 1 March 2027; six days stood still.
        Assert.True(Limit(run, "DecisionLimit").Paused);
        await run.DoAsync("enforcement.confirm", People.Officer("NRP"), "应当拆除", Report);
        Assert.Equal((false, new DateOnly(2027, 3, 8)), (Limit(run, "DecisionLimit").Paused, Limit(run, "DecisionLimit").LastDay!.Value));
    }

    [Fact]
    public async Task Planning_that_does_not_answer_in_five_working_days_is_urged()
    {
        var run = await StoppedAsync();
        await run.UntilAsync(12, 10);
        Assert.Contains(run.Completed(), line => line == "12-09 00:00 OpinionLimit 超期未办");
        Assert.DoesNotContain(run.Completed(), line => line.Contains("DecisionLimit", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_party_that_takes_it_down_itself_is_verified_and_nobody_is_forced()
    {
        var run = await DecidedAsync();
        await run.DoAsync("enforcement.choice", People.Officer("CLE"), "自行履行");
        await run.DoAsync("enforcement.step", People.Officer("CLE"), "已完成", Report);
        await NoPowerCutAsync(run);
        Assert.Empty(run.State.Incidents);
        Assert.Equal(CaseState.Closed, run.Case.State);
        Assert.Contains(run.Session.Outbox, m => m is { Recipient: "department:NRP", Kind: "违建处置结果（不动产登记）" });
        Assert.DoesNotContain(run.Case.Enforcement, a => a.Stage == EnforcementStage.Execution);
    }

    [Fact]
    public async Task The_wait_for_review_and_lawsuit_is_no_lateness_and_nothing_is_forced_before_it_ends()
    {
        var run = await AnnouncedAsync();
        await run.UntilAsync(6, 16, year: 2027);
        // Announced on 17 December: 60 days for review, six months for a lawsuit.
        Assert.Contains(run.Completed(), line => line == "02-16 00:00 ReviewPeriod 期限届满");
        Assert.DoesNotContain(run.Completed(), line => line.Contains("SuitPeriod", StringComparison.Ordinal));
        Assert.Empty(run.All<WarningCard>());
        await run.UntilAsync(6, 18, year: 2027);
        Assert.Contains(run.Completed(), line => line == "06-18 00:00 SuitPeriod 期限届满");
        Assert.Equal("Reminder", run.Task("enforcement.step").Subject["stage"]);
    }

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
        run.Session.Actor = People.Officer("CLE");
        await run.Get<EnforcementProcedure>().TakeAsync(run.CaseId, EnforcementStage.Views, "已完成", new EnforcementReport("已听取"));
        Assert.Equal("head-required", (await Assert.ThrowsAsync<RuleViolationException>(
            async () => await run.Get<EnforcementProcedure>().TakeAsync(run.CaseId, EnforcementStage.Decision, "已完成", new EnforcementReport("决定")))).Code);
    }

    [Theory]
    [InlineData("2027-01-15T21:59:00+08:00", null, null, null)]
    [InlineData("2027-01-15T22:30:00+08:00", null, null, "enforcement-at-night")]
    [InlineData("2027-01-16T05:59:00+08:00", null, null, "enforcement-at-night")]
    [InlineData("2027-01-01T10:00:00+08:00", null, null, "enforcement-on-holiday")]
    [InlineData("2027-01-15T22:30:00+08:00", "墙体即将坍塌", null, "approval-missing")]
    [InlineData("2027-01-15T22:30:00+08:00", "墙体即将坍塌", "样例负责人", null)]
    public async Task Nothing_is_forced_at_night_or_on_a_holiday_but_in_an_approved_emergency(string at, string? emergency, string? approved, string? code)
    {
        var run = await ToExecutionAsync();
        var report = new ExecutionReport(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture), "样例见证人", "V-1", "无贵重物品", emergency, approved);
        if (code is null)
        {
            await run.DoAsync("enforcement.execute", People.Officer("CLE"), null, report);
            Assert.Equal(CaseState.Closed, run.Case.State);
            Assert.Contains("样例见证人", run.Case.Enforcement[^1].Note, StringComparison.Ordinal);
            return;
        }

        Assert.Equal(code, (await Assert.ThrowsAsync<RuleViolationException>(() => run.DoAsync("enforcement.execute", People.Officer("CLE"), null, report))).Code);
    }

    [Theory]
    [InlineData("HR-03", true, true, null)]
    [InlineData("HR-08", true, true, "supply-cut")]
    [InlineData("HR-03", false, true, "supply-cut")]
    [InlineData("HR-03", true, false, "supply-cut")]
    public async Task Power_is_cut_under_the_conditions_of_the_law_alone(string item, bool unoccupied, bool danger, string? code)
    {
        var run = await StoppedAsync();
        var cut = () => run.DoAsync("enforcement.supply", People.Head("CLE"), "已通知", new SupplyCut(item, unoccupied, danger, "样例供电企业", "函1号"));
        if (code is null)
        {
            await cut();
            Assert.Equal("样例供电企业，函1号", run.Case.SupplyCut);
            return;
        }

        Assert.Equal(code, (await Assert.ThrowsAsync<RuleViolationException>(cut)).Code);
    }

    [Fact]
    public async Task A_decision_that_is_annulled_ends_the_matter()
    {
        var run = await DecidedAsync();
        await run.DoAsync("enforcement.choice", People.Officer("CLE"), "复议或者诉讼");
        await run.DoAsync("enforcement.remedy", People.Officer("CLE"), "撤销", Report);
        await NoPowerCutAsync(run);
        Assert.Equal(CaseState.Closed, run.Case.State);
    }

    [Fact]
    public void Its_diagram_is_clean() => Assert.Empty(DefinitionValidator.Validate(
        CaseRun.Named("home-renovation/demolition.json"), new Engine.Activities.ActivityRegistry().RegisterFrom(typeof(Activities.Work.HumanStep).Assembly)));

    private static EnforcementReport Report { get; } = new("按法定步骤办理", ["E1"]);

    private static StepLimit Limit(CaseRun run, string step) => run.All<StepLimit>().Single(l => l.Created.ActivityId == step);

    private static async Task<CaseRun> StoppedAsync()
    {
        var run = await new CaseRun(CaseRun.Named("home-renovation/demolition.json"), "home-renovation") { Tags = ["住宅装修项目"] }.StartAsync("CLE", "HUD", "TOWN", "NRP");
        await run.DoAsync("enforcement.step", People.Officer("CLE"), "已完成", Report);
        return run;
    }

    private static async Task<CaseRun> DecidedAsync()
    {
        var run = await StoppedAsync();
        await run.DoAsync("enforcement.confirm", People.Officer("NRP"), "应当拆除", Report);
        await run.DoAsync("enforcement.step", People.Officer("CLE"), "已完成", Report);
        await run.DoAsync("enforcement.step", People.Head("CLE"), "已完成", Report);
        return run;
    }

    // Decided on 1 December; the fifteen days for doing it oneself end on the 16th.
    private static async Task<CaseRun> AnnouncedAsync()
    {
        var run = await DecidedAsync();
        await run.UntilAsync(12, 17);
        Assert.DoesNotContain(run.Tasks(), t => t.Kind == "enforcement.choice");
        await run.DoAsync("enforcement.step", People.Officer("CLE"), "已完成", Report);
        return run;
    }

    private static async Task<CaseRun> ToExecutionAsync()
    {
        var run = await DecidedAsync();
        await NoPowerCutAsync(run);
        await run.DoAsync("enforcement.choice", People.Officer("CLE"), "复议或者诉讼");
        await run.DoAsync("enforcement.remedy", People.Officer("CLE"), "维持", Report);
        foreach (var actor in new[] { People.Officer("CLE"), People.Officer("CLE"), People.Officer("CLE"), People.Head("CLE"), People.Officer("CLE") })
        {
            await run.DoAsync("enforcement.step", actor, "已完成", Report);
        }

        return run;
    }

    private static Task NoPowerCutAsync(CaseRun run) => run.DoAsync("enforcement.supply", People.Head("CLE"), "不通知", new SupplyCut());
}
