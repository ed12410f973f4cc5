using Workflows.Host.Access;
using Workflows.Host.Api.Reading;
using Workflows.Host.Composition;
using Workflows.Host.Nodes;
using Workflows.Storage.Queries;
using Workflows.Storage.Queries.Instances;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Operations;

/// <summary>A way out of the service.</summary>
/// <param name="Channel">Its name.</param>
/// <param name="Configured">Whether the operator named where it leads.</param>
/// <param name="Host">Host that it leads to; never the address, which may hold a key.</param>
/// <param name="Delivered">Messages that arrived and are still kept.</param>
/// <param name="Waiting">Messages to send.</param>
/// <param name="Failed">Messages that were given up.</param>
/// <param name="LastDeliveredAt">When the last one arrived, or null.</param>
/// <param name="LastError">Last error of a message that has not arrived, or null.</param>
/// <param name="LastErrorAt">When that message came to be, or null.</param>
internal sealed record ChannelShape(
    string Channel, bool Configured, string? Host, int Delivered, int Waiting, int Failed, DateTimeOffset? LastDeliveredAt, string? LastError, DateTimeOffset? LastErrorAt);

/// <summary>Nodes and channels, as the operator looks at them. No key, token or address of a gateway is shown.</summary>
internal static class StandingRoutes
{
    // Among so many undelivered messages the last error of each channel is looked for.
    private const int RecentMessages = 200;

    /// <summary>Maps <c>/api/operations/nodes</c> and <c>/api/operations/channels</c>.</summary>
    public static void MapStanding(this RouteGroupBuilder operations)
    {
        operations.MapGet("/nodes", NodesAsync).For(Role.Administrator, Role.Dispatcher).WithSummary("节点：使用同一数据库的各个进程，版本、启动、最近报到、触发的定时器；三分钟没有报到的为失联");
        operations.MapGet("/channels", ChannelsAsync).For(Role.Administrator).WithSummary("对外渠道：是否配置、发送情况、最近错误；不显示密钥");
    }

    private static Task<IReadOnlyList<NodeShape>> NodesAsync(NodeBook nodes, CancellationToken cancellationToken) => nodes.ListAsync(cancellationToken);

    private static async Task<IReadOnlyList<ChannelShape>> ChannelsAsync(ServeSettings settings, OperationQueries operations, Viewer viewer, CancellationToken cancellationToken)
    {
        var sight = FamilySight.OfOperator(viewer.Actor);
        var standings = (await operations.ChannelsAsync(sight, cancellationToken)).ToDictionary(one => one.Channel, StringComparer.Ordinal);
        var errors = (await operations.MessagesAsync(sight, new Stretch(0, RecentMessages), cancellationToken)).Items.Where(message => message.LastError is not null).ToLookup(message => message.Channel, StringComparer.Ordinal);
        (string Name, bool IsOpen, string? Host)[] known =
        [
            Named("notice-webhook", settings.WebhookAddress), Named("webhook", settings.WebhookAddress), Named("dingtalk", settings.DingTalkAddress), Named("wecom", settings.WeComAddress),
            Named("sms", settings.SmsAddress), ("push", settings.PushHosts.Any, null),
        ];
        return
        [
            .. known.Select(channel =>
            {
                var standing = standings.GetValueOrDefault(channel.Name);
                var wrong = errors[channel.Name].LastOrDefault();
                return new ChannelShape(
                    channel.Name, channel.IsOpen, channel.Host, standing?.Delivered ?? 0, standing?.Waiting ?? 0, standing?.Failed ?? 0, standing?.LastDeliveredAt, wrong?.LastError, wrong?.CreatedAt);
            }),
        ];
    }

    private static (string Name, bool IsOpen, string? Host) Named(string name, Uri? address) => (name, address is not null, address?.Host);
}
