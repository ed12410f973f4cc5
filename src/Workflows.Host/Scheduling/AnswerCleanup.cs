using System.Globalization;
using Workflows.Host.Nodes;
using Workflows.Storage.Upkeep;

namespace Workflows.Host.Scheduling;

/// <summary>Drops answers kept for replay after seven days, signals for which nobody has come, and nodes that were not heard of for a day.</summary>
internal sealed class AnswerCleanup(StoreUpkeep upkeep, NodeBook nodes) : INightlyWork
{
    /// <inheritdoc/>
    public string Name => "nightly:upkeep";

    /// <inheritdoc/>
    public string Cron => "0 30 3 * * ?";

    /// <inheritdoc/>
    public async Task RunAsync(DateTimeOffset scheduledFor, CancellationToken cancellationToken)
    {
        await upkeep.RunAsync(string.Create(CultureInfo.InvariantCulture, $"{Name}|{scheduledFor.UtcTicks}"), cancellationToken);
        await nodes.DropOldAsync(cancellationToken);
    }
}
