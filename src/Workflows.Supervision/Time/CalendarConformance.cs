using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Workflows.Supervision.Conformance;
using Workflows.Supervision.DelimitedText;

namespace Workflows.Supervision.Time;

/// <summary>
/// Runs a CSV file of deadlines against <see cref="LegalDeadline"/>. Columns <c>start_event_date</c>, <c>length</c>,
/// <c>unit</c> and <c>last_day</c> are needed; <c>last_weekday</c>, <c>provisional</c> and a <c>note</c> that begins with
/// <c>raw yyyy-MM-dd</c> are further expectations where they stand; other columns are ignored. Lines may end in LF or CRLF.
/// </summary>
public static partial class CalendarConformance
{
    private static readonly string[] Needed = ["start_event_date", "length", "unit", "last_day"];

    /// <summary>Runs every row.</summary>
    /// <param name="csv">The file's text.</param>
    /// <param name="calendar">The calendar to count with.</param>
    /// <returns>Totals and one failure for each row that differs or cannot be read.</returns>
    public static ConformanceReport Run(TextReader csv, WorkCalendar calendar)
    {
        var failures = ImmutableArray.CreateBuilder<ConformanceFailure>();
        var passed = 0;
        try
        {
            Dictionary<string, int>? columns = null;
            foreach (var row in DelimitedReader.Read(csv, DelimitedBounds.Usual))
            {
                if (columns is null)
                {
                    columns = Columns(row);
                    continue;
                }

                string? Cell(string name) =>
                    columns.TryGetValue(name, out var at) && at < row.Fields.Count && row.Fields[at].Trim() is { Length: > 0 } text ? text : null;
                if (Problem(Cell, calendar) is { } problem)
                {
                    failures.Add(new ConformanceFailure($"第 {row.Line} 行", problem));
                }
                else
                {
                    passed++;
                }
            }

            if (columns is null)
            {
                failures.Add(new ConformanceFailure("第 1 行", "文件是空的，缺少表头。"));
            }
        }
        catch (DelimitedTextException e)
        {
            failures.Add(new ConformanceFailure($"第 {e.Line} 行", e.Message));
        }

        return new ConformanceReport(passed, failures.ToImmutable());
    }

    private static Dictionary<string, int> Columns(DelimitedRow header)
    {
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < header.Fields.Count; i++)
        {
            columns.TryAdd(header.Fields[i].Trim().TrimStart('\uFEFF'), i);
        }

        return Needed.FirstOrDefault(n => !columns.ContainsKey(n)) is { } missing
            ? throw new DelimitedTextException(header.Line, $"表头缺少列 {missing}。")
            : columns;
    }

    private static string? Problem(Func<string, string?> cell, WorkCalendar calendar)
    {
        if (!TryDate(cell("start_event_date"), out var start))
        {
            return $"start_event_date “{cell("start_event_date")}”不是日期。";
        }

        if (!int.TryParse(cell("length"), NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            || !LegalPeriod.TryParseUnit(cell("unit"), out var unit))
        {
            return $"length “{cell("length")}”或 unit “{cell("unit")}”无效。";
        }

        if (!TryDate(cell("last_day"), out var expected))
        {
            return $"last_day “{cell("last_day")}”不是日期。";
        }

        try
        {
            return Difference(LegalDeadline.Compute(start, new LegalPeriod(length, unit), calendar), expected, cell);
        }
        catch (DomainRuleException e)
        {
            return e.Message;
        }
    }

    private static string? Difference(LegalDeadline deadline, DateOnly expected, Func<string, string?> cell)
    {
        if (deadline.Due != expected)
        {
            return $"{deadline.StartDate:yyyy-MM-dd} + {deadline.Period}：应为 {expected:yyyy-MM-dd}，算得 {deadline.Due:yyyy-MM-dd}。{deadline.Arithmetic.Explanation}";
        }

        if (cell("last_weekday") is { } weekday && weekday[^1] != ChineseDate.WeekdayOf(deadline.Due))
        {
            return $"last_weekday 应为{weekday}，算得周{ChineseDate.WeekdayOf(deadline.Due)}。";
        }

        if (cell("provisional") is { } text && bool.TryParse(text, out var provisional) && provisional != deadline.Provisional)
        {
            return $"provisional 应为 {provisional}，算得 {deadline.Provisional}。";
        }

        return cell("note") is { } note && RawDay().Match(note) is { Success: true } match
            && TryDate(match.Groups[1].Value, out var raw) && raw != deadline.Raw
                ? $"顺延前应为 {raw:yyyy-MM-dd}，算得 {deadline.Raw:yyyy-MM-dd}。"
                : null;
    }

    private static bool TryDate(string? text, out DateOnly date) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    [GeneratedRegex(@"\Araw (\d{4}-\d{2}-\d{2})", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex RawDay();
}
