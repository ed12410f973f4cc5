using Workflows.Activities.Enforcement;
using Workflows.Supervision.Enforcement;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Time;

namespace Workflows.Host.Simulation.People;

/// <summary>Those who go the lawful way to a forced execution, and the party that may end it at any step.</summary>
internal static class EnforcementPeople
{
    /// <summary>How the kinds of its steps begin.</summary>
    public const string Kinds = "enforcement.";

    private const int WorkingDay = 390;
    private const int LateAtNight = 22 * 60;
    private const int AnnouncedDays = 15;
    private const int ReminderWorkingDays = 10;

    public static IEnumerable<(string Kind, StepRule Rule)> Rules =>
    [
        ("enforcement.step", new StepRule(StepWhen, StepAsync)),
        ("enforcement.verify", StepRule.Ordinary(VerifyAsync)),
        ("enforcement.confirm", new StepRule(ConfirmWhen, step => new ValueTask<Handing?>(Handing.Of(
            StoryOf(step).Confirmed ?? (step.Chance.Next(4) == 0 ? ReplyConfirmation.Correct : ReplyConfirmation.Demolish), new EnforcementReport("已出具认定函。"))))),
        ("enforcement.choice", new StepRule(ChoiceWhenAsync, async step => Handing.Of((await ChoiceAsync(step))!, new EnforcementReport("当事人提出。")))),
        ("enforcement.remedy", StepRule.At(step => step.Hours.After(step.Now, WorkingDay * (5 + step.Chance.Next(5))), RemedyAsync)),
        ("enforcement.execute", new StepRule(step => new(StoryOf(step).Emergency ? NightAfter(step) : StepRule.Usual(step)), ExecuteAsync)),
        ("enforcement.supply", StepRule.Ordinary(SupplyAsync)),
    ];

    private static EnforcementStory StoryOf(StepContext step) => step.Story.Enforcement!;

    private static EnforcementStage StageOf(StepContext step) => Enum.Parse<EnforcementStage>(step.Task.Subject["stage"]);

    private static ValueTask<DateTimeOffset?> StepWhen(StepContext step) => new((StageOf(step), StoryOf(step)) switch
    {
        // Nobody asks for the head's approval of an emergency that there is not; where there is one, at once.
        (EnforcementStage.EmergencyApproval, { Emergency: false }) => null,
        (EnforcementStage.EmergencyApproval, _) => step.Hours.After(step.Now, 10 + step.Chance.Next(20)),
        (EnforcementStage.Views, { HeardLate: > 0 and var days }) => Late(step, days),
        _ => StepRule.Usual(step),
    });

    private static async ValueTask<Handing?> StepAsync(StepContext step)
    {
        var stage = StageOf(step);
        var performed = StoryOf(step).Performed.Contains(stage) && !(await ActsAsync(step)).Any(act => act.Stage == stage && act.Outcome == EnforcementProcedure.Performed);
        var today = ShanghaiTime.DateOf(step.Now);
        DateOnly? performBy = stage switch
        {
            EnforcementStage.Announcement => today.AddDays(AnnouncedDays),
            EnforcementStage.Reminder => step.Hours.Calendar.AddWorkingDays(today, ReminderWorkingDays),
            _ => null,
        };
        return Handing.Of(performed ? EnforcementProcedure.Performed : EnforcementProcedure.Done, new EnforcementReport("按法定步骤办理。", ServedOn: today, PerformBy: performBy));
    }

    private static async ValueTask<Handing?> VerifyAsync(StepContext step)
    {
        var before = (await ActsAsync(step)).Count(act => act.Outcome == EnforcementProcedure.NotPerformed);
        return Handing.Of(before < StoryOf(step).EmptyWords ? EnforcementProcedure.NotPerformed : EnforcementProcedure.Done, new EnforcementReport("已核实。"));
    }

    // One in six answers two working days late.
    private static ValueTask<DateTimeOffset?> ConfirmWhen(StepContext step) => new(step.Chance.Next(6) == 0 ? Late(step, 2) : StepRule.Usual(step));

    private static async ValueTask<DateTimeOffset?> ChoiceWhenAsync(StepContext step) =>
        await ChoiceAsync(step) is null ? null : step.Hours.After(step.Now, WorkingDay * (1 + step.Chance.Next(5)));

    // The period that runs is that of the last step that began one.
    private static async ValueTask<string?> ChoiceAsync(StepContext step) =>
        (await ActsAsync(step)).LastOrDefault(act => act is { Stage: EnforcementStage.Decision or EnforcementStage.Announcement, Outcome: EnforcementProcedure.Done } or { Stage: EnforcementStage.Remedy })
            is { } began ? StoryOf(step).Choices.GetValueOrDefault(began.Stage) : null;

    private static async ValueTask<Handing?> RemedyAsync(StepContext step)
    {
        var said = StoryOf(step).Remedies;
        var before = (await ActsAsync(step)).Count(act => act.Stage == EnforcementStage.Remedy);
        return Handing.Of(said[Math.Min(before, said.Count - 1)], new EnforcementReport("已收到文书。", ServedOn: ShanghaiTime.DateOf(step.Now)));
    }

    private static ValueTask<Handing?> ExecuteAsync(StepContext step)
    {
        var story = StoryOf(step);
        return new(story.Performed.Contains(EnforcementStage.Execution)
            ? Handing.Of(EnforcementProcedure.Performed, new EnforcementReport("实施前现场查看，当事人已自行拆除。"))
            : Handing.Of(EnforcementProcedure.Done, new ExecutionReport(step.Now, "样例社区见证人", "V-001", "现场无贵重物品", story.Emergency ? "墙体随时可能坍塌，危及邻户" : null)));
    }

    // Half of the homes are lived in: there no power is cut, whatever was found.
    private static async ValueTask<Handing?> SupplyAsync(StepContext step)
    {
        var allowed = step.Task.Subject["items"].Split('、');
        var found = (await step.AllAsync<Finding>()).Where(f => f.Disposition is Disposition.Pending).Select(f => f.ItemCode).ToList();
        if ((await step.CaseAsync()) is { SourceReference: { } source } one && await step.TryFindAsync<Lead>(source) is { } lead)
        {
            found.AddRange(lead.Patrols.LastOrDefault(p => p.At <= one.Created.At)?.Found ?? []);
        }

        return found.FirstOrDefault(item => allowed.Contains(item, StringComparer.Ordinal)) is { } item && step.Chance.Next(2) == 0
            ? Handing.Of(CutSupply.CutPort, new SupplyCut(item, Unoccupied: true, Danger: true, "样例供电企业", $"停电函{step.Task.Id}", "承重结构被拆改，房屋无人居住，危及房屋安全。"))
            : Handing.Of(CutSupply.NotPort, new SupplyCut());
    }

    private static DateTimeOffset NightAfter(StepContext step) =>
        ShanghaiTime.StartOf(ShanghaiTime.DateOf(step.Hours.After(step.Now, WorkingDay))).AddMinutes(LateAtNight + step.Chance.Next(60));

    private static DateTimeOffset Late(StepContext step, int workingDays) =>
        step.Hours.On(step.Hours.Calendar.AddWorkingDays(ShanghaiTime.DateOf(step.Task.DueAt!.Value.AddTicks(-1)), workingDays), 60 + step.Chance.Next(60));

    private static async ValueTask<IReadOnlyList<EnforcementAct>> ActsAsync(StepContext step) => (await step.CaseAsync()).Enforcement;
}
