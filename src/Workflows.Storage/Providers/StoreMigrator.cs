using Microsoft.EntityFrameworkCore;
using Workflows.Storage.Commit;
using Workflows.Storage.Model;

namespace Workflows.Storage.Providers;

/// <summary>Brings the database to the current model when the service starts; one process at a time.</summary>
public sealed class StoreMigrator(StoreModel store)
{
    /// <summary>Applies the migrations that are missing. Safe to call by any number of processes at once.</summary>
    public Task MigrateAsync(CancellationToken cancellationToken = default) => store.Provider.UnderMigrationLockAsync(
        async () =>
        {
            await using WorkflowsDbContext context = store.CreateContext();
            await context.Database.MigrateAsync(cancellationToken);
        },
        cancellationToken);
}
