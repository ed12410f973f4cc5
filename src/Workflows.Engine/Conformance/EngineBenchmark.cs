using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Workflows.Engine.Activities;
using Workflows.Engine.Bursts;
using Workflows.Engine.Definitions;

namespace Workflows.Engine.Conformance;

/// <summary>
/// Measures how many activities a second one core executes in memory: whole instances from start to end, with ids, journal,
/// execution records and final state, but without storing them (the log is recorded and not yet written out).
/// </summary>
public static class EngineBenchmark
{
    private const int InstancesPerClockReading = 64;
    private const int Windows = 10;

    /// <summary>Runs instances of a definition for a while.</summary>
    /// <param name="definition">What to run; null for a flowchart of ten activities in a row with literal inputs.</param>
    /// <param name="duration">How long to measure, after a warm-up of a quarter of it.</param>
    /// <param name="registry">Activity types; null for the built-in ones and those of the conformance cases.</param>
    /// <returns>
    /// Activity executions a second in the best of ten windows of that time (what the core does while nothing else takes it);
    /// the workflow and its flowchart are not counted.
    /// </returns>
    public static double Run(WorkflowDefinition? definition, TimeSpan duration, ActivityRegistry? registry = null)
    {
        var engine = new WorkflowEngine(registry ?? ElsaConformance.Registry());
        var workflow = engine.Compile(definition ?? TenInARow());
        RunFor(engine, workflow, duration / 4);
        var best = 0.0;
        for (var window = 0; window < Windows; window++)
            best = Math.Max(best, RunFor(engine, workflow, duration / Windows));
        return best;
    }

    /// <summary>A flowchart: a start and nine more, each with a literal input.</summary>
    public static WorkflowDefinition TenInARow()
    {
        var activities = new JsonArray(new JsonObject { ["id"] = "a0", ["type"] = "Elsa.Start", ["version"] = 1 });
        var connections = new JsonArray();
        for (var i = 1; i < 10; i++)
        {
            activities.Add(new JsonObject
            {
                ["id"] = Id(i),
                ["type"] = i % 3 == 0 ? "Elsa.FlowDecision" : "Elsa.SetName",
                ["version"] = 1,
                ["value"] = new JsonObject { ["typeName"] = "String", ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = "x" } },
                ["condition"] = new JsonObject { ["typeName"] = "Boolean", ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = true } },
            });
            connections.Add(new JsonObject
            {
                ["source"] = new JsonObject { ["activity"] = Id(i - 1), ["port"] = i > 1 && (i - 1) % 3 == 0 ? "True" : "Done" },
                ["target"] = new JsonObject { ["activity"] = Id(i), ["port"] = "In" },
            });
        }

        return WorkflowDefinition.Parse(new JsonObject
        {
            ["id"] = "ten-v1",
            ["definitionId"] = "ten",
            ["version"] = 1,
            ["root"] = new JsonObject { ["id"] = "Flowchart1", ["type"] = "Elsa.Flowchart", ["version"] = 1, ["activities"] = activities, ["connections"] = connections },
        });
    }

    private static string Id(int number) => "a" + number.ToString(CultureInfo.InvariantCulture);

    private static double RunFor(WorkflowEngine engine, CompiledWorkflow workflow, TimeSpan duration)
    {
        var context = new BurstContext { Now = new DateTimeOffset(2026, 11, 21, 8, 0, 0, TimeSpan.Zero), Ids = new IdSource("bench") };
        var start = new StartWorkflow { InstanceId = "bench" };
        var executed = 0L;
        var began = Stopwatch.GetTimestamp();
        TimeSpan elapsed;
        do
        {
            for (var i = 0; i < InstancesPerClockReading; i++)
            {
                var burst = engine.StartAsync(workflow, start, context).AsTask().GetAwaiter().GetResult();
                // The workflow and its root are containers.
                executed += burst.Executions.Count - 2;
            }

            elapsed = Stopwatch.GetElapsedTime(began);
        }
        while (elapsed < duration);
        return executed / elapsed.TotalSeconds;
    }
}
