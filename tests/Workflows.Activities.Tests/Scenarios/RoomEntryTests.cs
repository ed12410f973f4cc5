using Workflows.Supervision.Documents;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;

namespace Workflows.Activities.Tests.Scenarios;

/// <summary>Rooms that guests live in are entered only by police or with the guest's consent (practice.md 4).</summary>
public sealed class RoomEntryTests
{
    [Fact]
    public async Task What_was_found_in_a_room_with_guests_is_not_recorded_without_the_ground_on_which_it_was_entered()
    {
        var run = await new CaseRun().StartAsync();
        var refusal = await Assert.ThrowsAsync<RuleViolationException>(() => run.VisitAsync([], People.Breach(run, "EH-10") with { RoomEntry = null }));
        Assert.Equal("room-entry-missing", refusal.Code);
        Assert.EndsWith(".roomEntry", refusal.Field, StringComparison.Ordinal);
        Assert.Contains("EH-10", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_is_named_by_a_blank()
    {
        var run = await new CaseRun().StartAsync();
        var refusal = await Assert.ThrowsAsync<RuleViolationException>(() => run.VisitAsync([], People.Breach(run, "EH-10") with { RoomEntry = new RoomEntry(RoomEntryGround.GuestConsent, " ") }));
        Assert.Equal("field-missing", refusal.Code);
    }

    [Theory]
    [InlineData(RoomEntryGround.Police, "公安机关在场：样例民警甲")]
    [InlineData(RoomEntryGround.GuestConsent, "住客同意：样例民警甲")]
    public async Task The_record_says_on_what_ground_and_by_whom(RoomEntryGround ground, string printed)
    {
        var run = await new CaseRun().StartAsync();
        await run.VisitAsync([], People.Breach(run, "EH-10") with { RoomEntry = new RoomEntry(ground, "样例民警甲") });
        Assert.Contains($"进入在住客房：{printed}", Assert.Single(run.All<OfficialDocument>(), d => d.Form == "inspection-record").Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_item_that_is_looked_at_elsewhere_needs_none()
    {
        var run = await new CaseRun().StartAsync();
        await run.VisitAsync([], People.Breach(run, "EH-20"));
        Assert.Equal("EH-20", Assert.Single(run.All<Finding>()).ItemCode);
    }
}
