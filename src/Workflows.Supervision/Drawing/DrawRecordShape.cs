using System.Collections.Immutable;

namespace Workflows.Supervision.Drawing;

/// <summary>Finds holes that JSON allows and the record does not: absent lists and empty entries.</summary>
internal static class DrawRecordShape
{
    public static VerificationProblem? Problem(DrawRecord record)
    {
        var place =
            Hole(record.Pool, "pool") ?? Hole(record.Exclusions, "exclusions") ?? Hole(record.Officers, "officers")
            ?? Hole(record.Quotas, "quotas") ?? Hole(record.Order, "order") ?? Hole(record.UniformOrder, "uniformOrder")
            ?? Hole(record.Winners, "winners") ?? Hole(record.Alternates, "alternates") ?? Hole(record.Teams, "teams")
            ?? Hole(record.Substitutions, "substitutions") ?? Hole(record.PublicValue.Witnesses, "publicValue.witnesses")
            ?? Hole(record.TeamPlan);
        for (var i = 0; place is null && i < record.Teams.Length; i++)
        {
            place = Hole(record.Teams[i], $"teams[{i}]");
        }

        for (var i = 0; place is null && i < record.Substitutions.Length; i++)
        {
            place = record.Substitutions[i].Team is { } team ? Hole(team, $"substitutions[{i}].team") : null;
        }

        for (var i = 0; place is null && i < record.Officers.Length; i++)
        {
            var officer = record.Officers[i];
            place = Hole(officer.Fields, $"officers[{i}].fields") ?? Hole(officer.Conflicts, $"officers[{i}].conflicts") ?? Hole(officer.LastVisited, $"officers[{i}].lastVisited");
        }

        return place is null ? null : new VerificationProblem(place, "缺少内容或含有空项，无法核验。");
    }

    private static string? Hole<T>(ImmutableArray<T> list, string name)
        where T : class => list.IsDefault ? name : list.IndexOf(null!) is var at and >= 0 ? $"{name}[{at}]" : null;

    private static string? Hole(TeamPlan? plan) =>
        plan is null ? null : Hole(plan.Needs, "teamPlan.needs") ?? Hole(plan.Targets, "teamPlan.targets");

    private static string? Hole(TargetTeam team, string name)
    {
        var place = Hole(team.Departments, $"{name}.departments");
        for (var i = 0; place is null && i < team.Departments.Length; i++)
        {
            var department = team.Departments[i];
            place = Hole(department.Order, $"{name}.departments[{i}].order")
                ?? Hole(department.Exclusions, $"{name}.departments[{i}].exclusions")
                ?? Hole(department.Members, $"{name}.departments[{i}].members")
                ?? Hole(department.Alternates, $"{name}.departments[{i}].alternates");
        }

        return place;
    }
}
