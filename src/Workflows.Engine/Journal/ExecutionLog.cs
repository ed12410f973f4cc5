using System.Collections;
using System.Text.Json.Nodes;
using Workflows.Engine.Execution;
using Workflows.Engine.Expressions;

namespace Workflows.Engine.Journal;

/// <summary>The activity executions that one burst touched; the records are made when somebody reads them.</summary>
internal sealed class ExecutionLog : IReadOnlyList<ActivityExecutionRecord>
{
    private readonly List<ActivityExecutionContext> _contexts = new(16);
    private ActivityExecutionRecord?[]? _records;

    public int Count => _contexts.Count;

    public ActivityExecutionRecord this[int index]
    {
        get
        {
            if (_records is null || _records.Length < Count)
                Array.Resize(ref _records, Count);
            return _records[index] ??= Make(_contexts[index]);
        }
    }

    public void Add(ActivityExecutionContext context) => _contexts.Add(context);

    public IEnumerator<ActivityExecutionRecord> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal static JsonObject? InputsOf(ActivityExecutionContext context)
    {
        JsonObject? inputs = null;
        for (var slot = 0; slot < context.Node.Inputs.Length; slot++)
        {
            if (context.Node.Inputs[slot] is not { } input || context.Node.SensitiveSlots.Contains(slot))
                continue;
            var value = input.IsConstant ? input.ConstantValue : context.InputValues?[slot];
            if (value is not null && ValueConversion.ToJsonOrNull(value) is { } node)
                (inputs ??= [])[context.Node.InputNames[slot]] = node;
        }

        return inputs;
    }

    private static ActivityExecutionRecord Make(ActivityExecutionContext context)
    {
        JsonObject? outputs = null;
        for (var slot = 0; slot < context.OutputValues?.Length; slot++)
        {
            if (ValueConversion.ToJsonOrNull(context.OutputValues[slot]) is { } node)
                (outputs ??= [])[context.Node.Outputs[slot].Name] = node;
        }

        return new ActivityExecutionRecord
        {
            Id = context.Id,
            ParentId = context.ParentActivityExecutionContext?.Id,
            ActivityId = context.ActivityId,
            ActivityNodeId = context.NodeId,
            ActivityType = context.Node.TypeName,
            ActivityTypeVersion = context.Node.TypeVersion,
            ActivityName = context.ActivityName,
            Status = context.Status.ToString(),
            StartedAt = context.StartedAt,
            CompletedAt = context.CompletedAt,
            HasBookmarks = context.BookmarkCount > 0,
            Outcomes = context.Outcomes,
            Inputs = InputsOf(context),
            Outputs = outputs,
            Exception = context.Exception?.Message,
            AggregateFaultCount = context.FaultCount,
        };
    }
}
