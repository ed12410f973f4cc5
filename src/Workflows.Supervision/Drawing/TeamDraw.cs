using System.Collections.Immutable;

namespace Workflows.Supervision.Drawing;

/// <summary>How far the matching had to go to find officers.</summary>
public enum TeamFallback
{
    /// <summary>Enough officers under all rules.</summary>
    None,

    /// <summary>Officers who inspected the same target last time were let in.</summary>
    RelaxedLastTime,

    /// <summary>Officers who serve other towns were borrowed as well (浙江条例 29).</summary>
    Borrowed,

    /// <summary>Still too few: the matching waits for an approval; it never goes below certificates and recusal.</summary>
    NeedsApproval,
}

/// <summary>An officer's place in the order for one target and department.</summary>
/// <param name="OfficerId">Id of the officer.</param>
/// <param name="Score">The ticket, 64 hexadecimal digits.</param>
public sealed record OfficerRow(string OfficerId, string Score);

/// <summary>The officers of one department for one target.</summary>
/// <param name="Department">Department code.</param>
/// <param name="Needed">How many are needed.</param>
/// <param name="Order">Everyone of the department, by ticket, excluded ones too.</param>
/// <param name="Exclusions">Who was left out and why; one entry for each ground.</param>
/// <param name="Members">The officers matched; fewer than needed only with <see cref="TeamFallback.NeedsApproval"/>.</param>
/// <param name="Alternates">The others who may be sent, in order.</param>
/// <param name="Fallback">How far the matching had to go.</param>
/// <param name="Mixed">True if the last member was exchanged so that not all come from one small group.</param>
public sealed record DepartmentTeam(
    string Department,
    int Needed,
    ImmutableArray<OfficerRow> Order,
    ImmutableArray<Exclusion> Exclusions,
    ImmutableArray<string> Members,
    ImmutableArray<string> Alternates,
    TeamFallback Fallback,
    bool Mixed);

/// <summary>The team for one target.</summary>
/// <param name="TargetId">Id of the target.</param>
/// <param name="Departments">One entry for each department, in the order of the needs.</param>
public sealed record TargetTeam(string TargetId, ImmutableArray<DepartmentTeam> Departments)
{
    /// <summary>True if each department has its officers.</summary>
    public bool IsComplete => Departments.All(d => d.Members.Length >= d.Needed);
}

/// <summary>
/// Matches officers to drawn targets with the seed of the draw: for each target and department all officers are sorted by
/// their ticket, and the first who may be sent are taken. The tasks of one draw add to an officer's load in the order of
/// the targets.
/// </summary>
public static class TeamDraw
{
    /// <summary>Fewest officers of a department (处罚法 42).</summary>
    public const int FewestOfficers = 2;

    /// <summary>The order of officers for one target and department, the best first: HMAC over <c>inspector|draw|target|department|officer</c>.</summary>
    public static ImmutableArray<OfficerRow> Order(byte[] seed, string drawId, string targetId, string department, IEnumerable<string> officerIds)
    {
        var hasher = new TicketHasher(seed, allowLanes: false);
        return [.. officerIds
            .Select(id => (Id: id, Score: hasher.Single($"inspector|{drawId}|{targetId}|{department}|{id}")))
            .OrderBy(o => o.Score).ThenBy(o => o.Id, StringComparer.Ordinal)
            .Select(o => new OfficerRow(o.Id, o.Score.ToString()))];
    }

    /// <summary>Matches teams for targets in the order given.</summary>
    /// <param name="seed">Seed of the draw.</param>
    /// <param name="drawId">Id of the draw.</param>
    /// <param name="targets">Drawn targets, in order.</param>
    /// <param name="needs">Departments that attend; two or more officers each.</param>
    /// <param name="officers">The frozen roster of officers.</param>
    /// <param name="visit">Local date for which certificates must be valid.</param>
    /// <exception cref="DomainRuleException">A department is to send fewer than two (<c>team-too-small</c>), stands twice, or an officer's id stands twice.</exception>
    public static ImmutableArray<TargetTeam> Match(
        byte[] seed, string drawId, IEnumerable<TeamTarget> targets, IReadOnlyList<DepartmentNeed> needs, IReadOnlyList<DrawOfficer> officers, DateOnly visit)
    {
        Require(needs, officers);
        var byDepartment = officers.ToLookup(o => o.Department, StringComparer.Ordinal);
        var added = new Dictionary<string, int>(StringComparer.Ordinal);
        var teams = ImmutableArray.CreateBuilder<TargetTeam>();
        foreach (var target in targets)
        {
            var departments = needs.Select(n => Match(seed, drawId, target, n, [.. byDepartment[n.Department]], visit, added)).ToImmutableArray();
            foreach (var member in departments.SelectMany(d => d.Members))
            {
                added[member] = added.GetValueOrDefault(member) + 1;
            }

            teams.Add(new TargetTeam(target.Id, departments));
        }

        return teams.ToImmutable();
    }

    private static void Require(IReadOnlyList<DepartmentNeed> needs, IReadOnlyList<DrawOfficer> officers)
    {
        foreach (var need in needs)
        {
            CanonicalText.RequireName(need.Department, 64, "部门代码");
            DrawTerms.Check(need.Count >= FewestOfficers, "team-too-small", $"部门 {need.Department} 拟派 {need.Count} 人，执法人员不得少于两人（行政处罚法第四十二条）。", need.Department);
        }

        DrawTerms.Check(needs.Select(n => n.Department).Distinct(StringComparer.Ordinal).Count() == needs.Count, "team-department-twice", "同一部门列出两次，请合并。", "needs");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var officer in officers)
        {
            CanonicalText.RequireName(officer.Id, 128, "执法人员编号");
            DrawTerms.Check(seen.Add(officer.Id), "draw-id-twice", $"执法人员 {officer.Id} 在名录中出现两次，请先去重。", officer.Id);
        }
    }

    private static DepartmentTeam Match(
        byte[] seed, string drawId, TeamTarget target, DepartmentNeed need, DrawOfficer[] officers, DateOnly visit, Dictionary<string, int> added)
    {
        var byId = officers.ToDictionary(o => o.Id, StringComparer.Ordinal);
        var order = Order(seed, drawId, target.Id, need.Department, byId.Keys);
        var grounds = order.ToDictionary(
            o => o.OfficerId,
            o => OfficerScreening.Grounds(byId[o.OfficerId], target, need, visit, added.GetValueOrDefault(o.OfficerId)).ToArray(),
            StringComparer.Ordinal);

        var fallback = TeamFallback.None;
        var eligible = Eligible([]);
        if (eligible.Count < need.Count)
        {
            fallback = TeamFallback.RelaxedLastTime;
            eligible = Eligible([ExclusionCode.LastTime]);
        }

        if (eligible.Count < need.Count)
        {
            fallback = TeamFallback.Borrowed;
            eligible = Eligible([ExclusionCode.LastTime, ExclusionCode.OtherTown]);
        }

        if (eligible.Count < need.Count)
        {
            fallback = TeamFallback.NeedsApproval;
        }

        // A relaxed rule is not relaxed further for the sake of mixing.
        var mixed = fallback == TeamFallback.None && Mix(eligible, need.Count, byId);
        return new DepartmentTeam(
            need.Department, need.Count, order, [.. order.SelectMany(o => grounds[o.OfficerId])],
            [.. eligible.Take(need.Count)], [.. eligible.Skip(need.Count)], fallback, mixed);

        // Those whom no rule keeps away come first; whoever is let in by a relaxed rule stands behind them, so the rule is broken no more than needed.
        List<string> Eligible(string[] relaxed) => [.. order
            .Select(o => o.OfficerId)
            .Where(id => grounds[id].All(g => relaxed.Contains(g.Code)))
            .OrderBy(id => grounds[id].Length == 0 ? 0 : 1 + grounds[id].Max(g => Array.IndexOf(relaxed, g.Code)))];
    }

    private static bool Mix(List<string> eligible, int count, Dictionary<string, DrawOfficer> byId)
    {
        if (eligible.Count <= count || byId[eligible[0]].Group is not { } group
            || eligible.Take(count).Any(id => byId[id].Group != group))
        {
            return false;
        }

        var other = eligible.FindIndex(count, id => byId[id].Group != group);
        if (other < 0)
        {
            return false;
        }

        var officer = eligible[other];
        eligible.RemoveAt(other);
        eligible.Insert(count - 1, officer);
        return true;
    }
}
