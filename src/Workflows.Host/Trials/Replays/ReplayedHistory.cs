using Workflows.Host.Trials.History;
using Workflows.Supervision.Work;

namespace Workflows.Host.Trials.Replays;

/// <summary>A real case on its way through the draft: what is still to be fed, what waits, and what was found on the way.</summary>
/// <param name="history">The real case.</param>
/// <param name="label">Label of its target.</param>
internal sealed class ReplayedHistory(CaseHistory history, string label)
{
    /// <summary>The real case.</summary>
    public CaseHistory History => history;

    /// <summary>Label of its target.</summary>
    public string Label => label;

    /// <summary>Human steps that were done, in order.</summary>
    public IReadOnlyList<WorkTask> Decisions { get; } =
        [.. history.Tasks.Where(task => task is { State: TaskState.Done, EndedAt: not null }).OrderBy(task => task.EndedAt).ThenBy(task => task.Created.At).ThenBy(task => task.Id, StringComparer.Ordinal)];

    /// <summary>Steps of the draft in the order in which they came up.</summary>
    public List<WorkTask> Asked { get; } = [];

    /// <summary>Decisions that found their place.</summary>
    public int Fed { get; set; }

    /// <summary>Decisions that found none.</summary>
    public List<HistoryStep> NoPlace { get; } = [];

    /// <summary>Steps that only the draft asks for.</summary>
    public List<HistoryStep> Assumed { get; } = [];

    /// <summary>Why it cannot be replayed; null while it can.</summary>
    public (string Code, string Message)? Stopped { get; private set; }

    /// <summary>Whether history has a step for one of the draft: of the same activity and department, as often as the draft has asked for it.</summary>
    public bool Knows(WorkTask task)
    {
        var department = task.Department ?? "";
        var times = Asked.TakeWhile(other => other.Id != task.Id).Count(other => other.TaskActivityId == task.TaskActivityId && (other.Department ?? "") == department);
        return history.Tasks.Count(real => real.TaskActivityId == task.TaskActivityId && (real.Department ?? "") == department) > times;
    }

    /// <summary>It cannot go on.</summary>
    public void Stop(string code, string message) => Stopped ??= (code, message);
}
