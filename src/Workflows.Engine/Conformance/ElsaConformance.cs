using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Engine.Activities;
using Workflows.Engine.Bursts;
using Workflows.Engine.Definitions;
using Workflows.Engine.State;

namespace Workflows.Engine.Conformance;

/// <summary>A step of a case that went otherwise than expected.</summary>
/// <param name="Case">Name of the case.</param>
/// <param name="Step">Number of the step, from 1; 0 when the case could not be run.</param>
/// <param name="Difference">What differs.</param>
public sealed record ConformanceFailure(string Case, int Step, string Difference);

/// <summary>Result of a conformance file.</summary>
/// <param name="Total">Number of cases.</param>
/// <param name="Failures">What differs, at most one entry a case.</param>
public sealed record ConformanceReport(int Total, IReadOnlyList<ConformanceFailure> Failures)
{
    /// <summary>Number of cases in which every step was as expected.</summary>
    public int Passed => Total - Failures.Count;
}

/// <summary>
/// Runs a file of Elsa conformance cases: definitions with the steps that the genuine engine took. The state is serialised and
/// read again between steps, so that persistence is tried as well.
/// </summary>
public static class ElsaConformance
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);

    /// <summary>A busy machine must not fail a case.</summary>
    private static readonly BurstLimits Patient = BurstLimits.Default with { MaxTime = TimeSpan.FromMinutes(1) };

    /// <summary>Runs all cases.</summary>
    /// <param name="cases">A list of <c>{name, definition, steps}</c>, or an object with such a list as <c>cases</c>.</param>
    /// <exception cref="FormatException">The file is no such list.</exception>
    public static ConformanceReport Run(JsonDocument cases)
    {
        var root = cases.RootElement;
        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("cases", out var inner))
            root = inner;
        if (root.ValueKind != JsonValueKind.Array)
            throw new FormatException("符合性文件应为用例的数组。");
        var engine = new WorkflowEngine(Registry());
        var failures = new List<ConformanceFailure>();
        var total = 0;
        foreach (var entry in root.EnumerateArray())
        {
            total++;
            if (JsonNode.Parse(entry.GetRawText()) is not JsonObject o || o["definition"] is not JsonObject || o["steps"] is not JsonArray)
                failures.Add(new ConformanceFailure($"#{total}", 0, "用例缺少 definition 或 steps。"));
            else if (RunCase(engine, o) is { } failure)
                failures.Add(failure);
        }

        return new ConformanceReport(total, failures);
    }

    /// <summary>The built-in activities and the five of the cases.</summary>
    internal static ActivityRegistry Registry() => new ActivityRegistry().Register<Tick>().Register<Fail>().Register<Emit>().Register<Block>().Register<Upper>();

    private static ConformanceFailure? RunCase(WorkflowEngine engine, JsonObject entry)
    {
        var name = entry.Text("name") ?? "?";
        var step = 0;
        try
        {
            var workflow = engine.Compile(WorkflowDefinition.Parse(entry["definition"]!));
            Burst? burst = null;
            foreach (var expected in entry.List("steps").OfType<JsonObject>())
            {
                step++;
                var context = new BurstContext { Now = Now.AddSeconds(step), Ids = new IdSource($"{name}/{step}"), Limits = Patient };
                var before = burst is null ? null : WorkflowState.Deserialize(burst.State.Serialize());
                if (expected.Text("step") == "start")
                {
                    burst = engine.StartAsync(workflow, Start(entry, expected, name), context).AsTask().GetAwaiter().GetResult();
                }
                else
                {
                    var activity = expected.Text("activity");
                    var bookmark = before?.Bookmarks.Find(b => b.ActivityId == activity);
                    if (before is null || bookmark is null)
                        return new ConformanceFailure(name, step, $"没有活动 {activity} 的书签可恢复。");
                    burst = engine.ResumeAsync(workflow, before, new ResumeBookmark(bookmark.Id, InputOf(expected)), context).AsTask().GetAwaiter().GetResult();
                }

                if (Compare(expected, burst) is { } difference)
                    return new ConformanceFailure(name, step, difference);
            }

            return null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return new ConformanceFailure(name, step, $"{e.GetType().Name}: {e.Message}");
        }
    }

    private static StartWorkflow Start(JsonObject entry, JsonObject step, string name) => new()
    {
        InstanceId = name,
        Input = InputOf(step.ContainsKey("input") ? step : entry),
        TriggerActivityId = step.Text("trigger"),
        Properties = entry.Text("mode") is { } mode ? new Dictionary<string, JsonNode?> { ["Flowchart:ExecutionMode"] = mode } : new Dictionary<string, JsonNode?>(),
    };

    private static Dictionary<string, JsonNode?> InputOf(JsonObject o) =>
        o["input"] is JsonObject input ? input.ToDictionary(p => p.Key, p => p.Value?.DeepClone()) : [];

    private static string? Compare(JsonObject expected, Burst burst)
    {
        var state = burst.State;
        var status = state.Status == WorkflowStatus.Running ? "Suspended" : state.SubStatus.ToString();
        if (expected.Text("status") is { } wanted && wanted != status)
            return $"status：应为 {wanted}，实为 {status}{Reasons(state)}";
        return CompareLists("output", Texts(expected["output"]), burst.Lines)
            ?? CompareLists("bookmarks", Sorted(Texts(expected["bookmarks"])), Sorted(state.Bookmarks.Select(b => b.ActivityId)))
            ?? CompareLists("incidents", Sorted(Texts(expected["incidents"])), Sorted(state.Incidents.Select(i => i.ActivityId)))
            ?? CompareLists("unfinished", Sorted(Pairs(expected["unfinished"])), Sorted(Unfinished(burst)));
    }

    private static string Reasons(WorkflowState state) =>
        state.Incidents.Count == 0 ? "" : "（" + string.Join("；", state.Incidents.Select(i => $"{i.ActivityId}: {i.Message} {i.Cause}")) + "）";

    /// <summary>Executions that are not completed: those that the state keeps, and those that this burst cancelled.</summary>
    private static IEnumerable<string> Unfinished(Burst burst) => burst.Executions
        .Where(e => e.Status == "Canceled")
        .Select(e => $"{e.ActivityId}={e.Status}")
        .Concat(burst.State.LiveActivities.Select(a => $"{a.Key}={a.Value}"))
        .Distinct();

    private static string? CompareLists(string what, IEnumerable<string> expected, IEnumerable<string> actual)
    {
        var (wanted, got) = (string.Join(" | ", expected), string.Join(" | ", actual));
        return wanted == got ? null : $"{what}：应为 [{wanted}]，实为 [{got}]";
    }

    private static IEnumerable<string> Sorted(IEnumerable<string> texts) => texts.Order(StringComparer.Ordinal);

    private static IEnumerable<string> Texts(JsonNode? node) => JsonReading.Entries(node).Select(n => n?.ToString() ?? "");

    private static IEnumerable<string> Pairs(JsonNode? node) => node is JsonObject o ? o.Select(p => $"{p.Key}={p.Value}") : [];
}
