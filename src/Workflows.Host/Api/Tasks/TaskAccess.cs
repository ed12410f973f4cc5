using Workflows.Host.Access;
using Workflows.Host.Problems;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Host.Api.Tasks;

/// <summary>Whose step it is. Whether the person may decide in the matter is for the rules of the domain.</summary>
internal static class TaskAccess
{
    /// <summary>Whether the task waits for <paramref name="actor"/>.</summary>
    public static bool IsFor(WorkTask task, Actor actor) =>
        (task.Role is null || actor.Is(task.Role))
        && (task.Department is null || task.Department == actor.Department)
        && (actor.Area is null || task.Area is null || task.Area.StartsWith(actor.Area, StringComparison.Ordinal))
        && (task.Assignees.Count == 0 || task.Assignees.Any(assignee => Names(assignee, actor)));

    /// <summary>Whether <paramref name="actor"/> may see the task: its own, its department's, or in sight.</summary>
    public static bool IsVisible(WorkTask task, Actor actor)
    {
        var sight = Sight.Of(actor);
        return IsFor(task, actor) || sight.SeesArea(task.Area) && (sight.AllDepartments || actor.Department is { } own && IsOf(task, own));
    }

    /// <summary>Whether the task is a department's: its own, or one of an officer of it who is named.</summary>
    public static bool IsOf(WorkTask task, string department) => task.Department == department || task.AssigneeDepartments?.Contains(department) == true;

    /// <summary>Whether <paramref name="assignee"/>, as a task names it, is <paramref name="actor"/>.</summary>
    public static bool Names(string assignee, Actor actor) =>
        assignee == actor.Id || assignee == actor.OfficerId || assignee == $"user:{actor.Id}" || actor.OfficerId is { } officer && assignee == $"officer:{officer}";

    /// <summary>Refuses somebody for whom the task does not wait (403), and a task that is over (409).</summary>
    public static void Require(WorkTask task, Actor actor)
    {
        if (!IsFor(task, actor))
            throw new RefusedException(new Refusal(403, "not-your-task", "id", $"此事项由{Whom(task)}办理：请由其办理或由其转办。"));
        if (task.State != TaskState.Open)
            throw new RefusedException(new Refusal(409, "task-ended", "id", "此事项已办结或已撤回：请刷新待办列表。"));
    }

    private static string Whom(WorkTask task) => task.Assignees.Count > 0 ? "指定承办人" : $"{task.Department ?? "有关部门"}的{task.Role ?? "人员"}";
}
