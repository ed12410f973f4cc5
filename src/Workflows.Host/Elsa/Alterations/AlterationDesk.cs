using Workflows.Engine.Alterations;
using Workflows.Host.Elsa.Instances;
using Workflows.Host.Problems;
using Workflows.Storage.Alterations;

namespace Workflows.Host.Elsa.Alterations;

/// <summary>Does alterations to instances one by one and says of each what became of it.</summary>
internal sealed class AlterationDesk(InstanceDesk desk, InstanceChanges changes, TimeProvider clock)
{
    /// <summary>Does alterations to an instance, or tries them out. A refusal is its result.</summary>
    public async Task<AlterationResult> TryAsync(string id, IReadOnlyList<InstanceAlteration> alterations, bool dryRun, CancellationToken cancellationToken)
    {
        try
        {
            await desk.HeadAsync(id, cancellationToken);
            return ResultOf(await changes.AlterAsync(id, alterations, dryRun, cancellationToken), clock.GetUtcNow());
        }
        catch (RefusedException refused)
        {
            return ResultOf(id, refused, clock.GetUtcNow());
        }
    }

    /// <summary>Tries faulted activities of an instance again.</summary>
    public async Task<AlterationResult> RetryAsync(string id, IReadOnlyList<string>? activityIds, CancellationToken cancellationToken)
    {
        try
        {
            var (_, state) = await desk.WithStateAsync(id, cancellationToken);
            string[]? executions = activityIds is { Count: > 0 } ? [.. state.Incidents.Where(incident => activityIds.Contains(incident.ActivityId)).Select(incident => incident.ActivityInstanceId)] : null;
            var result = executions is { Length: 0 } ? null : await changes.RetryAsync(id, executions, cancellationToken);
            var done = result?.Outcome == Storage.Stimuli.StimulusOutcome.Done;
            return Result(id, done, done ? "出错的步骤已重新执行。" : "没有可重试的出错步骤。", done ? null : "nothing-faulted", clock.GetUtcNow());
        }
        catch (RefusedException refused)
        {
            return ResultOf(id, refused, clock.GetUtcNow());
        }
    }

    /// <summary>The result of an outcome.</summary>
    public static AlterationResult ResultOf(AlterationOutcome outcome, DateTimeOffset at) => new()
    {
        WorkflowInstanceId = outcome.InstanceId,
        IsSuccessful = true,
        Log = new AlterationLog([.. outcome.Log.Select(line => new AlterationLogEntry(line, "Information", at))]),
        Migration = outcome.Migration,
        PackageVersion = outcome.Package,
    };

    /// <summary>The result of a refusal.</summary>
    public static AlterationResult ResultOf(string id, RefusedException refused, DateTimeOffset at) =>
        Result(id, false, refused.Refusal.Detail, refused.Refusal.Code, at) with { Problems = (refused.InnerException as MigrationRefusedException)?.Problems };

    private static AlterationResult Result(string id, bool successful, string line, string? code, DateTimeOffset at) => new()
    {
        WorkflowInstanceId = id,
        IsSuccessful = successful,
        Log = new AlterationLog([new AlterationLogEntry(line, successful ? "Information" : "Error", at, code)]),
    };
}
