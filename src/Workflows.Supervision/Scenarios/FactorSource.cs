using Workflows.Supervision.Time;

namespace Workflows.Supervision.Scenarios;

/// <summary>
/// What decides whether a factor of risk holds for a target, besides findings, scores and promises: the first that holds is enough. Each names data that the service keeps, so that
/// nobody is weighed by a name alone (scenarios.md, risk factors).
/// </summary>
public sealed record FactorSource
{
    /// <summary>Tags of the roster of which the target bears one, such as 顶层, or <c>NEAR_SCHOOL</c> which an import sets.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Levels of the risk of its sector, such as C and D for food; another scale than credit.</summary>
    public IReadOnlyList<string> RiskLevels { get; init; } = [];

    /// <summary>Tags of which whoever looks after the place bears one, such as a property firm that was evaluated low.</summary>
    public IReadOnlyList<string> CaretakerTags { get; init; } = [];

    /// <summary>A season of every year, or null.</summary>
    public YearSeason? Season { get; init; }

    /// <summary>Days around a holiday, or null.</summary>
    public HolidayNearness? Holiday { get; init; }

    /// <summary>Alarms at the target, or null.</summary>
    public AlarmCount? Alarms { get; init; }

    /// <summary>How long after its planned day a milestone that nobody confirmed counts, or null.</summary>
    public LegalPeriod? MilestoneLate { get; init; }
}

/// <summary>汛期 and the like: from one day of the year to another, both included; it may go over the end of the year.</summary>
/// <param name="From">First day, in the leap year 2024, which has every day of the year.</param>
/// <param name="To">Last day, likewise.</param>
public sealed record YearSeason(DateOnly From, DateOnly To)
{
    /// <summary>Whether a day of any year lies in it.</summary>
    public bool Contains(DateOnly day)
    {
        var here = new DateOnly(2024, day.Month, day.Day);
        return From <= To ? here >= From && here <= To : here >= From || here <= To;
    }
}

/// <summary>节日前后: so many calendar days before the first day off and after the last.</summary>
/// <param name="Before">Days before, 0 to 60.</param>
/// <param name="After">Days after, 0 to 60.</param>
public sealed record HolidayNearness(int Before, int After)
{
    /// <summary>Whether a day is that near to a holiday, or one.</summary>
    public bool Holds(DateOnly day, WorkCalendar calendar) =>
        Enumerable.Range(-After, After + 1 + Before).Any(away => calendar.IsHoliday(day.AddDays(away)));
}

/// <summary>近30日告警多于5次.</summary>
/// <param name="MoreThan">So many do not count yet.</param>
/// <param name="Within">How far back they count.</param>
public sealed record AlarmCount(int MoreThan, LegalPeriod Within);

/// <summary>At whose targets the findings of a factor were made.</summary>
public enum FindingsOf
{
    /// <summary>At the target itself.</summary>
    Target,

    /// <summary>At any project of the same contractor.</summary>
    Contractor,
}
