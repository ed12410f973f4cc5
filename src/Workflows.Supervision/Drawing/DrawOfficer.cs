using System.Collections.Immutable;
using Workflows.Supervision.Rosters;

namespace Workflows.Supervision.Drawing;

/// <summary>An officer as frozen for a draw. Assistants, grid members and experts never stand here.</summary>
/// <param name="Id">Stable id without <c>|</c>.</param>
/// <param name="Department">Department code.</param>
/// <param name="CertificateNumber">Number of the enforcement certificate; null if the officer has none.</param>
/// <param name="CertificateValidTo">Last day on which it is valid; null if the officer has none.</param>
/// <param name="Fields">Fields of skill.</param>
/// <param name="Town">Code of the town served; null for an officer who serves the whole district.</param>
/// <param name="Group">Small group within the department; null if none.</param>
/// <param name="OnLeave">True if on leave on the day of the visit.</param>
/// <param name="Suspended">True if suspended.</param>
/// <param name="Conflicts">Targets to which a relation was declared or is known.</param>
/// <param name="LastVisited">Targets whose last inspection this officer took part in.</param>
/// <param name="Load">Open tasks now.</param>
/// <param name="LargestLoad">Most open tasks that the officer may have.</param>
public sealed record DrawOfficer(
    string Id,
    string Department,
    string? CertificateNumber,
    DateOnly? CertificateValidTo,
    ImmutableArray<string> Fields,
    string? Town = null,
    string? Group = null,
    bool OnLeave = false,
    bool Suspended = false,
    ImmutableArray<string> Conflicts = default,
    ImmutableArray<string> LastVisited = default,
    int Load = 0,
    int LargestLoad = int.MaxValue)
{
    /// <summary>Fields of skill.</summary>
    public ImmutableArray<string> Fields { get; init; } = Fields.IsDefault ? [] : Fields;

    /// <summary>Targets to which a relation was declared or is known.</summary>
    public ImmutableArray<string> Conflicts { get; init; } = Conflicts.IsDefault ? [] : Conflicts;

    /// <summary>Targets whose last inspection this officer took part in.</summary>
    public ImmutableArray<string> LastVisited { get; init; } = LastVisited.IsDefault ? [] : LastVisited;

    private static string Join(ImmutableArray<string> values) =>
        string.Join(',', values.Order(StringComparer.Ordinal).Select(CanonicalText.Escape));

    /// <summary>Freezes a row of the roster for a draw.</summary>
    /// <param name="officer">The row.</param>
    /// <param name="visit">Local date of the visit, for leave.</param>
    /// <param name="load">Open tasks now.</param>
    /// <param name="lastVisited">Targets whose last inspection the officer took part in.</param>
    public static DrawOfficer Freeze(RosterOfficer officer, DateOnly visit, int load, ImmutableArray<string> lastVisited) => new(
        officer.Id, officer.Department, officer.CertificateNumber, officer.CertificateValidTo, officer.Fields, officer.ServingTown, officer.Group,
        officer.IsOnLeave(visit), officer.Status != OfficerStatus.Active, officer.DeclaredRelations, lastVisited, load, officer.LargestLoad);

    /// <summary>Hash of a roster of officers with all that decides who is matched; lower-case hexadecimal.</summary>
    public static string HashRoster(IEnumerable<DrawOfficer> officers) =>
        CanonicalText.Hash(officers.Select(o => o.Line()).Order(StringComparer.Ordinal));

    private string Line() => string.Join('|',
        CanonicalText.Escape(Id), CanonicalText.Escape(Department), CanonicalText.Escape(CertificateNumber ?? ""), CertificateValidTo?.ToString("yyyy-MM-dd") ?? "",
        Join(Fields), CanonicalText.Escape(Town ?? ""), CanonicalText.Escape(Group ?? ""), OnLeave ? "leave" : "", Suspended ? "suspended" : "",
        Join(Conflicts), Join(LastVisited), Load.ToString(), LargestLoad.ToString()) + "\n";
}

/// <summary>What one department sends to a joint visit.</summary>
/// <param name="Department">Department code.</param>
/// <param name="Count">Officers to send; two or more (处罚法 42).</param>
/// <param name="Field">Field of skill that each must have, or null.</param>
public sealed record DepartmentNeed(string Department, int Count = 2, string? Field = null);

/// <summary>A target for which a team is matched.</summary>
/// <param name="Id">Id of the target.</param>
/// <param name="Town">Code of its town, or null: officers of every town are then at home.</param>
public sealed record TeamTarget(string Id, string? Town = null);
