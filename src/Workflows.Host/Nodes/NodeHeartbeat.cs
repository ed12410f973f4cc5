using Workflows.Host.Composition;

namespace Workflows.Host.Nodes;

/// <summary>Lets the other nodes of the database know once a minute that this one runs, and that it goes when it is stopped in order.</summary>
internal sealed class NodeHeartbeat(IServiceScopeFactory scopes, ServeSettings settings, ILogger<NodeHeartbeat> log) : BackgroundService
{
    private readonly PeriodicTimer _minute = new(NodeBook.Every, settings.WallClock);

    /// <summary>Adds the node, its book and its heartbeat.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<ThisNode>();
        services.AddScoped<NodeBook>();
        services.AddSingleton<NodeHeartbeat>();
        services.AddHostedService(provider => provider.GetRequiredService<NodeHeartbeat>());
    }

    /// <summary>A node that serves is in the list: it is entered before the start is over, not some time after.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await BeatAsync(stopped: false, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await BeatAsync(stopped: true, cancellationToken);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _minute.Dispose();
        base.Dispose();
    }

    /// <summary>Writes once. A database that cannot be reached is told in the log, and tried again at the next time.</summary>
    /// <param name="stopped">Whether the node goes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    internal async Task BeatAsync(bool stopped, CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<NodeBook>().WriteAsync(stopped, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // Whoever looks sees a silent node; the service itself goes on.
            log.LogWarning(fault, "This node could not be entered in the list of nodes");
        }
        catch (OperationCanceledException)
        {
            // The service stops, and there was no time left for last words.
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await _minute.WaitForNextTickAsync(stoppingToken))
                await BeatAsync(stopped: false, stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // Stopped between two beats.
        }
    }
}
