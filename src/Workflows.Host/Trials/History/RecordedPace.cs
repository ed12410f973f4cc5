using Workflows.Host.Simulation.People;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;

namespace Workflows.Host.Trials.History;

/// <summary>
/// How long people really took. A step of the trial is matched with the real step of the same kind and department, the first with the
/// first; it takes as many working days and ends at the same time of day, whatever limit the draft sets, so that limits are broken
/// by those who are really slow.
/// </summary>
/// <param name="now">Now, UTC: what is late and not done yet counts as late as it is.</param>
internal sealed class RecordedPace(DateTimeOffset now)
{
    private readonly Dictionary<string, WorkTask?> _matches = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Scope, string Kind, string Department), int> _seen = [];

    /// <summary>The real step behind one of the trial; null when history has none.</summary>
    /// <param name="task">The step of the trial.</param>
    /// <param name="scope">Case or plan of the trial.</param>
    /// <param name="real">Human steps of the real case or plan, in order of creation.</param>
    public WorkTask? Match(WorkTask task, string scope, IEnumerable<WorkTask> real)
    {
        if (_matches.TryGetValue(task.Id, out var known))
            return known;
        var department = task.Department ?? "";
        var ordinal = _seen[(scope, task.Kind, department)] = _seen.GetValueOrDefault((scope, task.Kind, department)) + 1;
        return _matches[task.Id] = real.Where(step => step.Kind == task.Kind && (step.Department ?? "") == department).Skip(ordinal - 1).FirstOrDefault();
    }

    /// <summary>When a step is done that was really done, or is late; null when history does not say.</summary>
    public DateTimeOffset? When(StepContext step, WorkTask real) => real switch
    {
        { State: TaskState.Done, EndedAt: { } ended } => After(step, real.Created.At, ended),
        { State: TaskState.Open, DueAt: { } due } when due <= now => After(step, real.Created.At, now),
        _ => null,
    };

    private static DateTimeOffset After(StepContext step, DateTimeOffset began, DateTimeOffset ended)
    {
        var calendar = step.Hours.Calendar;
        var (first, last) = (ShanghaiTime.DateOf(began), ShanghaiTime.DateOf(ended));
        var days = last > first ? calendar.WorkingDaysBetween(first, last) : 0;
        return days == 0
            ? step.Now + (ended - began)
            : ShanghaiTime.At(calendar.AddWorkingDays(ShanghaiTime.DateOf(step.Now), days), ShanghaiTime.TimeOf(ended));
    }
}
