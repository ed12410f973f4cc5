using System.Collections.Immutable;
using System.Globalization;
using Workflows.Supervision.DelimitedText;

namespace Workflows.Supervision.Rosters;

/// <summary>One row under examination: gives typed cells and notes what is wrong with them.</summary>
internal sealed class RosterRow(DelimitedRow row, IReadOnlyDictionary<string, int> columns, List<ImportProblem> problems)
{
    private static readonly string[] DateForms = ["yyyy-MM-dd", "yyyy/M/d", "yyyy年M月d日", "yyyyMMdd", "yyyy.M.d"];
    private static readonly char[] ListMarks = ['、', ';', '；'];

    public int Line => row.Line;

    public bool HasProblem { get; private set; }

    public void Report(string column, string value, string problem, string remedy)
    {
        HasProblem = true;
        problems.Add(new ImportProblem(row.Line, column, Shorten(value), problem, remedy));
    }

    public string? Optional(string column)
    {
        if (!columns.TryGetValue(column, out var at) || at >= row.Fields.Count)
        {
            return null;
        }

        var text = row.Fields[at].Trim();
        if (text.Contains('\uFFFD'))
        {
            Report(column, text, "含有无法识别的字符。", "请将文件另存为 UTF-8 或 GB18030 编码后重新导入。");
        }
        else if (text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')))
        {
            Report(column, text, "含有控制字符。", "请删除不可见字符。");
        }

        return text.Length == 0 ? null : text;
    }

    public string Required(string column)
    {
        if (Optional(column) is { } text)
        {
            return text;
        }

        Report(column, "", "不能为空。", "请填写。");
        return "";
    }

    public string RequiredId(string column)
    {
        var id = Required(column);
        if (id.Length > 128 || id.Any(c => c == '|' || char.IsWhiteSpace(c) || char.IsControl(c) || char.IsSurrogate(c)))
        {
            Report(column, id, "编号超过 128 个字符或含有空格、竖线等字符。", "请使用字母、数字、汉字和连字符。");
        }

        return id;
    }

    public DateOnly? Date(string column)
    {
        if (Optional(column) is not { } text)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, DateForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is >= 1900 and <= 2200)
        {
            return date;
        }

        Report(column, text, "不是有效日期。", "请写作 2026-11-21。");
        return null;
    }

    public int Number(string column, int whenEmpty, int largest)
    {
        if (Optional(column) is not { } text)
        {
            return whenEmpty;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= largest)
        {
            return number;
        }

        Report(column, text, "不是有效的整数。", $"请填写 0 至 {largest} 的整数。");
        return whenEmpty;
    }

    public double? Degrees(string column, double least, double most)
    {
        if (Optional(column) is not { } text)
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var degrees) && degrees >= least && degrees <= most)
        {
            return degrees;
        }

        Report(column, text, "不是有效的经纬度。", $"请填写 {least} 至 {most} 的度数（WGS‑84），如 29.868，或者不填。");
        return null;
    }

    public ImmutableArray<string> List(string column) => Optional(column) is { } text
        ? [.. text.Split(ListMarks, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)]
        : [];

    public string Known(string column, string code, IReadOnlySet<string>? known, string what)
    {
        if (code.Length > 0 && known is not null && !known.Contains(code))
        {
            Report(column, code, $"{what}不在名录中。", $"请核对代码，或先导入该{what}。");
        }

        return code;
    }

    public T Choice<T>(string column, IReadOnlyDictionary<string, T> choices, T whenEmpty)
    {
        if (Optional(column) is not { } text)
        {
            return whenEmpty;
        }

        if (choices.TryGetValue(text, out var choice))
        {
            return choice;
        }

        Report(column, text, "不是可选的内容。", $"请填写：{string.Join("、", choices.Keys)}。");
        return whenEmpty;
    }

    private static string Shorten(string text)
    {
        var runes = text.EnumerateRunes().Take(61).ToArray();
        return runes.Length <= 60 ? text : string.Concat(runes.Take(60)) + "…";
    }
}
