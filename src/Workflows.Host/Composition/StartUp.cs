using Microsoft.EntityFrameworkCore;
using Workflows.Host.Identity;
using Workflows.Storage.Model;

namespace Workflows.Host.Composition;

/// <summary>What has to be in place before the first request is answered.</summary>
internal static class StartUp
{
    /// <summary>Migrates the database and creates what is missing.</summary>
    /// <param name="services">Services of the application.</param>
    /// <param name="output">Where the operator reads what was created.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static async Task PrepareAsync(IServiceProvider services, TextWriter output, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(services.GetRequiredService<ServeSettings>().DataFolder);
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>().Database.EnsureCreatedAsync(cancellationToken);
        await scope.ServiceProvider.GetRequiredService<FirstAdministrator>().EnsureAsync(output);
    }
}
