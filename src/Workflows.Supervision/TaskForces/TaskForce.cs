using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.TaskForces;

/// <summary>
/// 专班: a body with officers of several departments for a purpose and a time, or standing (seed system 11, “1+8”执法队伍专班化运作). It is a source of officers for plans
/// and dispatches; membership alone shows nobody the data of another department, the joint task does.
/// </summary>
public sealed record TaskForce : SupervisionRecord
{
    /// <summary>Family of all task forces: they are changed one after the other.</summary>
    public const string Family = "task-forces";

    /// <summary>Name, such as 电竞酒店联合整治专班.</summary>
    public required string Name { get; init; }

    /// <summary>What holds of it, by effective date, oldest first; never empty.</summary>
    public required IReadOnlyList<TaskForceTerms> Versions { get; init; }

    /// <summary>Last day where it was dissolved before its time, or null.</summary>
    public DateOnly? EndedOn { get; init; }

    /// <summary>Why it was dissolved, or null.</summary>
    public string? EndReason { get; init; }

    /// <summary>What holds on a day: the version that began last, or null before the first.</summary>
    public TaskForceTerms? TermsOn(DateOnly day) => Versions.LastOrDefault(v => v.From <= day);

    /// <summary>Whether it works on a day.</summary>
    public bool HoldsOn(DateOnly day) => TermsOn(day) is { } terms && !(terms.To < day) && !(EndedOn < day);

    /// <summary>Departments that have or had a member in it; they see it.</summary>
    public IEnumerable<string> Departments => Versions.SelectMany(v => v.Members).Select(m => m.Department).Distinct(StringComparer.Ordinal);

    /// <inheritdoc/>
    protected override string StateKey => EndedOn is null ? "Active" : "Ended";

    /// <inheritdoc/>
    protected override DateTimeOffset? DueKey => (EndedOn ?? Versions[^1].To) is { } last ? ShanghaiTime.PassedAt(last) : null;
}

/// <summary>What holds of a task force from a day on.</summary>
public sealed record TaskForceTerms
{
    /// <summary>First day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day of the body's term; null where it is a standing one.</summary>
    public DateOnly? To { get; init; }

    /// <summary>What it is for.</summary>
    public required string Purpose { get; init; }

    /// <summary>Leader: one of the members.</summary>
    public required string LeaderId { get; init; }

    /// <summary>Members of two departments or more.</summary>
    public required IReadOnlyList<TaskForceMember> Members { get; init; }

    /// <summary>Codes of the scenarios that it serves; empty for all.</summary>
    public IReadOnlyList<string> Scenarios { get; init; } = [];

    /// <summary>Division codes that it serves, within its own area; empty for the whole of it.</summary>
    public IReadOnlyList<string> Areas { get; init; } = [];

    /// <summary>Who decided it, and when.</summary>
    public required Cause Decided { get; init; }

    /// <summary>Why it was changed; null for the first version.</summary>
    public string? Reason { get; init; }
}

/// <summary>A member of a task force.</summary>
/// <param name="OfficerId">Id in the roster of officers.</param>
/// <param name="Name">Name as of the day of the decision.</param>
/// <param name="Department">Home department; the officer acts for it and for no other.</param>
public sealed record TaskForceMember(string OfficerId, string Name, string Department);

/// <summary>What the coordinating body decides about a task force.</summary>
/// <param name="Purpose">What it is for.</param>
/// <param name="From">First day on which it holds; today or later.</param>
/// <param name="LeaderId">Leader: one of the members.</param>
/// <param name="Members">Ids of the officers, of two departments or more.</param>
/// <param name="To">Last day of its term; null for a standing one.</param>
/// <param name="Scenarios">Scenarios that it serves; empty for all.</param>
/// <param name="Areas">Division codes that it serves; empty for the whole area.</param>
public sealed record TaskForceDecision(
    string Purpose, DateOnly From, string LeaderId, IReadOnlyList<string> Members, DateOnly? To = null, IReadOnlyList<string>? Scenarios = null, IReadOnlyList<string>? Areas = null);

/// <summary>组建专班.</summary>
/// <param name="Name">Name.</param>
/// <param name="Decision">What holds from its first day on.</param>
/// <param name="Area">District; null for that of whoever decides.</param>
public sealed record FormTaskForce(string Name, TaskForceDecision Decision, string? Area = null);

/// <summary>调整专班 from a day on.</summary>
/// <param name="Decision">What holds from that day on.</param>
/// <param name="Reason">Why.</param>
public sealed record ChangeTaskForce(TaskForceDecision Decision, string Reason);

/// <summary>撤销专班.</summary>
/// <param name="LastDay">Last day; today or later.</param>
/// <param name="Reason">Why.</param>
public sealed record EndTaskForce(DateOnly LastDay, string Reason);
