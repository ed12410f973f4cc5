using System.Text.Json.Serialization;

namespace Workflows.Supervision.Time;

/// <summary>In what a legal period is counted. The unit belongs to each rule, never to a law as a whole.</summary>
public enum PeriodUnit
{
    /// <summary>工作日: days on which offices work, make-up Saturdays and Sundays included (行政处罚法 85).</summary>
    WorkingDays,

    /// <summary>自然日: every day counts; the last day rolls over to a working day (民法典 203).</summary>
    CalendarDays,

    /// <summary>月: ends on the corresponding day, else on the last day of the month (民法典 202); rolls over.</summary>
    Months,

    /// <summary>年: ends on the corresponding day, else on the last day of the month (民法典 202); rolls over.</summary>
    Years,
}

/// <summary>
/// Length of a legal period in days, months or years. It has no meaning in hours: limits of minutes and hours are
/// <see cref="ElapsedDeadline"/>, and the two cannot be mixed.
/// </summary>
public readonly record struct LegalPeriod
{
    private const int LongestInYears = 100;

    /// <summary>Creates a period.</summary>
    /// <param name="length">At least 1 and no longer than a hundred years in its unit.</param>
    /// <param name="unit">What is counted.</param>
    /// <exception cref="DomainRuleException">The length is out of range (<c>period-out-of-range</c>).</exception>
    [JsonConstructor]
    public LegalPeriod(int length, PeriodUnit unit)
    {
        var longest = unit switch
        {
            PeriodUnit.WorkingDays or PeriodUnit.CalendarDays => LongestInYears * 365,
            PeriodUnit.Months => LongestInYears * 12,
            PeriodUnit.Years => LongestInYears,
            _ => throw new DomainRuleException("period-unit-unknown", $"期限单位“{unit}”不存在，请使用工作日、自然日、月或年。", nameof(unit)),
        };
        if (length < 1 || length > longest)
        {
            throw new DomainRuleException("period-out-of-range", $"期限长度 {length} 不在允许范围内，请填写 1 至 {longest}。", nameof(length));
        }

        Length = length;
        Unit = unit;
    }

    /// <summary>How many units; 1 or more.</summary>
    public int Length { get; }

    /// <summary>What is counted.</summary>
    public PeriodUnit Unit { get; }

    /// <summary>True if the last day moves to the next working day when it is not one (民法典 203).</summary>
    [JsonIgnore]
    public bool RollsOver => Unit != PeriodUnit.WorkingDays;

    /// <summary>A period of working days.</summary>
    public static LegalPeriod WorkingDays(int length) => new(length, PeriodUnit.WorkingDays);

    /// <summary>A period of calendar days.</summary>
    public static LegalPeriod CalendarDays(int length) => new(length, PeriodUnit.CalendarDays);

    /// <summary>A period of months.</summary>
    public static LegalPeriod Months(int length) => new(length, PeriodUnit.Months);

    /// <summary>A period of years.</summary>
    public static LegalPeriod Years(int length) => new(length, PeriodUnit.Years);

    /// <summary>Reads the unit's code as it stands in files: <c>working-days</c>, <c>calendar_days</c>, <c>months</c>, <c>years</c>; hyphen or underscore.</summary>
    /// <param name="code">The code.</param>
    /// <param name="unit">The unit, if the code is known.</param>
    /// <returns>True if the code is known.</returns>
    public static bool TryParseUnit(string? code, out PeriodUnit unit)
    {
        (var known, unit) = code?.Replace('_', '-') switch
        {
            "working-days" => (true, PeriodUnit.WorkingDays),
            "calendar-days" => (true, PeriodUnit.CalendarDays),
            "months" => (true, PeriodUnit.Months),
            "years" => (true, PeriodUnit.Years),
            _ => (false, default),
        };
        return known;
    }

    /// <summary>The unit's code in files: <c>working-days</c>, <c>calendar-days</c>, <c>months</c> or <c>years</c>.</summary>
    [JsonIgnore]
    public string UnitCode => Unit switch
    {
        PeriodUnit.WorkingDays => "working-days",
        PeriodUnit.CalendarDays => "calendar-days",
        PeriodUnit.Months => "months",
        _ => "years",
    };

    /// <summary>The period in Chinese: <c>15个工作日</c>, <c>90日</c>, <c>6个月</c>, <c>2年</c>.</summary>
    public override string ToString() => Unit switch
    {
        PeriodUnit.WorkingDays => $"{Length}个工作日",
        PeriodUnit.CalendarDays => $"{Length}日",
        PeriodUnit.Months => $"{Length}个月",
        _ => $"{Length}年",
    };
}
