using Microsoft.EntityFrameworkCore;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Stimuli;

namespace Workflows.Host.Elsa.Runtime;

/// <summary>State of the runtime of this node, and what waits in the database that the nodes share.</summary>
/// <param name="Status"><c>Running</c> or <c>Paused</c>.</param>
/// <param name="IsPaused">Whether this node takes no timers, no letters and no new starts.</param>
/// <param name="Reason">Why it is paused.</param>
/// <param name="PausedBy">Account that paused it.</param>
/// <param name="PausedAt">Since when.</param>
/// <param name="QueueDepth">Requests of this node that wait for their turn.</param>
/// <param name="Letters">Letters between instances that are ready.</param>
/// <param name="DueTimers">Timers whose time has come.</param>
/// <param name="DeadLetters">Stimuli that could not be carried out.</param>
/// <param name="Node">Name of the machine.</param>
internal sealed record RuntimeStatus(
    string Status, bool IsPaused, string? Reason, string? PausedBy, DateTimeOffset? PausedAt, int QueueDepth, int Letters, int DueTimers, int DeadLetters, string Node);

/// <summary>Reads the state of the runtime.</summary>
internal sealed class RuntimeGauge(StimulusPump pump, WorkflowsDbContext database, TimeProvider clock)
{
    /// <summary>The state now.</summary>
    public async Task<RuntimeStatus> ReadAsync(CancellationToken cancellationToken)
    {
        var (now, pause) = (clock.GetUtcNow(), pump.Pausing);
        return new RuntimeStatus(
            pause is null ? "Running" : "Paused", pause is not null, pause?.Reason, pause?.ActorId, pause?.Since, pump.QueueDepth,
            await database.Set<MailboxRow>().CountAsync(row => row.State == 0, cancellationToken),
            await database.Set<BookmarkRow>().CountAsync(row => row.FireAt != null && row.FireAt <= now, cancellationToken),
            await database.Set<DeadLetterRow>().CountAsync(cancellationToken),
            Environment.MachineName);
    }
}
