using Workflows.Supervision.Leads;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.StuckMatters;

/// <summary>What a stuck-matter request is about.</summary>
public enum StuckSubject
{
    /// <summary>A lead.</summary>
    Lead,

    /// <summary>A case.</summary>
    Case,

    /// <summary>Something that is not in this service.</summary>
    Outside,
}

/// <summary>State of a stuck-matter request.</summary>
public enum StuckState
{
    /// <summary>待审查: a supervisor has to look at it.</summary>
    Filed,

    /// <summary>限期办理: a department has to get it done by the target date.</summary>
    Directed,

    /// <summary>待核实: the department says that it is done; the supervisor verifies.</summary>
    Answered,

    /// <summary>已办结. Terminal.</summary>
    Closed,
}

/// <summary>“办不成事”反映: somebody says that a matter cannot get done, and a supervisor must look at it (S1, 江北).</summary>
public sealed record StuckRequest : SupervisionRecord
{
    /// <summary>What it is about.</summary>
    public required StuckSubject Subject { get; init; }

    /// <summary>Id of the lead or case; null for what is outside.</summary>
    public string? SubjectId { get; init; }

    /// <summary>What cannot be done, in the words of whoever says so.</summary>
    public required string Text { get; init; }

    /// <summary>Who says so, or null.</summary>
    public LeadReporter? ReportedBy { get; init; }

    /// <summary>State.</summary>
    public required StuckState State { get; init; }

    /// <summary>What it waits for; null at its end alone.</summary>
    public LeadWait? Wait { get; init; }

    /// <summary>Date by which the department gets it done, or null.</summary>
    public DateOnly? TargetDate { get; init; }

    /// <summary>How often the target date or a review was missed.</summary>
    public int Missed { get; init; }

    /// <summary>All that was done, oldest first.</summary>
    public required IReadOnlyList<StuckStep> Steps { get; init; }

    /// <inheritdoc/>
    protected override string StateKey => State.ToString();

    /// <inheritdoc/>
    protected override string? KindKey => Subject.ToString();

    /// <inheritdoc/>
    protected override string? OwnerKey => Wait?.Owner;

    /// <inheritdoc/>
    protected override DateTimeOffset? DueKey => Wait?.LateSince ?? Wait?.DueAt;
}

/// <summary>A step in the life of a stuck-matter request.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="By">Who acted.</param>
/// <param name="Name">Name as people read it.</param>
/// <param name="Act">What was done.</param>
/// <param name="To">State after it.</param>
/// <param name="Text">Reason or result, or null.</param>
public sealed record StuckStep(DateTimeOffset At, string By, string Name, string Act, StuckState To, string? Text);
