using Workflows.Storage.Audit;
using Workflows.Supervision.Time;

namespace Workflows.Host.Scheduling;

/// <summary>Seals the audit trail of the day before over all chains that have grown.</summary>
internal sealed class AuditSeal(AuditTrail trail) : INightlyWork
{
    /// <inheritdoc/>
    public string Name => "nightly:audit-seal";

    /// <inheritdoc/>
    public string Cron => "0 10 0 * * ?";

    /// <inheritdoc/>
    public async Task RunAsync(DateTimeOffset scheduledFor, CancellationToken cancellationToken) =>
        await trail.SealAsync(ShanghaiTime.DateOf(scheduledFor).AddDays(-1), cancellationToken);
}
