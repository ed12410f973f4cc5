using System.Reflection;
using Workflows.Host.Access;
using Workflows.Host.Api.Reading;
using Workflows.Host.Composition;
using Workflows.Storage.Providers;
using Workflows.Storage.Queries;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Operations;

/// <summary>A process that serves the database.</summary>
/// <param name="Name">Name of its machine.</param>
/// <param name="Version">Version of the service.</param>
/// <param name="StartedAt">When it started, UTC, by the machine's clock.</param>
/// <param name="Store">Kind of the database.</param>
/// <param name="Paused">Whether it takes no timers, no letters and no new starts.</param>
/// <param name="Here">Whether it is the one that answers.</param>
/// <param name="SeenAt">When it was last heard of, UTC, by the machine's clock.</param>
/// <param name="TimersDue">Timers whose time has come.</param>
/// <param name="LatenessSeconds">How late the oldest of them is, in seconds.</param>
internal sealed record NodeShape(string Name, string Version, DateTimeOffset StartedAt, string Store, bool Paused, bool Here, DateTimeOffset SeenAt, int TimersDue, double LatenessSeconds);

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

/// <summary>The process that runs, known since its start.</summary>
internal sealed class ThisNode(ServeSettings settings)
{
    /// <summary>When it started, UTC.</summary>
    public DateTimeOffset StartedAt { get; } = settings.WallClock.GetUtcNow();

    /// <summary>Version of the service.</summary>
    public string Version { get; } = typeof(ThisNode).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}

/// <summary>Nodes and channels, as the operator looks at them. No key, token or address of a gateway is shown.</summary>
internal static class StandingRoutes
{
    /// <summary>Maps <c>/api/operations/nodes</c> and <c>/api/operations/channels</c>.</summary>
    public static void MapStanding(this RouteGroupBuilder operations)
    {
        operations.MapGet("/nodes", NodesAsync).For(Role.Administrator, Role.Dispatcher).WithSummary("节点：应答本请求的进程，版本、启动时间、数据库、定时器滞后");
        operations.MapGet("/channels", ChannelsAsync).For(Role.Administrator).WithSummary("对外渠道：是否配置、发送情况、最近错误；不显示密钥");
    }

    private static async Task<IReadOnlyList<NodeShape>> NodesAsync(
        ThisNode node, ServeSettings settings, StoreProvider store, StimulusPump pump, OperationQueries operations, Viewer viewer, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var timers = await operations.TimersAsync(FamilySight.OfOperator(viewer.Actor), now, cancellationToken);
        return
        [
            new NodeShape(
                Environment.MachineName, node.Version, node.StartedAt, NameOf(store), pump.Pausing is not null, Here: true, settings.WallClock.GetUtcNow(), timers.Due,
                timers.OldestDueAt is { } at ? (now - at).TotalSeconds : 0),
        ];
    }

    private static async Task<IReadOnlyList<ChannelShape>> ChannelsAsync(ServeSettings settings, OperationQueries operations, Viewer viewer, CancellationToken cancellationToken)
    {
        var sight = FamilySight.OfOperator(viewer.Actor);
        var standings = (await operations.ChannelsAsync(sight, cancellationToken)).ToDictionary(one => one.Channel, StringComparer.Ordinal);
        var errors = (await operations.MessagesAsync(sight, cancellationToken)).Where(message => message.LastError is not null).ToLookup(message => message.Channel, StringComparer.Ordinal);
        (string Name, Uri? Address)[] known =
        [
            ("notice-webhook", settings.WebhookAddress), ("webhook", settings.WebhookAddress), ("dingtalk", settings.DingTalkAddress), ("wecom", settings.WeComAddress), ("sms", settings.SmsAddress),
        ];
        return
        [
            .. known.Select(channel =>
            {
                var standing = standings.GetValueOrDefault(channel.Name);
                var wrong = errors[channel.Name].LastOrDefault();
                return new ChannelShape(
                    channel.Name, channel.Address is not null, channel.Address?.Host, standing?.Delivered ?? 0, standing?.Waiting ?? 0, standing?.Failed ?? 0, standing?.LastDeliveredAt, wrong?.LastError, wrong?.CreatedAt);
            }),
        ];
    }

    private static string NameOf(StoreProvider store) => store.GetType().Name switch
    {
        "PostgresStore" => "PostgreSQL", "SqlServerStore" => "SQL Server", _ => "SQLite",
    };
}
