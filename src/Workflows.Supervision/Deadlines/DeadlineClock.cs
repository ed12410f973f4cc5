using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Deadlines;

/// <summary>A legal clock as it is stored: rule, start event, pauses, last day and end, with the matter it is for.</summary>
public sealed record DeadlineClock : SupervisionRecord
{
    /// <summary>The clock.</summary>
    public required LegalClock Clock { get; init; }

    /// <summary>What it is for: <c>order:{id}#{item}</c>, <c>document:{id}</c> and the like.</summary>
    public required string Subject { get; init; }

    /// <summary>Who is held by it, such as <c>party:T001</c> or <c>department:FIR</c>.</summary>
    public required string HeldBy { get; init; }

    /// <inheritdoc/>
    protected override string StateKey => Clock.EndedOn is not null ? "Ended" : Clock.IsPaused ? "Paused" : "Running";

    /// <inheritdoc/>
    protected override string? KindKey => Clock.RuleCode;

    /// <inheritdoc/>
    protected override string? OwnerKey => Clock.EndedOn is null ? HeldBy : null;

    /// <inheritdoc/>
    protected override DateTimeOffset? DueKey => Clock.PassedAt;
}
