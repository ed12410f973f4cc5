using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Workflows.Engine.Bursts;
using Workflows.Engine.Definitions;
using Workflows.Engine.State;
using Workflows.Host.Elsa.Instances;
using Workflows.Host.Packages;
using Workflows.Host.Problems;
using Workflows.Host.Sample;
using Workflows.Storage.Definitions;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Elsa.Definitions;

/// <summary>How an instance shall be started.</summary>
internal sealed record RunOrder
{
    /// <summary>Which version; null for the published one.</summary>
    public string? VersionOptions { get; init; }

    /// <summary>Id of the instance; null for a new one. A second start with the same id does nothing.</summary>
    public string? InstanceId { get; init; }

    /// <summary>Correlation id, or null.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Name of the instance, or null.</summary>
    public string? Name { get; init; }

    /// <summary>The trigger that starts it, or null for the usual start.</summary>
    public string? TriggerActivityId { get; init; }

    /// <summary>Workflow inputs.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Input { get; init; } = new Dictionary<string, JsonNode?>();

    /// <summary>Reads an order as Elsa's clients send it.</summary>
    /// <param name="body">The body.</param>
    /// <exception cref="RefusedException">A member is of a wrong kind (400).</exception>
    public static RunOrder Read(JsonObject body)
    {
        if (body["variables"] is JsonObject { Count: > 0 })
            throw Bad("variables", "不支持在启动时给变量赋值：请改用流程的输入（input）。");
        if (body["input"] is not (null or JsonObject))
            throw Bad("input", "input 应为 JSON 对象：成员名为流程输入的名称。");
        var trigger = body.Text("triggerActivityId") ?? (body["activityHandle"] as JsonObject)?.Text("activityId");
        return new RunOrder
        {
            VersionOptions = body.Text("versionOptions") ?? body.Number("versionOptions")?.ToString(System.Globalization.CultureInfo.InvariantCulture),
            InstanceId = body.Text("instanceId") is { Length: > 0 } id ? id.Length <= 100 ? id : throw Bad("instanceId", "instanceId 最长 100 个字符。") : null,
            CorrelationId = body.Text("correlationId") is { Length: > 0 } correlation ? correlation : null,
            Name = body.Text("name"),
            TriggerActivityId = trigger is { Length: > 0 } ? trigger : null,
            Input = (body["input"] as JsonObject)?.ToDictionary(member => member.Key, member => member.Value?.DeepClone()) ?? [],
        };
    }

    private static RefusedException Bad(string field, string detail) => new(new Refusal(400, "bad-run-order", field, detail));
}

/// <summary>What a start brought.</summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="Result">What the gate answered.</param>
internal sealed record RunResult(string InstanceId, StimulusResult Result);

/// <summary>Starts instances of definitions for Studio and other clients, by the same gate as everything else.</summary>
internal sealed class RunDesk(IStimulusGate gate, DefinitionDesk definitions, DefinitionChecks checks, SampleDistrict sample, WorkflowsDbContext database)
{
    /// <summary>Finds the version that shall run.</summary>
    /// <exception cref="RefusedException">There is none (404).</exception>
    /// <exception cref="RuleViolationException">It may not be run here, or cannot be.</exception>
    public async Task<WorkflowDefinitionRow> PrepareAsync(string definitionId, RunOrder order, CancellationToken cancellationToken)
    {
        var row = await definitions.RequireAsync(definitionId, DefinitionList.Versions(order.VersionOptions, VersionKind.Published), cancellationToken);
        if (!row.IsPublished && !await sample.ExistsAsync(cancellationToken))
        {
            throw new RuleViolationException(RefusalKind.Conflict, "draft-runs-in-sample-only", "versionOptions",
                $"“{row.Name}”第 {row.Version} 版没有发布，只能在样例辖区运行：请先发布，或者在样例辖区的服务中试运行，或者用“模拟”查看效果。");
        }

        // What cannot be compiled at all would fail inside the gate.
        if (!row.IsPublished && (await checks.ProblemsAsync(row.Json, cancellationToken)).FirstOrDefault(problem => problem.Code is ValidationCodes.NoRoot or ValidationCodes.BoundExceeded) is { } fatal)
            throw new RuleViolationException(RefusalKind.Invalid, "definition-invalid", "", fatal.Message);
        return row;
    }

    /// <summary>Starts an instance and runs it until it is idle.</summary>
    /// <exception cref="RuleViolationException">A rule forbids it, or it exceeds a bound.</exception>
    public async Task<RunResult> StartAsync(WorkflowDefinitionRow row, RunOrder order, Actor actor, CancellationToken cancellationToken)
    {
        var key = ScenarioDrafts.NewKey();
        var instanceId = order.InstanceId ?? new IdSource(key + "|instance").Next();
        try
        {
            var result = await gate.SendAsync(
                new StartWorkflow
                {
                    Key = key,
                    Actor = actor,
                    Workflow = new WorkflowReference(null, row.VersionId),
                    InstanceId = instanceId,
                    CorrelationId = order.CorrelationId,
                    Name = order.Name,
                    TriggerActivityId = order.TriggerActivityId,
                    Input = order.Input,
                },
                cancellationToken);
            return new RunResult(instanceId, result);
        }
        catch (BurstLimitException bound)
        {
            throw new RuleViolationException(RefusalKind.Invalid, "run-too-long", "", $"“{row.Name}”的一次执行超过上限，未启动：{bound.Message}");
        }
    }

    /// <summary>The state of an instance as an answer shows it; null where it left none.</summary>
    public async Task<JsonObject?> StateAsync(string instanceId, CancellationToken cancellationToken)
    {
        var text = await database.Set<WorkflowInstanceRow>().AsNoTracking().Where(row => row.Id == instanceId).Select(row => row.State).FirstOrDefaultAsync(cancellationToken);
        return text is null ? null : StateShape.Of(WorkflowState.Deserialize(Encoding.UTF8.GetBytes(text)));
    }
}
