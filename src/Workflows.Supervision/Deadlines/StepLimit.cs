using Workflows.Supervision.Escalation;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Deadlines;

/// <summary>Life of a limit.</summary>
public enum StepLimitState
{
    /// <summary>Runs.</summary>
    Running,

    /// <summary>What it was for was done in time.</summary>
    Kept,

    /// <summary>It has passed.</summary>
    Passed,

    /// <summary>It fell away with its part of the diagram.</summary>
    Withdrawn,
}

/// <summary>
/// 时限 as one step of the diagram runs it: which clock gives its due time, and how it ended. Ladders and human steps that stand
/// beside it in the diagram take their due time from here. The step's id is <see cref="Cause.ActivityId"/> of <see cref="SupervisionRecord.Created"/>.
/// </summary>
public sealed record StepLimit : SupervisionRecord
{
    /// <summary>Code of the rule, such as <c>CASE-FILE</c>.</summary>
    public required string RuleCode { get; init; }

    /// <summary>Last day of a legal period; null for a limit in hours or minutes.</summary>
    public DateOnly? LastDay { get; init; }

    /// <summary>The first instant at which the limit has passed, UTC.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Clock that it started: a <see cref="DeadlineClock"/> or an <see cref="ElapsedLimit"/>; null where it follows clocks of the domain, such as those of a rectification order.</summary>
    public string? ClockId { get; init; }

    /// <summary>Who is held by it: <c>department:FIR</c> or <c>party:…</c>.</summary>
    public required string HeldBy { get; init; }

    /// <summary>Whether a calendar that is not published yet may still move it.</summary>
    public bool Provisional { get; init; }

    /// <summary>Whether its clock stands still for a legal reason. Its due time is then the one it would have if the clock ran on from today.</summary>
    public bool Paused { get; init; }

    /// <summary>Holding back of the cards of its ladders, or null.</summary>
    public CardHold? CardHold { get; init; }

    /// <summary>How it stands.</summary>
    public required StepLimitState State { get; init; }

    /// <summary>When it is due, as ladders count from it.</summary>
    public LadderDue LadderDue() => LastDay is { } day ? Escalation.LadderDue.On(day) : Escalation.LadderDue.At(DueAt);

    /// <inheritdoc/>
    protected override string StateKey => State.ToString();

    /// <inheritdoc/>
    protected override string? KindKey => RuleCode;

    /// <inheritdoc/>
    protected override string? OwnerKey => State == StepLimitState.Running ? HeldBy : null;

    /// <inheritdoc/>
    protected override DateTimeOffset? DueKey => State == StepLimitState.Running ? DueAt : null;
}

/// <summary>A clock in hours or minutes as it is stored: it runs around the clock and never rolls over.</summary>
public sealed record ElapsedLimit : SupervisionRecord
{
    /// <summary>The clock.</summary>
    public required ElapsedClock Clock { get; init; }

    /// <summary>Who is held by it.</summary>
    public required string HeldBy { get; init; }

    /// <inheritdoc/>
    protected override string StateKey => Clock.EndedAt is null ? "Running" : "Ended";

    /// <inheritdoc/>
    protected override string? KindKey => Clock.RuleCode;

    /// <inheritdoc/>
    protected override string? OwnerKey => Clock.EndedAt is null ? HeldBy : null;

    /// <inheritdoc/>
    protected override DateTimeOffset? DueKey => Clock.EndedAt is null ? Clock.Deadline.Due : null;
}
