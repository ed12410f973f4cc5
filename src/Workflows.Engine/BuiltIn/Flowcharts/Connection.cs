using System.Text.Json.Nodes;
using Workflows.Engine.Activities;
using Workflows.Engine.Definitions;

namespace Workflows.Engine.BuiltIn.Flowcharts;

/// <summary>How flowcharts decide what runs next (Elsa concept).</summary>
public enum FlowchartExecutionMode
{
    /// <summary>The engine's default.</summary>
    Default,

    /// <summary>Tokens on connections.</summary>
    TokenBased,

    /// <summary>Counters of visits; every activity is a join.</summary>
    CounterBased,
}

/// <summary>A line of a flowchart (workflows built in C#).</summary>
/// <param name="Source">Where it starts.</param>
/// <param name="Target">Where it ends.</param>
/// <param name="SourcePort">Outcome that it follows; null follows completions without explicit outcomes.</param>
public sealed record Connection(Activity Source, Activity Target, string? SourcePort = "Done");

/// <summary>A line as it stands in a definition.</summary>
/// <param name="Source">Id of the source.</param>
/// <param name="SourcePort">Its port, or null.</param>
/// <param name="Target">Id of the target.</param>
/// <param name="TargetPort">Its port, or null; part of the identity only.</param>
internal readonly record struct ConnectionReference(string Source, string? SourcePort, string Target, string? TargetPort)
{
    /// <summary>Reads every form: nested ends, the flat legacy form, either casing, a wrapper, a single object.</summary>
    public static IEnumerable<ConnectionReference> ReadAll(JsonObject flowchart)
    {
        foreach (var entry in flowchart.List("connections").OfType<JsonObject>())
        {
            if (TryRead(entry) is { } connection)
                yield return connection;
        }
    }

    internal static ConnectionReference? TryRead(JsonObject entry)
    {
        var source = entry.Get("source");
        var target = entry.Get("target");
        if (source is JsonObject from && target is JsonObject to)
        {
            return from.Text("activity") is { } fromId && to.Text("activity") is { } toId
                ? new ConnectionReference(fromId, from.Text("port"), toId, to.Text("port"))
                : null;
        }

        return source is JsonValue s && s.TryGetValue(out string? sourceId) && target is JsonValue t && t.TryGetValue(out string? targetId)
            ? new ConnectionReference(sourceId, entry.Text("sourcePort"), targetId, entry.Text("targetPort"))
            : null;
    }
}
