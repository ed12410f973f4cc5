using Workflows.Supervision.Time;
using static Workflows.Supervision.Tests.Time.Calendars;

namespace Workflows.Supervision.Tests.Time;

public class WorkCalendarTests
{
    [Theory]
    [InlineData(2024, "22 18 21 22 21 19 23 22 21 19 21 22", 251)]
    [InlineData(2025, "19 19 21 22 19 20 23 21 23 18 20 23", 248)]
    [InlineData(2026, "21 16 22 21 19 21 23 21 22 18 21 23", 248)]
    public void Working_days_of_each_month_agree_with_the_checksums_of_the_published_years(int year, string months, int sum)
    {
        var expected = months.Split(' ').Select(int.Parse).ToArray();
        var counted = Enumerable.Range(1, 12).Select(m => new DateOnly(year, m, 1)).Select(first =>
            National.WorkingDaysBetween(first.AddDays(-1), first.AddMonths(1).AddDays(-1))).ToArray();
        Assert.Equal(expected, counted);
        Assert.Equal(sum, counted.Sum());
    }

    [Theory]
    [InlineData("2026-02-14", DayKind.MakeUpWorkday, true)]
    [InlineData("2026-02-15", DayKind.Holiday, false)]
    [InlineData("2024-02-09", DayKind.WorkingDay, true)]
    [InlineData("2026-11-21", DayKind.Weekend, false)]
    [InlineData("2026-11-20", DayKind.WorkingDay, true)]
    [InlineData("2027-02-05", DayKind.KnownStatutoryHoliday, false)]
    [InlineData("2027-06-09", DayKind.KnownStatutoryHoliday, false)]
    [InlineData("2027-02-09", DayKind.WorkingDay, true)]
    public void A_day_is_what_the_notice_or_the_law_says(string date, DayKind kind, bool working)
    {
        var day = National.Day(D(date));
        Assert.Equal(kind, day.Kind);
        Assert.Equal(working, National.IsWorkingDay(D(date)));
    }

    [Theory]
    [InlineData("2024-02-09", false)]
    [InlineData("2025-01-28", true)]
    [InlineData("2026-02-15", false)]
    [InlineData("2026-02-16", true)]
    [InlineData("2026-10-03", true)]
    [InlineData("2026-10-04", false)]
    [InlineData("2024-05-02", false)]
    [InlineData("2025-05-02", true)]
    public void Statutory_holidays_are_fewer_than_days_off(string date, bool statutory) =>
        Assert.Equal(statutory, National.IsStatutoryHoliday(D(date)));

    [Theory]
    [InlineData(2024, 11)]
    [InlineData(2025, 13)]
    [InlineData(2026, 13)]
    [InlineData(2027, 13)]
    public void A_year_has_as_many_statutory_days_as_the_law_in_force_gives(int year, int days) =>
        Assert.Equal(days, Enumerable.Range(0, 366).Select(i => new DateOnly(year, 1, 1).AddDays(i)).Count(d => d.Year == year && National.IsStatutoryHoliday(d)));

    [Theory]
    [InlineData("2026-10-12", -3, "2026-10-08")]
    [InlineData("2026-10-12", -1, "2026-10-10")]
    [InlineData("2026-02-24", -1, "2026-02-14")]
    [InlineData("2026-10-10", 1, "2026-10-12")]
    [InlineData("2026-11-21", 0, "2026-11-21")]
    [InlineData("2026-11-21", -1, "2026-11-20")]
    public void Rungs_are_counted_in_working_days_in_both_directions(string from, int days, string expected) =>
        Assert.Equal(D(expected), National.AddWorkingDays(D(from), days));

    [Fact]
    public void The_published_years_name_their_notice_and_their_loading()
    {
        Assert.Equal([2024, 2025, 2026], National.PublishedYears.Select(y => y.Year));
        Assert.Equal("国办发明电〔2025〕7号", National.PublishedYears[2].NoticeNumber);
        Assert.StartsWith("https://www.gov.cn/", National.PublishedYears[2].Source, StringComparison.Ordinal);
        Assert.Equal(Loaded, National.PublishedYears[2].LoadedOn);
        Assert.False(National.IsPublished(2027));
    }

    [Fact]
    public void A_typhoon_day_holds_for_its_place_and_organ_only()
    {
        var typhoon = new CalendarOverlay("typhoon-1", new CalendarScope("3302", "CLE"), [D("2026-07-22")], true, "台风停工", "甬防指〔2026〕3号", Loaded);
        var calendar = National.With(typhoon);
        Assert.True(calendar.IsWorkingDay(D("2026-07-22")));
        Assert.True(calendar.ForPlace("330100001", "CLE").IsWorkingDay(D("2026-07-22")));
        Assert.True(calendar.ForPlace("330203001", "HEA").IsWorkingDay(D("2026-07-22")));
        Assert.False(calendar.ForPlace("330203001", "CLE").IsWorkingDay(D("2026-07-22")));
        Assert.NotEqual(calendar.Version, calendar.ForPlace("330203001", "CLE").Version);
        Assert.Equal(D("2026-07-24"), LegalDeadline.Compute(D("2026-07-20"), LegalPeriod.WorkingDays(3), calendar.ForPlace("330203", "CLE")).Due);
    }

    [Theory]
    [InlineData("[]", "文件")]
    [InlineData("{\"days\":[{\"date\":\"2027-13-01\",\"name\":\"元旦\",\"off\":true}]}", "days[0].date")]
    [InlineData("{\"days\":[{\"date\":\"2027-01-01\",\"name\":\"元旦\"}]}", "days[0].off")]
    [InlineData("{\"days\":[{\"date\":\"2027-01-01\",\"off\":true}]}", "days[0].name")]
    [InlineData("{\"days\":[{\"date\":\"2027-01-01\",\"name\":\"元旦\",\"off\":true},{\"date\":\"2027-01-01\",\"name\":\"元旦\",\"off\":false}]}", "days 2027-01-01")]
    [InlineData("{\"official\":{\"2027\":\"国办发明电〔2026〕1号\"},\"days\":[]}", "official.2027")]
    [InlineData("{\"days\":7}", "days")]
    [InlineData("{", "第 1 行")]
    public void A_broken_file_is_refused_with_its_place(string json, string place)
    {
        var refusal = Assert.Throws<DomainRuleException>(() => National.LoadText(json));
        Assert.Equal("calendar-file-invalid", refusal.Code);
        Assert.Equal(place, refusal.Field);
    }

    [Fact]
    public void A_file_that_is_too_large_is_refused_before_it_is_parsed()
    {
        using var stream = new MemoryStream(new byte[(1 << 20) + 1]);
        Assert.Contains("1 MiB", Assert.Throws<DomainRuleException>(() => National.Load(stream, Loaded)).Message, StringComparison.Ordinal);
    }
}
