using System.Text.Json.Nodes;
using Workflows.Host.Elsa.Instances;
using Workflows.Storage.Queries.Instances;

namespace Workflows.Host.Elsa.Alterations;

/// <summary>Which instances an alteration is for (Elsa's AlterationWorkflowInstanceFilter).</summary>
internal record AlterationFilter : InstanceFilter
{
    /// <summary>These.</summary>
    public IReadOnlyList<string>? WorkflowInstanceIds { get; init; }

    /// <summary>Whether a filter that says nothing means all instances; otherwise it means none.</summary>
    public bool EmptyFilterSelectsAll { get; init; }

    /// <summary>The instances; null where it means none.</summary>
    public InstanceSelection? ToSelectionOrNone()
    {
        var selection = ToSelection(WorkflowInstanceIds);
        return IsEmpty(selection) && !EmptyFilterSelectsAll ? null : selection;
    }
}

/// <summary>The body of a request to plan alterations. A dry run also takes the members of the filter by themselves, as Elsa does.</summary>
internal sealed record AlterationPlanRequest : AlterationFilter
{
    /// <summary>What is done, each with its <c>type</c>.</summary>
    public IReadOnlyList<JsonObject>? Alterations { get; init; }

    /// <summary>To which instances.</summary>
    public AlterationFilter? Filter { get; init; }
}

/// <summary>The body of a request to do alterations at once.</summary>
internal sealed record AlterationRunRequest
{
    /// <summary>What is done, each with its <c>type</c>.</summary>
    public IReadOnlyList<JsonObject>? Alterations { get; init; }

    /// <summary>To these instances.</summary>
    public IReadOnlyList<string>? WorkflowInstanceIds { get; init; }
}

/// <summary>The body of a request to try faulted activities again.</summary>
internal sealed record RetryRequest
{
    /// <summary>In these instances.</summary>
    public IReadOnlyList<string>? WorkflowInstanceIds { get; init; }

    /// <summary>Only these activities; all that faulted where none is named.</summary>
    public IReadOnlyList<string>? ActivityIds { get; init; }
}
