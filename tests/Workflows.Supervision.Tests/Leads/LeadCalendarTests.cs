using System.Text;
using Workflows.Supervision.Deadlines;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Tests.Sessions;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;

namespace Workflows.Supervision.Tests.Leads;

/// <summary>A newly loaded calendar counts the waits of leads again that are counted in working days; the arrangement for 2027 is invented.</summary>
public sealed class LeadCalendarTests
{
    // New Year from Friday 1 to Tuesday 5 January; Saturday the 9th is worked.
    private const string Invented = """
        {"source":["invented for a test"],"official":{"2027":"测试〔2026〕1号 https://example.invalid/2027"},"days":[
         {"date":"2027-01-01","name":"元旦","off":true},{"date":"2027-01-02","name":"元旦","off":true},{"date":"2027-01-03","name":"元旦","off":true},
         {"date":"2027-01-04","name":"元旦","off":true},{"date":"2027-01-05","name":"元旦","off":true},{"date":"2027-01-09","name":"元旦","off":false}]}
        """;

    private readonly LeadDistrict _district = new();

    [Fact]
    public async Task Working_days_of_a_lead_move_with_the_year_their_owner_is_told_and_hours_stay()
    {
        _district.Session.Now = ShanghaiTime.At(new DateOnly(2026, 12, 29), new TimeOnly(10, 0));
        _district.With("M", LeadDistrict.Version(new DateOnly(2026, 1, 1)));
        var handled = await _district.StoredAsync(LeadDistrict.Report("one", matter: "M"));
        await _district.Handling.DispatchAsync(handled, new DispatchLead([]));
        var waiting = await _district.StoredAsync(LeadDistrict.Report("two", "另一条"));
        var before = (await _district.LeadAsync(handled)).Wait!;
        var hours = (await _district.LeadAsync(waiting)).Wait!;
        // Five working days after 29 December: 30, 31, 4, 5 and 6 January as long as nobody knows the arrangement.
        Assert.Equal((PassedAt(6), true, 5), (before.DueAt, before.Term!.Provisional, before.Term.WorkingDays));
        Assert.Null(hours.Term);

        var told = _district.Session.Outbox.Count;
        var moves = await RecountAsync(handled, waiting);

        // With it: 30, 31, 6, 7 and 8 January.
        var after = (await _district.LeadAsync(handled)).Wait!;
        Assert.Equal((PassedAt(8), before.Name, before.Owner, false), (after.DueAt, after.Name, after.Owner, after.Term!.Provisional));
        Assert.Contains(_district.Session.Wakes, wake => wake.Wait == after.Key && wake.At == after.DueAt && wake.Id == handled);
        Assert.Equal(hours, (await _district.LeadAsync(waiting)).Wait);
        var move = Assert.Single(moves);
        Assert.Equal((handled, "HEA", "线索办理期限", before.Owner, new DateOnly(2027, 1, 6), new DateOnly(2027, 1, 8), "330203003"), (move.LeadId, move.Department, move.RuleCode, move.HeldBy, move.Before, move.After, move.Area));
        var notice = Assert.Single(_district.Session.Outbox.Skip(told));
        Assert.Equal((before.Owner, CalendarRecount.NoticeKind), (notice.Recipient, notice.Kind));

        // The old letter to the clock finds another wait; what is settled is counted no second time.
        _district.Session.Now = PassedAt(6).AddMinutes(1);
        await _district.Waits.WokenAsync(_district.Session.Wakes.Last(wake => wake.Wait == before.Key));
        Assert.Null((await _district.LeadAsync(handled)).Wait!.LateSince);
        Assert.Empty(await Recount().RunLeadsAsync([handled, waiting]));
    }

    [Fact]
    public async Task What_ends_in_a_published_year_stays()
    {
        _district.Session.Now = ShanghaiTime.At(new DateOnly(2026, 12, 1), new TimeOnly(10, 0));
        _district.With("M", LeadDistrict.Version(new DateOnly(2026, 1, 1)));
        var handled = await _district.StoredAsync(LeadDistrict.Report("one", matter: "M"));
        await _district.Handling.DispatchAsync(handled, new DispatchLead([]));
        var before = (await _district.LeadAsync(handled)).Wait!;
        Assert.Empty(await RecountAsync(handled));
        Assert.Equal(before, (await _district.LeadAsync(handled)).Wait);
    }

    private static DateTimeOffset PassedAt(int dayOfJanuary) => ShanghaiTime.PassedAt(new DateOnly(2027, 1, dayOfJanuary));

    private async Task<IReadOnlyList<ClockMove>> RecountAsync(params string[] leads)
    {
        using var invented = new MemoryStream(Encoding.UTF8.GetBytes(Invented));
        _district.Session.Calendar = _district.Session.Calendar.Load(invented, new DateOnly(2026, 12, 29));
        return await Recount().RunLeadsAsync(leads);
    }

    private CalendarRecount Recount() => new(_district.Session, new ClockService(_district.Session), new NoticeService(_district.Session), new World());
}
