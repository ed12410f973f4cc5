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
        Current = await CalendarReader.ReadAsync(connection, cancellationToken);
    }
}
