using Workflows.Supervision.Time;

namespace Workflows.Host.Simulation;

/// <summary>When people of the simulation work: 9 to 12 and 13:30 to 17 on the working days of the calendar, Asia/Shanghai.</summary>
/// <param name="calendar">The calendar in force.</param>
internal sealed class OfficeHours(WorkCalendar calendar)
{
    private static readonly TimeOnly Open = new(9, 0);
    private static readonly TimeSpan Morning = TimeSpan.FromHours(3);
    private static readonly TimeSpan Break = TimeSpan.FromMinutes(90);
    private static readonly TimeSpan Day = TimeSpan.FromMinutes(390);

    /// <summary>The calendar in force.</summary>
    public WorkCalendar Calendar => calendar;

    /// <summary>The instant after so many minutes of work.</summary>
    public DateTimeOffset After(DateTimeOffset from, int minutes)
    {
        var day = ShanghaiTime.DateOf(from);
        var worked = calendar.IsWorkingDay(day) ? WorkedBy(ShanghaiTime.TimeOf(from)) : TimeSpan.Zero;
        if (!calendar.IsWorkingDay(day))
        {
            day = calendar.AddWorkingDays(day, 1);
        }

        var left = worked + TimeSpan.FromMinutes(minutes);
        var days = (int)(left.Ticks / Day.Ticks);
        return On(calendar.AddWorkingDays(day, days), (int)(left - (Day * days)).TotalMinutes);
    }

    /// <summary>The instant on a day after so many minutes of its work; a day off gives the next working day.</summary>
    public DateTimeOffset On(DateOnly day, int minute)
    {
        var working = calendar.IsWorkingDay(day) ? day : calendar.AddWorkingDays(day, 1);
        var into = TimeSpan.FromMinutes(Math.Clamp(minute, 0, (int)Day.TotalMinutes - 1));
        return ShanghaiTime.At(working, Open.Add(into < Morning ? into : into + Break));
    }

    /// <summary>An instant of the last working day on or before a date.</summary>
    public DateTimeOffset Before(DateOnly lastDay, int minute) =>
        On(calendar.IsWorkingDay(lastDay) ? lastDay : calendar.AddWorkingDays(lastDay, -1), minute);

    private static TimeSpan WorkedBy(TimeOnly time)
    {
        var since = time - Open;
        if (time <= Open)
        {
            return TimeSpan.Zero;
        }

        var worked = since <= Morning ? since : since <= Morning + Break ? Morning : since - Break;
        return worked > Day ? Day : worked;
    }
}
