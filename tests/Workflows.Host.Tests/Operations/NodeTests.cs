using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Host.Nodes;
using Workflows.Host.Scheduling;
using Workflows.Host.Tests.Serving;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Providers;

namespace Workflows.Host.Tests.Operations;

/// <summary>Two nodes on one database know of one another. Minutes pass when the test says so.</summary>
public abstract class NodeTests(NodeUnderTest first)
{
    [Fact]
    public async Task Two_nodes_list_one_another_and_one_that_is_not_heard_of_is_silent_until_it_speaks_again_or_says_that_it_goes()
    {
        using var administrator = await first.AdministratorAsync();
        var second = new SecondNode(first);
        await second.InitializeAsync();
        try
        {
            await EntersAsync(first);
            await EntersAsync(second);
            var nodes = await ListAsync(administrator);
            Assert.Equal(["Running/here", "Running"], nodes.Select(Standing));
            Assert.Equal(2, nodes.Select(one => one["id"]!.GetValue<string>()).Distinct().Count());
            Assert.All(nodes, one => Assert.Equal(Environment.MachineName, one["name"]!.GetValue<string>()));

            // A schedule counts for the node that carried it out, once for each of its times.
            await using (var scope = second.Services.CreateAsyncScope())
            {
                var book = scope.ServiceProvider.GetRequiredService<ScheduleBook>();
                var act = (await book.ComingAsync(CancellationToken.None)).Single(one => one.Id == "nightly:upkeep");
                await book.ActAsync(act, CancellationToken.None);
                await book.ActAsync(act, CancellationToken.None);
                await EntersAsync(second);
                nodes = await ListAsync(administrator);
                Assert.Equal([0, 1], nodes.Select(one => one["schedulesRun"]!.GetValue<int>()));
                Assert.Equal(("nightly:upkeep", act.DueAt), (nodes[1]["lastSchedule"]!.GetValue<string>(), nodes[1]["lastScheduleAt"]!.GetValue<DateTimeOffset>()));
            }

            var commits = first.Meter.Commits;

            // Three minutes of silence are forgiven, a moment more is not.
            first.Clock.Advance(TimeSpan.FromMinutes(3));
            Assert.Equal(["Running/here", "Running"], (await ListAsync(administrator)).Select(Standing));
            first.Clock.Advance(TimeSpan.FromSeconds(1));
            nodes = await ListAsync(administrator);
            Assert.Equal(["Running/here", "Silent"], nodes.Select(Standing));
            Assert.Equal(TimeSpan.FromSeconds(181), nodes[0]["seenAt"]!.GetValue<DateTimeOffset>() - nodes[1]["seenAt"]!.GetValue<DateTimeOffset>());

            // Its next minute passes, and it is heard of by itself.
            var seen = first.Clock.GetUtcNow();
            second.Minutes.Pass();
            await UntilAsync(async () => (await ListAsync(administrator))[1]["seenAt"]!.GetValue<DateTimeOffset>() == seen);
            Assert.Equal(["Running/here", "Running"], (await ListAsync(administrator)).Select(Standing));
            // No commit of the pump is spent on it (what the pump reads meanwhile is its own affair), and each node has one row.
            Assert.Equal(commits, first.Meter.Commits);
            Assert.Equal(2, await RowsAsync());
        }
        finally
        {
            await second.DisposeAsync();
        }

        Assert.Equal(["Running/here", "Stopped"], (await ListAsync(administrator)).Select(Standing));
        first.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(["Running/here", "Stopped"], (await ListAsync(administrator)).Select(Standing));

        // The nightly work drops who was not heard of for a day, and nobody else.
        first.Clock.Advance(TimeSpan.FromHours(24));
        await EntersAsync(first);
        await using var upkeep = first.Services.CreateAsyncScope();
        await upkeep.ServiceProvider.GetServices<INightlyWork>().Single(work => work.Name == "nightly:upkeep").RunAsync(first.Now, CancellationToken.None);
        Assert.Equal(1, await RowsAsync());
        using var anew = await first.AdministratorAsync();
        Assert.Equal(["Running/here"], (await ListAsync(anew)).Select(Standing));
    }

    private static string Standing(JsonNode node) => node["state"]!.GetValue<string>() + (node["here"]!.GetValue<bool>() ? "/here" : "");

    private static async Task<IReadOnlyList<JsonNode>> ListAsync(HttpClient person) =>
        [.. JsonNode.Parse(await person.GetStringAsync(new Uri("/api/operations/nodes", UriKind.Relative)))!.AsArray().Select(one => one!)];

    private static Task EntersAsync(ServiceUnderTest node) => node.Services.GetRequiredService<NodeHeartbeat>().BeatAsync(stopped: false, CancellationToken.None);

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var guard = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!await holds())
            guard.Token.ThrowIfCancellationRequested();
    }

    private async Task<int> RowsAsync()
    {
        await using var scope = first.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>().Set<ScheduleRow>().CountAsync(row => row.Kind == NodeBook.Kind);
    }
}

public sealed class SqliteNodeTests(NodeUnderTest service) : NodeTests(service), IClassFixture<NodeUnderTest>;

public sealed class PostgresNodeTests(NodeOnPostgres service) : NodeTests(service), IClassFixture<NodeOnPostgres>;

/// <summary>A service whose minutes pass when the test says so.</summary>
public class NodeUnderTest : ServiceUnderTest
{
    private MinuteHand? _minutes;

    internal MinuteHand Minutes => _minutes ??= new MinuteHand(Time);

    internal StoreMeter Meter => Services.GetRequiredService<StoreProvider>().Meter;

    protected override TimeProvider Machine => Minutes;

    /// <summary>The clock that is read.</summary>
    private protected virtual WallClock Time => Clock;
}

public sealed class NodeOnPostgres : NodeUnderTest
{
    protected override string? PostgresDatabase => "nodes";
}

/// <summary>Another process on the database and the clock of the first.</summary>
internal sealed class SecondNode(NodeUnderTest first) : NodeUnderTest
{
    protected override int Seed => 2;

    private protected override WallClock Time => first.Clock;

    protected override string? ForeignDatabase => first.SharedConnection;
}

/// <summary>A machine's clock whose timers of one minute go off when the test says so; others go by real time.</summary>
internal sealed class MinuteHand(TimeProvider clock) : TimeProvider
{
    private readonly ConcurrentBag<(TimerCallback Callback, object? State)> _waiting = [];

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (period != NodeBook.Every)
            return clock.CreateTimer(callback, state, dueTime, period);
        _waiting.Add((callback, state));
        return clock.CreateTimer(static _ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A minute passes for whoever counts minutes.</summary>
    public void Pass()
    {
        foreach (var (callback, state) in _waiting)
            callback(state);
    }
}
