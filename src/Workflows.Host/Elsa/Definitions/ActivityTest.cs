using System.Text.Json.Nodes;
using Workflows.Engine;
using Workflows.Engine.Bursts;
using Workflows.Engine.Definitions;
using Workflows.Host.Packages;
using Workflows.Storage.Definitions;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Elsa.Definitions;

/// <summary>
/// Runs one activity of a definition alone, in memory and without services (Studio's tab "Test"). Only activities that do nothing
/// outside their instance are run.
/// </summary>
internal sealed class ActivityTest(WorkflowEngine engine, DefinitionQueries definitions, StudioForm studio, TimeProvider clock)
{
    private static readonly BurstLimits Limits = new(1_000, TimeSpan.FromSeconds(2), TimeProvider.System);

    private static readonly HashSet<string> Harmless = new(StringComparer.Ordinal)
    {
        "Elsa.WriteLine", "Elsa.SetVariable", "Elsa.SetOutput", "Elsa.SetName", "Elsa.Correlate", "Elsa.RunJavaScript", "Elsa.FlowDecision", "Elsa.FlowSwitch",
        "Elsa.FlowFork", "Elsa.FlowJoin", "Elsa.Start", "Elsa.End", "Elsa.Fault",
    };

    /// <summary>Runs it.</summary>
    /// <param name="versionId">Version of the definition; null for the latest of <paramref name="definitionId"/>.</param>
    /// <param name="definitionId">Logical id, or null.</param>
    /// <param name="activityId">The activity.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Inputs, outputs, outcomes and status, as Studio shows them.</returns>
    /// <exception cref="RuleViolationException">The activity cannot be run alone.</exception>
    public async Task<JsonObject> RunAsync(string? versionId, string? definitionId, string activityId, CancellationToken cancellationToken)
    {
        var row = versionId is not null ? await definitions.FindVersionAsync(versionId, cancellationToken)
            : definitionId is not null ? await definitions.FindAsync(definitionId, new VersionSelection(VersionKind.Latest), cancellationToken) : null;
        if (row is null)
            throw DefinitionDesk.Unknown();
        var place = (await studio.PlacesAsync(row, cancellationToken)).FirstOrDefault(other => other.Id == activityId)
            ?? throw Refused($"流程“{row.Name}”中没有步骤 {activityId}：请先保存流程。");
        var type = place.Json.Text("type") ?? "";
        if (!Harmless.Contains(type))
            throw Refused($"步骤“{place.Json.Text("name") ?? activityId}”（{place.Descriptor?.DisplayName ?? type}）会等待、办理业务或影响外部，不能单独测试：请用“模拟”查看整个流程的效果。");
        var json = JsonNode.Parse(row.Json, documentOptions: DefinitionBody.Reading)!.AsObject();
        var variables = Diagram.List(json.Take("variables")?.DeepClone());
        for (var container = place.Parent; container is not null; container = container.Parent)
        {
            foreach (var declared in Diagram.List(container.Json["variables"]?.DeepClone()).ToList())
            {
                declared?.Parent?.AsArray().Remove(declared);
                variables.Add(declared);
            }
        }

        UseTestValues(variables, (json["customProperties"] as JsonObject)?["VariableTestValues"] as JsonObject);
        json["variables"] = variables;
        json["root"] = place.Json.DeepClone();
        return Shape(await StartAsync(json, cancellationToken), place.Id);
    }

    private async Task<Burst> StartAsync(JsonObject json, CancellationToken cancellationToken)
    {
        try
        {
            var key = ScenarioDrafts.NewKey();
            var context = new BurstContext { Now = clock.GetUtcNow(), Ids = new IdSource(key), Limits = Limits };
            return await engine.StartAsync(engine.Compile(WorkflowDefinition.Parse(json)), new StartWorkflow { InstanceId = "test-" + key[..8] }, context, cancellationToken);
        }
        catch (BurstLimitException bound)
        {
            throw Refused(bound.Message);
        }
    }

    private static void UseTestValues(JsonArray variables, JsonObject? values)
    {
        foreach (var variable in variables.OfType<JsonObject>())
        {
            if (variable.Text("id") is { } id && values?[id] is { } value)
                variable["value"] = value.DeepClone();
        }
    }

    private static JsonObject Shape(Burst burst, string activityId)
    {
        var record = burst.Executions.FirstOrDefault(execution => execution.ActivityId == activityId);
        var shown = new JsonObject
        {
            ["activityState"] = record?.Inputs?.DeepClone() ?? new JsonObject(),
            ["outputs"] = record?.Outputs?.DeepClone() ?? new JsonObject(),
            ["payload"] = new JsonObject(),
            ["status"] = record?.Status ?? "Pending",
        };
        if (record?.Outcomes is { } outcomes)
            shown["payload"]!["outcomes"] = new JsonArray([.. outcomes.Select(outcome => JsonValue.Create(outcome))]);
        if (burst.Lines.Count > 0)
            shown["payload"]!["lines"] = new JsonArray([.. burst.Lines.Select(line => JsonValue.Create(line))]);
        if (record?.Exception is { } message)
            shown["exception"] = new JsonObject { ["type"] = burst.State.Incidents.FirstOrDefault()?.ExceptionType ?? "Exception", ["message"] = burst.State.Incidents.FirstOrDefault()?.Cause is { } cause ? $"{message}：{cause}" : message };
        return shown;
    }

    private static RuleViolationException Refused(string message) => new(RefusalKind.Invalid, "activity-test", "activityId", message);
}
