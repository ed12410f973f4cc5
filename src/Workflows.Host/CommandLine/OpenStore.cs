using Workflows.Host.Composition;
using Workflows.Storage.Providers;
using Workflows.Storage.Stimuli;

namespace Workflows.Host.CommandLine;

/// <summary>The database of <c>WORKFLOWS_DATA</c> or <c>WORKFLOWS_CONNECTION</c>, opened for one verb: migrated, with a running pump and nothing that listens.</summary>
internal sealed class OpenStore : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly AsyncServiceScope _scope;

    private OpenStore(WebApplication application)
    {
        _application = application;
        _scope = application.Services.CreateAsyncScope();
    }

    /// <summary>Opens it.</summary>
    /// <param name="environment">Gives the value of an environment variable or null.</param>
    /// <param name="creates">Whether a database that is not there comes to be.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="BadInputException">There is no database, or the settings are wrong.</exception>
    public static async Task<OpenStore> OpenAsync(Func<string, string?> environment, bool creates, CancellationToken cancellationToken)
    {
        var settings = ServeSettings.FromEnvironment(environment) with { HomeFolder = HomeFolder.Find(environment) };
        if (!creates && settings.Connection is null && !File.Exists(Path.Combine(settings.DataFolder, StoreSetup.FileName)))
        {
            throw new BadInputException($"WORKFLOWS_DATA：文件夹“{settings.DataFolder}”中没有数据库，请指向服务的数据文件夹。");
        }

        Directory.CreateDirectory(settings.DataFolder);
        var application = WorkflowsApplication.Build(settings);
        try
        {
            await application.Services.GetRequiredService<StoreMigrator>().MigrateAsync(cancellationToken);
            await application.Services.GetRequiredService<StimulusPump>().StartAsync(cancellationToken);
            return new OpenStore(application);
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }
    }

    /// <summary>A service, of the verb's own scope.</summary>
    public T Service<T>()
        where T : notnull => _scope.ServiceProvider.GetRequiredService<T>();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _application.Services.GetRequiredService<StimulusPump>().StopAsync(CancellationToken.None);
        await _scope.DisposeAsync();
        await _application.DisposeAsync();
    }
}
