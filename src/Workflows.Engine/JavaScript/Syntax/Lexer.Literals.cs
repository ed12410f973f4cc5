using System.Globalization;
using System.Text;
using Workflows.Engine.JavaScript.Values;

namespace Workflows.Engine.JavaScript.Syntax;

/// <summary>Numbers, strings, templates and regular expressions.</summary>
internal sealed partial class Lexer
{
    /// <summary>Reads the text of a template from behind its <c>`</c> or <c>}</c>.</summary>
    /// <returns>The text, where it ends (behind <c>`</c> or <c>${</c>), and whether the template ends with it.</returns>
    public (string Text, int End, bool Last) ReadTemplatePart(int at)
    {
        var start = at;
        var text = new StringBuilder();
        while (at < Source.Length)
        {
            var c = Source[at];
            if (c == '`')
            {
                return (text.ToString(), at + 1, true);
            }

            if (c == '$' && at + 1 < Source.Length && Source[at + 1] == '{')
            {
                return (text.ToString(), at + 2, false);
            }

            if (c == '\\')
            {
                at = ReadEscape(at, text, inTemplate: true);
                continue;
            }

            if (c == '\r')
            {
                // The standard reads every line end of a template as \n.
                at += at + 1 < Source.Length && Source[at + 1] == '\n' ? 2 : 1;
                text.Append('\n');
                continue;
            }

            text.Append(c);
            at++;
        }

        throw Error("模板字符串没有结束，缺少 `。", start);
    }

    public (string Pattern, string Flags, int End) ReadRegex(int at)
    {
        var start = at++;
        var inClass = false;
        for (; at < Source.Length && !TextSpace.IsLineEnd(Source[at]); at++)
        {
            var c = Source[at];
            if (c == '\\')
            {
                at++;
            }
            else if (c == '[')
            {
                inClass = true;
            }
            else if (c == ']')
            {
                inClass = false;
            }
            else if (c == '/' && !inClass)
            {
                var pattern = Source[(start + 1)..at];
                var flags = ++at;
                while (at < Source.Length && IsNamePart(Source[at]))
                {
                    at++;
                }

                return (pattern, Source[flags..at], at);
            }
        }

        throw Error("正则表达式没有结束，缺少 /。", start);
    }

    private Token ReadNumber(int at, bool afterLineEnd)
    {
        var end = at;
        double value;
        if (Source[at] == '0' && at + 1 < Source.Length && RadixOf(Source[at + 1]) is > 0 and var radix)
        {
            end = TakeDigits(at + 2, static c => char.IsAsciiLetterOrDigit(c));
            var digits = Plain(at + 2, end);
            value = NumberText.ParseDigits(digits.AsSpan(), radix, out var used);
            if (digits is [.., 'n'] && used == digits.Length - 1)
            {
                throw Refusals.Error(Source, "BigInt", at);
            }

            if (used != digits.Length || used == 0)
            {
                throw Error("数字写法有误。", at);
            }

            return new Token(TokenKind.Number, "", value, at, end, afterLineEnd);
        }

        end = TakeDigits(at, char.IsAsciiDigit);
        var octal = end - at > 1 && Source[at] == '0';
        if (octal && Source.AsSpan(at, end - at).IndexOfAny('8', '9') < 0)
        {
            value = NumberText.ParseDigits(Source.AsSpan(at, end - at), 8, out _);
        }
        else
        {
            if (end < Source.Length && Source[end] == '.')
            {
                end = TakeDigits(end + 1, char.IsAsciiDigit);
            }

            if (end < Source.Length && Source[end] is 'e' or 'E')
            {
                var exponent = end + 1 < Source.Length && Source[end + 1] is '+' or '-' ? end + 2 : end + 1;
                end = TakeDigits(exponent, char.IsAsciiDigit);
                if (end == exponent)
                {
                    throw Error("数字的指数部分缺少数字。", at);
                }
            }

            value = double.Parse(Plain(at, end), NumberStyles.Float, CultureInfo.InvariantCulture);
        }

        if (end < Source.Length && Source[end] == 'n')
        {
            throw Refusals.Error(Source, "BigInt", at);
        }

        if (end < Source.Length && IsNamePart(Source[end]))
        {
            throw Error("数字后面不能紧跟字母或数字。", end);
        }

        return new Token(TokenKind.Number, "", value, at, end, afterLineEnd);
    }

    private int TakeDigits(int at, Func<char, bool> isDigit)
    {
        var start = at;
        while (at < Source.Length && (isDigit(Source[at]) || Source[at] == '_'))
        {
            if (Source[at] == '_' && (at == start || Source[at - 1] == '_' || at + 1 >= Source.Length || !isDigit(Source[at + 1])))
            {
                throw Error("数字分隔符 _ 只能放在两个数字之间。", at);
            }

            at++;
        }

        return at;
    }

    private string Plain(int from, int to) => Source[from..to].Replace("_", "", StringComparison.Ordinal);

    private static int RadixOf(char c) => c switch { 'x' or 'X' => 16, 'o' or 'O' => 8, 'b' or 'B' => 2, _ => 0 };

    private Token ReadText(int at, char quote, bool afterLineEnd)
    {
        var start = at++;
        var text = new StringBuilder();
        while (at < Source.Length && Source[at] is not ('\n' or '\r'))
        {
            var c = Source[at];
            if (c == quote)
            {
                return new Token(TokenKind.Text, Canonical(text.ToString()), 0, start, at + 1, afterLineEnd);
            }

            if (c == '\\')
            {
                at = ReadEscape(at, text, inTemplate: false);
            }
            else
            {
                text.Append(c);
                at++;
            }
        }

        throw Error($"字符串没有结束，缺少 {quote}。", start);
    }

    private int ReadEscape(int at, StringBuilder text, bool inTemplate)
    {
        if (at + 1 >= Source.Length)
        {
            throw Error("转义符 \\ 后面缺少字符。", at);
        }

        var c = Source[at + 1];
        switch (c)
        {
            case 'n': text.Append('\n'); return at + 2;
            case 't': text.Append('\t'); return at + 2;
            case 'r': text.Append('\r'); return at + 2;
            case 'b': text.Append('\b'); return at + 2;
            case 'f': text.Append('\f'); return at + 2;
            case 'v': text.Append('\v'); return at + 2;
            case '\r': return at + 2 < Source.Length && Source[at + 2] == '\n' ? at + 3 : at + 2;
            case '\n' or '\u2028' or '\u2029': return at + 2;
            case 'x': return ReadHex(at, at + 2, 2, text);
            case 'u' when at + 2 < Source.Length && Source[at + 2] == '{': return ReadCodePoint(at, text);
            case 'u': return ReadHex(at, at + 2, 4, text);
            case >= '0' and <= '7': return ReadOctal(at, text, inTemplate);
            case '8' or '9' when inTemplate: throw Error("模板字符串中不能使用八进制转义。", at);
            default: text.Append(c); return at + 2;
        }
    }

    private int ReadOctal(int at, StringBuilder text, bool inTemplate)
    {
        int end = at + 1, value = 0;
        while (end < Source.Length && end < at + 4 && Source[end] is >= '0' and <= '7' && (value * 8) + Source[end] - '0' < 256)
        {
            value = (value * 8) + Source[end++] - '0';
        }

        var plainZero = end == at + 2 && value == 0 && !(end < Source.Length && char.IsAsciiDigit(Source[end]));
        if (inTemplate && !plainZero)
        {
            throw Error("模板字符串中不能使用八进制转义。", at);
        }

        text.Append((char)value);
        return end;
    }

    private int ReadHex(int escape, int at, int count, StringBuilder text)
    {
        if (at + count > Source.Length || !int.TryParse(Source.AsSpan(at, count), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            throw Error($"转义 \\{Source[escape + 1]} 后面需要 {count} 位十六进制数字。", escape);
        }

        text.Append((char)value);
        return at + count;
    }

    private int ReadCodePoint(int at, StringBuilder text)
    {
        var end = Source.IndexOf('}', at + 3);
        if (end < 0 || !int.TryParse(Source.AsSpan(at + 3, end - at - 3), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) || value is < 0 or > 0x10FFFF)
        {
            throw Error("转义 \\u{…} 需要 0 到 10FFFF 之间的十六进制数字。", at);
        }

        if (value is >= 0xD800 and <= 0xDFFF)
        {
            text.Append((char)value);
        }
        else
        {
            text.Append(char.ConvertFromUtf32(value));
        }

        return end + 1;
    }
}
