using System.Globalization;
using System.Text;

namespace Workflows.Engine.JavaScript.Library;

/// <summary>What stands in square brackets.</summary>
internal sealed partial class RegexTranslator
{
    private void TranslateClass()
    {
        _at++;
        var negated = _at < _source.Length && _source[_at] == '^';
        _at += negated ? 1 : 0;
        var set = new StringBuilder();
        var wide = new List<string>();
        while (true)
        {
            if (_at >= _source.Length)
            {
                throw new RegexSyntaxException("“[”没有闭合。");
            }

            if (_source[_at] == ']')
            {
                _at++;
                break;
            }

            ClassPart(set, wide);
        }

        var text = (set.Length, negated) switch
        {
            (0, true) => @"[\s\S]",
            (0, false) => "(?!)",
            (_, true) => $"[^{set}]",
            _ => $"[{set}]",
        };
        NeedsBacktracking |= text == "(?!)";
        if (wide.Count > 0)
        {
            var pairs = string.Join('|', wide);
            NeedsBacktracking |= negated;
            text = negated ? $"(?:(?!{pairs})(?:[\\uD800-\\uDBFF][\\uDC00-\\uDFFF]|{text}))" : set.Length == 0 ? $"(?:{pairs})" : $"(?:{pairs}|{text})";
        }
        else if (negated && _unicode)
        {
            text = $@"(?:[\uD800-\uDBFF][\uDC00-\uDFFF]|{text})";
        }

        Emit(text, true);
    }

    private void ClassPart(StringBuilder set, List<string> wide)
    {
        var low = ClassAtom(out var lowSet);
        var isRange = _at + 1 < _source.Length && _source[_at] == '-' && _source[_at + 1] != ']';
        if (!isRange)
        {
            AddToClass(set, wide, low, lowSet);
            return;
        }

        _at++;
        var high = ClassAtom(out var highSet);
        if (lowSet is not null || highSet is not null)
        {
            // "[\w-x]": the hyphen is itself, outside of unicode mode.
            AddToClass(set, wide, low, lowSet);
            set.Append(@"\-");
            AddToClass(set, wide, high, highSet);
            return;
        }

        if (high < low)
        {
            throw new RegexSyntaxException("方括号中的范围顺序颠倒。");
        }

        if (low < 0x10000)
        {
            set.Append(Literal((char)low)).Append('-').Append(Literal((char)Math.Min(high, 0xFFFF)));
        }

        if (high >= 0x10000)
        {
            SurrogateRange(wide, Math.Max(low, 0x10000), high);
        }
    }

    private static void SurrogateRange(List<string> wide, int low, int high)
    {
        for (var lead = 0xD800 + ((low - 0x10000) >> 10); lead <= 0xD800 + ((high - 0x10000) >> 10); lead++)
        {
            var first = 0x10000 + ((lead - 0xD800) << 10);
            var from = 0xDC00 + Math.Max(low - first, 0);
            var to = 0xDC00 + Math.Min(high - first, 0x3FF);
            wide.Add(string.Create(CultureInfo.InvariantCulture, $@"\u{lead:X4}[\u{from:X4}-\u{to:X4}]"));
        }
    }

    private static void AddToClass(StringBuilder set, List<string> wide, int character, string? whole)
    {
        if (whole is not null)
        {
            set.Append(whole);
        }
        else if (character < 0x10000)
        {
            set.Append(Literal((char)character));
        }
        else
        {
            wide.Add(char.ConvertFromUtf32(character));
        }
    }

    /// <summary>One member of a class: a character, or a whole set such as <c>\d</c>.</summary>
    private int ClassAtom(out string? set)
    {
        set = null;
        var c = _source[_at];
        if (c == '\\' && _at + 1 < _source.Length)
        {
            if (_source[_at + 1] == '-')
            {
                _at += 2;
                return '-';
            }

            var isSet = _source[_at + 1] is 'd' or 'D' or 'w' or 'W' or 's' or 'S' || (_unicode && _source[_at + 1] is 'p' or 'P');
            var text = Escape(inClass: true);
            if (isSet)
            {
                set = text;
                return 0;
            }

            text = text.StartsWith("(?:", StringComparison.Ordinal) ? text[3..^1] : System.Text.RegularExpressions.Regex.Unescape(text);
            return text.Length == 2 ? char.ConvertToUtf32(text[0], text[1]) : text[0];
        }

        _at++;
        if (_unicode && char.IsHighSurrogate(c) && _at < _source.Length && char.IsLowSurrogate(_source[_at]))
        {
            return char.ConvertToUtf32(c, _source[_at++]);
        }

        return c;
    }
}
