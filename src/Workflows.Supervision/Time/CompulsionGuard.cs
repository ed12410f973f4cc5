namespace Workflows.Supervision.Time;

/// <summary>Hours that count as night for compulsory enforcement; wraps around midnight.</summary>
/// <param name="From">Begin of the night, inclusive.</param>
/// <param name="To">End of the night, exclusive.</param>
public readonly record struct NightHours(TimeOnly From, TimeOnly To)
{
    /// <summary>22:00 to 06:00, the night of the noise law, in the absence of a local rule.</summary>
    public static NightHours Usual => new(new TimeOnly(22, 0), new TimeOnly(6, 0));

    /// <summary>True if an instant falls into the night in Shanghai.</summary>
    public bool IsNight(DateTimeOffset instant) => ShanghaiTime.TimeOf(instant).IsBetween(From, To);
}

/// <summary>行政强制法 43: no compulsory enforcement at night or on statutory holidays, save in an emergency.</summary>
public static class CompulsionGuard
{
    /// <summary>
    /// Refuses enforcement at night and on holidays. The whole holiday of the State Council's arrangement is protected,
    /// not only the days that are statutory in the strict sense; ordinary weekends are not.
    /// </summary>
    /// <param name="at">When enforcement is to begin.</param>
    /// <param name="calendar">The calendar of the place.</param>
    /// <param name="night">The night hours.</param>
    /// <param name="emergencyReason">Reason of an emergency (紧急情况), which lifts the ban; null if there is none.</param>
    /// <exception cref="DomainRuleException"><c>enforcement-at-night</c> or <c>enforcement-on-holiday</c>.</exception>
    public static void Require(DateTimeOffset at, WorkCalendar calendar, NightHours night, string? emergencyReason = null)
    {
        if (!string.IsNullOrWhiteSpace(emergencyReason))
        {
            return;
        }

        var date = ShanghaiTime.DateOf(at);
        if (night.IsNight(at))
        {
            throw new DomainRuleException(
                "enforcement-at-night", $"拟定时间 {ChineseDate.Of(date)} {ShanghaiTime.TimeOf(at):HH:mm} 属于夜间，不得实施行政强制执行（行政强制法第四十三条），请改在白天进行。", nameof(at));
        }

        if (calendar.IsHoliday(date))
        {
            throw new DomainRuleException(
                "enforcement-on-holiday", $"{ChineseDate.Of(date)}为节假日，不得实施行政强制执行（行政强制法第四十三条），请改在其后的工作日进行。", nameof(at));
        }
    }
}
