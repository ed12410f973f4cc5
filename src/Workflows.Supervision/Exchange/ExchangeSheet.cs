using Workflows.Supervision.Rosters;

namespace Workflows.Supervision.Exchange;

/// <summary>A sheet as it was read or is written, whatever the file's form.</summary>
/// <param name="Form">How it came, such as <c>xlsx</c>, <c>csv UTF-8</c>.</param>
/// <param name="Headings">First line.</param>
/// <param name="Lines">The others.</param>
public sealed record ExchangeSheet(string Form, IReadOnlyList<string> Headings, IReadOnlyList<ExchangeLine> Lines);

/// <summary>A line of a sheet.</summary>
/// <param name="Line">Its number, from 1.</param>
/// <param name="Cells">Text of its cells.</param>
/// <param name="Formulas">Positions of cells that hold a formula, whose value nobody vouches for.</param>
public sealed record ExchangeLine(int Line, IReadOnlyList<string> Cells, IReadOnlyList<int> Formulas);

/// <summary>Turns sheets into rows of our fields and back, by a platform's mapping.</summary>
public static class ExchangeSheets
{
    /// <summary>Most lines of a sheet that comes in.</summary>
    public const int MostLines = 20_000;

    /// <summary>Most columns.</summary>
    public const int MostColumns = 64;

    /// <summary>Most characters in a cell.</summary>
    public const int LongestCell = 4_000;

    /// <summary>The sheet of our rows, ready to go out.</summary>
    public static ExchangeSheet Write(ExchangeMapping mapping, IEnumerable<IReadOnlyDictionary<string, string>> rows) => new(
        "",
        [.. mapping.Columns.Select(column => column.Heading)],
        [.. rows.Select((row, index) => new ExchangeLine(index + 2, [.. mapping.Columns.Select(column => Cell(column, row.GetValueOrDefault(column.Field, "")))], []))]);

    /// <summary>The rows of a sheet, by the newest mapping whose needed headings it has.</summary>
    /// <param name="mappings">Mappings in force, the newest first.</param>
    /// <param name="sheet">The sheet.</param>
    /// <param name="problems">Takes what is wrong, line by line.</param>
    /// <returns>The mapping that was used and the rows; a null mapping where none fits.</returns>
    public static (ExchangeMapping? Mapping, IReadOnlyList<ExchangeRow> Rows) Read(IReadOnlyList<ExchangeMapping> mappings, ExchangeSheet sheet, ICollection<ImportProblem> problems)
    {
        var headings = sheet.Headings.Select(heading => FormulaText.Inward(heading.Trim())).ToList();
        var mapping = mappings.FirstOrDefault(candidate => Missing(candidate, headings).Count == 0);
        if (mapping is null)
        {
            foreach (var column in Missing(mappings[0], headings))
            {
                problems.Add(new ImportProblem(1, column.Heading, "", "缺少必需的列。", "请使用导出的表格填写，不要改动表头。"));
            }

            return (null, []);
        }

        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var column in mapping.Columns)
        {
            var found = headings.Index().Where(heading => IsHeading(column, heading.Item)).Select(heading => heading.Index).ToList();
            if (found.Count > 1)
            {
                problems.Add(new ImportProblem(1, column.Heading, "", "列名重复。", "请只保留一列。"));
                return (null, []);
            }

            if (found.Count == 1)
            {
                places[column.Field] = found[0];
            }
        }

        return (mapping, [.. sheet.Lines.Where(line => line.Cells.Any(cell => !string.IsNullOrWhiteSpace(cell))).Select(line => RowOf(mapping, line, places, problems))]);
    }

    private static ExchangeRow RowOf(ExchangeMapping mapping, ExchangeLine line, Dictionary<string, int> places, ICollection<ImportProblem> problems)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var row = new ExchangeRow(line.Line, mapping, values, problems);
        foreach (var column in mapping.Columns)
        {
            var place = places.GetValueOrDefault(column.Field, -1);
            var text = place >= 0 && place < line.Cells.Count ? FormulaText.Inward(line.Cells[place].Trim()) : "";
            if (line.Formulas.Contains(place))
            {
                row.Report(column.Field, text, "单元格是公式，其结果不能作为记录。", "请将该单元格粘贴为数值后再导入。");
                text = "";
            }

            if (text.Length > LongestCell)
            {
                row.Report(column.Field, text, $"超过{LongestCell}个字符。", "请精简。");
                text = "";
            }

            text = text.Length == 0 ? column.WhenEmpty ?? "" : column.Values.FirstOrDefault(value => value.Theirs == text)?.Ours ?? text;
            if (text.Length > 0)
            {
                values[column.Field] = text;
            }
        }

        return row;
    }

    private static string Cell(ExchangeColumn column, string value) => FormulaText.Outward(column.Values.FirstOrDefault(pair => pair.Ours == value)?.Theirs ?? value);

    private static List<ExchangeColumn> Missing(ExchangeMapping mapping, List<string> headings)
    {
        var needed = ExchangeFields.Of(mapping.Kind).Where(field => field.Needed).Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        return [.. mapping.Columns.Where(column => needed.Contains(column.Field) && !headings.Any(heading => IsHeading(column, heading)))];
    }

    private static bool IsHeading(ExchangeColumn column, string heading) => heading == column.Heading || column.Aliases.Contains(heading, StringComparer.Ordinal);
}
