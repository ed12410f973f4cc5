using System.Text.Json.Nodes;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sampling;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Documents;

/// <content>Samples and the results of their tests.</content>
public sealed partial class DocumentModelBuilder
{
    private const string RetestBasis = "《中华人民共和国食品安全法》第八十八条";

    private async ValueTask<JsonObject> SamplingAsync(Visit visit, Context c, CancellationToken ct)
    {
        var team = visit.TeamId is { } teamId ? await session.FindAsync<InspectionTeam>(teamId, ct) : null;
        var takers = visit.Samples.SelectMany(s => s.OfficerIds).ToHashSet(StringComparer.Ordinal);
        return Node(new
        {
            sampling = new
            {
                takenAt = visit.Samples.Count > 0 ? visit.Samples[0].TakenAt : (DateTimeOffset?)null,
                place = c.Case!.Target.Address,
                officers = People(team?.Members.Where(m => takers.Contains(m.OfficerId))),
                samples = visit.Samples.Select(s => new
                {
                    ordinal = s.Ordinal, number = s.Number, item = c.Scenario.Item(s.ItemCode)?.Title, product = s.Product, batch = s.Batch, quantity = s.Quantity,
                    laboratory = s.Laboratory, backupKept = s.BackupKept,
                }),
                failed = visit.Samples.Where(s => s.Report is { Passed: false }).Select(s => new
                {
                    number = s.Number, product = s.Product, batch = s.Batch, laboratory = s.Laboratory, reportNumber = s.Report!.Number, reportedOn = s.Report.ReportedOn,
                    detail = s.Report.Detail, canRetest = s.BackupKept && !s.Report.Microbial,
                }),
                retest = new { days = SamplingService.RetestDays, basis = RetestBasis },
            },
        });
    }
}
