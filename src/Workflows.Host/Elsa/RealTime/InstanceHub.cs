using Microsoft.AspNetCore.SignalR;
using Workflows.Host.Access;
using Workflows.Storage.Queries;
using Workflows.Storage.Queries.Instances;

namespace Workflows.Host.Elsa.RealTime;

/// <summary>
/// The hub of Elsa's real-time updates (contract 54): a client names the instance that it looks at and is told when it goes on. Who may not
/// read an instance may not observe it either.
/// </summary>
internal sealed class InstanceHub(InstanceReader instances, InstanceBroadcast broadcast) : Hub
{
    /// <summary>Instances that one connection may observe.</summary>
    public const int MostInstances = 16;

    /// <summary>Begins to observe an instance. What has happened until now is told at once, so that nothing is missed in between.</summary>
    /// <param name="instanceId">The instance.</param>
    public async Task ObserveInstanceAsync(string instanceId)
    {
        if (await instances.FindAsync(instanceId ?? "", FamilySight.Of(Context.User!.ToActor()), Context.ConnectionAborted) is null)
            throw new HubException("流程实例不存在或不在您的管理范围内：请从列表中选择。");
        if (!broadcast.Observe(Context.ConnectionId, Context.Abort, instanceId!))
            throw new HubException($"一个连接最多关注{MostInstances}个流程实例，或本节点的连接已满：请关闭其他页面后重试。");
    }

    /// <inheritdoc/>
    public override Task OnDisconnectedAsync(Exception? exception)
    {
        broadcast.Leave(Context.ConnectionId);
        return base.OnDisconnectedAsync(exception);
    }
}
