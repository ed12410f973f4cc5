using System.Globalization;
using Workflows.Engine.JavaScript.Values;

namespace Workflows.Engine.JavaScript.Syntax;

/// <summary>
/// Cuts the source into tokens on demand. Whether <c>/</c> begins a regular expression and <c>}</c> goes on with a
/// template only the parser knows; it asks for those by name.
/// </summary>
internal sealed partial class Lexer(string source)
{
    private static readonly string[] Punctuators =
    [
        ">>>=", "...", "===", "!==", "**=", "<<=", ">>=", ">>>", "&&=", "||=", "??=",
        "=>", "==", "!=", "<=", ">=", "&&", "||", "??", "?.", "++", "--", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<", ">>", "**",
        "{", "}", "(", ")", "[", "]", ";", ",", "<", ">", "+", "-", "*", "/", "%", "&", "|", "^", "!", "~", "?", ":", "=", ".", "@", "#",
    ];

    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    public string Source { get; } = source;

    public Token Read(int at)
    {
        at = SkipBlank(at, out var afterLineEnd);
        if (at >= Source.Length)
        {
            return new Token(TokenKind.End, "", 0, Source.Length, Source.Length, afterLineEnd);
        }

        var c = Source[at];
        if (IsNameStart(c))
        {
            var end = at + 1;
            while (end < Source.Length && IsNamePart(Source[end]))
            {
                end++;
            }

            if (end < Source.Length && Source[end] == '\\')
            {
                throw Error("名称中不支持 \\u 转义，请直接书写字符。", end);
            }

            return new Token(TokenKind.Name, Canonical(Source[at..end]), 0, at, end, afterLineEnd);
        }

        if (char.IsAsciiDigit(c) || (c == '.' && at + 1 < Source.Length && char.IsAsciiDigit(Source[at + 1])))
        {
            return ReadNumber(at, afterLineEnd);
        }

        return c switch
        {
            '"' or '\'' => ReadText(at, c, afterLineEnd),
            '`' => new Token(TokenKind.Template, "`", 0, at, at + 1, afterLineEnd),
            _ => ReadPunctuator(at, afterLineEnd),
        };
    }

    /// <summary>One instance for equal names, so that most comparisons end at the reference; the pool of the process is only read.</summary>
    private string Canonical(string text)
    {
        if (!_names.TryGetValue(text, out var known))
        {
            known = string.IsInterned(text) ?? text;
            _names.Add(text, known);
        }

        return known;
    }

    public ScriptException Error(string reason, int at) => SourceText.Error(Source, ScriptErrorKind.Parse, reason, at);

    private Token ReadPunctuator(int at, bool afterLineEnd)
    {
        foreach (var sign in Punctuators)
        {
            if (string.CompareOrdinal(Source, at, sign, 0, sign.Length) != 0)
            {
                continue;
            }

            // "a?.5:1" is a condition with a number.
            if (sign == "?." && at + 2 < Source.Length && char.IsAsciiDigit(Source[at + 2]))
            {
                continue;
            }

            return new Token(TokenKind.Punctuator, sign, 0, at, at + sign.Length, afterLineEnd);
        }

        throw Error($"无法识别的字符“{Source[at]}”（U+{(int)Source[at]:X4}）。请检查是否误用了中文标点。", at);
    }

    private int SkipBlank(int at, out bool lineEnd)
    {
        lineEnd = false;
        while (at < Source.Length)
        {
            var c = Source[at];
            if (TextSpace.IsSpace(c))
            {
                lineEnd |= TextSpace.IsLineEnd(c);
                at++;
            }
            else if (c == '/' && at + 1 < Source.Length && Source[at + 1] == '/')
            {
                while (at < Source.Length && !TextSpace.IsLineEnd(Source[at]))
                {
                    at++;
                }
            }
            else if (c == '/' && at + 1 < Source.Length && Source[at + 1] == '*')
            {
                var end = Source.IndexOf("*/", at + 2, StringComparison.Ordinal);
                if (end < 0)
                {
                    throw Error("注释没有结束，缺少 */。", at);
                }

                lineEnd |= Source.AsSpan(at, end - at).ContainsAny("\n\r\u2028\u2029");
                at = end + 2;
            }
            else
            {
                break;
            }
        }

        return at;
    }

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c is '$' or '_' || (c > 127 && (char.IsLetter(c) || char.IsSurrogate(c) || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.LetterNumber));

    private static bool IsNamePart(char c) => IsNameStart(c) || char.IsAsciiDigit(c) || c is '\u200C' or '\u200D' || (c > 127
        && CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation);
}
