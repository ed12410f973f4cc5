using System.Collections.Immutable;

namespace Workflows.Supervision.Rosters;

/// <summary>Something wrong with a cell, a row or a file.</summary>
/// <param name="Line">Line on which the row begins, from 1; 0 for the file as a whole.</param>
/// <param name="Column">Header of the column, or empty.</param>
/// <param name="Value">What stands there, shortened to 60 characters.</param>
/// <param name="Problem">What is wrong, in Chinese.</param>
/// <param name="Remedy">What to do, in Chinese.</param>
public sealed record ImportProblem(int Line, string Column, string Value, string Problem, string Remedy)
{
    /// <summary>The problem in one line.</summary>
    public override string ToString() =>
        Line == 0 ? $"文件：{Problem}{Remedy}" : $"第 {Line} 行{(Column.Length == 0 ? "" : $"“{Column}”")}：{Problem}（{Value}）{Remedy}";
}

/// <summary>Outcome of reading a roster file.</summary>
/// <typeparam name="T">Kind of row.</typeparam>
/// <param name="Rows">Rows to take over; empty if the file has problems and good rows alone were not asked for.</param>
/// <param name="RowsRead">Rows that stood in the file, the header not counted.</param>
/// <param name="RowsInError">Rows with at least one problem.</param>
/// <param name="Problems">The first problems, in the order of the file; at most <see cref="RosterImportOptions.MostProblems"/>.</param>
/// <param name="Encoding">How the file was read: UTF-8 or GB18030.</param>
public sealed record RosterImportResult<T>(ImmutableArray<T> Rows, int RowsRead, int RowsInError, ImmutableArray<ImportProblem> Problems, string Encoding)
{
    /// <summary>True if nothing is wrong with the file.</summary>
    public bool IsClean => Problems.IsEmpty;
}

/// <summary>How to read a roster file and what its rows may refer to.</summary>
public sealed record RosterImportOptions
{
    /// <summary>Codes of the known departments; null accepts any.</summary>
    public IReadOnlySet<string>? Departments { get; init; }

    /// <summary>Codes of the known towns; null accepts any.</summary>
    public IReadOnlySet<string>? Towns { get; init; }

    /// <summary>True to take over the good rows of a file that has problems.</summary>
    public bool AcceptGoodRows { get; init; }

    /// <summary>Largest file in bytes.</summary>
    public int LargestFile { get; init; } = 256 << 20;

    /// <summary>Most rows, header included.</summary>
    public int MostRows { get; init; } = 1_100_000;

    /// <summary>Most characters in a cell.</summary>
    public int LongestCell { get; init; } = 2_000;

    /// <summary>Most problems listed; further ones are counted in the rows in error.</summary>
    public int MostProblems { get; init; } = 1_000;
}
