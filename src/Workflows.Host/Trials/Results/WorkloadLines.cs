using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;

namespace Workflows.Host.Trials.Results;

/// <summary>Whom a trial bothers: steps and messages by department and role, with the busiest day of each.</summary>
internal static class WorkloadLines
{
    /// <summary>The lines, most steps first.</summary>
    /// <param name="tasks">Human steps.</param>
    /// <param name="notices">Messages: receiver and instant.</param>
    /// <param name="departments">Department of each officer who is named personally.</param>
    /// <param name="end">First instant after the trial.</param>
    public static IReadOnlyList<TrialWorkload> Of(
        IReadOnlyList<WorkTask> tasks, IReadOnlyList<(string Recipient, DateTimeOffset At)> notices, IReadOnlyDictionary<string, Actor> departments, DateTimeOffset end)
    {
        var steps = tasks.ToLookup(task => UnitOf(task, departments));
        var messages = notices.ToLookup(notice => UnitOf(notice.Recipient), notice => notice.At);
        return [.. steps.Select(group => group.Key).Union(messages.Select(group => group.Key)).Select(unit => Line(unit, [.. steps[unit]], [.. messages[unit]], end))
            .OrderByDescending(line => line.Tasks).ThenByDescending(line => line.Notices).ThenBy(line => line.Department, StringComparer.Ordinal).ThenBy(line => line.Role, StringComparer.Ordinal)];
    }

    /// <summary>Who has to do a step: <c>party:…</c>, <c>department:CUL</c> or <c>role:…</c>.</summary>
    public static string OwnerOf(WorkTask task) => task.Role == Role.Party ? $"party:{task.TargetId}"
        : task.Department is { } department ? $"department:{department}"
        : task.Assignees.Count > 0 ? $"officer:{task.Assignees[0]}"
        : $"role:{task.Role}";

    private static TrialWorkload Line((string? Department, string? Role) unit, List<WorkTask> tasks, List<DateTimeOffset> notices, DateTimeOffset end)
    {
        var days = tasks.Select(task => (Day: ShanghaiTime.DateOf(task.Created.At), IsTask: true)).Concat(notices.Select(at => (Day: ShanghaiTime.DateOf(at), IsTask: false)))
            .GroupBy(entry => entry.Day).Select(group => new BusyDay(group.Key, group.Count(entry => entry.IsTask), group.Count(entry => !entry.IsTask)))
            .OrderByDescending(day => day.Tasks + day.Notices).ThenBy(day => day.Date);
        return new TrialWorkload(
            unit.Department, unit.Role, tasks.Count, tasks.Count(task => task.State == TaskState.Done),
            tasks.Count(task => task.DueAt is { } due && (task.State == TaskState.Done ? task.EndedAt >= due : task.State == TaskState.Open && due < end)),
            notices.Count, days.FirstOrDefault(),
            [.. tasks.GroupBy(task => task.Kind).Select(group => new KindCount(group.Key, group.First().Title, group.Count())).OrderByDescending(kind => kind.Count).ThenBy(kind => kind.Kind, StringComparer.Ordinal)]);
    }

    private static (string? Department, string? Role) UnitOf(WorkTask task, IReadOnlyDictionary<string, Actor> people)
    {
        if (task.Role == Role.Party)
            return (null, Role.Party);
        var named = task.Assignees.Select(people.GetValueOrDefault).OfType<Actor>().FirstOrDefault();
        return (task.Department ?? named?.Department, task.Role ?? (named is { Roles: [var role, ..] } ? role : null));
    }

    // department:CUL, department:CUL/role:department-head, role:supervisor, party:…
    private static (string? Department, string? Role) UnitOf(string recipient)
    {
        string? department = null, role = null;
        foreach (var part in recipient.Split('/'))
        {
            if (part.StartsWith("department:", StringComparison.Ordinal))
                department = part["department:".Length..];
            else if (part.StartsWith("role:", StringComparison.Ordinal))
                role = part["role:".Length..];
            else if (part.StartsWith("party:", StringComparison.Ordinal))
                role = Role.Party;
            else
                role = part;
        }

        return (department, role);
    }
}
