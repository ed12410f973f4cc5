namespace Workflows.Supervision.Inspections;

/// <summary>What the kinds of trigger have in common.</summary>
public static class TriggerKinds
{
    /// <summary>
    /// Whether the organ goes by its own choice: by plan, campaign, milestone or classification. All other kinds answer something that came from outside
    /// (a complaint, a report, an alarm, a transfer, a re-inspection that is due) and can neither be chosen nor put off.
    /// </summary>
    public static bool IsChosen(this TriggerKind trigger) =>
        trigger is TriggerKind.MonthlyPlan or TriggerKind.SpecialCampaign or TriggerKind.Milestone or TriggerKind.LicenceEvent or TriggerKind.CreditEvent;
}
