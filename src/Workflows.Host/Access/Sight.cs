using Workflows.Supervision.Inspections;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Access;

/// <summary>
/// Row-level rule: what a person sees. A department sees its own rows and the shared rows of joint tasks in which it takes part;
/// an area sees itself and what lies below (practice.md 11). Whatever is out of sight does not exist for the caller (404).
/// </summary>
internal sealed class Sight
{
    private static readonly string[] AcrossDepartments = [Role.Supervisor, Role.Dispatcher, Role.Auditor];

    private Sight(string? department, string? area, bool allDepartments)
    {
        Department = department;
        Area = area;
        AllDepartments = allDepartments;
    }

    /// <summary>Own department, or null for people of none.</summary>
    public string? Department { get; }

    /// <summary>Prefix of the codes of areas in sight; null for the whole city.</summary>
    public string? Area { get; }

    /// <summary>Whether departments do not bound it: supervisors, dispatchers and auditors see every department of their area.</summary>
    public bool AllDepartments { get; }

    /// <summary>The sight of <paramref name="actor"/>.</summary>
    public static Sight Of(Actor actor) => new(actor.Department, actor.Area, actor.Roles.Any(AcrossDepartments.Contains));

    /// <summary>
    /// This sight, or <paramref name="other"/> where that holds all of this and more. Two of which neither holds the other are not put together: all departments of one town
    /// and one department of the district do not make all departments of the district.
    /// </summary>
    public Sight Widened(Sight other) =>
        (other.AllDepartments || !AllDepartments && other.Department == Department) && (other.Area is null || Area?.StartsWith(other.Area, StringComparison.Ordinal) == true) ? other : this;

    /// <summary>Whether the case is in sight: its area, and a part of the own department in it.</summary>
    public bool Sees(Case subject) => SeesArea(subject.Area)
        && (AllDepartments || Department is not null
            && (subject.LeadDepartment == Department || subject.Departments.Any(d => d.Code == Department)));

    /// <summary>Whether the plan is in sight: its area, and a part of the own department in it.</summary>
    public bool Sees(InspectionPlan plan) => SeesArea(plan.Area)
        && (AllDepartments || Department is not null
            && (plan.LeadDepartment == Department || plan.Departments.Any(d => d.Code == Department)));

    /// <summary>Whether a row is in sight by its columns alone: its area, and its department where it is not shared.</summary>
    public bool Sees(AggregateIndex row) => SeesArea(row.Area) && SeesDepartment(row.Department);

    /// <summary>Whether a row of a case in sight is: shared, or of the own department.</summary>
    public bool SeesDepartment(string? department) => AllDepartments || department is null || department == Department;

    /// <summary>Whether an area is in sight. Rows without an area are bounded by their department alone.</summary>
    public bool SeesArea(string? area) => Area is null || area is null || area.StartsWith(Area, StringComparison.Ordinal);
}
