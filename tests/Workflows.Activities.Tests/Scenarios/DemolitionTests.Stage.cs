using Workflows.Supervision.Deadlines;
using Workflows.Supervision.Enforcement;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Activities.Tests.Scenarios;

/// <summary>Short ways to a point of the procedure.</summary>
public sealed partial class DemolitionTests
{
    private static EnforcementReport Report { get; } = new("按法定步骤办理", ["E1"]);

    private static EnforcementReport Served(CaseRun run) => Report with { ServedOn = ShanghaiTime.DateOf(run.Session.Now) };

    private static EnforcementReport PerformBy(CaseRun run, int days) => Report with { PerformBy = ShanghaiTime.DateOf(run.Session.Now).AddDays(days) };

    private static async Task ContestAsync(CaseRun run, string result)
    {
        await run.DoAsync("enforcement.choice", People.Officer("CLE"), "复议或者诉讼");
        await run.DoAsync("enforcement.remedy", People.Officer("CLE"), result, Served(run));
    }

    private static async Task<string> RefusedAsync(CaseRun run, EnforcementStage stage, EnforcementReport report) =>
        (await Assert.ThrowsAsync<RuleViolationException>(async () => await run.Get<EnforcementProcedure>().TakeAsync(run.CaseId, stage, "已完成", report))).Code;

    private static StepLimit Limit(CaseRun run, string step) => run.All<StepLimit>().Single(l => l.Created.ActivityId == step);

    private static Task<CaseRun> OpenedAsync() =>
        new CaseRun(CaseRun.Named("home-renovation/demolition.json"), "home-renovation") { Tags = ["住宅装修项目"] }.StartAsync("CLE", "HUD", "TOWN", "NRP");

    private static async Task<CaseRun> StoppedAsync()
    {
        var run = await OpenedAsync();
        await run.DoAsync("enforcement.step", People.Officer("CLE"), "已完成", Report);
        return run;
    }

    private static async Task<CaseRun> DecidedAsync()
    {
        var run = await StoppedAsync();
        await run.DoAsync("enforcement.confirm", People.Officer("NRP"), "应当拆除", Report);
        await run.DoAsync("enforcement.step", People.Officer("CLE"), "已完成", Report);
        await run.DoAsync("enforcement.step", People.Head("CLE"), "已完成", Served(run));
        return run;
    }

    // Decided on 1 December; the fifteen days for doing it oneself end on the 16th.
    private static async Task<CaseRun> AnnouncedAsync()
    {
        var run = await DecidedAsync();
        await run.UntilAsync(12, 17);
        Assert.DoesNotContain(run.Tasks(), t => t.Kind == "enforcement.choice");
        await run.DoAsync("enforcement.step", People.Officer("CLE"), "已完成", PerformBy(run, 15));
        return run;
    }

    private static async Task<CaseRun> ToExecutionAsync()
    {
        var run = await DecidedAsync();
        await NoPowerCutAsync(run);
        await ContestAsync(run, "维持");
        await run.UntilAsync(12, 17);
        await run.DoAsync("enforcement.step", People.Officer("CLE"), "已完成", PerformBy(run, 15));
        await run.UntilAsync(1, 5, year: 2027);
        await run.DoAsync("enforcement.step", People.Officer("CLE"), "已完成", PerformBy(run, 10));
        await run.DoAsync("enforcement.step", People.Officer("CLE"), "已完成", Report);
        await run.UntilAsync(1, 20, year: 2027);
        await run.DoAsync("enforcement.step", People.Head("CLE"), "已完成", Report);
        await run.DoAsync("enforcement.step", People.Officer("CLE"), "已完成", Report);
        return run;
    }

    private static Task NoPowerCutAsync(CaseRun run) => run.DoAsync("enforcement.supply", People.Head("CLE"), "不通知", new SupplyCut());
}
