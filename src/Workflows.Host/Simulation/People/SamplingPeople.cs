using Workflows.Activities.Sampling;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sampling;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Time;

namespace Workflows.Host.Simulation.People;

/// <summary>Samples, their reports, and the second test for which the party asks.</summary>
internal static class SamplingPeople
{
    private const string Laboratory = "样例检验检测研究院";

    public static IEnumerable<(string Kind, StepRule Rule)> Rules =>
    [
        ("sample.take", StepRule.Ordinary(TakeAsync)),
        ("sample.report", StepRule.At(static step => Days(step, 10, 8), ReportAsync)),
        ("party.retest", new StepRule(static step => new(step.Story.Sample is SampleStory.Refuted or SampleStory.Confirmed ? Days(step, 3, 3) : null), AskAsync)),
        ("sample.retest", StepRule.At(static step => Days(step, 8, 6), RetestAsync)),
    ];

    private static DateTimeOffset Days(StepContext step, int least, int more) =>
        step.Hours.On(step.Hours.Calendar.AddWorkingDays(ShanghaiTime.DateOf(step.Now), least + step.Chance.Next(more)), step.Chance.Next(300));

    private static async ValueTask<Handing?> TakeAsync(StepContext step)
    {
        var matter = await step.CaseAsync();
        var item = step.Scenario.Items.FirstOrDefault(i => i.Methods.Contains(CheckMethod.Sampling) && i.AppliesTo(matter.Target.Tags)
            && i.PenaltyClause != PenaltyClause.NoClause && matter.Departments.Any(d => d.Code == i.SupervisingDepartment && d.Attends));
        if (step.Story.Sample == SampleStory.None || item is null || (await step.OfficersAsync(item.SupervisingDepartment)).Count < 2)
        {
            return new Handing(TakeSamples.NotTaken);
        }

        var officers = (await step.OfficersAsync(item.SupervisingDepartment)).Take(2).Select(o => o.OfficerId).ToArray();
        return Handing.Of(
            TakeSamples.Taken,
            new SamplesTaken([new SampleTaken(item.Code, VisitPeople.Name(step, "CY"), "样例样品", $"{ShanghaiTime.DateOf(step.Now):yyyyMMdd}", "2份", Laboratory, officers)]),
            step.People.Officer(officers[0]));
    }

    private static async ValueTask<Handing?> ReportAsync(StepContext step)
    {
        var passed = step.Story.Sample == SampleStory.Passed;
        var report = VisitPeople.Upload(step, 90, "检验报告");
        var reports = (await SampledAsync(step)).Samples.Where(s => s.Report is null).Select(s => new SampleReport(s.Ordinal, ReportOf(step, passed), [report.Id])).ToArray();
        return Handing.Of("", new SampleReports(reports), await OfficerAsync(step), [report]);
    }

    private static async ValueTask<Handing?> AskAsync(StepContext step) =>
        (await SampledAsync(step)).Samples.FirstOrDefault(s => s is { Report.Passed: false, Retest: null }) is { } sample
            ? Handing.Of("", new AskRetest(sample.Ordinal, "对检验结论有异议，申请以备份样品复检。"), step.People.Party(step.Task.TargetId!))
            : null;

    private static async ValueTask<Handing?> RetestAsync(StepContext step)
    {
        var sample = (await SampledAsync(step)).Samples.First(s => s is { Retest: not null, RetestReport: null });
        return Handing.Of("", new SampleReport(sample.Ordinal, ReportOf(step, step.Story.Sample == SampleStory.Refuted)), await OfficerAsync(step));
    }

    private static TestReport ReportOf(StepContext step, bool passed) =>
        new(VisitPeople.Name(step, "JY"), ShanghaiTime.DateOf(step.Now), passed, passed ? "所检项目符合标准要求" : "一项理化指标不符合标准要求");

    private static async ValueTask<Supervision.Sessions.Actor> OfficerAsync(StepContext step) =>
        step.People.Officer((await SampledAsync(step)).Samples[0].OfficerIds[0]);

    private static async ValueTask<Visit> SampledAsync(StepContext step) => (await step.AllAsync<Visit>()).Last(v => v.Samples.Count > 0);
}
