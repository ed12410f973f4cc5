using System.Globalization;

namespace Workflows.Supervision.Exchange;

/// <summary>
/// Takes the power from text that a spreadsheet would execute: what begins like a formula goes out behind an apostrophe, and an apostrophe that stands before
/// such a beginning is taken off when it comes back. Numbers keep their sign.
/// </summary>
public static class FormulaText
{
    /// <summary>The text as it may stand in a cell.</summary>
    public static string Outward(string text) => IsActive(text) || (text is ['\'', ..] && IsActive(text[1..])) ? "'" + text : text;

    /// <summary>The text of a cell as it was meant.</summary>
    public static string Inward(string text) => text is ['\'', ..] && (IsActive(text[1..]) || (text is ['\'', '\'', ..] && IsActive(text[2..]))) ? text[1..] : text;

    // Spreadsheets pass over blanks before a formula, and read full-width signs as well.
    private static bool IsActive(string text)
    {
        if (text is ['\t' or '\r' or '\n', ..])
        {
            return true;
        }

        var first = text.AsSpan().TrimStart();
        return first.Length > 0 && first[0] is '=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠'
            && !decimal.TryParse(first, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out _);
    }
}
