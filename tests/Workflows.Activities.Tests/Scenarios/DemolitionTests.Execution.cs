using Workflows.Supervision.Enforcement;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;

namespace Workflows.Activities.Tests.Scenarios;

/// <summary>The guard over the day of execution, and over power and water.</summary>
public sealed partial class DemolitionTests
{
    [Theory]
    [InlineData("2027-04-15T21:59:00+08:00", null, false, null)]
    [InlineData("2027-04-15T22:30:00+08:00", null, false, "enforcement-at-night")]
    [InlineData("2027-04-16T05:59:00+08:00", null, false, "enforcement-at-night")]
    [InlineData("2027-05-01T10:00:00+08:00", null, false, "enforcement-on-holiday")]
    [InlineData("2027-04-15T22:30:00+08:00", "墙体即将坍塌", false, "approval-missing")]
    [InlineData("2027-04-15T22:30:00+08:00", "墙体即将坍塌", true, null)]
    [InlineData("2027-05-20T10:01:00+08:00", null, false, "execution-time")]
    [InlineData("2027-01-10T10:00:00+08:00", null, false, "execution-time")]
    [InlineData(null, null, false, "field-missing")]
    public async Task Nothing_is_forced_at_night_or_on_a_holiday_but_in_an_approved_emergency(string? at, string? emergency, bool approved, string? code)
    {
        var run = await ToExecutionAsync();
        if (approved)
        {
            await run.DoAsync("enforcement.step", People.Head("CLE"), "已完成", Report);
        }

        await run.UntilAsync(5, 20, year: 2027);
        var report = new ExecutionReport(at is null ? null : DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture), "样例见证人", "V-1", "无贵重物品", emergency);
        if (code is null)
        {
            await run.DoAsync("enforcement.execute", People.Officer("CLE"), "已完成", report);
            Assert.Equal(CaseState.Closed, run.Case.State);
            Assert.Contains("样例见证人", run.Case.Enforcement[^1].Note, StringComparison.Ordinal);
            return;
        }

        Assert.Equal(code, (await Assert.ThrowsAsync<RuleViolationException>(() => run.DoAsync("enforcement.execute", People.Officer("CLE"), "已完成", report))).Code);
    }

    [Fact]
    public async Task Who_executes_does_not_approve_the_emergency()
    {
        var run = await ToExecutionAsync();
        await run.DoAsync("enforcement.step", People.Head("CLE"), "已完成", Report);
        run.Session.Actor = People.Head("CLE");
        Assert.Equal("approval-missing", (await Assert.ThrowsAsync<RuleViolationException>(async () => await run.Get<EnforcementProcedure>().ExecuteAsync(
            run.CaseId, new ExecutionReport(run.Session.Now, "样例见证人", "V-1", "无贵重物品", "墙体即将坍塌")))).Code);
    }

    [Theory]
    [InlineData("HR-03", true, true, "HR-03", null)]
    [InlineData("HR-03", true, true, "HR-08", "supply-cut")]
    [InlineData("HR-08", true, true, "HR-08", "supply-cut")]
    [InlineData("HR-03", false, true, "HR-03", "supply-cut")]
    [InlineData("HR-03", true, false, "HR-03", "supply-cut")]
    public async Task Power_is_cut_under_the_conditions_of_the_law_alone(string item, bool unoccupied, bool danger, string found, string? code)
    {
        var run = await StoppedAsync();
        run.Session.Save(new Finding
        {
            Id = "finding-1", CaseKey = run.CaseId, CaseId = run.CaseId, Department = "CLE", Area = CaseRun.District, Created = run.Session.CauseNow(), VisitId = "visit-1", ItemCode = found, ItemTitle = found,
            SupervisingDepartment = "CLE", PenaltyDepartment = "CLE", Severity = Supervision.Scenarios.Severity.Serious, PenaltyClause = Supervision.Scenarios.PenaltyClause.CorrectFirst,
            ViolatedOn = new DateOnly(2026, 12, 1), Violates = [], Facts = "拆改承重墙", Disposition = Disposition.Pending,
        });
        var cut = () => run.DoAsync("enforcement.supply", People.Head("CLE"), "已通知", new SupplyCut(item, unoccupied, danger, "样例供电企业", "函1号"));
        if (code is null)
        {
            await cut();
            Assert.Equal("样例供电企业，函1号", run.Case.SupplyCut);
            return;
        }

        Assert.Equal(code, (await Assert.ThrowsAsync<RuleViolationException>(cut)).Code);
    }
}
