namespace Workflows.Storage.Model.Rows;

/// <summary>One version of a workflow definition.</summary>
public sealed class WorkflowDefinitionRow
{
    /// <summary>Id of the version.</summary>
    public string VersionId { get; set; } = "";

    /// <summary>Logical id shared by all versions.</summary>
    public string DefinitionId { get; set; } = "";

    /// <summary>Version number, from 1.</summary>
    public int Version { get; set; }

    /// <summary>Name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Whether it is the version that new instances start on.</summary>
    public bool IsPublished { get; set; }

    /// <summary>Whether it is the newest version.</summary>
    public bool IsLatest { get; set; }

    /// <summary>Lower-case hex SHA-256 of <see cref="Json"/>; the key of the compiled form.</summary>
    public string Hash { get; set; } = "";

    /// <summary>Package version it belongs to, or null.</summary>
    public string? PackageVersionId { get; set; }

    /// <summary>Where it came from: <c>files</c> or <c>studio</c>.</summary>
    public string Source { get; set; } = "";

    /// <summary>When it was saved.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Name of who saved it last, or null.</summary>
    public string? SavedBy { get; set; }

    /// <summary>What the analyst says of it, or null.</summary>
    public string? Description { get; set; }

    /// <summary>Whether it may not be changed.</summary>
    public bool IsReadonly { get; set; }

    /// <summary>Whether other workflows may use it as a step.</summary>
    public bool UsableAsActivity { get; set; }

    /// <summary>When it was first published; null for a draft, whose content may still change.</summary>
    public DateTimeOffset? PublishedAt { get; set; }

    /// <summary>When it was deleted; it is kept for the instances that ran on it and shows in no list. Null for what is there.</summary>
    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>The definition as Elsa 3 JSON.</summary>
    public string Json { get; set; } = "";
}

/// <summary>One version of a package: plan, case, scenario data and templates together.</summary>
public sealed class PackageRow
{
    /// <summary>Id of the package version.</summary>
    public string VersionId { get; set; } = "";

    /// <summary>Name of the scenario.</summary>
    public string Name { get; set; } = "";

    /// <summary>Version number, from 1.</summary>
    public int Version { get; set; }

    /// <summary>Hash over all its files.</summary>
    public string Hash { get; set; } = "";

    /// <summary>Whether new plans use it.</summary>
    public bool IsPublished { get; set; }

    /// <summary>Where it came from: <c>files</c> or <c>studio</c>.</summary>
    public string Source { get; set; } = "";

    /// <summary>When it was saved.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Name of who saved it last, or null for the service itself.</summary>
    public string? SavedBy { get; set; }

    /// <summary>When it was first published; null for a draft, whose content may still change.</summary>
    public DateTimeOffset? PublishedAt { get; set; }

    /// <summary>Its files by path, as a JSON object; of a draft the diagrams stand in the rows of its definitions.</summary>
    public string Files { get; set; } = "";
}

/// <summary>A workflow instance. Lists read the narrow columns only; <see cref="State"/> is read by bursts.</summary>
public sealed class WorkflowInstanceRow
{
    /// <summary>Instance id.</summary>
    public string Id { get; set; } = "";

    /// <summary>The family it belongs to; everything of a family runs serially.</summary>
    public string CaseKey { get; set; } = "";

    /// <summary>Logical definition id.</summary>
    public string DefinitionId { get; set; } = "";

    /// <summary>Id of the version it runs on.</summary>
    public string DefinitionVersionId { get; set; } = "";

    /// <summary>Number of that version.</summary>
    public int DefinitionVersion { get; set; }

    /// <summary>Running or Finished.</summary>
    public string Status { get; set; } = "";

    /// <summary>Pending, Suspended, Finished, Cancelled, Faulted.</summary>
    public string SubStatus { get; set; } = "";

    /// <summary>Correlation id, or null.</summary>
    public string? CorrelationId { get; set; }

    /// <summary>Name, or null.</summary>
    public string? Name { get; set; }

    /// <summary>Instance that dispatched this one, or null.</summary>
    public string? ParentInstanceId { get; set; }

    /// <summary>Bookmark of the parent that waits for the end of this one, or null.</summary>
    public string? ReportBookmarkId { get; set; }

    /// <summary>Number of incidents so far.</summary>
    public int IncidentCount { get; set; }

    /// <summary>Created at.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Last changed at.</summary>
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Finished at, or null.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>Counts the bursts from 1.</summary>
    public long Revision { get; set; }

    /// <summary>Revision on which this one was built; 0 for a new instance.</summary>
    public long BaseRevision { get; set; }

    /// <summary>The engine's state.</summary>
    public string State { get; set; } = "";
}

/// <summary>A place where an instance waits. A row with <see cref="DueAt"/> is the durable timer of its activity.</summary>
public sealed class BookmarkRow
{
    /// <summary>Bookmark id.</summary>
    public string Id { get; set; } = "";

    /// <summary>Instance that waits.</summary>
    public string InstanceId { get; set; } = "";

    /// <summary>Family of the instance.</summary>
    public string CaseKey { get; set; } = "";

    /// <summary>Correlation id of the instance, or null.</summary>
    public string? CorrelationId { get; set; }

    /// <summary>Name of the stimulus.</summary>
    public string Name { get; set; } = "";

    /// <summary>Stimulus hash.</summary>
    public string Hash { get; set; } = "";

    /// <summary>Id of the activity in the definition.</summary>
    public string ActivityId { get; set; } = "";

    /// <summary>Id of the waiting execution.</summary>
    public string ActivityInstanceId { get; set; } = "";

    /// <summary>What is waited for, in the users' language, or null.</summary>
    public string? WaitName { get; set; }

    /// <summary>Who has to act, or null for the clock.</summary>
    public string? WaitOwner { get; set; }

    /// <summary>Payload that was hashed, as JSON, or null.</summary>
    public string? Payload { get; set; }

    /// <summary>When the wait began.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When the wait ends by itself, or null.</summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>When the clock tries next: <see cref="DueAt"/>, later after a failed try, null once it has fired.</summary>
    public DateTimeOffset? FireAt { get; set; }

    /// <summary>Failed tries so far.</summary>
    public int Attempts { get; set; }
}

/// <summary>A published activity that starts instances.</summary>
public sealed class TriggerRow
{
    /// <summary>Id: definition version and activity.</summary>
    public string Id { get; set; } = "";

    /// <summary>Logical definition id.</summary>
    public string DefinitionId { get; set; } = "";

    /// <summary>Id of the version.</summary>
    public string DefinitionVersionId { get; set; } = "";

    /// <summary>Id of the activity.</summary>
    public string ActivityId { get; set; } = "";

    /// <summary>Name of the stimulus.</summary>
    public string Name { get; set; } = "";

    /// <summary>Stimulus hash, without an activity instance.</summary>
    public string Hash { get; set; } = "";

    /// <summary>Payload as JSON, or null.</summary>
    public string? Payload { get; set; }
}

/// <summary>One entry of the workflow execution log.</summary>
public sealed class JournalRow
{
    /// <summary>Instance.</summary>
    public string InstanceId { get; set; } = "";

    /// <summary>Position in its log, from 0.</summary>
    public long Sequence { get; set; }

    /// <summary>Time of the stimulus.</summary>
    public DateTimeOffset Timestamp { get; set; }

    /// <summary>Started, Suspended, Completed and the like.</summary>
    public string EventName { get; set; } = "";

    /// <summary>Id of the activity execution.</summary>
    public string ActivityInstanceId { get; set; } = "";

    /// <summary>Id of the parent's execution, or null.</summary>
    public string? ParentActivityInstanceId { get; set; }

    /// <summary>Id of the activity.</summary>
    public string ActivityId { get; set; } = "";

    /// <summary>Type name of the activity.</summary>
    public string ActivityType { get; set; } = "";

    /// <summary>Version of the type.</summary>
    public int ActivityTypeVersion { get; set; }

    /// <summary>Name of the activity, or null.</summary>
    public string? ActivityName { get; set; }

    /// <summary>Path of the activity.</summary>
    public string ActivityNodeId { get; set; } = "";

    /// <summary>Message, or null.</summary>
    public string? Message { get; set; }

    /// <summary>Payload as JSON, or null.</summary>
    public string? Payload { get; set; }
}

/// <summary>One activity execution.</summary>
public sealed class ActivityExecutionRow
{
    /// <summary>Id of the execution.</summary>
    public string Id { get; set; } = "";

    /// <summary>Instance.</summary>
    public string InstanceId { get; set; } = "";

    /// <summary>Id of the activity.</summary>
    public string ActivityId { get; set; } = "";

    /// <summary>Path of the activity.</summary>
    public string ActivityNodeId { get; set; } = "";

    /// <summary>Type name.</summary>
    public string ActivityType { get; set; } = "";

    /// <summary>Version of the type.</summary>
    public int ActivityTypeVersion { get; set; }

    /// <summary>Name of the activity, or null.</summary>
    public string? ActivityName { get; set; }

    /// <summary>Id of the parent's execution, or null for the workflow.</summary>
    public string? ParentId { get; set; }

    /// <summary>Pending, Running, Completed, Canceled, Faulted.</summary>
    public string Status { get; set; } = "";

    /// <summary>Whether it waits.</summary>
    public bool HasBookmarks { get; set; }

    /// <summary>Faults in it and below it.</summary>
    public int FaultCount { get; set; }

    /// <summary>When it started.</summary>
    public DateTimeOffset StartedAt { get; set; }

    /// <summary>When it completed, or null.</summary>
    public DateTimeOffset? CompletedAt { get; set; }

    /// <summary>The whole record as JSON.</summary>
    public string Body { get; set; } = "";
}
