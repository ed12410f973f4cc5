using System.Collections.Immutable;
using System.Text;

namespace Workflows.Supervision.Time;

/// <summary>Consecutive days that did not count, or over which the last day rolled, with the reason in Chinese.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day, inclusive.</param>
/// <param name="Reason">Why, such as 周末, 春节放假, 检验.</param>
public sealed record DaySpan(DateOnly From, DateOnly To, string Reason)
{
    /// <summary>Number of days.</summary>
    public int Days => To.DayNumber - From.DayNumber + 1;
}

/// <summary>How a deadline was counted, step by step, so that an official or a party can follow it with a wall calendar.</summary>
/// <param name="StartDate">Date of the event; it does not count (民法典 201).</param>
/// <param name="FirstCountedDay">The day after it.</param>
/// <param name="Period">What was counted.</param>
/// <param name="NotCounted">Days within the count that did not count.</param>
/// <param name="MakeUpDays">Saturdays and Sundays that did count because offices worked.</param>
/// <param name="Raw">Last day before any roll-over.</param>
/// <param name="RolledOver">Days over which the last day moved; empty if it did not.</param>
/// <param name="Due">Last day.</param>
/// <param name="ProvisionalYears">Years without a published calendar that the count touched.</param>
public sealed record DeadlineArithmetic(
    DateOnly StartDate,
    DateOnly FirstCountedDay,
    LegalPeriod Period,
    ImmutableArray<DaySpan> NotCounted,
    ImmutableArray<DateOnly> MakeUpDays,
    DateOnly Raw,
    ImmutableArray<DaySpan> RolledOver,
    DateOnly Due,
    ImmutableArray<int> ProvisionalYears)
{
    private const int LongestList = 24;

    /// <summary>The count in one Chinese paragraph.</summary>
    public string Explanation
    {
        get
        {
            var text = new StringBuilder();
            text.Append($"自{ChineseDate.WithWeekday(StartDate)}起，当日不计入，从{ChineseDate.Of(FirstCountedDay)}起算{Period}");
            if (NotCounted.Length > LongestList)
            {
                text.Append($"；其间{NotCounted.Sum(s => s.Days)}日不计入");
            }
            else if (!NotCounted.IsEmpty)
            {
                text.Append("；不计入：").AppendJoin("、", NotCounted.Select(Describe));
            }

            if (!MakeUpDays.IsEmpty && MakeUpDays.Length <= LongestList)
            {
                text.Append("；调休上班计入：").AppendJoin("、", MakeUpDays.Select(ChineseDate.WithWeekday));
            }

            text.Append($"；期间届满日为{ChineseDate.WithWeekday(Raw)}");
            if (!RolledOver.IsEmpty)
            {
                text.Append("，不是工作日（").AppendJoin("、", RolledOver.Select(Describe))
                    .Append($"），顺延至{ChineseDate.WithWeekday(Due)}");
            }

            text.Append('。');
            if (!ProvisionalYears.IsEmpty)
            {
                text.AppendJoin("、", ProvisionalYears)
                    .Append("年节假日安排尚未公布，暂按周末和已知法定节假日计算；公布后重新计算，对当事人有利的从其计算结果。");
            }

            return text.ToString();
        }
    }

    private static string Describe(DaySpan span) => span.From == span.To
        ? $"{ChineseDate.Of(span.From)}（{span.Reason}）"
        : $"{ChineseDate.Of(span.From)}至{ChineseDate.Of(span.To)}（{span.Reason}）";
}
