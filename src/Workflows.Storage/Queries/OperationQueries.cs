using System.Data.Common;
using Workflows.Storage.Commit;
using Workflows.Storage.Providers;
using Workflows.Storage.Queries.Instances;

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

/// <summary>A timer, with how it stands in the queue.</summary>
/// <param name="Id">Id of the wait.</param>
/// <param name="InstanceId">Instance that waits.</param>
/// <param name="CaseKey">Its family.</param>
/// <param name="ActivityId">Step of the diagram that waits.</param>
/// <param name="WaitName">What is waited for, or null.</param>
/// <param name="FireAt">When it fires.</param>
/// <param name="Attempts">How often firing was tried.</param>
public sealed record WaitingTimer(string Id, string InstanceId, string CaseKey, string ActivityId, string? WaitName, DateTimeOffset FireAt, int Attempts);

/// <summary>What an operator looks at: ids, states and errors of the families in sight, never case data. Lists tell how many there are, however few are asked for.</summary>
public sealed class OperationQueries(StoreModel store)
{
    /// <summary>Stimuli that could not be carried out, the newest first.</summary>
    /// <param name="sight">Whose families.</param>
    /// <param name="stretch">Which of them.</param>
    /// <param name="id">Only this one; null for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public ValueTask<CountedPage<UndeliveredStimulus>> StimuliAsync(FamilySight sight, Stretch stretch, string? id = null, CancellationToken cancellationToken = default) => PageAsync(
        "a.id, a.kind, a.case_key, a.instance_id, a.error, a.created_at", "FROM dead_letters a WHERE " + (id is null ? "1 = 1" : "a.id = @id"), "a.created_at DESC, a.id",
        sight, () => id is null ? [] : [store.Dialect.Value("@id", id)], stretch,
        static r => new UndeliveredStimulus(r.GetString(0), r.GetString(1), r.GetString(2), Text(r, 3), r.GetString(4), Time(r, 5)!.Value), cancellationToken);

    /// <summary>Ids of instances that run, wait for nothing, and are expected by no letter; the newest first.</summary>
    public ValueTask<CountedPage<string>> StuckAsync(FamilySight sight, Stretch stretch, CancellationToken cancellationToken = default) => PageAsync(
        "a.id",
        """
        FROM workflow_instances a WHERE a.status = 'Running' AND a.incident_count = 0
        AND NOT EXISTS (SELECT 1 FROM bookmarks b WHERE b.instance_id = a.id) AND NOT EXISTS (SELECT 1 FROM mailbox m WHERE m.case_key = a.case_key)
        """,
        "a.created_at DESC, a.id", sight, static () => [], stretch, static r => r.GetString(0), cancellationToken);

    /// <summary>Messages that are not delivered, the oldest first.</summary>
    public ValueTask<CountedPage<UndeliveredMessage>> MessagesAsync(FamilySight sight, Stretch stretch, CancellationToken cancellationToken = default) => PageAsync(
        "a.id, a.channel, a.recipient, a.kind, a.state, a.attempts, a.created_at, a.next_attempt_at, a.last_error", "FROM outbox a WHERE a.state <> 'Delivered'", "a.created_at, a.id",
        sight, static () => [], stretch,
        static r => new UndeliveredMessage(r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetInt32(5), Time(r, 6)!.Value, Time(r, 7), Text(r, 8)),
        cancellationToken);

    /// <summary>Timers in the order in which they fire; those that are late come first.</summary>
    public ValueTask<CountedPage<WaitingTimer>> WaitingTimersAsync(FamilySight sight, Stretch stretch, CancellationToken cancellationToken = default) => PageAsync(
        "a.id, a.instance_id, a.case_key, a.activity_id, a.wait_name, a.fire_at, a.attempts", "FROM bookmarks a WHERE a.fire_at IS NOT NULL", "a.fire_at, a.id", sight, static () => [], stretch,
        static r => new WaitingTimer(r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3), Text(r, 4), Time(r, 5)!.Value, r.GetInt32(6)), cancellationToken);

    /// <summary>How sending goes over each channel that was used, within the families in sight.</summary>
    public async ValueTask<List<ChannelStanding>> ChannelsAsync(FamilySight sight, CancellationToken cancellationToken = default)
    {
        List<DbParameter> parameters = [];
        string text = $"""
            SELECT a.channel, COUNT(CASE WHEN a.state = 'Delivered' THEN 1 END), COUNT(CASE WHEN a.state = 'Pending' THEN 1 END), COUNT(CASE WHEN a.state = 'Failed' THEN 1 END), MAX(a.delivered_at)
            FROM outbox a WHERE 1 = 1{sight.Condition(store, parameters)} GROUP BY a.channel ORDER BY a.channel
            """;
        await using StoreConnection reader = await store.Provider.OpenReaderAsync(cancellationToken);
        return await reader.ReadAsync(
            new Statement(text, [.. parameters]), static r => new ChannelStanding(r.GetString(0), r.GetInt32(1), r.GetInt32(2), r.GetInt32(3), Time(r, 4)), cancellationToken);
    }

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

    // Parameters belong to one statement each, so that they are made for the count and for the rows.
    private async ValueTask<CountedPage<T>> PageAsync<T>(
        string columns, string source, string order, FamilySight sight, Func<List<DbParameter>> given, Stretch stretch, Func<DbDataReader, T> row, CancellationToken cancellationToken)
    {
        await using StoreConnection reader = await store.Provider.OpenReaderAsync(cancellationToken);
        List<DbParameter> counted = given();
        string count = $"SELECT COUNT(*) {source}{sight.Condition(store, counted)}";
        long total = (await reader.ReadAsync(new Statement(count, [.. counted]), static r => Convert.ToInt64(r.GetValue(0), null), cancellationToken))[0];
        if (stretch.Take == 0 || stretch.Skip >= total)
        {
            return new CountedPage<T>([], total);
        }

        List<DbParameter> parameters = given();
        string text = $"SELECT {columns} {source}{sight.Condition(store, parameters)} ORDER BY {order}";
        parameters.Add(store.Dialect.Value("@skip", stretch.Skip));
        parameters.Add(store.Dialect.Value("@take", stretch.Take));
        return new CountedPage<T>(await reader.ReadAsync(new Statement(store.Dialect.Page(text, "@skip", "@take"), [.. parameters]), row, cancellationToken), total);
    }

    private static string? Text(DbDataReader r, int column) => r.IsDBNull(column) ? null : r.GetString(column);

    private static DateTimeOffset? Time(DbDataReader r, int column) => r.IsDBNull(column) ? null : new DateTimeOffset(r.GetInt64(column), TimeSpan.Zero);
}
