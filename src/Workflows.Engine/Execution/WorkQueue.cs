using System.Text.Json.Nodes;
using Workflows.Engine.Bookmarks;
using Workflows.Engine.Compilation;

namespace Workflows.Engine.Execution;

/// <summary>One thing to do: execute a child, or resume a waiting execution.</summary>
internal readonly record struct WorkItem(
    ActivityNode Node, ActivityExecutionContext? Owner, ActivityCompletionCallback? Callback, WorkItemDetails? Details);

/// <summary>What few work items have.</summary>
internal sealed class WorkItemDetails
{
    public object? Tag { get; init; }

    public DynamicVariable[]? Variables { get; init; }

    /// <summary>The execution to resume, with its bookmark.</summary>
    public ActivityExecutionContext? Existing { get; init; }

    public Bookmark? Bookmark { get; init; }

    /// <summary>The existing execution faulted and begins anew.</summary>
    public bool StartsOver { get; init; }

    public IReadOnlyDictionary<string, JsonNode?>? Input { get; init; }

    /// <summary>Reached through a backward connection of a flowchart.</summary>
    public bool Backward { get; init; }
}

/// <summary>The one queue of a burst, first in first out; a ring that grows.</summary>
internal sealed class WorkQueue
{
    private WorkItem[] _items = new WorkItem[16];
    private int _head;

    public int Count { get; private set; }

    public void Enqueue(in WorkItem item)
    {
        if (Count == _items.Length)
            Grow();
        _items[(_head + Count) & (_items.Length - 1)] = item;
        Count++;
    }

    public bool TryDequeue(out WorkItem item)
    {
        if (Count == 0)
        {
            item = default;
            return false;
        }

        item = _items[_head];
        _items[_head] = default;
        _head = (_head + 1) & (_items.Length - 1);
        Count--;
        return true;
    }

    /// <summary>Takes out what the owner has scheduled and what has not begun.</summary>
    public void Withdraw(ActivityExecutionContext owner)
    {
        var kept = 0;
        for (var i = 0; i < Count; i++)
        {
            ref var item = ref _items[(_head + i) & (_items.Length - 1)];
            if (ReferenceEquals(item.Owner, owner))
                continue;
            _items[(_head + kept++) & (_items.Length - 1)] = item;
        }

        for (var i = kept; i < Count; i++)
            _items[(_head + i) & (_items.Length - 1)] = default;
        Count = kept;
        owner.QueuedWork = 0;
    }

    public void Clear()
    {
        while (TryDequeue(out var item))
        {
            if (item.Owner is { } owner)
                owner.QueuedWork = 0;
        }
    }

    private void Grow()
    {
        var larger = new WorkItem[_items.Length * 2];
        for (var i = 0; i < Count; i++)
            larger[i] = _items[(_head + i) & (_items.Length - 1)];
        _items = larger;
        _head = 0;
    }
}
