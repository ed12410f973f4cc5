using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Inspections;

/// <summary>检查小组: the officers and assistants of a case, by department.</summary>
public sealed record InspectionTeam : SupervisionRecord
{
    /// <summary>Day of the visit for which certificates were checked.</summary>
    public required DateOnly VisitDate { get; init; }

    /// <summary>Its members.</summary>
    public required IReadOnlyList<TeamMember> Members { get; init; }

    /// <summary>Officers who follow if one falls out, by department, in draw order.</summary>
    public IReadOnlyList<TeamMember> Standby { get; init; } = [];

    /// <summary>Officers of a department who decide (no assistants).</summary>
    public IEnumerable<TeamMember> OfficersOf(string department) =>
        Members.Where(m => m.Department == department && !m.IsAssistant);

    /// <inheritdoc/>
    protected override string StateKey => "Formed";
}

/// <summary>A member of a team, as on the day it was formed.</summary>
public sealed record TeamMember
{
    /// <summary>Id in the roster of officers; for an assistant the id of the person.</summary>
    public required string OfficerId { get; init; }

    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Code of the department for which the member acts.</summary>
    public required string Department { get; init; }

    /// <summary>Number of the enforcement certificate; null for an assistant.</summary>
    public string? CertificateNumber { get; init; }

    /// <summary>Last day of the certificate; null for an assistant.</summary>
    public DateOnly? CertificateValidTo { get; init; }

    /// <summary>Whether the member records and assists only.</summary>
    public bool IsAssistant { get; init; }
}

/// <summary>State of a request for recusal.</summary>
public enum RecusalState
{
    /// <summary>Declared or asked for; the investigation goes on meanwhile (处罚法 43).</summary>
    Requested,

    /// <summary>The head ordered recusal.</summary>
    Granted,

    /// <summary>The head refused it with a reason.</summary>
    Refused,
}

/// <summary>回避: an officer's declared relation or a party's request, decided by the head.</summary>
public sealed record Recusal : SupervisionRecord
{
    /// <summary>The officer concerned.</summary>
    public required string OfficerId { get; init; }

    /// <summary>Whether the officer declared it; else the party asked.</summary>
    public required bool SelfDeclared { get; init; }

    /// <summary>Relation or reason.</summary>
    public required string Reason { get; init; }

    /// <summary>By when the head decides (APL-43: 2 working days).</summary>
    public DateTimeOffset? DecideBy { get; init; }

    /// <summary>State.</summary>
    public required RecusalState State { get; init; }

    /// <summary>Decision of the head, or null.</summary>
    public Decision? Decision { get; init; }

    /// <inheritdoc/>
    protected override string StateKey => State.ToString();

    /// <inheritdoc/>
    protected override string? OwnerKey => State == RecusalState.Requested ? $"department:{Department}" : null;

    /// <inheritdoc/>
    protected override DateTimeOffset? DueKey => State == RecusalState.Requested ? DecideBy : null;

    /// <inheritdoc/>
    protected override string? ReferenceKey => null;
}

/// <summary>A decision taken by a person.</summary>
/// <param name="By">Id of who decided.</param>
/// <param name="Name">Name of who decided.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Reason">Why.</param>
public sealed record Decision(string By, string Name, DateTimeOffset At, string Reason);

/// <summary>替换: an officer or target replaced by the next in draw order.</summary>
public sealed record Substitution : SupervisionRecord
{
    /// <summary><c>officer</c> or <c>target</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>Who or what falls out.</summary>
    public required string OutId { get; init; }

    /// <summary>Who or what comes in.</summary>
    public required string InId { get; init; }

    /// <summary>Name of the officer who falls out; null for a target.</summary>
    public string? OutName { get; init; }

    /// <summary>Name of the officer who comes in; null for a target.</summary>
    public string? InName { get; init; }

    /// <summary>Why, such as 回避.</summary>
    public required string Reason { get; init; }

    /// <summary>Who approved it.</summary>
    public required Decision Approval { get; init; }

    /// <inheritdoc/>
    protected override string StateKey => "Approved";

    /// <inheritdoc/>
    protected override string? KindKey => Subject;
}
