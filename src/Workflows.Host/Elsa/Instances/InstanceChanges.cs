using Workflows.Engine;
using Workflows.Engine.Alterations;
using Workflows.Engine.Bursts;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Reading;
using Workflows.Host.Problems;
using Workflows.Storage.Alterations;
using Workflows.Storage.Queries;
using Workflows.Storage.Queries.Instances;
using Workflows.Storage.Stimuli;
using Workflows.Supervision;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Elsa.Instances;

/// <summary>Changes to instances, each one stimulus in the name of the person who asks.</summary>
internal sealed class InstanceChanges(IStimulusGate gate, StimulusKeys keys, Viewer viewer, InstanceReader instances)
{
    /// <summary>Instances of one request to a bulk route.</summary>
    public const int LargestBulk = 1000;

    /// <summary>Does alterations to one instance.</summary>
    /// <exception cref="RefusedException">They are refused; the instance is as it was.</exception>
    public async Task<AlterationOutcome> AlterAsync(string id, IReadOnlyList<InstanceAlteration> alterations, bool dryRun, CancellationToken cancellationToken)
    {
        var result = await SendAsync(new AlterInstance { Key = keys.Next(), Actor = viewer.Actor, InstanceId = id, Alterations = alterations, DryRun = dryRun }, cancellationToken);
        return (AlterationOutcome)result.Value!;
    }

    /// <summary>Deletes a finished instance.</summary>
    public Task<StimulusResult> DeleteAsync(string id, CancellationToken cancellationToken) =>
        SendAsync(new DeleteInstance { Key = keys.Next(), Actor = viewer.Actor, InstanceId = id }, cancellationToken);

    /// <summary>Tries faulted activities again.</summary>
    public Task<StimulusResult> RetryAsync(string id, IReadOnlyList<string>? executions, CancellationToken cancellationToken) =>
        SendAsync(new RetryIncident { Key = keys.Next(), Actor = viewer.Actor, InstanceId = id, ActivityInstanceIds = executions }, cancellationToken);

    /// <summary>Takes an instance over.</summary>
    public Task<StimulusResult> ImportAsync(InstanceFile file, CancellationToken cancellationToken) => SendAsync(
        new ImportInstance { Key = keys.Next(), Actor = viewer.Actor, InstanceId = file.State.Id, State = file.StateText, Journal = file.Journal, Executions = file.Executions }, cancellationToken);

    /// <summary>Does something to each of the instances that match and can be seen, one stimulus each; counts those on which it had an effect.</summary>
    /// <param name="selection">Which.</param>
    /// <param name="act">What is done; false for nothing.</param>
    /// <param name="cancellationToken">Ends it early; what is done is done.</param>
    public async Task<int> EachAsync(InstanceSelection selection, Func<string, Task<bool>> act, CancellationToken cancellationToken)
    {
        var ids = await instances.IdsAsync(selection, FamilySight.Of(viewer.Actor), LargestBulk + 1, cancellationToken);
        if (ids.Count > LargestBulk)
            throw new RefusedException(new Refusal(400, "too-many", "", $"符合条件的流程实例超过{LargestBulk}个：请缩小范围，或提交变更计划（POST /elsa/api/alterations/submit）。"));
        // All are in the queue together, so that they share commits.
        var done = await Task.WhenAll(ids.Select(act));
        return done.Count(static one => one);
    }

    /// <summary>Why something cannot be done, where a rule says so; null for a fault of the service.</summary>
    public static Refusal? RefusalOf(Exception fault) => fault switch
    {
        RefusedException refused => refused.Refusal,
        MigrationRefusedException migration => new Refusal(409, migration.Problems[0].Code, migration.Problems[0].ActivityId ?? "", migration.Message)
        {
            More = new Dictionary<string, object?> { ["problems"] = migration.Problems.Select(problem => new { problem.Code, problem.ActivityId, problem.Message }) },
        },
        VariableException variable => new Refusal(400, "bad-variable", variable.VariableId, variable.Message),
        UnknownWorkflowException unknown => new Refusal(404, "not-found", "id", unknown.Message),
        RuleViolationException violation => Refusal.Of(violation),
        DomainRuleException broken => new Refusal(409, broken.Code, broken.Field ?? "", broken.Message),
        BurstLimitException limit => new Refusal(409, "burst-limit", "", limit.Message + "请检查新版本的流程图。"),
        StoreBusyException busy => new Refusal(503, "busy", "", busy.Message),
        FormatException malformed => new Refusal(400, "malformed-state", "", malformed.Message),
        _ => null,
    };

    private async Task<StimulusResult> SendAsync(Stimulus stimulus, CancellationToken cancellationToken)
    {
        try
        {
            return await gate.SendAsync(stimulus, cancellationToken);
        }
        catch (Exception fault) when (RefusalOf(fault) is { } refusal)
        {
            throw new RefusedException(refusal, fault);
        }
    }
}
