using System.Text;
using Workflows.Storage.Commit;
using Workflows.Storage.Providers;
using Workflows.Supervision.Time;

namespace Workflows.Storage.Definitions;

/// <summary>Reads the calendar in force for those who change nothing: no stimulus, no lock, nothing kept.</summary>
/// <param name="store">The store.</param>
public sealed class CalendarReader(StoreModel store)
{
    /// <summary>The calendar of all loaded files, in order of loading.</summary>
    public async ValueTask<WorkCalendar> ReadAsync(CancellationToken cancellationToken = default)
    {
        await using StoreConnection reader = await store.Provider.OpenReaderAsync(cancellationToken);
        return await ReadAsync(reader, cancellationToken);
    }

    internal static async ValueTask<WorkCalendar> ReadAsync(StoreConnection connection, CancellationToken cancellationToken)
    {
        var files = await connection.ReadAsync(
            new Statement("SELECT loaded_at, body FROM calendars ORDER BY loaded_at, id", []),
            static r => (LoadedAt: new DateTimeOffset(r.GetInt64(0), TimeSpan.Zero), Body: r.GetString(1)),
            cancellationToken);
        WorkCalendar calendar = WorkCalendar.WeekendsOnly;
        foreach (var file in files)
        {
            using var json = new MemoryStream(Encoding.UTF8.GetBytes(file.Body));
            calendar = calendar.Load(json, ShanghaiTime.DateOf(file.LoadedAt));
        }
        return calendar;
    }
}
