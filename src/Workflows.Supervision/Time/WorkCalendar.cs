using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Workflows.Supervision.Time;

/// <summary>
/// Working days, holidays and make-up workdays: immutable data, loaded from files with their source, never compiled in.
/// For a year whose notice is not published it knows weekends and the statutory days it was given, and says so through
/// <see cref="IsPublished"/>; deadlines that reach into such a year are provisional.
/// </summary>
public sealed class WorkCalendar
{
    private readonly FrozenDictionary<DateOnly, CalendarDay> _days;
    private readonly FrozenDictionary<DateOnly, string> _statutory;
    private readonly ImmutableSortedDictionary<int, PublishedYear> _years;
    private readonly ImmutableArray<CalendarOverlay> _overlays;
    private readonly FrozenDictionary<DateOnly, CalendarDay> _local;

    private WorkCalendar(
        FrozenDictionary<DateOnly, CalendarDay> days,
        FrozenDictionary<DateOnly, string> statutory,
        ImmutableSortedDictionary<int, PublishedYear> years,
        ImmutableArray<CalendarOverlay> overlays,
        FrozenDictionary<DateOnly, CalendarDay> local)
    {
        _days = days;
        _statutory = statutory;
        _years = years;
        _overlays = overlays;
        _local = local;
        Version = Fingerprint();
    }

    /// <summary>Weekends only; no year is published.</summary>
    public static WorkCalendar WeekendsOnly { get; } = new(
        FrozenDictionary<DateOnly, CalendarDay>.Empty,
        FrozenDictionary<DateOnly, string>.Empty,
        ImmutableSortedDictionary<int, PublishedYear>.Empty,
        [],
        FrozenDictionary<DateOnly, CalendarDay>.Empty);

    /// <summary>The years with a published arrangement, in order.</summary>
    public IReadOnlyList<PublishedYear> PublishedYears => [.. _years.Values];

    /// <summary>Every local overlay that was loaded, whether or not it applies to this calendar's place.</summary>
    public IReadOnlyList<CalendarOverlay> Overlays => _overlays;

    /// <summary>Short digest (16 hexadecimal digits) of all that decides a count; the same data give the same version.</summary>
    public string Version { get; }

    /// <summary>
    /// The calendar with a file of the form of <c>calendars/china.json</c> added. A published year in the file replaces what
    /// was known of that year; statutory days and overlays are added.
    /// </summary>
    /// <param name="json">UTF-8 JSON, at most 1 MiB.</param>
    /// <param name="loadedOn">Local date of loading, kept with each published year and overlay.</param>
    /// <exception cref="DomainRuleException">The file cannot be read (<c>calendar-file-invalid</c>); nothing has changed.</exception>
    public WorkCalendar Load(Stream json, DateOnly loadedOn)
    {
        var file = CalendarFile.Read(json, loadedOn);
        var replaced = file.Years.Select(y => y.Year).ToHashSet();
        var days = _days.Where(d => !replaced.Contains(d.Key.Year)).ToDictionary();
        foreach (var day in file.Days)
        {
            days[day.Date] = day;
        }

        var statutory = _statutory.ToDictionary();
        foreach (var (date, name) in file.Statutory)
        {
            statutory[date] = name;
        }

        var newIds = file.Overlays.Select(o => o.Id).ToHashSet(StringComparer.Ordinal);
        return new WorkCalendar(
            days.ToFrozenDictionary(),
            statutory.ToFrozenDictionary(),
            _years.SetItems(file.Years.Select(y => KeyValuePair.Create(y.Year, y))),
            [.. _overlays.Where(o => !newIds.Contains(o.Id)), .. file.Overlays],
            _local);
    }

    /// <summary>The calendar with a local overlay added or replaced; it applies in what <see cref="ForPlace"/> returns.</summary>
    public WorkCalendar With(CalendarOverlay overlay) => new(
        _days, _statutory, _years, [.. _overlays.Where(o => o.Id != overlay.Id), overlay], _local);

    /// <summary>The calendar as it holds for a place and an organ: the national one with the overlays whose scope covers them, later ones winning.</summary>
    /// <param name="regionCode">Division code of the place.</param>
    /// <param name="organ">Department code, or null.</param>
    public WorkCalendar ForPlace(string? regionCode, string? organ = null)
    {
        var local = new Dictionary<DateOnly, CalendarDay>();
        foreach (var overlay in _overlays.Where(o => o.Scope.Covers(regionCode, organ)))
        {
            foreach (var date in overlay.Dates)
            {
                local[date] = new CalendarDay(date, overlay.Off ? DayKind.LocalClosure : DayKind.LocalWorkday, overlay.Reason);
            }
        }

        return new WorkCalendar(_days, _statutory, _years, _overlays, local.ToFrozenDictionary());
    }

    /// <summary>True if the State Council's arrangement for the year has been loaded.</summary>
    public bool IsPublished(int year) => _years.ContainsKey(year);

    /// <summary>What a day is.</summary>
    public CalendarDay Day(DateOnly date)
    {
        if (_local.TryGetValue(date, out var day) || _days.TryGetValue(date, out day))
        {
            return day;
        }

        // A statutory day is a day off even if the loaded arrangement forgot to list it.
        return _statutory.TryGetValue(date, out var name)
            ? new CalendarDay(date, DayKind.KnownStatutoryHoliday, name)
            : new CalendarDay(date, date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? DayKind.Weekend : DayKind.WorkingDay, null);
    }

    /// <summary>True if offices work on the day: make-up Saturdays and Sundays do, bridged days do not.</summary>
    public bool IsWorkingDay(DateOnly date) => Day(date).IsWorking;

    /// <summary>True on a statutory holiday in the strict sense (全国年节及纪念日放假办法 2), as far as the days were loaded.</summary>
    public bool IsStatutoryHoliday(DateOnly date) => _statutory.ContainsKey(date);

    /// <summary>True on a statutory holiday and on each further day off of the State Council's arrangement; ordinary weekends are none.</summary>
    public bool IsHoliday(DateOnly date) => IsStatutoryHoliday(date) || Day(date).Kind is DayKind.Holiday or DayKind.KnownStatutoryHoliday;

    /// <summary>
    /// The n-th working day after a date, or before it for a negative n; the date itself does not count and zero gives it
    /// back. The rung T−3 working days is <c>AddWorkingDays(T, -3)</c>.
    /// </summary>
    /// <exception cref="DomainRuleException">n or the date is out of range.</exception>
    public DateOnly AddWorkingDays(DateOnly date, int workingDays)
    {
        LegalDeadline.RequireCountable(date);
        if (workingDays is < -36_500 or > 36_500)
        {
            throw new DomainRuleException("period-out-of-range", $"工作日数 {workingDays} 超出范围，请填写 -36500 至 36500。", nameof(workingDays));
        }

        var step = Math.Sign(workingDays);
        for (var left = Math.Abs(workingDays); left > 0;)
        {
            date = date.AddDays(step);
            if (IsWorkingDay(date))
            {
                left--;
            }
        }

        return date;
    }

    /// <summary>How many working days lie after <paramref name="from"/> up to and including <paramref name="to"/>; negative if <paramref name="to"/> is the earlier.</summary>
    public int WorkingDaysBetween(DateOnly from, DateOnly to)
    {
        if (to < from)
        {
            return -WorkingDaysBetween(to, from);
        }

        var count = 0;
        for (var day = from.AddDays(1); day <= to; day = day.AddDays(1))
        {
            count += IsWorkingDay(day) ? 1 : 0;
        }

        return count;
    }

    private string Fingerprint()
    {
        var text = new StringBuilder();
        foreach (var year in _years.Values)
        {
            text.Append(year.Year).Append(' ').Append(year.NoticeNumber).Append('\n');
        }

        foreach (var day in _days.Values.Concat(_local.Values).OrderBy(d => d.Date).ThenBy(d => d.Kind))
        {
            text.Append(day.Date.DayNumber).Append(' ').Append(day.Kind).Append('\n');
        }

        foreach (var date in _statutory.Keys.Order())
        {
            text.Append(date.DayNumber).Append(" statutory\n");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..16];
    }
}
