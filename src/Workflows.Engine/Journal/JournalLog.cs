using System.Collections;
using System.Text.Json.Nodes;
using Workflows.Engine.Execution;
using Workflows.Engine.Expressions;

namespace Workflows.Engine.Journal;

/// <summary>The log of one burst: recorded as small structs, made into <see cref="JournalRecord"/>s only when somebody reads them.</summary>
internal sealed class JournalLog(long firstSequence, DateTimeOffset timestamp) : IReadOnlyList<JournalRecord>
{
    private Entry[] _entries = new Entry[32];
    private JournalRecord?[]? _records;

    public int Count { get; private set; }

    public JournalRecord this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            if (_records is null || _records.Length < Count)
                Array.Resize(ref _records, Count);
            return _records[index] ??= Make(index);
        }
    }

    public void Add(ActivityExecutionContext context, string eventName, string? message)
    {
        if (Count == _entries.Length)
            Array.Resize(ref _entries, Count * 2);
        _entries[Count++] = new Entry(context, eventName, message);
    }

    public IEnumerator<JournalRecord> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private JournalRecord Make(int index)
    {
        var (context, eventName, message) = _entries[index];
        return new JournalRecord
        {
            Sequence = firstSequence + index,
            Timestamp = timestamp,
            EventName = eventName,
            ActivityInstanceId = context.Id,
            ParentActivityInstanceId = context.ParentActivityExecutionContext?.Id,
            ActivityId = context.ActivityId,
            ActivityType = context.Node.TypeName,
            ActivityTypeVersion = context.Node.TypeVersion,
            ActivityName = context.ActivityName,
            ActivityNodeId = context.NodeId,
            Message = message,
            Payload = eventName == JournalEvents.Completed ? PayloadOf(context) : null,
        };
    }

    private static JsonObject? PayloadOf(ActivityExecutionContext context)
    {
        if (context.Outcomes is null && !context.HasJournalData)
            return null;
        var payload = new JsonObject();
        if (context.Outcomes is { } outcomes)
            payload["Outcomes"] = new JsonArray([.. outcomes.Select(o => JsonValue.Create(o))]);
        if (context.HasJournalData)
        {
            foreach (var (name, value) in context.JournalData)
                payload[name] = ValueConversion.ToJsonOrNull(value);
        }

        return payload;
    }

    private readonly record struct Entry(ActivityExecutionContext Context, string EventName, string? Message);
}
