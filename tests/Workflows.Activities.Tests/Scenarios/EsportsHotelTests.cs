using Workflows.Supervision.Documents;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;
using Xunit.Abstractions;

namespace Workflows.Activities.Tests.Scenarios;

public sealed class EsportsHotelTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_visit_without_findings_is_told_published_and_closed()
    {
        var run = await new CaseRun().StartAsync();
        await run.VisitAsync([]);
        await run.DoAsync("publication.review", People.With(Role.PublicationReviewer, "CUL"), "已公示");
        Show(run);
        Assert.Equal(CaseState.Closed, run.Case.State);
    }

    private void Show(CaseRun run)
    {
        foreach (var line in run.Completed())
        {
            output.WriteLine(line);
        }

        foreach (var document in run.All<OfficialDocument>())
        {
            output.WriteLine($"{document.Number} {document.Title}");
        }

        foreach (var incident in run.State.Incidents)
        {
            output.WriteLine($"INCIDENT {incident.ActivityId}: {incident.Message}");
        }

        output.WriteLine($"{run.State.Status}/{run.State.SubStatus} tasks: {string.Join(", ", run.Tasks().Select(t => $"{t.Kind}/{t.Department}"))}");
    }
}
