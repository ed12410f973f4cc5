using System.Text.Json.Nodes;
using Workflows.Engine.Activities;
using Workflows.Engine.Compilation;
using Workflows.Engine.Execution;
using Workflows.Engine.Expressions;

namespace Workflows.Engine.Alterations;

/// <summary>What an activity that waits on in a new version is told of it.</summary>
public sealed class MigrationContext
{
    private readonly ActivityNode _before;
    private readonly ActivityExecutionContext _context;

    internal MigrationContext(ActivityNode before, ActivityExecutionContext context, TimerPolicy timers)
    {
        _before = before;
        _context = context;
        Timers = timers;
    }

    /// <summary>What becomes of timers whose settings differ.</summary>
    public TimerPolicy Timers { get; }

    internal List<MigratedTimer> Told { get; } = [];

    /// <summary>Whether one of these inputs is another one in the new version, by what the diagrams say.</summary>
    public bool IsChanged(params ReadOnlySpan<string> inputs)
    {
        foreach (var name in inputs)
        {
            if (!AreEqual(InputOf(_before, name), InputOf(_context.Node, name)))
                return true;
        }

        return false;
    }

    /// <summary>The value of an input in the old version, where the diagram says it as a fixed value; else the default.</summary>
    public T? Before<T>(string input) =>
        InputOf(_before, input) is { } value && (value.IsConstant || value.Expression?.Type is "Literal" or "Object" or "Json")
            ? ValueConversion.To<T>(value.Evaluate(_context))
            : default;

    /// <summary>Adds a due time that no bookmark holds, such as that of a task, to the report.</summary>
    public void Tell(string? name, DateTimeOffset? before, DateTimeOffset? after) => Told.Add(new MigratedTimer(_context.ActivityId, name, before, after));

    private static Input? InputOf(ActivityNode node, string name)
    {
        var slot = Array.IndexOf(node.InputNames, name);
        return slot < 0 ? null : node.Inputs[slot];
    }

    private static bool AreEqual(Input? one, Input? other)
    {
        if (one is null || other is null)
            return one is null && other is null;
        if (one.IsConstant && other.IsConstant)
            return Equals(one.ConstantValue, other.ConstantValue);
        return one.Expression is { } first && other.Expression is { } second && first.Type == second.Type && JsonNode.DeepEquals(first.Value, second.Value);
    }
}
