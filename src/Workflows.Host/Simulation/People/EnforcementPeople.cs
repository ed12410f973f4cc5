using Workflows.Activities.Enforcement;
using Workflows.Supervision.Enforcement;
using Workflows.Supervision.Time;

namespace Workflows.Host.Simulation.People;

/// <summary>Those who go the lawful way to a forced execution, and the party that may end it at any step.</summary>
internal static class EnforcementPeople
{
    public static IEnumerable<(string Kind, StepRule Rule)> Rules =>
    [
        ("enforcement.step", Sometimes(8, 70, step => step.Task.Subject["stage"] == "Views", step => Handing.Of(
            step.Task.Subject["stage"] is not ("StopOrder" or "EmergencyApproval") && step.Chance.Next(6) == 0 ? EnforcementProcedure.Performed : EnforcementProcedure.Done, ReportOf(step)))),
        ("enforcement.verify", StepRule.Ordinary(static step => Handing.Of(EnforcementProcedure.Done, new EnforcementReport("已核实。")))),
        ("enforcement.confirm", Sometimes(6, 2, static _ => true, step => Handing.Of(
            step.Chance.Next(6) switch { 0 => ReplyConfirmation.Lawful, 1 => ReplyConfirmation.Correct, _ => ReplyConfirmation.Demolish }, new EnforcementReport("已出具认定函。")))),
        ("enforcement.choice", new StepRule(ChoiceWhen, step => new ValueTask<Handing?>(Handing.Of(
            new[] { RegisterPartyChoice.Itself, RegisterPartyChoice.Help, RegisterPartyChoice.Contest, RegisterPartyChoice.Contest }[step.Chance.Next(4)], new EnforcementReport("当事人提出。"))))),
        ("enforcement.remedy", StepRule.At(
            step => step.Hours.After(step.Now, 390 * (5 + step.Chance.Next(5))),
            step => new ValueTask<Handing?>(Handing.Of(step.Chance.Next(3) switch { 0 => EnforcementProcedure.Annulled, 1 => EnforcementProcedure.Upheld, _ => EnforcementProcedure.FinallyUpheld },
                new EnforcementReport("已收到文书。", ServedOn: ShanghaiTime.DateOf(step.Now)))))),
        ("enforcement.execute", StepRule.Ordinary(step => Handing.Of("", new ExecutionReport(step.Now, "样例社区见证人", "V-001", "现场无贵重物品")))),
        ("enforcement.supply", StepRule.Ordinary(static _ => Handing.Of(CutSupply.NotPort, new SupplyCut()))),
    ];

    private static EnforcementReport ReportOf(StepContext step)
    {
        var today = ShanghaiTime.DateOf(step.Now);
        return new EnforcementReport("按法定步骤办理。", ServedOn: today, PerformBy: today.AddDays(step.Task.Subject["stage"] == "Reminder" ? 10 : 15));
    }

    // One in so many is done so many working days after its due date.
    private static StepRule Sometimes(int oneIn, int days, Func<StepContext, bool> may, Func<StepContext, Handing> perform) => new(
        step => new(may(step) && step.Task.DueAt is { } due && step.Chance.Next(oneIn) == 0
            ? step.Hours.On(step.Hours.Calendar.AddWorkingDays(ShanghaiTime.DateOf(due.AddTicks(-1)), days), 60 + step.Chance.Next(60))
            : StepRule.Usual(step)),
        step => new ValueTask<Handing?>(perform(step)));

    // A third of the parties let the period pass.
    private static ValueTask<DateTimeOffset?> ChoiceWhen(StepContext step) =>
        new(step.Chance.Next(3) == 0 ? null : step.Hours.After(step.Now, 390 * (1 + step.Chance.Next(5))));
}
