using Microsoft.EntityFrameworkCore;
using Workflows.Host.Composition;
using Workflows.Storage.Definitions;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Calendars;

/// <summary>Sees to it that a new database knows the calendars that come with the product.</summary>
internal sealed class CalendarDesk(WorkflowsDbContext database, CalendarStore calendars, ServeSettings settings)
{
    /// <summary>Loads the files of <c>calendars/</c> into a database that has none, in order of name.</summary>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        var folder = Path.Combine(settings.HomeFolder, "calendars");
        if (!Directory.Exists(folder) || await database.Set<CalendarRow>().AsNoTracking().AnyAsync(cancellationToken))
            return;
        foreach (var path in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
            await calendars.LoadAsync(await File.ReadAllTextAsync(path, cancellationToken), "calendar|" + Path.GetFileName(path), Actor.Clock, cancellationToken: cancellationToken);
    }
}
