using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Enforcement;

/// <summary>What the law puts in front of a step: other steps, and periods that have to be over. A decision made anew begins anew.</summary>
internal static class EnforcementOrder
{
    /// <summary>Steps since and with the last decision; all where there is none.</summary>
    public static IReadOnlyList<EnforcementAct> SinceDecision(Case one) =>
        [.. one.Enforcement.Skip(Math.Max(0, one.Enforcement.ToList().FindLastIndex(IsDecision)))];

    /// <summary>The first day on which the decision can be forced: after the periods for review and lawsuit, or after those that follow on what review or court said. Null without a decision, and while
    /// it is contested or after it was annulled.</summary>
    public static DateOnly? EnforceableFrom(Case one, WorkCalendar calendar)
    {
        var acts = SinceDecision(one);
        if (acts.FirstOrDefault(IsDecision) is not { ServedOn: { } served } || ContestOf(acts) is not null)
        {
            return null;
        }

        DateOnly After(DateOnly from, LegalPeriod period) => LegalDeadline.Compute(from, period, calendar).Due.AddDays(1);
        return acts.LastOrDefault(a => a.Stage == EnforcementStage.Remedy) switch
        {
            { Outcome: EnforcementProcedure.FinallyUpheld, ServedOn: { } final } => final,
            { ServedOn: { } upheld } => After(upheld, RemedyPeriods.Further),
            _ => new[] { After(served, RemedyPeriods.Review), After(served, RemedyPeriods.Lawsuit) }.Max(),
        };
    }

    /// <summary>Refuses a step before its turn.</summary>
    /// <exception cref="RuleViolationException"><c>enforcement-order</c>, <c>enforcement-contested</c>, <c>enforcement-too-early</c>.</exception>
    public static void Require(Case one, EnforcementStage stage, DateOnly today, WorkCalendar calendar)
    {
        // The decision itself and what leads to it look at the whole case; what follows looks at what was done under the decision that stands.
        var acts = stage == EnforcementStage.Decision ? one.Enforcement : SinceDecision(one);
        foreach (var needed in Before(stage))
        {
            if (!acts.Any(a => a.Stage == needed && (a.Outcome == EnforcementProcedure.Done || needed == EnforcementStage.Confirmation)))
            {
                throw Refusal.Conflict("enforcement-order", "stage", $"{EnforcementProcedure.NameOf(stage)}之前须先完成{EnforcementProcedure.NameOf(needed)}，请按法定步骤办理。");
            }
        }

        if (stage == EnforcementStage.Decision && acts.Last(a => a.Stage == EnforcementStage.Confirmation).Outcome == EnforcementProcedure.Lawful)
        {
            throw Refusal.Conflict("enforcement-order", "stage", "认定结果为不构成违法，不得作出决定。");
        }

        if (FollowsDecision(stage) && ContestOf(acts) is { } contest)
        {
            throw Refusal.Conflict("enforcement-contested", "stage", $"{contest}，不得{EnforcementProcedure.NameOf(stage)}。");
        }

        if (stage is EnforcementStage.Reminder or EnforcementStage.ExecutionDecision && EnforceableFrom(one, calendar) is { } first && today < first)
        {
            throw Refusal.Conflict("enforcement-too-early", "stage", $"复议和诉讼期限至{ChineseDate.Of(first.AddDays(-1))}届满，此前不得催告和强制执行（行政强制法第四十四条）。");
        }

        RequireOver(acts, stage, EnforcementStage.Reminder, EnforcementStage.Announcement, "第四十四条", today);
        RequireOver(acts, stage, EnforcementStage.ExecutionDecision, EnforcementStage.Reminder, "第三十五条、第三十七条", today);
    }

    private static void RequireOver(IReadOnlyList<EnforcementAct> acts, EnforcementStage stage, EnforcementStage held, EnforcementStage until, string article, DateOnly today)
    {
        if (stage == held && acts.LastOrDefault(a => a.Stage == until && a.Outcome == EnforcementProcedure.Done)?.PerformBy is { } last && today <= last)
        {
            throw Refusal.Conflict(
                "enforcement-too-early", "stage", $"{EnforcementProcedure.NameOf(until)}确定的履行期限至{ChineseDate.Of(last)}届满，此前不得{EnforcementProcedure.NameOf(stage)}（行政强制法{article}）。");
        }
    }

    // What stands against the decision, or null.
    private static string? ContestOf(IReadOnlyList<EnforcementAct> acts) => acts.LastOrDefault(a => a.Stage is EnforcementStage.Contest or EnforcementStage.Remedy) switch
    {
        { Stage: EnforcementStage.Contest } => "当事人已申请复议或者提起诉讼，尚无结果",
        { Outcome: EnforcementProcedure.Annulled } => "决定已被撤销",
        _ => null,
    };

    private static bool IsDecision(EnforcementAct act) => act is { Stage: EnforcementStage.Decision, Outcome: EnforcementProcedure.Done };

    private static bool FollowsDecision(EnforcementStage stage) => stage is EnforcementStage.Announcement or EnforcementStage.Reminder or EnforcementStage.Defence
        or EnforcementStage.ExecutionDecision or EnforcementStage.Mandate or EnforcementStage.Execution or EnforcementStage.EmergencyApproval;

    private static EnforcementStage[] Before(EnforcementStage stage) => stage switch
    {
        EnforcementStage.Decision => [EnforcementStage.StopOrder, EnforcementStage.Confirmation, EnforcementStage.Views],
        EnforcementStage.Announcement or EnforcementStage.Contest => [EnforcementStage.Decision],
        EnforcementStage.Remedy => [EnforcementStage.Decision, EnforcementStage.Contest],
        EnforcementStage.Reminder => [EnforcementStage.Announcement],
        EnforcementStage.Defence => [EnforcementStage.Reminder],
        EnforcementStage.ExecutionDecision => [EnforcementStage.Defence],
        EnforcementStage.Mandate => [EnforcementStage.ExecutionDecision],
        EnforcementStage.Execution or EnforcementStage.EmergencyApproval => [EnforcementStage.Mandate],
        _ => [],
    };
}
