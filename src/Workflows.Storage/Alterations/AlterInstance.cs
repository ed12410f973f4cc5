using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Workflows.Engine.Alterations;
using Workflows.Engine.Journal;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Sessions;

namespace Workflows.Storage.Alterations;

/// <summary>One thing that is done to an instance from outside its diagram (Elsa concept).</summary>
public abstract record InstanceAlteration;

/// <summary>Cancels it.</summary>
public sealed record CancelAlteration : InstanceAlteration;

/// <summary>Sets variables of the workflow.</summary>
/// <param name="Values">Values by the id of the variable.</param>
public sealed record SetVariablesAlteration(IReadOnlyDictionary<string, JsonNode?> Values) : InstanceAlteration;

/// <summary>Takes it to another version of its definition. One of the three names the version.</summary>
public sealed record MigrateAlteration : InstanceAlteration
{
    /// <summary>Number of the version.</summary>
    public int? Version { get; init; }

    /// <summary>Id of the version.</summary>
    public string? VersionId { get; init; }

    /// <summary>Package version: the version of the instance's definition that belongs to it.</summary>
    public string? PackageVersionId { get; init; }

    /// <summary>How it goes over.</summary>
    public Migration Migration { get; init; } = new();
}

/// <summary>Does alterations to one instance, all of them or none, in their order.</summary>
public sealed record AlterInstance : Stimulus
{
    /// <summary>The instance.</summary>
    public required string InstanceId { get; init; }

    /// <summary>What is done.</summary>
    public required IReadOnlyList<InstanceAlteration> Alterations { get; init; }

    /// <summary>Only says what would be done: everything runs, and nothing of it is kept.</summary>
    public bool DryRun { get; init; }

    /// <summary>Records the outcome in the commit of the effect; null for nothing.</summary>
    [JsonIgnore]
    public Action<ISupervisionSession, AlterationOutcome>? Note { get; init; }
}

/// <summary>What was done to an instance.</summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="Changed">Whether there was anything to do.</param>
/// <param name="Log">What happened, line by line, in the users' language.</param>
/// <param name="Migration">What the migration did, or null.</param>
/// <param name="Package">Package version of the case or plan before and after, where it moved; null otherwise.</param>
public sealed record AlterationOutcome(string InstanceId, bool Changed, IReadOnlyList<string> Log, MigrationReport? Migration, PackageMove? Package);

/// <summary>A case or plan goes over to another package version with its instance.</summary>
/// <param name="From">Package version before.</param>
/// <param name="To">Package version after.</param>
public sealed record PackageMove(string From, string To);

/// <summary>Deletes a finished instance that belongs to no case and no plan, with its journal.</summary>
public sealed record DeleteInstance : Stimulus
{
    /// <summary>The instance.</summary>
    public required string InstanceId { get; init; }
}

/// <summary>Takes over an instance that was exported. It founds a family of its own; nobody waits for its end.</summary>
public sealed record ImportInstance : Stimulus
{
    /// <summary>Id of the instance, as in its state.</summary>
    public required string InstanceId { get; init; }

    /// <summary>The engine's state.</summary>
    public required string State { get; init; }

    /// <summary>Its journal.</summary>
    public IReadOnlyList<JournalRecord> Journal { get; init; } = [];

    /// <summary>Its executions.</summary>
    public IReadOnlyList<ActivityExecutionRecord> Executions { get; init; } = [];
}
