using Workflows.Host.Api.Reading;
using Workflows.Supervision.Work;

namespace Workflows.Host.Api.Tasks;

/// <summary>Why an approval was not given, for whoever revises what was laid before it; or why a step was passed on, for whoever has it now.</summary>
/// <param name="Title">The approval, such as 责令改正审批, or the step.</param>
/// <param name="Outcome">Its outcome, such as 退回, or 转交.</param>
/// <param name="Reason">The words given with it; null where none were.</param>
/// <param name="By">Who decided, with “代” where a deputy did.</param>
/// <param name="At">When, UTC.</param>
internal sealed record ReturnNote(string Title, string Outcome, string? Reason, string By, DateTimeOffset At);

/// <summary>
/// Finds the returned approval that a step follows. What was handed in with a step stays with the service that used it; the one thing that goes on is the reason of a return,
/// to those who revise and to those who see the case.
/// </summary>
internal static class ReturnNotes
{
    private const int MostSteps = 500;

    /// <summary>The note that <paramref name="task"/> answers, or null where it follows no return.</summary>
    public static async Task<ReturnNote?> FindAsync(WorkTask task, AggregateReader rows, CancellationToken cancellationToken)
    {
        if (task.CaseId is null && task.PlanId is null)
            return null;
        var (caseId, planId) = (task.CaseId, task.PlanId);
        var ended = await rows.LatestAsync<WorkTask>(
            query => caseId is not null ? query.Where(row => row.CaseId == caseId && row.State == nameof(TaskState.Done)) : query.Where(row => row.PlanId == planId && row.CaseId == null && row.State == nameof(TaskState.Done)),
            MostSteps, cancellationToken);
        return Before(task, ended);
    }

    /// <summary>The return among ended steps that <paramref name="task"/> follows: of the same moment, or the last that happened in its matter before it.</summary>
    internal static ReturnNote? Before(WorkTask task, IEnumerable<WorkTask> ended)
    {
        var earlier = ended.Where(one => one.State == TaskState.Done && one.EndedAt <= task.Created.At && one.Id != task.Id && IsOfMatter(one, task)).OrderByDescending(one => one.EndedAt).ToList();
        var last = earlier.FirstOrDefault(one => one.EndedAt == task.Created.At && IsReturn(one)) ?? earlier.FirstOrDefault();
        return last is not null && IsReturn(last) ? new ReturnNote(last.Title, last.Outcome!, last.ReturnReason, last.Changed?.ActorName ?? "", last.EndedAt!.Value) : null;
    }

    private static bool IsReturn(WorkTask task) => task.Outcome is { } outcome && WorkTask.ReturningOutcomes.Contains(outcome);

    // Two departments' orders of one case go their ways beside one another: what names another order, or is another department's alone, is another matter.
    private static bool IsOfMatter(WorkTask one, WorkTask task) =>
        (one.Department is null || task.Department is null || one.Department == task.Department)
        && one.Subject.All(named => !task.Subject.TryGetValue(named.Key, out var other) || other == named.Value);
}
