using Workflows.Host.Api.Reading;
using Workflows.Storage.Queries;
using Workflows.Storage.Queries.Instances;

namespace Workflows.Host.Elsa.Instances;

/// <summary>The instances that the person who asks may see; whatever is out of sight does not exist (404).</summary>
internal sealed class InstanceDesk(Viewer viewer, InstanceReader instances)
{
    /// <summary>What the person sees.</summary>
    public FamilySight Sight => FamilySight.Of(viewer.Actor);

    /// <summary>The instance; else 404.</summary>
    public async ValueTask<InstanceHead> HeadAsync(string id, CancellationToken cancellationToken) =>
        await instances.FindAsync(id, Sight, cancellationToken) ?? throw Viewer.NotFound("流程实例");

    /// <summary>The instance with its state; else 404.</summary>
    public async ValueTask<(InstanceHead Head, Engine.State.WorkflowState State)> WithStateAsync(string id, CancellationToken cancellationToken) =>
        await instances.WithStateAsync(id, Sight, cancellationToken) ?? throw Viewer.NotFound("流程实例");
}
