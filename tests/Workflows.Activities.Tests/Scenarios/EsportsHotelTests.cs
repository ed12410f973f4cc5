using Workflows.Supervision.Documents;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;
using Xunit.Abstractions;

namespace Workflows.Activities.Tests.Scenarios;

/// <summary>The branches of scenario 1 that have to be tested, on virtual time, with their timelines (scenarios.md 1).</summary>
public sealed partial class EsportsHotelTests(ITestOutputHelper output)
{
    private static string[] Notices(CaseRun run, string activityId) => [.. run.All<Notice>().Where(n => n.Created.ActivityId == activityId)
        .Select(n => $"{n.Created.At.ToOffset(ShanghaiTime.Offset):MM-dd HH:mm} {n.Kind} {n.Recipient}")];

    private void Happened(CaseRun run, params string[] expected)
    {
        Show(run);
        Assert.Empty(run.State.Incidents);
        var lines = run.Completed().ToList();
        var at = 0;
        foreach (var line in expected)
        {
            var found = lines.IndexOf(line, at);
            Assert.True(found >= 0, $"“{line}” did not happen (in this order)");
            at = found;
        }
    }

    private static async Task<CaseRun> OrderedAsync(params string[] codes)
    {
        var run = await new CaseRun().StartAsync();
        await run.VisitAsync([], [.. codes.Select(c => People.Breach(run, c))]);
        await run.DoAsync("order.prepare", People.Officer("CUL"), null, new { });
        foreach (var department in run.All<RectificationOrder>().Select(o => o.Department!).ToList())
        {
            await run.DoAsync("order.approve", People.Head(department), "批准", new { note = "同意" }, department);
            await run.DoAsync("document.serve", People.Officer(department), "已送达", People.Served(run, department), department);
        }

        return run;
    }

    private static object Opinions(CaseRun run, params (string Item, string Opinion)[] opinions)
    {
        var items = run.All<RectificationOrder>().SelectMany(o => o.Items.Where(i => i.IsOpen).Select(i => (Order: o, Item: i))).ToList();
        return new
        {
            caseId = run.CaseId,
            method = "现场",
            officers = items.Select(i => i.Order.Department!).Distinct().SelectMany(d => new[] { People.Signature(run, d, 1), People.Signature(run, d, 2) }),
            opinions = opinions.Select(o => (Opinion: o, At: items.First(i => i.Item.ItemCode == o.Item)))
                .Select(x => new { orderId = x.At.Order.Id, ordinal = x.At.Item.Ordinal, found = "现场查看", opinion = x.Opinion.Opinion, evidenceIds = new[] { "E3" } }),
            partyView = "无异议",
        };
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
