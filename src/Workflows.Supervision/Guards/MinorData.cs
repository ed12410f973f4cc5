using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Guards;

/// <summary>Data on minors is for 公安 and 文旅 only (practice.md 4); sealed records are for their own department only (3).</summary>
public static class MinorData
{
    /// <summary>Departments that may see it.</summary>
    public static IReadOnlyList<string> Departments { get; } = ["PSB", "CUL"];

    /// <summary>Whether the actor may see a finding.</summary>
    public static bool MaySee(Actor actor, Finding finding) =>
        (!finding.ConcernsMinor || IsEntitled(actor))
        && (!finding.Sealed || actor.Department == finding.PenaltyDepartment || actor.Department == finding.SupervisingDepartment);

    /// <summary>Whether the actor may see a piece of evidence.</summary>
    public static bool MaySee(Actor actor, Evidence evidence) => !evidence.ConcernsMinor || IsEntitled(actor);

    /// <summary>Refuses an actor who may not see a finding, without telling that it exists.</summary>
    /// <exception cref="RuleViolationException"><c>finding-not-found</c> (404).</exception>
    public static void Require(Actor actor, Finding finding)
    {
        if (!MaySee(actor, finding))
        {
            throw Refusal.NotFound("finding-not-found", "findingId", $"问题“{finding.Id}”不存在，请核对编号。");
        }
    }

    private static bool IsEntitled(Actor actor) => actor.Department is { } department && Departments.Contains(department);
}
