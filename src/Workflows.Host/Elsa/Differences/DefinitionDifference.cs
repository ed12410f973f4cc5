using System.Text.Json.Nodes;
using Workflows.Engine.Activities;
using Workflows.Engine.Definitions;

namespace Workflows.Host.Elsa.Differences;

/// <summary>
/// What two versions of a process do differently, in sentences that an analyst would say: steps, connections, time limits, who is responsible,
/// rungs, other inputs. Where the boxes stand on the canvas makes no difference.
/// </summary>
internal sealed class DefinitionDifference
{
    private static readonly string[] NotInputs =
        ["id", "nodeId", "name", "type", "version", "customProperties", "metadata", "connections", "activities", "start", "variables", "canStartWorkflow", "runAsynchronously"];

    private readonly Diagram _before;
    private readonly Diagram _after;
    private readonly ValueWording _wording;
    private readonly List<DefinitionChange> _changes = [];

    private DefinitionDifference(Diagram before, Diagram after, ValueWording wording)
    {
        _before = before;
        _after = after;
        _wording = wording;
    }

    /// <summary>All differences, ordered by kind.</summary>
    /// <param name="before">The former version.</param>
    /// <param name="after">The present one.</param>
    /// <param name="registry">Known activity types.</param>
    /// <param name="services">Asked for the choices of inputs.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async ValueTask<IReadOnlyList<DefinitionChange>> BetweenAsync(
        WorkflowDefinition before, WorkflowDefinition after, ActivityRegistry registry, IServiceProvider services, CancellationToken cancellationToken)
    {
        var difference = new DefinitionDifference(Diagram.Of(before, registry), Diagram.Of(after, registry), new ValueWording(services));
        difference.CompareSteps();
        difference.CompareConnections();
        foreach (var step in difference._after.Steps.Values)
        {
            if (difference._before.Steps.TryGetValue(step.Id, out var former) && former.Type == step.Type)
                await difference.CompareInputsAsync(former, step, cancellationToken);
        }

        difference._changes.AddRange(ProcessChanges.Between(before, after));
        return [.. difference._changes.OrderBy(change => change.Kind)];
    }

    private void CompareSteps()
    {
        foreach (var step in _after.Steps.Values.Where(step => !_before.Steps.ContainsKey(step.Id)))
            Add(ChangeKind.StepAdded, $"增加步骤{_after.Quoted(step.Id)}（{TypeName(step)}）{Within(_after, step)}", step.Id);
        foreach (var step in _before.Steps.Values.Where(step => !_after.Steps.ContainsKey(step.Id)))
            Add(ChangeKind.StepRemoved, $"删除步骤{_before.Quoted(step.Id)}（{TypeName(step)}）{Within(_before, step)}", step.Id);
        foreach (var step in _after.Steps.Values)
        {
            if (!_before.Steps.TryGetValue(step.Id, out var former))
                continue;
            if (former.Name != step.Name)
                Add(ChangeKind.StepChanged, $"步骤{_before.Quoted(step.Id)}改名为“{step.Name}”", step.Id);
            if (former.Type != step.Type)
                Add(ChangeKind.StepChanged, $"步骤{_after.Quoted(step.Id)}由活动“{TypeName(former)}”换成“{TypeName(step)}”", step.Id);
            if (former.Container != step.Container && step.Container is { } container)
                Add(ChangeKind.StepChanged, $"步骤{_after.Quoted(step.Id)}移入{_after.Quoted(container)}", step.Id);
            if (Start(former) != Start(step) && Start(step) is { } start)
                Add(ChangeKind.StepChanged, $"{_after.Quoted(step.Id)}改从{_after.Quoted(start)}开始", step.Id);
            foreach (var setting in Settings(former.Json).Union(Settings(step.Json)).Where(setting => Setting(former.Json, setting) != Setting(step.Json, setting)))
                Add(ChangeKind.StepChanged, $"步骤{_after.Quoted(step.Id)}的设置“{SettingName(setting)}”已修改", step.Id, Setting(former.Json, setting), Setting(step.Json, setting));
        }
    }

    private void CompareConnections()
    {
        var gone = _before.Connections.Except(_after.Connections).ToList();
        var come = _after.Connections.Except(_before.Connections).ToList();
        foreach (var old in gone.ToList())
        {
            if (come.Find(c => c.Source == old.Source && c.Port == old.Port) is not { } now)
                continue;
            gone.Remove(old);
            come.Remove(now);
            Add(ChangeKind.Connection, $"{_after.Quoted(old.Source)}的出口“{PortName(_after, old)}”由通向{_before.Quoted(old.Target)}改为通向{_after.Quoted(now.Target)}", old.Source);
        }

        foreach (var connection in gone)
            Add(ChangeKind.Connection, $"取消连线：{_before.Quoted(connection.Source)}的出口“{PortName(_before, connection)}”不再通向{_before.Quoted(connection.Target)}", connection.Source);
        foreach (var connection in come)
            Add(ChangeKind.Connection, $"增加连线：{_after.Quoted(connection.Source)}的出口“{PortName(_after, connection)}”通向{_after.Quoted(connection.Target)}", connection.Source);
    }

    private async ValueTask CompareInputsAsync(DiagramStep former, DiagramStep step, CancellationToken cancellationToken)
    {
        var members = former.Json.Concat(step.Json).Where(member => !NotInputs.Contains(member.Key) && !Diagram.HoldsActivities(member.Key, member.Value))
            .Select(member => member.Key).Distinct(StringComparer.Ordinal);
        var changed = new Dictionary<string, (InputDescriptor? Input, InputValue Before, InputValue After)>(StringComparer.Ordinal);
        foreach (var member in members)
        {
            var input = step.Descriptor?.Inputs.FirstOrDefault(candidate => Camel(candidate.Name) == member);
            var (before, after) = (InputValue.Read(former.Json[member], input), InputValue.Read(step.Json[member], input));
            if (before != after)
                changed[input?.Name ?? member] = (input, before, after);
        }

        if (changed.ContainsKey("Length") || changed.ContainsKey("Unit"))
        {
            Add(ChangeKind.TimeLimit, $"时限{_after.Quoted(step.Id)}由{await LengthAsync(_before, former, cancellationToken)}改为{await LengthAsync(_after, step, cancellationToken)}", step.Id);
            changed.Remove("Length");
            changed.Remove("Unit");
        }

        foreach (var (name, (input, before, after)) in changed)
        {
            if (name == "Rungs" && before.IsFixed && after.IsFixed && RungChanges.Between(_after.Quoted(step.Id), step.Id, before.ToJson(), after.ToJson()) is { } rungs)
                _changes.AddRange(rungs);
            else
                Describe(KindOf(name), step, input?.DisplayName ?? name, await _wording.SayAsync(_before, former, input, before, cancellationToken), await _wording.SayAsync(_after, step, input, after, cancellationToken));
        }
    }

    private void Describe(ChangeKind kind, DiagramStep step, string input, string before, string after)
    {
        if (before.Length <= ValueWording.InSentence && after.Length <= ValueWording.InSentence && !before.Contains('\n') && !after.Contains('\n'))
            Add(kind, $"{_after.Quoted(step.Id)}的“{input}”由“{before}”改为“{after}”", step.Id);
        else
            Add(kind, $"{_after.Quoted(step.Id)}的“{input}”已修改", step.Id, before, after);
    }

    private async ValueTask<string> LengthAsync(Diagram diagram, DiagramStep step, CancellationToken cancellationToken)
    {
        var words = new List<string>();
        foreach (var name in new[] { "Length", "Unit" })
        {
            var input = step.Descriptor?.Inputs.FirstOrDefault(candidate => candidate.Name == name);
            words.Add(await _wording.SayAsync(diagram, step, input, InputValue.Read(step.Json[Camel(name)], input), cancellationToken));
        }

        return string.Join("个", words).Replace("个小时", "小时", StringComparison.Ordinal).Replace("个分钟", "分钟", StringComparison.Ordinal);
    }

    private void Add(ChangeKind kind, string sentence, string? activityId, string? before = null, string? after = null) =>
        _changes.Add(new DefinitionChange(kind, sentence, activityId, before, after));

    private static ChangeKind KindOf(string input) => input switch
    {
        "RuleCode" or "StartsFrom" or "DueIn" or "TimeLimitId" or "TimeSpan" or "CronExpression" => ChangeKind.TimeLimit,
        "Department" or "Role" or "Assignees" or "Departments" => ChangeKind.Responsible,
        "Rungs" => ChangeKind.Ladder,
        _ => ChangeKind.Input,
    };

    private static string Camel(string name) => name.Length == 0 ? name : char.ToLowerInvariant(name[0]) + name[1..];

    private static string TypeName(DiagramStep step) => step.Descriptor?.DisplayName ?? step.Type;

    private static string Within(Diagram diagram, DiagramStep step) =>
        step.Container is { } container && diagram.Steps.TryGetValue(container, out var holder) && holder.Container is not null ? $"，位于{diagram.Quoted(container)}内" : "";

    private static string PortName(Diagram diagram, DiagramConnection connection) =>
        diagram.Steps.GetValueOrDefault(connection.Source)?.Descriptor?.Ports.FirstOrDefault(port => port.Name == connection.Port)?.DisplayName ?? PortNames.Of(connection.Port);

    private static string? Start(DiagramStep step) => Diagram.Text(step.Json["start"]);

    private static IEnumerable<string> Settings(JsonObject activity) => (activity["customProperties"] as JsonObject ?? []).Select(member => member.Key);

    private static string? Setting(JsonObject activity, string name) => (activity["customProperties"] as JsonObject)?[name] switch
    {
        null => null,
        JsonArray { Count: 0 } or JsonObject { Count: 0 } => null,
        JsonValue value when value.TryGetValue(out bool flag) => flag ? "true" : null,
        JsonValue value when value.TryGetValue(out string? text) => text.Length == 0 ? null : text,
        var other => other.ToJsonString(),
    };

    private static string SettingName(string setting) => setting switch
    {
        "canStartWorkflow" => "作为起点",
        "runAsynchronously" => "异步运行",
        "mergeMode" => "汇合方式",
        "logPersistenceConfig" => "记录留存",
        "commitStrategyName" => "提交策略",
        "resilienceStrategy" => "重试策略",
        _ => setting,
    };
}
