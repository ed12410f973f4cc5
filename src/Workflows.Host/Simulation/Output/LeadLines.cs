namespace Workflows.Host.Simulation.Output;

/// <summary>Each lead with how far it has come: its outcome, or the named wait with owner and due time.</summary>
internal static class LeadLines
{
    /// <summary>The lines in order of creation.</summary>
    public static IReadOnlyList<object> Of(SimulationRows rows, SimulationRun run) =>
    [
        .. rows.Leads.Select(lead => (object)new
        {
            Number = lead.ExternalNumber,
            Id = lead.Id,
            Trigger = lead.Trigger.ToString(),
            Matter = lead.MatterCode,
            Target = lead.TargetId,
            Story = run.LeadStories.GetValueOrDefault(lead.Id)?.Name,
            State = lead.State.ToString(),
            Outcome = lead.Closing?.Outcome,
            Team = lead.Team?.Code,
            Case = lead.CaseId,
            ReceivedAt = lead.ReceivedAt,
            ClosedAt = lead.Closing?.At,
            Instance = lead.Dispatch?.InstanceId is { } id ? rows.Instances.GetValueOrDefault(id)?.SubStatus : null,
            Wait = lead.Wait is { } wait ? new { wait.Name, wait.Owner, Due = wait.DueAt } : null,
        }),
    ];
}
