using System.Text.Json.Nodes;

namespace Workflows.Host.Elsa.Definitions;

// How the definitions API is described in OpenAPI. Bodies are read as JSON, not into these, so that members of which this
// service knows nothing are kept.

/// <summary>A definition as Elsa's clients send and receive it; further members are kept as they are.</summary>
internal record DefinitionShape
{
    /// <summary>Id of this version; ignored when sent.</summary>
    public string? Id { get; init; }

    /// <summary>Logical id of all versions; null when sent makes a new definition.</summary>
    public string? DefinitionId { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    /// <summary>Version of Elsa's tools that made it; decides how scripts find outputs.</summary>
    public string? ToolVersion { get; init; }

    public int? Version { get; init; }

    public bool? IsLatest { get; init; }

    public bool? IsPublished { get; init; }

    public bool? IsReadonly { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public JsonArray? Variables { get; init; }

    public JsonArray? Inputs { get; init; }

    public JsonArray? Outputs { get; init; }

    public JsonArray? Outcomes { get; init; }

    public JsonObject? Options { get; init; }

    public JsonObject? CustomProperties { get; init; }

    /// <summary>The root activity with everything inside.</summary>
    public JsonObject? Root { get; init; }
}

/// <summary>What the editor saves.</summary>
/// <param name="Model">The definition.</param>
/// <param name="Publish">Whether it is validated and published at once.</param>
internal sealed record SaveDefinitionRequest(DefinitionShape Model, bool? Publish);

/// <summary>What saving and publishing answer.</summary>
/// <param name="WorkflowDefinition">As it stands now.</param>
/// <param name="AlreadyPublished">Whether there was nothing to publish.</param>
/// <param name="ConsumingWorkflowCount">Definitions that use it as a step.</param>
/// <param name="ValidationErrors">Always empty; problems come with 400.</param>
/// <param name="LiveInstances">Instances that stay on earlier versions; only of a published definition.</param>
internal sealed record SavedDefinition(DefinitionShape WorkflowDefinition, bool AlreadyPublished, int ConsumingWorkflowCount, IReadOnlyList<string> ValidationErrors, int? LiveInstances);

/// <summary>Definitions by their logical ids.</summary>
internal sealed record DefinitionIdsRequest(IReadOnlyList<string> DefinitionIds);

/// <summary>Versions by their ids.</summary>
internal sealed record VersionIdsRequest(IReadOnlyList<string> Ids);

/// <summary>Versions to export.</summary>
/// <param name="Ids">Ids of the versions.</param>
/// <param name="IncludeConsumingWorkflows">Whether those that use them come along.</param>
internal sealed record ExportDefinitionsRequest(IReadOnlyList<string> Ids, bool? IncludeConsumingWorkflows);

/// <summary>What deleting several brought.</summary>
internal sealed record DeletedDefinitions(int Deleted, IReadOnlyList<string> Refused);

/// <summary>What publishing several brought, by logical ids.</summary>
internal sealed record PublishedDefinitions(
    IReadOnlyList<string> Published, IReadOnlyList<string> AlreadyPublished, IReadOnlyList<string> NotFound, IReadOnlyList<string> Skipped,
    IReadOnlyList<string> UpdatedConsumers, IReadOnlyList<string> Failed, IReadOnlyDictionary<string, string> Warnings, IReadOnlyDictionary<string, IReadOnlyList<string>> Problems);

/// <summary>What retracting several brought, by logical ids.</summary>
internal sealed record RetractedDefinitions(
    IReadOnlyList<string> Retracted, IReadOnlyList<string> AlreadyRetracted, IReadOnlyList<string> NotPublished, IReadOnlyList<string> NotFound, IReadOnlyList<string> Skipped);

/// <summary>Starts of one definition.</summary>
internal sealed record BulkDispatchRequest
{
    /// <summary>How many, 1 to 100.</summary>
    public int? Count { get; init; }

    public string? VersionOptions { get; init; }

    public string? CorrelationId { get; init; }

    public JsonObject? Input { get; init; }
}

/// <summary>State of an instance after the burst that started it.</summary>
internal sealed record ExecutedDefinition(JsonObject WorkflowState);

/// <summary>The instance that was started.</summary>
internal sealed record DispatchedDefinition(string WorkflowInstanceId);

/// <summary>The instances that were started.</summary>
internal sealed record DispatchedDefinitions(IReadOnlyList<string> WorkflowInstanceIds);

/// <summary>One activity that is run alone.</summary>
/// <param name="WorkflowDefinitionHandle">Its definition: <c>definitionVersionId</c> or <c>definitionId</c>.</param>
/// <param name="ActivityHandle">The activity: <c>activityId</c> or <c>activityNodeId</c>.</param>
internal sealed record ActivityTestRequest(JsonObject WorkflowDefinitionHandle, JsonObject ActivityHandle);

/// <summary>How many definitions a file brought.</summary>
internal sealed record ImportedDefinitions(int Count, IReadOnlyList<string> Problems);

/// <summary>Definitions that took over a new version of what they use.</summary>
internal sealed record UpdatedReferences(IReadOnlyList<string> AffectedWorkflows);

/// <summary>Definitions that were read anew.</summary>
internal sealed record RefreshedDefinitions(IReadOnlyList<string> Refreshed, IReadOnlyList<string> NotFound);
