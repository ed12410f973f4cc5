using Workflows.Supervision.Escalation;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;

namespace Workflows.Activities.Tests.Scenarios;

/// <summary>RS-01, 02, 11, 18 and 22 of 水库 skip the reminders: phone and 督办单 at once (scenarios.md 2).</summary>
public sealed class UrgentFindingTests
{
    [Fact]
    public async Task An_urgent_finding_of_a_planned_visit_is_told_by_phone_and_held_by_an_order_at_once()
    {
        var run = await StartAsync();
        await run.VisitAsync([], People.Breach(run, "RS-01"));
        Assert.Empty(run.State.Incidents);
        Assert.Contains(run.Session.Outbox, m => m.Kind == "电话通知" && m.Recipient == "department:ECO/role:department-head");
        var drafted = Assert.Single(run.All<SupervisionOrder>());
        Assert.Equal(("ECO", SupervisionOrderState.Draft, run.Session.Now), (drafted.Department!, drafted.State, drafted.Created.At));
        Assert.Contains("RS-01", drafted.Summary, StringComparison.Ordinal);

        await run.DoAsync("supervision.sign", People.With(Role.Supervisor, "CMD"), null);
        await run.DoAsync("supervision.reply", People.Head("ECO"), SupervisionOrderService.Replied, new { reply = new { result = "已停止排放", reason = "紧急督办" } }, "ECO");
        Assert.Equal(SupervisionOrderState.Replied, Assert.Single(run.All<SupervisionOrder>()).State);
    }

    [Fact]
    public async Task An_ordinary_finding_goes_the_ordinary_way()
    {
        var run = await StartAsync();
        await run.VisitAsync([], People.Breach(run, "RS-07"));
        Assert.Empty(run.All<SupervisionOrder>());
        Assert.DoesNotContain(run.Session.Outbox, m => m.Kind == "电话通知");
    }

    [Fact]
    public void The_items_are_those_that_the_domain_names() =>
        Assert.Equal(["RS-01", "RS-02", "RS-11", "RS-18", "RS-22"], new CaseRun(scenario: "reservoir").Scenario.Items.Where(i => i.Urgent).Select(i => i.Code).Order(StringComparer.Ordinal));

    private static async Task<CaseRun> StartAsync() => await new CaseRun(scenario: "reservoir") { Tags = ["饮用水水源水库"] }.StartAsync();
}
