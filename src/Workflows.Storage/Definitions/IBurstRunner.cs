using System.Text.Json.Nodes;
using Workflows.Engine.Alterations;
using Workflows.Engine.Bursts;
using Workflows.Engine.State;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Providers;

namespace Workflows.Storage.Definitions;

/// <summary>What the spine needs of the engine.</summary>
internal interface IBurstRunner
{
    /// <summary>Runs a new instance until it is idle.</summary>
    ValueTask<Burst> StartAsync(WorkflowDefinitionRow definition, BurstStart start, BurstContext context, CancellationToken cancellationToken);

    /// <summary>Resumes a bookmark and runs until idle.</summary>
    ValueTask<Burst> ResumeAsync(WorkflowDefinitionRow definition, string state, BurstResume resume, BurstContext context, CancellationToken cancellationToken);

    /// <summary>Cancels an instance for a reason.</summary>
    ValueTask<Burst> CancelAsync(WorkflowDefinitionRow definition, string state, string reason, BurstContext context, CancellationToken cancellationToken);

    /// <summary>Executes faulted activities again; null ids mean all of them.</summary>
    ValueTask<Burst> RetryAsync(WorkflowDefinitionRow definition, string state, IReadOnlyList<string>? activityInstanceIds, BurstContext context, CancellationToken cancellationToken);

    /// <summary>Takes an instance to another version of its definition.</summary>
    ValueTask<MigratedBurst> MigrateAsync(WorkflowDefinitionRow from, WorkflowDefinitionRow to, string state, Migration migration, BurstContext context, CancellationToken cancellationToken);

    /// <summary>Sets variables of a running workflow by their ids.</summary>
    ValueTask<Burst> SetVariablesAsync(WorkflowDefinitionRow definition, string state, IReadOnlyDictionary<string, JsonNode?> values, BurstContext context, CancellationToken cancellationToken);

    /// <summary>The state as text.</summary>
    string Serialize(WorkflowState state);

    /// <summary>The workflow's outputs, for the parent that waits for them.</summary>
    JsonNode? Output(WorkflowState state);

    /// <summary>Gives the context what the definition needs of others: the workflows that it uses as activities.</summary>
    ValueTask<BurstContext> BindAsync(BurstContext context, WorkflowDefinitionRow definition, DefinitionCatalog catalog, StoreConnection connection, CancellationToken cancellationToken);

    /// <summary>The stimuli that start instances of a definition.</summary>
    IReadOnlyList<TriggerRow> Triggers(WorkflowDefinitionRow definition);

    /// <summary>The times at which instances of a definition start by themselves.</summary>
    IReadOnlyList<ScheduleRow> Schedules(WorkflowDefinitionRow definition);
}

/// <summary>How an instance starts.</summary>
internal sealed record BurstStart(
    string InstanceId,
    IReadOnlyDictionary<string, JsonNode?> Input,
    string? CorrelationId,
    string? Name,
    string? ParentInstanceId,
    string? TriggerActivityId);

/// <summary>How an instance goes on.</summary>
/// <param name="BookmarkId">Bookmark to resume.</param>
/// <param name="Input">What the activity receives.</param>
/// <param name="ByTimer">Whether its due time has come, rather than somebody's answer.</param>
internal sealed record BurstResume(string BookmarkId, IReadOnlyDictionary<string, JsonNode?> Input, bool ByTimer);
