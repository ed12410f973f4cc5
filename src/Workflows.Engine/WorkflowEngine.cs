using System.Text.Json.Nodes;
using Workflows.Engine.Activities;
using Workflows.Engine.Alterations;
using Workflows.Engine.BuiltIn;
using Workflows.Engine.Bursts;
using Workflows.Engine.Compilation;
using Workflows.Engine.Definitions;
using Workflows.Engine.Execution;
using Workflows.Engine.Expressions;
using Workflows.Engine.Journal;
using Workflows.Engine.State;

namespace Workflows.Engine;

/// <summary>How an instance is started.</summary>
public sealed record StartWorkflow
{
    /// <summary>Id of the new instance.</summary>
    public required string InstanceId { get; init; }

    /// <summary>Correlation id, or null.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Name, or null.</summary>
    public string? Name { get; init; }

    /// <summary>Instance that dispatched it, or null.</summary>
    public string? ParentInstanceId { get; init; }

    /// <summary>The activity that is triggered, or null for the usual start.</summary>
    public string? TriggerActivityId { get; init; }

    /// <summary>Workflow inputs by name.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Input { get; init; } = WorkflowExecutionContext.EmptyInput;

    /// <summary>Properties of the instance, such as <c>Flowchart:ExecutionMode</c>.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Properties { get; init; } = WorkflowExecutionContext.EmptyInput;
}

/// <summary>Resumes a bookmark.</summary>
/// <param name="BookmarkId">Which one; an unknown one changes nothing.</param>
/// <param name="Input">What the stimulus brings; empty for a timer that is due.</param>
public sealed record ResumeBookmark(string BookmarkId, IReadOnlyDictionary<string, JsonNode?> Input);

/// <summary>
/// Runs workflow instances in memory, one burst at a time. Thread-safe; knows no store: the caller keeps the state between bursts.
/// A state that is given in is only read, so a burst that throws leaves it as it was.
/// </summary>
public sealed class WorkflowEngine
{
    private readonly ActivityRegistry _registry;
    private readonly ExpressionCompiler _expressions;

    /// <summary>Creates an engine.</summary>
    /// <param name="registry">The activity types.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    public WorkflowEngine(ActivityRegistry registry, WorkflowEngineOptions? options = null)
    {
        _registry = registry;
        Options = options ?? new WorkflowEngineOptions();
        _expressions = new ExpressionCompiler(Options.ExpressionEvaluators);
    }

    /// <summary>The settings.</summary>
    public WorkflowEngineOptions Options { get; }

    /// <summary>Compiles a definition; do it once per version. Faults of the definition that only concern single steps show when the step is reached.</summary>
    /// <exception cref="DefinitionFormatException">There is no root activity, or a bound is exceeded.</exception>
    public CompiledWorkflow Compile(WorkflowDefinition definition)
    {
        var root = definition.Root ?? throw new DefinitionFormatException("流程定义没有 root 活动。");
        var workflow = new CompiledWorkflow
        {
            DefinitionId = definition.DefinitionId,
            VersionId = definition.Id,
            Version = definition.Version,
            Name = definition.Name,
            Inputs = definition.Inputs,
            Outputs = definition.Outputs,
            Definition = definition,
            IncidentStrategy = definition.IncidentStrategyType,
            UsesModernTooling = definition.UsesModernTooling,
        };
        var builder = new GraphBuilder(_registry, Options, _expressions);
        builder.Build(workflow, new Workflow { Root = new ActivityReader(_registry, Options).Read(root), Variables = definition.Variables });
        return workflow;
    }

    /// <summary>Compiles a workflow built in C#. An activity object may stand in one compiled workflow only.</summary>
    /// <param name="root">Root activity.</param>
    /// <param name="definitionId">Logical id.</param>
    /// <param name="variables">Workflow variables.</param>
    public CompiledWorkflow Compile(Activity root, string definitionId = "code", params IReadOnlyList<Variable> variables)
    {
        var workflow = new CompiledWorkflow { DefinitionId = definitionId, VersionId = definitionId + "-v1", Version = 1, UsesModernTooling = true };
        new GraphBuilder(_registry, Options, _expressions).Build(workflow, new Workflow { Root = root, Variables = variables });
        return workflow;
    }

    /// <summary>Starts an instance and runs it until it is idle.</summary>
    /// <exception cref="BurstLimitException">A bound of the burst is reached.</exception>
    public async ValueTask<Burst> StartAsync(CompiledWorkflow workflow, StartWorkflow start, BurstContext context, CancellationToken ct = default)
    {
        var run = new WorkflowExecutionContext(this, workflow, context, start.InstanceId, 0, ct)
        {
            CorrelationId = start.CorrelationId,
            Name = start.Name,
            ParentWorkflowInstanceId = start.ParentInstanceId,
            TriggerActivityId = start.TriggerActivityId,
            Input = start.Input,
            IsStarting = true,
        };
        if (start.Properties.Count > 0)
            run.Properties = new JsonObject(start.Properties.Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())));
        run.EnqueueRoot();
        await run.RunAsync();
        return Finish(run, null, workflow.KeepInput(start.Input), context.Now);
    }

    /// <summary>Resumes a bookmark and runs until idle. An unknown bookmark or a finished instance changes nothing.</summary>
    /// <exception cref="BurstLimitException">A bound of the burst is reached.</exception>
    public async ValueTask<Burst> ResumeAsync(CompiledWorkflow workflow, WorkflowState state, ResumeBookmark resume, BurstContext context, CancellationToken ct = default)
    {
        var known = state.Status == WorkflowStatus.Running && state.Bookmarks.Exists(b => b.Id == resume.BookmarkId);
        if (!known)
            return Unchanged(state);
        var run = Restore(workflow, state, context, ct);
        if (run.Bookmarks.Find(b => b.Id == resume.BookmarkId) is not { } bookmark)
            return Unchanged(state);
        if (resume.Input.Count > 0)
        {
            var input = new Dictionary<string, JsonNode?>(run.Input);
            foreach (var (name, value) in resume.Input)
                input[name] = value;
            run.Input = input;
        }

        run.EnqueueResume(bookmark, null);
        await run.RunAsync();
        return Finish(run, state, state.Input, state.CreatedAt);
    }

    /// <summary>
    /// Executes faulted activities again from their beginning (Elsa's retry): their incidents go, and what the failed try left standing below and
    /// beside them is withdrawn first. An instance that ended by the fault runs again, with the waits that it had. An instance that
    /// completed or was cancelled, and one without such a fault, stays as it is.
    /// </summary>
    /// <param name="workflow">What it runs.</param>
    /// <param name="state">Its state.</param>
    /// <param name="activityInstanceIds">Which executions; null for all that faulted.</param>
    /// <param name="context">What the burst may know of the outside.</param>
    /// <param name="ct">Abandons the burst.</param>
    /// <exception cref="BurstLimitException">A bound of the burst is reached.</exception>
    public async ValueTask<Burst> RetryAsync(
        CompiledWorkflow workflow, WorkflowState state, IReadOnlyCollection<string>? activityInstanceIds, BurstContext context, CancellationToken ct = default)
    {
        if (state.SubStatus is WorkflowSubStatus.Finished or WorkflowSubStatus.Cancelled)
            return Unchanged(state);
        var run = Restore(workflow, state, context, ct);
        run.EnqueueRetries(activityInstanceIds);
        if (run.Retried.Count == 0)
            return Unchanged(state);
        await run.RunAsync();
        var burst = Finish(run, state, state.Input, state.CreatedAt);
        // The store let go of the waits when the instance ended.
        return state.Status == WorkflowStatus.Finished ? burst with { AddedBookmarks = [.. run.Bookmarks] } : burst;
    }

    /// <summary>Cancels an instance with everything that runs in it. A finished instance stays as it is.</summary>
    public async ValueTask<Burst> CancelAsync(CompiledWorkflow workflow, WorkflowState state, string reason, BurstContext context, CancellationToken ct = default)
    {
        if (state.Status != WorkflowStatus.Running)
            return Unchanged(state);
        var run = Restore(workflow, state, context, ct);
        await run.CancelAsync(reason);
        return Finish(run, state, state.Input, state.CreatedAt);
    }

    /// <summary>Takes an instance to another version of its definition. A migration that is refused, or that throws, leaves the state as it was.</summary>
    /// <exception cref="MigrationRefusedException">It cannot be migrated; the exception says every reason.</exception>
    /// <exception cref="BurstLimitException">A bound of the burst is reached.</exception>
    public ValueTask<MigratedBurst> MigrateAsync(CompiledWorkflow from, CompiledWorkflow to, WorkflowState state, Migration migration, BurstContext context, CancellationToken ct = default) =>
        // A fault in the new version refuses the migration: an instance is never left half way.
        new InstanceMigration(this, from, to, state, migration, context with { Refuses = static _ => true }, ct).RunAsync();

    /// <summary>Sets variables of a workflow that is running, or that has faulted and waits for its retry; any other stays as it is.</summary>
    /// <exception cref="VariableException">There is no such variable, or the value is not of its type.</exception>
    public async ValueTask<Burst> SetVariablesAsync(
        CompiledWorkflow workflow, WorkflowState state, IReadOnlyDictionary<string, JsonNode?> values, BurstContext context, CancellationToken ct = default)
    {
        if (state.Status != WorkflowStatus.Running && state.SubStatus != WorkflowSubStatus.Faulted)
            return Unchanged(state);
        var run = Restore(workflow, state, context, ct);
        foreach (var (id, value) in values)
        {
            var block = run.Root?.FindOwnVariableById(id) ?? throw new VariableException(id, $"流程没有变量“{id}”：请核对变量编号。");
            var given = ValueConversion.FromJson(value);
            if (!ValueConversion.TryTo(given, block.Declaration.Type, out var converted) || (given is not null && converted is null))
                throw new VariableException(id, $"变量“{block.Declaration.Name}”的类型是 {block.Declaration.TypeName}，给出的值不符：请更正。");
            block.Set(converted);
            run.Log(run.Root, JournalEvents.VariableSet, id);
        }

        if (state.Status == WorkflowStatus.Running)
            await run.RunAsync();
        else
            run.StayFaulted(state.FinishedAt);
        return Finish(run, state, state.Input, state.CreatedAt);
    }

    private static Burst Unchanged(WorkflowState state) => new() { State = state, Changed = false };

    internal WorkflowExecutionContext Restore(CompiledWorkflow workflow, WorkflowState state, BurstContext context, CancellationToken ct)
    {
        var run = new WorkflowExecutionContext(this, workflow, context, state.Id, state.ExecutionLogSequence, ct);
        if (state.Input.Count > 0)
            run.Input = state.Input.ToDictionary(p => p.Key, p => p.Value);
        StateCapture.Restore(run, state);
        return run;
    }

    private static Burst Finish(WorkflowExecutionContext run, WorkflowState? before, JsonObject keptInput, DateTimeOffset createdAt) => new()
    {
        State = StateCapture.Capture(run, before, keptInput, createdAt),
        AddedBookmarks = before is null ? [.. run.Bookmarks] : [.. run.Bookmarks.Where(b => !before.Bookmarks.Exists(old => old.Id == b.Id))],
        RemovedBookmarkIds = before is null ? [] : [.. before.Bookmarks.Where(old => !run.Bookmarks.Exists(b => b.Id == old.Id)).Select(b => b.Id)],
        Journal = run.Journal,
        Executions = run.Executions,
        Effects = run.Effects,
        Lines = run.Lines,
    };
}

/// <summary>A variable cannot be set.</summary>
/// <param name="variableId">Its id.</param>
/// <param name="message">What is wrong and what to do.</param>
public sealed class VariableException(string variableId, string message) : Exception(message)
{
    /// <summary>Its id.</summary>
    public string VariableId { get; } = variableId;
}
