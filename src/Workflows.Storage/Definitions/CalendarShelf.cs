using System.Text;
using Workflows.Storage.Commit;
using Workflows.Storage.Providers;
using Workflows.Supervision.Time;

namespace Workflows.Storage.Definitions;

/// <summary>The calendar in force: all loaded files in order of loading, kept in memory until one is added.</summary>
internal sealed class CalendarShelf
{
    private volatile bool _stale = true;

    public WorkCalendar Current { get; private set; } = WorkCalendar.WeekendsOnly;

    public void Invalidate() => _stale = true;

    public async ValueTask RefreshAsync(StoreConnection connection, CancellationToken cancellationToken)
    {
        if (!_stale)
            return;
        _stale = false;
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
        Current = calendar;
    }
}
