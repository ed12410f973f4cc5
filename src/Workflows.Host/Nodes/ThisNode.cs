using System.Reflection;
using System.Security.Cryptography;
using Workflows.Host.Composition;
using Workflows.Storage.Providers;
using Workflows.Storage.Stimuli;

namespace Workflows.Host.Nodes;

/// <summary>The process that runs: who it is, since when, and what it has carried out.</summary>
internal sealed class ThisNode(ServeSettings settings, StoreProvider store, StimulusPump pump)
{
    private readonly Lock _gate = new();
    private int _schedules;
    private string? _lastSchedule;
    private DateTimeOffset? _lastScheduleAt;

    /// <summary>Id of this process; another process of the same machine, and the next start, has another.</summary>
    public string Id { get; } = $"{Environment.MachineName}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";

    /// <summary>When it started, UTC, by the machine's clock.</summary>
    public DateTimeOffset StartedAt { get; } = settings.WallClock.GetUtcNow();

    /// <summary>A schedule was carried out here.</summary>
    /// <param name="id">Id of the schedule.</param>
    /// <param name="dueAt">Time for which it acted.</param>
    public void Scheduled(string id, DateTimeOffset dueAt)
    {
        lock (_gate)
        {
            _schedules++;
            _lastSchedule = id;
            _lastScheduleAt = dueAt;
        }
    }

    /// <summary>What it has to say of itself now.</summary>
    /// <param name="stopped">Whether these are its last words.</param>
    public NodeReport Report(bool stopped)
    {
        lock (_gate)
        {
            return new NodeReport(
                Environment.MachineName, Version, NameOf(store), pump.Pausing is not null, stopped, store.Meter.Timers, _schedules, _lastSchedule, _lastScheduleAt);
        }
    }

    private static string Version { get; } = typeof(ThisNode).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    private static string NameOf(StoreProvider store) => store.GetType().Name switch
    {
        "PostgresStore" => "PostgreSQL", "SqlServerStore" => "SQL Server", _ => "SQLite",
    };
}

/// <summary>What a node says of itself each minute.</summary>
/// <param name="Name">Name of its machine.</param>
/// <param name="Version">Version of the service.</param>
/// <param name="Store">Kind of the database.</param>
/// <param name="Paused">Whether it takes no timers, no letters and no new starts.</param>
/// <param name="Stopped">Whether it was stopped in order: its last words.</param>
/// <param name="Timers">Timers that it fired since its start.</param>
/// <param name="Schedules">Schedules (nightly work, start triggers) that it carried out since its start.</param>
/// <param name="LastSchedule">Id of the last of them, or null.</param>
/// <param name="LastScheduleAt">Time for which that acted, UTC, by the district's clock, or null.</param>
internal sealed record NodeReport(
    string Name, string Version, string Store, bool Paused, bool Stopped, long Timers, int Schedules, string? LastSchedule, DateTimeOffset? LastScheduleAt);
