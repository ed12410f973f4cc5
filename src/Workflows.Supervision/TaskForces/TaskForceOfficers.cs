using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Workflows.Supervision.Drawing;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.TaskForces;

/// <summary>A task force as the source of officers: who of it may be drawn or sent, under the same rules as the officers of a whole district.</summary>
internal static class TaskForceOfficers
{
    /// <summary>The members among whom a plan's draw is made; null where the plan names no task force.</summary>
    /// <exception cref="RuleViolationException"><c>task-force-unknown</c>, <c>task-force-expired</c> (409), <c>task-force-scenario</c>, <c>task-force-area</c>, <c>task-force-departments</c>.</exception>
    public static async ValueTask<IReadOnlyList<TaskForceMember>?> OfPlanAsync(ISupervisionSession session, InspectionPlan plan, CancellationToken ct)
    {
        if (plan.TaskForceId is not { } id)
        {
            return null;
        }

        var terms = await InForceAsync(session, id, plan.Area, plan.ScenarioCode, [plan.VisitFrom, plan.VisitTo], ct);
        foreach (var department in plan.Departments.Where(d => d.Attends))
        {
            RequireTwo(terms.Members.Count(m => m.Department == department.Code), department.Code);
        }

        return terms.Members;
    }

    /// <summary>Officers of the department for a lead: drawn from the force, two of them, certified today, in service and without a relation to the target.</summary>
    /// <exception cref="RuleViolationException">Those of <see cref="OfPlanAsync"/>; <c>officer-not-in-force</c>, <c>officer-excluded</c>.</exception>
    public static async ValueTask<IReadOnlyList<TaskForceMember>> ForLeadAsync(
        ISupervisionSession session, Lead lead, string forceId, string? scenario, IReadOnlyList<string> chosen, CancellationToken ct)
    {
        var today = session.Today();
        var terms = await InForceAsync(session, forceId, lead.Place.Area, scenario, [today], ct);
        IReadOnlyList<TaskForceMember> pool = chosen.Count == 0 ? [.. terms.Members.Where(m => m.Department == lead.Department)]
            : [.. chosen.Distinct(StringComparer.Ordinal).Select((officer, index) => terms.Members.FirstOrDefault(m => m.OfficerId == officer)
                ?? throw Refusal.Invalid("officer-not-in-force", $"officers[{index}]", $"“{officer}”不是该专班现有成员：请从专班成员中选择，或者不填人员，由专班抽取。"))];
        var frozen = new List<DrawOfficer>();
        foreach (var member in pool.OrderBy(m => m.OfficerId, StringComparer.Ordinal))
        {
            if (await session.FindAsync<OfficerRecord>(member.OfficerId, ct) is { } record && record.Officer.Department == member.Department)
            {
                frozen.Add(DrawOfficer.Freeze(record.Officer, today, 0, []));
            }
        }

        // An order that nobody chooses: the seed is the stimulus's own, so that the same stimulus sends the same officers again.
        var seed = SHA256.HashData(Encoding.UTF8.GetBytes(session.NewId()));
        var town = lead.Place.Area.Length >= 9 ? lead.Place.Area[..9] : null;
        IReadOnlyList<DepartmentNeed> needs = chosen.Count == 0 ? [new DepartmentNeed(lead.Department!, TeamDraw.FewestOfficers)]
            : [.. pool.GroupBy(m => m.Department, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new DepartmentNeed(g.Key, Math.Max(TeamDraw.FewestOfficers, g.Count())))];
        var team = TeamDraw.Match(seed, lead.Id, [new TeamTarget(lead.TargetId ?? lead.Id, town)], needs, frozen, today)[0];
        foreach (var part in team.Departments.Where(part => part.Members.Length < part.Needed))
        {
            if (chosen.Count > 0 && part.Exclusions is [var ground, ..])
            {
                throw Refusal.Invalid("officer-excluded", "officers", $"“{ground.Id}”不能派出：{ground.Reason}，请换人。");
            }

            RequireTwo(part.Members.Length, part.Department);
        }

        return [.. team.Departments.SelectMany(part => part.Members).Select(drawn => pool.First(m => m.OfficerId == drawn))];
    }

    private static async ValueTask<TaskForceTerms> InForceAsync(
        ISupervisionSession session, string id, string? area, string? scenario, ImmutableArray<DateOnly> days, CancellationToken ct)
    {
        var force = await session.FindAsync<TaskForce>(id, ct);
        if (force is null || area?.StartsWith(force.Area!, StringComparison.Ordinal) != true)
        {
            throw Refusal.Invalid("task-force-unknown", "taskForceId", "本区域没有这个专班：请从专班列表中选择。");
        }

        foreach (var day in days)
        {
            if (!force.HoldsOn(day))
            {
                throw Refusal.Conflict("task-force-expired", "taskForceId", $"专班在{ChineseDate.Of(day)}不在期限内，不能派出人员：请调整专班期限、改选其他专班或者不选专班。");
            }
        }

        // Who leaves within the window is not sent at all: the visit may fall on its last day.
        var terms = force.TermsOn(days[0])!;
        var later = force.Versions.Select(version => version.From).Where(day => day > days[0] && day <= days[^1]).Select(day => force.TermsOn(day)!).ToList();
        terms = terms with { Members = [.. terms.Members.Where(member => later.All(version => version.Members.Any(one => one.OfficerId == member.OfficerId)))] };
        if (scenario is not null && terms.Scenarios.Count > 0 && !terms.Scenarios.Contains(scenario, StringComparer.Ordinal))
        {
            throw Refusal.Invalid("task-force-scenario", "taskForceId", "该专班不承担这一场景：请改选专班，或者由指导办调整专班任务。");
        }

        return terms.Areas.Count > 0 && !terms.Areas.Any(a => area.StartsWith(a, StringComparison.Ordinal))
            ? throw Refusal.Invalid("task-force-area", "taskForceId", "该专班不负责这一区域：请改选专班，或者由指导办调整专班区域。")
            : terms;
    }

    private static void RequireTwo(int officers, string department)
    {
        if (officers < TeamDraw.FewestOfficers)
        {
            throw Refusal.Invalid(
                "task-force-departments", "taskForceId",
                $"部门“{department}”在专班中可派的执法人员只有{officers}名，不得少于两人（行政处罚法第四十二条）：请先由指导办增补成员，或者调整参加部门。");
        }
    }
}
