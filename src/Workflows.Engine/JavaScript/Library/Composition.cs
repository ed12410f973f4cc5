using System.Text;

namespace Workflows.Engine.JavaScript.Library;

/// <summary>
/// Normal forms of the characters that scripts meet here: letters with accents (pinyin, European names) and the
/// full-width forms of Chinese input. The host runs without a globalization library, so .NET itself leaves texts as they are.
/// </summary>
internal static class Composition
{
    private const string Composed = "ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝàáâãäåçèéêëìíîïñòóôõöùúûüýÿĀāĂăĆćČčĎďĒēĔĕĚěĞğĨĩĪīĬĭŃńŇňŌōŎŏŐőŔŕŘřŚśŞşŠšŤťŨũŪūŬŭŮůŰűŸŹźŻżŽžǍǎǏǐǑǒǓǔǕǖǗǘǙǚǛǜǸǹ";
    private const string Decomposed =
        "A\u0300A\u0301A\u0302A\u0303A\u0308A\u030AC\u0327E\u0300E\u0301E\u0302E\u0308I\u0300I\u0301I\u0302I\u0308N\u0303O\u0300O\u0301O\u0302O\u0303O\u0308U\u0300U\u0301U\u0302U\u0308Y\u0301"
        + "a\u0300a\u0301a\u0302a\u0303a\u0308a\u030Ac\u0327e\u0300e\u0301e\u0302e\u0308i\u0300i\u0301i\u0302i\u0308n\u0303o\u0300o\u0301o\u0302o\u0303o\u0308u\u0300u\u0301u\u0302u\u0308y\u0301y\u0308"
        + "A\u0304a\u0304A\u0306a\u0306C\u0301c\u0301C\u030Cc\u030CD\u030Cd\u030CE\u0304e\u0304E\u0306e\u0306E\u030Ce\u030CG\u0306g\u0306I\u0303i\u0303I\u0304i\u0304I\u0306i\u0306N\u0301n\u0301N\u030Cn\u030C"
        + "O\u0304o\u0304O\u0306o\u0306O\u030Bo\u030BR\u0301r\u0301R\u030Cr\u030CS\u0301s\u0301S\u0327s\u0327S\u030Cs\u030CT\u030Ct\u030CU\u0303u\u0303U\u0304u\u0304U\u0306u\u0306U\u030Au\u030AU\u030Bu\u030BY\u0308"
        + "Z\u0301z\u0301Z\u0307z\u0307Z\u030Cz\u030CA\u030Ca\u030CI\u030Ci\u030CO\u030Co\u030CU\u030Cu\u030C"
        + "Ü\u0304ü\u0304Ü\u0301ü\u0301Ü\u030Cü\u030CÜ\u0300ü\u0300N\u0300n\u0300";

    private static readonly Dictionary<char, string> Parts = Composed.Select(static (c, i) => (c, Decomposed.Substring(i * 2, 2))).ToDictionary(static p => p.c, static p => p.Item2);
    private static readonly Dictionary<string, char> Wholes = Parts.ToDictionary(static p => p.Value, static p => p.Key, StringComparer.Ordinal);

    /// <summary>Each letter followed by its accents.</summary>
    public static string Decompose(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        var result = new StringBuilder(text.Length * 2);
        foreach (var c in text)
        {
            Append(result, c);
        }

        return result.ToString();
    }

    /// <summary>Letters and accents as single characters where there are such.</summary>
    public static string Compose(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        foreach (var c in Decompose(text))
        {
            if (c is >= '\u0300' and <= '\u036F' && result.Length > 0 && Wholes.TryGetValue(string.Concat([result[^1], c]), out var whole))
            {
                result[^1] = whole;
            }
            else
            {
                result.Append(c);
            }
        }

        return result.ToString();
    }

    /// <summary>Full-width letters, digits and signs as their ordinary forms.</summary>
    public static string Narrow(string text) => string.Create(text.Length, text, static (span, source) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = source[i] switch
            {
                >= '\uFF01' and <= '\uFF5E' => (char)(source[i] - 0xFEE0),
                '\u3000' or '\u00A0' => ' ',
                _ => source[i],
            };
        }
    });

    private static void Append(StringBuilder result, char c)
    {
        if (Parts.TryGetValue(c, out var parts))
        {
            Append(result, parts[0]);
            result.Append(parts[1]);
        }
        else
        {
            result.Append(c);
        }
    }
}
