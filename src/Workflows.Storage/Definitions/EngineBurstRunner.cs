using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Workflows.Engine;
using Workflows.Engine.Activities;
using Workflows.Engine.Alterations;
using Workflows.Engine.Bursts;
using Workflows.Engine.Definitions;
using Workflows.Engine.State;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Providers;

namespace Workflows.Storage.Definitions;

/// <summary>Binds the spine to the engine. A definition is compiled once for each content and kept.</summary>
internal sealed class EngineBurstRunner(WorkflowEngine engine) : IBurstRunner
{
    private readonly ConcurrentDictionary<(string VersionId, string Hash), CompiledWorkflow> _compiled = new();

    public ValueTask<Burst> StartAsync(WorkflowDefinitionRow definition, BurstStart start, BurstContext context, CancellationToken cancellationToken) => engine.StartAsync(
        Compile(definition),
        new Workflows.Engine.StartWorkflow
        {
            InstanceId = start.InstanceId,
            Input = start.Input,
            CorrelationId = start.CorrelationId,
            Name = start.Name,
            ParentInstanceId = start.ParentInstanceId,
            TriggerActivityId = start.TriggerActivityId,
        },
        context,
        cancellationToken);

    public ValueTask<Burst> ResumeAsync(WorkflowDefinitionRow definition, string state, BurstResume resume, BurstContext context, CancellationToken cancellationToken) =>
        engine.ResumeAsync(Compile(definition), Read(state), new Workflows.Engine.ResumeBookmark(resume.BookmarkId, resume.Input), context, cancellationToken);

    public ValueTask<Burst> CancelAsync(WorkflowDefinitionRow definition, string state, string reason, BurstContext context, CancellationToken cancellationToken) =>
        engine.CancelAsync(Compile(definition), Read(state), reason, context, cancellationToken);

    public ValueTask<Burst> RetryAsync(WorkflowDefinitionRow definition, string state, IReadOnlyList<string>? activityInstanceIds, BurstContext context, CancellationToken cancellationToken) =>
        engine.RetryAsync(Compile(definition), Read(state), activityInstanceIds, context, cancellationToken);

    public ValueTask<MigratedBurst> MigrateAsync(WorkflowDefinitionRow from, WorkflowDefinitionRow to, string state, Migration migration, BurstContext context, CancellationToken cancellationToken) =>
        engine.MigrateAsync(Compile(from), Compile(to), Read(state), migration, context, cancellationToken);

    public ValueTask<Burst> SetVariablesAsync(WorkflowDefinitionRow definition, string state, IReadOnlyDictionary<string, JsonNode?> values, BurstContext context, CancellationToken cancellationToken) =>
        engine.SetVariablesAsync(Compile(definition), Read(state), values, context, cancellationToken);

    public string Serialize(WorkflowState state) => Encoding.UTF8.GetString(state.Serialize());

    public JsonNode? Output(WorkflowState state) => state.Output;

    public async ValueTask<BurstContext> BindAsync(BurstContext context, WorkflowDefinitionRow definition, DefinitionCatalog catalog, StoreConnection connection, CancellationToken cancellationToken)
    {
        await catalog.WarmAsync(connection, cancellationToken);
        return context with { ResolveWorkflow = reference => catalog.InMemory(reference) is { } row ? Compile(row) : null };
    }

    public IReadOnlyList<TriggerRow> Triggers(WorkflowDefinitionRow definition) =>
        [.. Compile(definition).Triggers.Where(t => t.Kind is not (TriggerKind.Timer or TriggerKind.Cron or TriggerKind.StartAt)).Select((t, i) => new TriggerRow
        {
            Id = $"{definition.VersionId}|{t.ActivityId}|{i}",
            DefinitionId = definition.DefinitionId,
            DefinitionVersionId = definition.VersionId,
            ActivityId = t.ActivityId,
            Name = t.Name,
            Hash = t.Hash,
            Payload = t.Payload?.ToJsonString(StorageJson.Options),
        })];

    public IReadOnlyList<ScheduleRow> Schedules(WorkflowDefinitionRow definition) =>
        [.. Compile(definition).Triggers.Where(t => t.Kind is TriggerKind.Timer or TriggerKind.Cron or TriggerKind.StartAt).Select((t, i) => new ScheduleRow
        {
            Id = $"{definition.VersionId}|{t.ActivityId}|{i}",
            Kind = t.Kind.ToString(),
            Expression = (t.Payload as JsonObject)?.FirstOrDefault().Value?.ToString() ?? "",
            DefinitionId = definition.DefinitionId,
            DefinitionVersionId = definition.VersionId,
            ActivityId = t.ActivityId,
            CreatedAt = definition.CreatedAt,
        })];

    private static WorkflowState Read(string state) => WorkflowState.Deserialize(Encoding.UTF8.GetBytes(state));

    private CompiledWorkflow Compile(WorkflowDefinitionRow definition) =>
        _compiled.GetOrAdd((definition.VersionId, definition.Hash), static (_, x) => x.engine.Compile(WorkflowDefinition.Parse(x.definition.Json)), (engine, definition));
}
