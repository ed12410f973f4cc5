using System.Text.Json.Nodes;
using Workflows.Engine.Activities;
using Workflows.Engine.Alterations;
using Workflows.Engine.Bursts;
using Workflows.Engine.Conformance;
using Workflows.Engine.Definitions;
using Workflows.Engine.State;

namespace Workflows.Engine.Tests.Kit;

/// <summary>One instance under test; its state is serialised and read again before each burst.</summary>
internal sealed class Instance
{
    private readonly WorkflowEngine _engine;
    private int _burst;

    public Instance(JsonObject definition, WorkflowEngineOptions? options = null, ActivityRegistry? registry = null)
    {
        _engine = new WorkflowEngine(registry ?? ElsaConformance.Registry(), options);
        Workflow = _engine.Compile(WorkflowDefinition.Parse(definition));
    }

    public Instance(Activity root, params Variable[] variables)
    {
        _engine = new WorkflowEngine(ElsaConformance.Registry());
        Workflow = _engine.Compile(root, "code", variables);
    }

    public static DateTimeOffset Begin { get; } = new(2026, 12, 1, 1, 0, 0, TimeSpan.Zero);

    public CompiledWorkflow Workflow { get; private set; }

    public DateTimeOffset Now { get; set; } = Begin;

    public Func<BurstContext, BurstContext> Context { get; set; } = c => c;

    public Burst Last { get; private set; } = null!;

    public WorkflowState State => Last.State;

    public string Status => State.Status == WorkflowStatus.Running ? "Suspended" : State.SubStatus.ToString();

    public string Lines => string.Join(' ', Last.Lines);

    public string Waiting => string.Join(' ', State.Bookmarks.Select(b => b.ActivityId));

    public string Incidents => string.Join(' ', State.Incidents.Select(i => i.ActivityId));

    /// <summary>Activities that are not completed after the burst, as "id=status".</summary>
    public IEnumerable<string> Unfinished => Last.Executions.Where(e => e.Status == "Canceled").Select(e => $"{e.ActivityId}={e.Status}")
        .Concat(State.LiveActivities.Select(a => $"{a.Key}={a.Value}")).Order(StringComparer.Ordinal);

    public static Instance Started(JsonObject root, params (string Name, JsonNode? Value)[] properties) => new Instance(Json.Definition(root, properties)).Start();

    public static Instance StartedWithTokens(JsonObject root) =>
        new Instance(Json.Definition(root)).Start(properties: new() { ["Flowchart:ExecutionMode"] = "TokenBased" });

    public Instance Start(string? trigger = null, Dictionary<string, JsonNode?>? input = null, Dictionary<string, JsonNode?>? properties = null)
    {
        Last = Run(_engine.StartAsync(Workflow, new StartWorkflow { InstanceId = "i1", TriggerActivityId = trigger, Input = input ?? [], Properties = properties ?? [] }, NextContext()));
        return this;
    }

    /// <summary>Resumes whatever waits, one after the other, until nothing does.</summary>
    public Instance ResumeAll()
    {
        while (State.Bookmarks.Count > 0)
            ResumeBookmark(State.Bookmarks[0].Id);
        return this;
    }

    public Instance Resume(string activityId, Dictionary<string, JsonNode?>? input = null) =>
        ResumeBookmark(State.Bookmarks.Single(b => b.ActivityId == activityId).Id, input);

    public Instance ResumeBookmark(string bookmarkId, Dictionary<string, JsonNode?>? input = null)
    {
        var state = WorkflowState.Deserialize(State.Serialize());
        Last = Run(_engine.ResumeAsync(Workflow, state, new ResumeBookmark(bookmarkId, input ?? []), NextContext()));
        return this;
    }

    public Instance Cancel(string reason = "因测试取消")
    {
        var state = WorkflowState.Deserialize(State.Serialize());
        Last = Run(_engine.CancelAsync(Workflow, state, reason, NextContext()));
        return this;
    }

    /// <summary>Retries these executions, or all that faulted.</summary>
    public Instance Retry(params string[] activityInstanceIds)
    {
        var state = WorkflowState.Deserialize(State.Serialize());
        Last = Run(_engine.RetryAsync(Workflow, state, activityInstanceIds.Length > 0 ? activityInstanceIds : null, NextContext()));
        return this;
    }

    /// <summary>Takes the instance to another definition with the same id.</summary>
    public MigrationReport Migrate(JsonObject definition, Migration? migration = null)
    {
        var to = _engine.Compile(WorkflowDefinition.Parse(definition));
        var state = WorkflowState.Deserialize(State.Serialize());
        var migrated = _engine.MigrateAsync(Workflow, to, state, migration ?? new Migration(), NextContext()).AsTask().GetAwaiter().GetResult();
        Workflow = to;
        Last = migrated.Burst;
        return migrated.Report;
    }

    /// <summary>Sets a variable of the workflow.</summary>
    public Instance Set(string variableId, JsonNode? value)
    {
        var state = WorkflowState.Deserialize(State.Serialize());
        Last = Run(_engine.SetVariablesAsync(Workflow, state, new Dictionary<string, JsonNode?> { [variableId] = value }, NextContext()));
        return this;
    }

    private static Burst Run(ValueTask<Burst> burst) => burst.AsTask().GetAwaiter().GetResult();

    private BurstContext NextContext() => Context(new BurstContext { Now = Now, Ids = new IdSource($"test/{++_burst}"), Limits = BurstLimits.Default with { MaxTime = TimeSpan.FromMinutes(5) } });
}
