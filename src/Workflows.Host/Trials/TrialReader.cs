using Workflows.Host.Api.Reading;
using Workflows.Host.Paging;
using Workflows.Host.Problems;
using Workflows.Host.Trials.Replays;
using Workflows.Host.Trials.Results;

namespace Workflows.Host.Trials;

/// <summary>Trials as the person who asks may see them. One that read real cases is in sight of those whose area covers what it may have read.</summary>
internal sealed class TrialReader(TrialDesk desk, Viewer viewer)
{
    /// <summary>Whether a trial is in sight.</summary>
    public bool Sees(Trial trial) => !trial.ReadsCases || viewer.Sight.Area is not { } area || trial.Area?.StartsWith(area, StringComparison.Ordinal) == true;

    /// <summary>A trial in sight.</summary>
    /// <exception cref="RefusedException">None (404), or none any more (410).</exception>
    public Trial Find(string id) => desk.Find(id) is { } trial && Sees(trial) ? trial : throw Viewer.NotFound("试运行");

    /// <summary>The results of a simulation.</summary>
    /// <exception cref="RefusedException">It has none (409).</exception>
    public SimulationResults Simulation(string id) => Results<SimulationResults>(id, "模拟");

    /// <summary>The results of a replay.</summary>
    /// <exception cref="RefusedException">It has none (409).</exception>
    public ReplayResults Replay(string id) => Results<ReplayResults>(id, "回放");

    /// <summary>One page of a list of a simulation.</summary>
    public Task<Page<T>> PageAsync<T>(
        string id, PageRequest page, Func<SimulationResults, LineFile<T>> list, Func<T, bool>? wanted, CancellationToken cancellationToken, int first = 0) =>
        list(Simulation(id)).PageAsync(page, wanted, first, cancellationToken);

    private T Results<T>(string id, string kind)
        where T : class
    {
        var trial = Find(id);
        return trial.Results<T>() ?? throw new RefusedException(trial.State switch
        {
            TrialState.Queued or TrialState.Running => new Refusal(409, "trial-running", "id", "试运行尚未结束：请稍后再看，进度见 /api/trials/{id}。"),
            TrialState.Done => new Refusal(409, "trial-kind", "id", $"这次试运行不是{kind}，没有这项结果。"),
            _ => new Refusal(409, "trial-without-results", "id", $"试运行没有结果：{trial.View(null).Message}"),
        });
    }
}
