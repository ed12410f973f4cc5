using System.Globalization;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Exchange;

/// <summary>A line in our fields. What cannot be read is reported by line and heading, and reads as empty.</summary>
/// <param name="line">Number of the line, from 1.</param>
/// <param name="mapping">Mapping by which it was read.</param>
/// <param name="values">Values by field; empty cells have none.</param>
/// <param name="problems">Takes what is wrong.</param>
public sealed class ExchangeRow(int line, ExchangeMapping mapping, IReadOnlyDictionary<string, string> values, ICollection<ImportProblem> problems)
{
    // Days since 1899-12-30, as spreadsheets keep dates: the years 1954 to 2119.
    private const double FirstSerial = 20_000;
    private const double LastSerial = 80_000;

    private static readonly char[] Marks = ['、', ';', '；', ',', '，'];

    private static readonly string[] DateForms =
        ["yyyy-MM-dd", "yyyy-M-d", "yyyy/M/d", "yyyy年M月d日", "yyyyMMdd"];

    private static readonly string[] TimeForms =
    [
        "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-M-d H:mm", "yyyy/M/d H:mm", "yyyy/M/d H:mm:ss", "yyyy年M月d日H时m分", "yyyy年M月d日 H:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm",
    ];

    /// <summary>Number of the line, from 1.</summary>
    public int Line => line;

    /// <summary>Values by field.</summary>
    public IReadOnlyDictionary<string, string> Values => values;

    /// <summary>Whether anything is wrong with it.</summary>
    public bool HasProblem { get; private set; }

    /// <summary>Reports what is wrong with a field; with no field, with the line.</summary>
    public void Report(string field, string value, string problem, string remedy)
    {
        HasProblem = true;
        var heading = mapping.Columns.FirstOrDefault(column => column.Field == field)?.Heading ?? "";
        problems.Add(new ImportProblem(line, heading, value.Length <= 60 ? value : value[..(char.IsHighSurrogate(value[59]) ? 59 : 60)] + "…", problem, remedy));
    }

    /// <summary>The text of a field, or null.</summary>
    public string? Text(string field) => values.GetValueOrDefault(field);

    /// <summary>The text of a field that must be there; empty after a report.</summary>
    public string Needed(string field)
    {
        if (Text(field) is { } text)
        {
            return text;
        }

        Report(field, "", "没有填写。", "请填写后再导入。");
        return "";
    }

    /// <summary>The parts of a cell that holds several.</summary>
    public IReadOnlyList<string> List(string field) =>
        Text(field) is { } text ? [.. text.Split(Marks, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)] : [];

    /// <summary>One of several words, or null where it is empty.</summary>
    public T? Choice<T>(string field, IReadOnlyDictionary<string, T> choices)
        where T : struct
    {
        if (Text(field) is not { } text)
        {
            return null;
        }

        if (choices.TryGetValue(text, out var choice))
        {
            return choice;
        }

        Report(field, text, "不是可选的内容。", $"请填写：{string.Join("、", Theirs(field, choices.Keys))}。");
        return null;
    }

    /// <summary>A whole number, or null.</summary>
    public int? Number(string field, int least, int most)
    {
        if (Text(field) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text.EndsWith(".0", StringComparison.Ordinal) ? text[..^2] : text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        Report(field, text, "不是有效的整数。", $"请填写 {least} 至 {most} 的整数。");
        return null;
    }

    /// <summary>A date, or null.</summary>
    public DateOnly? Date(string field)
    {
        if (Text(field) is not { } text)
        {
            return null;
        }

        if (Serial(text) is { } serial)
        {
            return DateOnly.FromDateTime(DateTime.FromOADate(serial));
        }

        if (DateOnly.TryParseExact(text, DateForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        Report(field, text, "不是有效日期。", "请写作 2026-11-21。");
        return null;
    }

    /// <summary>A time of Beijing as an instant in UTC, or null; to the minute or second, or with an offset.</summary>
    public DateTimeOffset? Time(string field)
    {
        if (Text(field) is not { } text)
        {
            return null;
        }

        if (Serial(text) is { } serial)
        {
            var moment = DateTime.FromOADate(serial);
            return ShanghaiTime.At(DateOnly.FromDateTime(moment), TimeOnly.FromDateTime(moment));
        }

        if (DateTime.TryParseExact(text, TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            return ShanghaiTime.At(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
        }

        if (text.Contains('T', StringComparison.Ordinal) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var instant))
        {
            return instant;
        }

        Report(field, text, "不是有效时间。", "请写作 2026-11-21 09:30。");
        return null;
    }

    /// <summary>A time until which something is due, or null; of a day alone, its end (含当日).</summary>
    public DateTimeOffset? Deadline(string field)
    {
        if (Text(field) is { } text && Serial(text) is { } serial && serial == Math.Floor(serial))
        {
            return ShanghaiTime.PassedAt(DateOnly.FromDateTime(DateTime.FromOADate(serial)));
        }

        return Text(field) is { } written && DateOnly.TryParseExact(written, DateForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? ShanghaiTime.PassedAt(day) : Time(field);
    }

    private IEnumerable<string> Theirs(string field, IEnumerable<string> ours)
    {
        var pairs = mapping.Columns.FirstOrDefault(column => column.Field == field)?.Values ?? [];
        return ours.Select(word => pairs.FirstOrDefault(pair => pair.Ours == word)?.Theirs ?? word);
    }

    private static double? Serial(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is >= FirstSerial and <= LastSerial ? number : null;
}
