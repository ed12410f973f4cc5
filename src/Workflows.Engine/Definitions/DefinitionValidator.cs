using System.Text.Json.Nodes;
using Workflows.Engine.Activities;
using Workflows.Engine.Bursts;
using Workflows.Engine.BuiltIn;
using Workflows.Engine.BuiltIn.Flowcharts;
using Workflows.Engine.Compilation;
using Workflows.Engine.Expressions;

namespace Workflows.Engine.Definitions;

/// <summary>Finds everything that is wrong with a definition, at once.</summary>
public sealed class DefinitionValidator
{
    private readonly ActivityRegistry _registry;
    private readonly WorkflowEngineOptions _options;
    private readonly Func<WorkflowReference, WorkflowDefinition?>? _resolve;
    private readonly List<ValidationProblem> _problems = [];
    private readonly List<ValidationProblem> _notices = [];
    private readonly Dictionary<string, HashSet<string>> _ways = new(StringComparer.Ordinal);
    private readonly ExpressionCompiler _expressions;
    private readonly InputChecks _inputs;

    private DefinitionValidator(ActivityRegistry registry, WorkflowEngineOptions options, Func<WorkflowReference, WorkflowDefinition?>? resolve)
    {
        _registry = registry;
        _options = options;
        _resolve = resolve;
        _expressions = new ExpressionCompiler(options.ExpressionEvaluators);
        _inputs = new InputChecks(options, _expressions, _problems);
    }

    /// <summary>Validates.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="registry">The activity types that it may name.</param>
    /// <param name="options">Bounds and syntaxes; null for the defaults.</param>
    /// <param name="resolve">Finds workflows used as activities; null leaves them unchecked.</param>
    /// <returns>
    /// All problems in the order of the definition, then those that activity classes find themselves (<see cref="IDefinitionCheck"/>); empty when it
    /// may be published.
    /// </returns>
    public static IReadOnlyList<ValidationProblem> Validate(
        WorkflowDefinition definition, ActivityRegistry registry, WorkflowEngineOptions? options = null, Func<WorkflowReference, WorkflowDefinition?>? resolve = null) =>
        Checked(definition, registry, options, resolve)._problems;

    /// <summary>Finds what may be meant as it is drawn, but seldom is, such as an outcome of a person's step that leads nowhere. Nothing of it keeps a definition from being published.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="registry">The activity types that it may name.</param>
    /// <param name="options">Bounds and syntaxes; null for the defaults.</param>
    /// <returns>What activity classes say of themselves (<see cref="IDefinitionCheck"/>), in the order of the definition.</returns>
    public static IReadOnlyList<ValidationProblem> Notices(WorkflowDefinition definition, ActivityRegistry registry, WorkflowEngineOptions? options = null) =>
        Checked(definition, registry, options, null)._notices;

    private static DefinitionValidator Checked(
        WorkflowDefinition definition, ActivityRegistry registry, WorkflowEngineOptions? options, Func<WorkflowReference, WorkflowDefinition?>? resolve)
    {
        var validator = new DefinitionValidator(registry, options ?? new WorkflowEngineOptions(), resolve);
        try
        {
            validator.Check(definition);
        }
        catch (DefinitionFormatException e)
        {
            validator.Report(null, "root", ValidationCodes.BoundExceeded, e.Message);
        }

        return validator;
    }

    private void Check(WorkflowDefinition definition)
    {
        if (definition.Root is not { } rootJson || rootJson.Text("type") is null)
        {
            Report(null, "root", ValidationCodes.NoRoot, "流程定义没有根活动（root），请至少放入一个流程图。");
            return;
        }

        var reader = new ActivityReader(_registry, _options) { Origins = [] };
        var root = reader.Read(rootJson);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var variables = definition.Variables.Select(v => v.Id).ToHashSet(StringComparer.Ordinal);
        var activities = Walk(root, reader.Origins, ids, variables);
        var byId = activities.ToLookup(a => a.Id, StringComparer.Ordinal);
        foreach (var activity in activities)
        {
            if (activity is IDefinitionCheck check)
                check.Check(new DefinitionCheckContext(activity, _registry.Of(activity).Descriptor, activities, byId, _ways.GetValueOrDefault(activity.Id), _expressions, _problems, _notices));
        }

        if (_resolve is not null)
            CheckCycles(definition);
    }

    private List<Activity> Walk(Activity root, Dictionary<Activity, JsonObject> origins, HashSet<string> ids, HashSet<string> workflowVariables)
    {
        var walked = new List<Activity>();
        var open = new Stack<(Activity Activity, HashSet<string> Variables)>();
        open.Push((root, workflowVariables));
        while (open.TryPop(out var entry))
        {
            var (activity, variables) = entry;
            walked.Add(activity);
            var json = origins[activity];
            if (activity.Id.Length > 0 && !ids.Add(activity.Id))
                Report(activity.Id, "id", ValidationCodes.DuplicateId, $"活动标识 {activity.Id} 出现了不止一次，请改成唯一的标识。");
            if (activity is NotFoundActivity missing)
                Report(activity.Id, "type", ValidationCodes.UnknownType, $"未知的活动类型 {missing.MissingTypeName}，请删除或换成已有的活动。");
            if (activity is WorkflowDefinitionActivity used && _resolve is not null && _resolve(used.Reference) is null)
                Report(activity.Id, "workflowDefinitionId", ValidationCodes.UnknownWorkflow, $"作为步骤使用的流程 {used.WorkflowDefinitionId} 不存在或未发布。");
            var type = _registry.Of(activity);
            if (activity is Container { Variables.Count: > 0 } container)
                variables = [.. variables, .. container.Variables.Select(v => v.Id)];
            if (activity is not (NotFoundActivity or WorkflowDefinitionActivity))
                _inputs.Check(activity, type, json, variables);
            foreach (var list in type.Lists)
                ReportTypeless(activity, json, list.Name);
            var children = GraphBuilder.ChildrenOf(activity, type);
            if (activity is Flowchart chart)
            {
                new FlowchartChecks(_registry, _problems).Check(chart, json, children);
                foreach (var (source, port) in ConnectionReference.ReadAll(json).Select(c => (c.Source, c.SourcePort)))
                    (_ways.TryGetValue(source, out var ways) ? ways : _ways[source] = new HashSet<string>(StringComparer.Ordinal)).Add(port ?? "Done");
            }
            else
                ReportTimeLimits(children);
            for (var i = children.Count - 1; i >= 0; i--)
                open.Push((children[i].Activity, variables));
        }

        return walked;
    }

    private void ReportTypeless(Activity activity, JsonObject json, string list)
    {
        var index = 0;
        foreach (var item in json.List(list))
        {
            if (item is not JsonObject o || o.Text("type") is null)
                Report((item as JsonObject)?.Text("id") ?? activity.Id, $"{JsonReading.Camel(list)}[{index}]", ValidationCodes.UnknownType, "活动没有类型（type）。");
            index++;
        }
    }

    private void ReportTimeLimits(List<EmbeddedActivity> children)
    {
        foreach (var child in children)
        {
            foreach (var port in _registry.Of(child.Activity).Descriptor.Ports.Where(p => p.MeansTimeLimitPassed))
            {
                Report(child.Activity.Id, port.Name, ValidationCodes.TimeLimitPortUnconnected,
                    $"步骤的期限端口“{port.DisplayName}”只能在流程图中连线，请把该步骤放进流程图并连接此端口。");
            }
        }
    }

    private void CheckCycles(WorkflowDefinition definition)
    {
        // Depth first over the workflows that are used; a definition id that is open again closes a circle.
        var path = new List<string> { definition.DefinitionId };
        var finished = new HashSet<string>(StringComparer.Ordinal);
        Visit(definition, path, finished);
    }

    private void Visit(WorkflowDefinition definition, List<string> path, HashSet<string> finished)
    {
        foreach (var (activityId, reference) in UsedWorkflows(definition))
        {
            if (_resolve!(reference) is not { } used)
                continue;
            var id = used.DefinitionId;
            if (path.Contains(id))
            {
                if (path.Count == 1 || id == path[0])
                    Report(path.Count == 1 ? activityId : null, "workflowDefinitionId", ValidationCodes.WorkflowCycle, $"流程互相引用成环：{string.Join(" → ", path)} → {id}。");
                continue;
            }

            if (finished.Contains(id) || path.Count >= 64)
                continue;
            path.Add(id);
            Visit(used, path, finished);
            path.RemoveAt(path.Count - 1);
            finished.Add(id);
        }
    }

    private static IEnumerable<(string? ActivityId, WorkflowReference Reference)> UsedWorkflows(WorkflowDefinition definition)
    {
        var open = new Stack<JsonNode>();
        if (definition.Root is { } root)
            open.Push(root);
        while (open.TryPop(out var node))
        {
            if (node is JsonObject o && o.Text("type") is not null && o.Text("workflowDefinitionId") is { } id)
                yield return (o.Text("id"), new WorkflowReference(id, o.Text("workflowDefinitionVersionId"), o.Number("version")));
            var children = node switch { JsonObject obj => obj.Select(p => p.Value), JsonArray a => a, _ => [] };
            foreach (var child in children)
            {
                if (child is JsonObject or JsonArray)
                    open.Push(child);
            }
        }
    }

    private void Report(string? activityId, string? property, string code, string message) => _problems.Add(new ValidationProblem(activityId, property, code, message));
}
