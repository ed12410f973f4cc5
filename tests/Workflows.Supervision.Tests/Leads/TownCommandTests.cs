using Workflows.Supervision.Catalogues;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Tests.Sessions;

namespace Workflows.Supervision.Tests.Leads;

/// <summary>一支队伍管执法, 县属乡用: officers of a department who are stationed with a town.</summary>
public sealed class TownCommandTests
{
    private const string Town = "330203001";

    private static readonly Actor TownHead = new() { Id = "u-town", Name = "街道负责人", Roles = [Role.DepartmentHead], Department = "TOWN", Area = Town };

    private readonly LeadDistrict _district = new LeadDistrict().With("M", LeadDistrict.Version(new DateOnly(2026, 1, 1)));

    [Fact]
    public async Task A_town_sends_out_officers_stationed_with_it_and_none_of_another_town_and_they_settle_the_matter_in_its_name()
    {
        Station("HEA1", Town);
        Station("HEA2", "330203002");
        Station("HEA3", null);
        var id = await AcceptedByTownAsync();

        foreach (var stranger in new[] { "HEA2", "HEA3", "NOBODY" })
        {
            var refusal = await Refused.WithAsync("officer-not-stationed", RefusalKind.Invalid, () => _district.Handling.DispatchAsync(id, new DispatchLead(["HEA1", stranger])).AsTask());
            Assert.Equal("officers[1]", refusal.Field);
        }

        var sent = await _district.Handling.DispatchAsync(id, new DispatchLead(["HEA1"]));
        Assert.Equal(("TOWN", LeadState.Dispatched), (sent.Department, sent.State));
        Assert.Equal("officer:HEA1", Assert.Single(_district.Session.Outbox, m => m.Kind == "派发").Recipient);

        // A colleague of the same department whom nobody sent has no part in it; who was sent settles it, and it stays the town's.
        await Refused.WithAsync("other-department", RefusalKind.Forbidden, () => CloseAsync("HEA2", id));
        var closed = await CloseAsync("HEA1", id);
        Assert.Equal(("TOWN", LeadState.Closed, "u-HEA1"), (closed.Department, closed.State, closed.Steps[^1].By));
    }

    [Fact]
    public async Task Who_is_called_back_from_the_town_loses_what_the_station_gave()
    {
        Station("HEA1", Town);
        var id = await AcceptedByTownAsync();
        await _district.Handling.DispatchAsync(id, new DispatchLead(["HEA1"]));
        Station("HEA1", "330203002");
        await Refused.WithAsync("other-department", RefusalKind.Forbidden, () => CloseAsync("HEA1", id));
        Station("HEA1", Town, OfficerStatus.Suspended);
        await Refused.WithAsync("other-department", RefusalKind.Forbidden, () => CloseAsync("HEA1", id));
        Station("HEA1", Town);
        Assert.Equal(LeadState.Closed, (await CloseAsync("HEA1", id)).State);
    }

    [Theory]
    [InlineData("网格长")]
    [InlineData("网格员")]
    [InlineData("联络员")]
    [InlineData("督察员")]
    [InlineData("巡查员")]
    [InlineData("信息员")]
    [InlineData("法律服务员")]
    public async Task The_grid_reports_in_one_of_its_seven_capacities(string capacity)
    {
        var report = LeadDistrict.Report("grid-" + capacity, trigger: TriggerKind.GridReport) with { ReportedBy = new LeadReporter("样例网格人员", null, capacity) };
        Assert.Equal(capacity, (await _district.LeadAsync(await _district.StoredAsync(report))).ReportedBy!.Capacity);
        var wrong = report with { ExternalNumber = "x", Text = "另一件事", ReportedBy = report.ReportedBy! with { Capacity = capacity + "甲" } };
        Assert.Equal("reportedBy.capacity", (await Refused.WithAsync("capacity-unknown", RefusalKind.Invalid, () => _district.Intake.TakeAsync(wrong).AsTask())).Field);
        // Residents are what they say they are.
        Assert.NotNull(await _district.StoredAsync(wrong with { Trigger = TriggerKind.Report }));
    }

    private async Task<string> AcceptedByTownAsync()
    {
        await new CatalogueService(_district.Session).TakeDelegationsAsync([new DelegationRow(Town, "M", new DelegationTerm(new DateOnly(2026, 1, 1), null, "样例赋权1号"))]);
        var id = await _district.StoredAsync(LeadDistrict.Report("town", matter: "M", area: Town));
        await _district.Handling.RouteAsync(id, new RouteLead());
        await _district.As(TownHead).Handling.AcceptAsync(id);
        return id;
    }

    private void Station(string officer, string? town, OfficerStatus status = OfficerStatus.Active) => _district.Session.Save(OfficerRecord.Of(
        new RosterOfficer { Id = officer, Name = officer, Department = "HEA", ServingTown = town, Status = status }, "330203", new Cause(null, "test", "样例", _district.Session.Now)));

    private async Task<Lead> CloseAsync(string officer, string id)
    {
        _district.As(new Actor { Id = $"u-{officer}", Name = officer, Roles = [Role.Inspector], Department = "HEA", Area = "330203", OfficerId = officer });
        return await _district.Ending.CloseAsync(id, new CloseLead("已整改", "现场核实", ResponseClass.Management));
    }
}
