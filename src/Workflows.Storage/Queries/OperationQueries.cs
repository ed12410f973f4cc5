using System.Data.Common;
using Workflows.Storage.Commit;
using Workflows.Storage.Providers;

namespace Workflows.Storage.Queries;

/// <summary>A stimulus that could not be carried out.</summary>
public sealed record UndeliveredStimulus(string Id, string Kind, string CaseKey, string? InstanceId, string Error, DateTimeOffset CreatedAt);

/// <summary>A message to the outside that is not delivered.</summary>
public sealed record UndeliveredMessage(
    string Id, string Channel, string Recipient, string Kind, string State, int Attempts, DateTimeOffset CreatedAt, DateTimeOffset? NextAttemptAt, string? LastError);

/// <summary>How sending over one channel goes.</summary>
/// <param name="Channel">Name of the channel.</param>
/// <param name="Delivered">Messages that arrived and are still kept.</param>
/// <param name="Waiting">Messages to send.</param>
/// <param name="Failed">Messages that were given up.</param>
/// <param name="LastDeliveredAt">When the last one arrived, or null.</param>
public sealed record ChannelStanding(string Channel, int Delivered, int Waiting, int Failed, DateTimeOffset? LastDeliveredAt);

/// <summary>How the timers stand.</summary>
/// <param name="Due">Timers whose time has come.</param>
/// <param name="OldestDueAt">Time of the oldest of them, or null.</param>
/// <param name="NextDueAt">Time of the next timer, or null.</param>
public sealed record TimerStanding(int Due, DateTimeOffset? OldestDueAt, DateTimeOffset? NextDueAt);

/// <summary>What an operator looks at: ids, states and errors of the families in sight, never case data.</summary>
public sealed class OperationQueries(StoreModel store)
{
    // An operator who has more than this at once has one trouble, not many.
    private const int Longest = 200;

    /// <summary>Stimuli that could not be carried out, the newest first; at most 200.</summary>
    /// <param name="sight">Whose families.</param>
    /// <param name="id">Only this one; null for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public ValueTask<List<UndeliveredStimulus>> StimuliAsync(FamilySight sight, string? id = null, CancellationToken cancellationToken = default) => ReadAsync(
        "SELECT a.id, a.kind, a.case_key, a.instance_id, a.error, a.created_at FROM dead_letters a WHERE " + (id is null ? "1 = 1" : "a.id = @id"),
        "ORDER BY a.created_at DESC, a.id", sight, id is null ? [] : [store.Dialect.Value("@id", id)],
        static r => new UndeliveredStimulus(r.GetString(0), r.GetString(1), r.GetString(2), Text(r, 3), r.GetString(4), Time(r, 5)!.Value), cancellationToken);

    /// <summary>Ids of instances that run, wait for nothing, and are expected by no letter; at most 200.</summary>
    public ValueTask<List<string>> StuckAsync(FamilySight sight, CancellationToken cancellationToken = default) => ReadAsync(
        """
        SELECT a.id FROM workflow_instances a WHERE a.status = 'Running' AND a.incident_count = 0
        AND NOT EXISTS (SELECT 1 FROM bookmarks b WHERE b.instance_id = a.id) AND NOT EXISTS (SELECT 1 FROM mailbox m WHERE m.case_key = a.case_key)
        """,
        "ORDER BY a.created_at DESC, a.id", sight, [], static r => r.GetString(0), cancellationToken);

    /// <summary>Messages that are not delivered, the oldest first; at most 200.</summary>
    public ValueTask<List<UndeliveredMessage>> MessagesAsync(FamilySight sight, CancellationToken cancellationToken = default) => ReadAsync(
        "SELECT a.id, a.channel, a.recipient, a.kind, a.state, a.attempts, a.created_at, a.next_attempt_at, a.last_error FROM outbox a WHERE a.state <> 'Delivered'",
        "ORDER BY a.created_at, a.id", sight, [],
        static r => new UndeliveredMessage(r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetInt32(5), Time(r, 6)!.Value, Time(r, 7), Text(r, 8)),
        cancellationToken);

    /// <summary>How sending goes over each channel that was used, within the families in sight.</summary>
    public ValueTask<List<ChannelStanding>> ChannelsAsync(FamilySight sight, CancellationToken cancellationToken = default) => ReadAsync(
        "SELECT a.channel, COUNT(CASE WHEN a.state = 'Delivered' THEN 1 END), COUNT(CASE WHEN a.state = 'Pending' THEN 1 END), COUNT(CASE WHEN a.state = 'Failed' THEN 1 END), MAX(a.delivered_at) FROM outbox a WHERE 1 = 1",
        "GROUP BY a.channel ORDER BY a.channel", sight, [],
        static r => new ChannelStanding(r.GetString(0), r.GetInt32(1), r.GetInt32(2), r.GetInt32(3), Time(r, 4)), cancellationToken);

    /// <summary>How the timers of the families in sight stand.</summary>
    public async ValueTask<TimerStanding> TimersAsync(FamilySight sight, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        List<DbParameter> parameters = [store.Dialect.Value("@now", now.UtcTicks)];
        string family = sight.Condition(store, parameters);
        string text = $"""
            SELECT COUNT(CASE WHEN a.fire_at <= @now THEN 1 END), MIN(CASE WHEN a.fire_at <= @now THEN a.fire_at END), MIN(CASE WHEN a.fire_at > @now THEN a.fire_at END)
            FROM bookmarks a WHERE a.fire_at IS NOT NULL{family}
            """;
        await using StoreConnection reader = await store.Provider.OpenReaderAsync(cancellationToken);
        return (await reader.ReadAsync(new Statement(text, [.. parameters]), static r => new TimerStanding(r.GetInt32(0), Time(r, 1), Time(r, 2)), cancellationToken))[0];
    }

    private async ValueTask<List<T>> ReadAsync<T>(
        string text, string order, FamilySight sight, List<DbParameter> parameters, Func<DbDataReader, T> row, CancellationToken cancellationToken)
    {
        SqlDialect sql = store.Dialect;
        text += $"{sight.Condition(store, parameters)} {order}";
        parameters.Add(sql.Value("@take", Longest));
        await using StoreConnection reader = await store.Provider.OpenReaderAsync(cancellationToken);
        return await reader.ReadAsync(new Statement(sql.Limit(text, "@take"), [.. parameters]), row, cancellationToken);
    }

    private static string? Text(DbDataReader r, int column) => r.IsDBNull(column) ? null : r.GetString(column);

    private static DateTimeOffset? Time(DbDataReader r, int column) => r.IsDBNull(column) ? null : new DateTimeOffset(r.GetInt64(column), TimeSpan.Zero);
}
