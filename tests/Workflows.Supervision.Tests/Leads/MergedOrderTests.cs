using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Tests.Sessions;

namespace Workflows.Supervision.Tests.Leads;

/// <summary>An order of the hotline that goes up in another lead keeps its number, its deadline and its right to an answer.</summary>
public sealed class MergedOrderTests
{
    private readonly LeadDistrict _district = new();

    [Fact]
    public async Task A_merged_order_brings_its_deadline_along_and_the_other_lead_does_not_end_without_an_answer()
    {
        var due = _district.Session.Now.AddDays(2);
        var (into, order) = await MergedAsync(due);
        var lead = await _district.LeadAsync(into);
        Assert.Equal((due, true), (lead.AnswerBy, lead.MustAnswer));
        Assert.Equal(new LeadAlias("12345", "H-1", due, Hotline: true), Assert.Single(lead.Aliases));
        Assert.Contains(_district.Session.Wakes, w => w.Id == into && w.At == due && w.Wait == LeadLife.ReplyWait);

        // When the deadline passes, the lead that took the order up is the one that is late.
        _district.Session.Now = due;
        await _district.Waits.WokenAsync(new DomainWake(into, LeadLife.WakeKind, into, LeadLife.ReplyWait, due));
        Assert.Equal(due, (await _district.LeadAsync(into)).ReplyLateSince);

        await Refused.WithAsync("field-missing", RefusalKind.Invalid, () => _district.Ending.CloseAsync(into, new CloseLead("已清理", "现场核实", ResponseClass.Management)).AsTask());
        var closed = await _district.Ending.CloseAsync(into, new CloseLead("已清理", "现场核实", ResponseClass.Management, "已清理并告知"));
        Assert.Equal("已清理并告知", closed.Closing!.Reply);
        Assert.Contains(_district.Session.Outbox, m => m.Recipient == "12345" && m.Text.Contains("H-1", StringComparison.Ordinal));
        Assert.Equal(LeadState.Merged, (await _district.LeadAsync(order)).State);
    }

    [Fact]
    public async Task The_earliest_of_several_deadlines_counts()
    {
        var now = _district.Session.Now;
        var (into, _) = await MergedAsync(now.AddDays(5));
        var second = await _district.StoredAsync(Order("H-2", now.AddDays(3), "另一处垃圾"));
        await _district.Ending.MergeAsync(second, new MergeLead(into, "同一事项"));
        Assert.Equal(now.AddDays(3), (await _district.LeadAsync(into)).AnswerBy);
    }

    [Fact]
    public async Task The_same_report_again_as_an_order_of_the_hotline_must_be_answered_by_its_deadline()
    {
        var at = _district.Session.Now.AddMinutes(-5);
        var id = await _district.StoredAsync(LeadDistrict.Report("W-1", at: at));
        var due = _district.Session.Now.AddDays(1);
        var again = await _district.Intake.TakeAsync(Order("H-9", due, LeadDistrict.Report().Text) with { OccurredAt = at });
        Assert.Equal((IntakeOutcome.ExactDuplicate, id), (again.Outcome, again.LeadId));
        var lead = await _district.LeadAsync(id);
        Assert.Equal((due, true), (lead.AnswerBy, lead.MustAnswer));
        Assert.Contains(_district.Session.Wakes, w => w.Id == id && w.At == due);
    }

    private async Task<(string Into, string Order)> MergedAsync(DateTimeOffset due)
    {
        var into = await _district.StoredAsync(LeadDistrict.Report("W-1"));
        var order = await _district.StoredAsync(Order("H-1", due, "河边有一堆垃圾没人管"));
        await _district.Ending.MergeAsync(order, new MergeLead(into, "同一事项"));
        return (into, order);
    }

    private static NewLead Order(string number, DateTimeOffset due, string text) =>
        LeadDistrict.Report(number, text, trigger: TriggerKind.Complaint12345) with { Source = "12345", ReplyDueAt = due };
}
