namespace Workflows.Host.Scheduling;

/// <summary>Work that the service does for itself at fixed times. It may be asked for the same time twice and then does nothing more.</summary>
internal interface INightlyWork
{
    /// <summary>Name, unique; id of its schedule.</summary>
    string Name { get; }

    /// <summary>Cron expression, Beijing time.</summary>
    string Cron { get; }

    /// <summary>Does the work of a scheduled time.</summary>
    Task RunAsync(DateTimeOffset scheduledFor, CancellationToken cancellationToken);
}
