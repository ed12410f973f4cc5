using System.Globalization;

namespace Workflows.Templates.Evaluation;

/// <summary>
/// Order of text as the root collation of Unicode has it where it matters here: spaces, punctuation, symbols, digits, letters;
/// letters regardless of case first, small before capital when all else is equal. (The runtime's own comparison is ordinal, as the
/// application runs with invariant globalisation.)
/// </summary>
internal static class RootCollation
{
    // The order of ASCII punctuation and symbols in the default Unicode collation element table.
    private const string AsciiOrder = "\t\n\v\f\r _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789";

    public static int Compare(string a, string b)
    {
        var length = Math.Min(a.Length, b.Length);
        for (var i = 0; i < length; i++)
        {
            if (a[i] == b[i]) continue;
            var order = Primary(a[i]).CompareTo(Primary(b[i]));
            if (order != 0) return order;
        }
        if (a.Length != b.Length) return a.Length.CompareTo(b.Length);
        for (var i = 0; i < length; i++)
        {
            if (a[i] != b[i]) return char.IsLower(a[i]) ? -1 : 1;
        }
        return 0;
    }

    private static int Primary(char c)
    {
        var known = c < 128 ? AsciiOrder.IndexOf(c, StringComparison.Ordinal) : -1;
        if (known >= 0) return known;
        if (char.IsLetter(c)) return 0x20000 + char.ToLowerInvariant(c);
        return CharUnicodeInfo.GetUnicodeCategory(c) switch
        {
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => 0x18000 + c,
            _ => AsciiOrder.Length + c,
        };
    }
}
