using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Workflows.Host.Composition;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;

namespace Workflows.Host.Nodes;

/// <summary>How a node stands.</summary>
internal enum NodeState
{
    /// <summary>It was heard of within the last three minutes.</summary>
    Running,

    /// <summary>It was heard of, and takes no timers, no letters and no new starts.</summary>
    Paused,

    /// <summary>It has said nothing for more than three minutes and was not stopped in order.</summary>
    Silent,

    /// <summary>It was stopped in order.</summary>
    Stopped,
}

/// <summary>A process that serves the database, or did within the last day.</summary>
/// <param name="Id">Id of the process.</param>
/// <param name="Name">Name of its machine.</param>
/// <param name="Version">Version of the service.</param>
/// <param name="Store">Kind of the database.</param>
/// <param name="State">How it stands.</param>
/// <param name="Here">Whether it is the one that answers.</param>
/// <param name="StartedAt">When it started, UTC, by its machine's clock.</param>
/// <param name="SeenAt">When it was last heard of, UTC, by its machine's clock.</param>
/// <param name="TimersFired">Timers that it fired since its start.</param>
/// <param name="SchedulesRun">Schedules that it carried out since its start.</param>
/// <param name="LastSchedule">Id of the last of them, or null.</param>
/// <param name="LastScheduleAt">Time for which that acted, or null.</param>
internal sealed record NodeShape(
    string Id, string Name, string Version, string Store, NodeState State, bool Here, DateTimeOffset StartedAt, DateTimeOffset SeenAt, long TimersFired, int SchedulesRun, string? LastSchedule,
    DateTimeOffset? LastScheduleAt);

/// <summary>
/// The nodes of one database, each with a row of its own among the schedules (as the sample district's clock has one), rewritten once a minute. No commit of
/// the pump is spent on it, nobody is told of it, and what is simulated has no node.
/// </summary>
internal sealed class NodeBook(WorkflowsDbContext database, ThisNode node, ServeSettings settings)
{
    /// <summary>Kind of the rows.</summary>
    public const string Kind = "Node";

    /// <summary>How often a node writes.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan SilentAfter = 3 * Every;
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);

    /// <summary>Writes that this node is there, or that it goes.</summary>
    /// <param name="stopped">Whether it goes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task WriteAsync(bool stopped, CancellationToken cancellationToken)
    {
        var id = "node:" + node.Id;
        var row = await database.Set<ScheduleRow>().FirstOrDefaultAsync(one => one.Id == id, cancellationToken);
        if (row is null)
            database.Add(row = new ScheduleRow { Id = id, Kind = Kind, CreatedAt = node.StartedAt });
        row.Expression = JsonSerializer.Serialize(node.Report(stopped), JsonSerializerOptions.Web);
        row.LastActedAt = settings.WallClock.GetUtcNow();
        await database.SaveChangesAsync(cancellationToken);
    }

    /// <summary>All nodes: the one that answers first, then those that run, then the silent and the stopped.</summary>
    public async Task<IReadOnlyList<NodeShape>> ListAsync(CancellationToken cancellationToken)
    {
        var now = settings.WallClock.GetUtcNow();
        var rows = await database.Set<ScheduleRow>().AsNoTracking().Where(row => row.Kind == Kind && row.Id != "node:" + node.Id).ToListAsync(cancellationToken);
        return
        [
            Shape(node.Id, node.Report(stopped: false), node.StartedAt, now, now, here: true),
            .. rows.Select(row => Shape(row.Id["node:".Length..], Read(row), row.CreatedAt, row.LastActedAt ?? row.CreatedAt, now, here: false))
                .OrderBy(one => one.State).ThenByDescending(one => one.SeenAt).ThenBy(one => one.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>Drops nodes that were not heard of for a day.</summary>
    public async Task DropOldAsync(CancellationToken cancellationToken)
    {
        var before = settings.WallClock.GetUtcNow() - KeptFor;
        database.RemoveRange(await database.Set<ScheduleRow>().Where(row => row.Kind == Kind && row.LastActedAt < before).ToListAsync(cancellationToken));
        await database.SaveChangesAsync(cancellationToken);
    }

    private static NodeReport Read(ScheduleRow row) => JsonSerializer.Deserialize<NodeReport>(row.Expression, JsonSerializerOptions.Web)!;

    private static NodeShape Shape(string id, NodeReport report, DateTimeOffset startedAt, DateTimeOffset seenAt, DateTimeOffset now, bool here) => new(
        id, report.Name, report.Version, report.Store,
        report.Stopped ? NodeState.Stopped : now - seenAt > SilentAfter ? NodeState.Silent : report.Paused ? NodeState.Paused : NodeState.Running,
        here, startedAt, seenAt, report.Timers, report.Schedules, report.LastSchedule, report.LastScheduleAt);
}
