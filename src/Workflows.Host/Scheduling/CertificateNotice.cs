using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Workflows.Storage.Model;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Scheduling;

/// <summary>Tells each department every morning which of its officers' certificates end within 30 days, so that draws do not run dry.</summary>
internal sealed class CertificateNotice(IStimulusGate gate, WorkflowsDbContext database) : INightlyWork
{
    private static readonly TimeSpan Outlook = TimeSpan.FromDays(30);

    /// <inheritdoc/>
    public string Name => "nightly:certificates";

    /// <inheritdoc/>
    public string Cron => "0 30 8 * * ?";

    /// <inheritdoc/>
    public async Task RunAsync(DateTimeOffset scheduledFor, CancellationToken cancellationToken)
    {
        var until = scheduledFor + Outlook;
        var counts = await database.Set<AggregateRow<OfficerRecord>>().AsNoTracking()
            .Where(row => row.State == nameof(OfficerStatus.Active) && row.DueAt > scheduledFor && row.DueAt <= until && row.Department != null)
            .GroupBy(row => row.Department!).Select(group => new { Department = group.Key, Count = group.Count() })
            .OrderBy(group => group.Department).ToListAsync(cancellationToken);
        if (counts.Count == 0)
            return;
        var key = string.Create(CultureInfo.InvariantCulture, $"{Name}|{scheduledFor.UtcTicks}");
        await gate.CommandAsync(key, "roster", Actor.Clock, (session, _) =>
        {
            foreach (var count in counts)
            {
                session.Send(new OutboxMessage("notice", $"department:{count.Department}", "证件到期提醒",
                    $"本部门有{count.Count}名执法人员的执法证件将在30日内到期，请及时换证并更新执法人员名录。", null, null));
            }

            return ValueTask.FromResult(counts.Count);
        }, new IdempotencyKey("schedule", key, ""), cancellationToken);
    }
}
