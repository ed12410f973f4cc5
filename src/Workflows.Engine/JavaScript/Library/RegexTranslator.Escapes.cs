using System.Globalization;

namespace Workflows.Engine.JavaScript.Library;

/// <summary>What follows a backslash.</summary>
internal sealed partial class RegexTranslator
{
    private void TranslateEscape()
    {
        if (_at + 1 >= _source.Length)
        {
            throw new RegexSyntaxException("“\\”后面缺少字符。");
        }

        var c = _source[_at + 1];
        if (c is 'b' or 'B')
        {
            NeedsBacktracking = true;
            Emit(
                c == 'b'
                    ? $"(?:(?<=[{Word}])(?![{Word}])|(?<![{Word}])(?=[{Word}]))"
                    : $"(?:(?<=[{Word}])(?=[{Word}])|(?<![{Word}])(?![{Word}]))",
                false);
            _at += 2;
        }
        else if (c is >= '1' and <= '9' && BackReference(out var group, out var length))
        {
            Refer(group, length);
        }
        else if (c == 'k' && (_names.Count > 0 || _unicode))
        {
            var end = _source.IndexOf('>', _at);
            if (end < 0 || _source[_at + 2] != '<' || !_names.TryGetValue(_source[(_at + 3)..end], out var named))
            {
                throw new RegexSyntaxException("\\k 引用的分组不存在。");
            }

            Refer(named, end + 1 - _at);
        }
        else
        {
            Emit(Escape(inClass: false), true);
        }
    }

    private void Refer(int group, int length)
    {
        NeedsBacktracking = true;
        // A group that took no part matches the empty text in JavaScript and nothing in .NET.
        Emit(string.Create(CultureInfo.InvariantCulture, $"(?({group})\\{group}|)"), true);
        _at += length;
    }

    private bool BackReference(out int group, out int length)
    {
        var end = _at + 1;
        while (end < _source.Length && char.IsAsciiDigit(_source[end]))
        {
            end++;
        }

        length = end - _at;
        return int.TryParse(_source.AsSpan(_at + 1, length - 1), CultureInfo.InvariantCulture, out group) && group <= _groupTotal;
    }

    /// <summary>Translates the escape here and moves behind it; also used inside classes.</summary>
    private string Escape(bool inClass)
    {
        var c = _source[_at + 1];
        _at += 2;
        switch (c)
        {
            case 'd': return inClass ? "0-9" : "[0-9]";
            case 'D': return inClass ? @"\0-/:-\uFFFF" : "[^0-9]";
            case 'w': return inClass ? Word : $"[{Word}]";
            case 'W': return inClass ? @"\0-/:-@\[-\^`{-\uFFFF" : $"[^{Word}]";
            case 's': return inClass ? Space : $"[{Space}]";
            case 'S': return inClass ? @"\0-\x08\x0E-\x1F!-\x9F\xA1-\u167F\u1681-\u1FFF\u200B-\u2027\u202A-\u202E\u2030-\u205E\u2060-\u2FFF\u3001-\uFEFE\uFF00-\uFFFF" : $"[^{Space}]";
            case 'n' or 'r' or 't' or 'f' or 'v': return "\\" + c;
            case 'b': return @"\x08";
            case '0' when _at >= _source.Length || !char.IsAsciiDigit(_source[_at]): return @"\0";
            case >= '0' and <= '7' when !_unicode:
                var value = c - '0';
                while (_at < _source.Length && _source[_at] is >= '0' and <= '7' && (value * 8) + _source[_at] - '0' < 256)
                {
                    value = (value * 8) + _source[_at++] - '0';
                }

                return Literal((char)value);
            case 'c' when _at < _source.Length && char.IsAsciiLetter(_source[_at]):
                return Literal((char)(_source[_at++] % 32));
            case 'x' when Hex(2) is { } two: return Literal((char)two);
            case 'u' when _unicode && _at < _source.Length && _source[_at] == '{': return CodePoint();
            case 'u' when Hex(4) is { } four: return Literal((char)four);
            case 'p' or 'P' when _unicode: return Property(c == 'P', inClass);
            default:
                if (_unicode && char.IsAsciiLetterOrDigit(c))
                {
                    throw new RegexSyntaxException($"转义“\\{c}”无效。");
                }

                return Literal(c);
        }
    }

    private int? Hex(int digits)
    {
        if (_at + digits <= _source.Length && int.TryParse(_source.AsSpan(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            _at += digits;
            return value;
        }

        return _unicode ? throw new RegexSyntaxException("十六进制转义无效。") : null;
    }

    private string CodePoint()
    {
        var end = _source.IndexOf('}', _at);
        if (end < 0 || !int.TryParse(_source.AsSpan(_at + 1, end - _at - 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) || value is < 0 or > 0x10FFFF or (>= 0xD800 and <= 0xDFFF))
        {
            throw new RegexSyntaxException("\\u{…} 无效。");
        }

        _at = end + 1;
        return value < 0x10000 ? Literal((char)value) : $"(?:{char.ConvertFromUtf32(value)})";
    }

    private string Property(bool negated, bool inClass)
    {
        var end = _source.IndexOf('}', _at);
        if (end < 0 || _source[_at] != '{')
        {
            throw new RegexSyntaxException("\\p 后面应为 {类别}。");
        }

        var name = _source[(_at + 1)..end];
        _at = end + 1;
        var set = name switch
        {
            "Script=Han" or "sc=Han" or "Unified_Ideograph" or "Ideographic" => @"\u2E80-\u2FD5\u3005\u3007\u3021-\u3029\u3038-\u303B\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAD9",
            "Script=Latin" or "sc=Latin" => @"A-Za-z\u00AA\u00BA\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02B8\u1E00-\u1EFF\uFF21-\uFF3A\uFF41-\uFF5A",
            "L" or "Letter" => @"\p{L}",
            "Lu" or "Uppercase_Letter" or "Uppercase" => @"\p{Lu}",
            "Ll" or "Lowercase_Letter" or "Lowercase" => @"\p{Ll}",
            "Alphabetic" or "Alpha" => @"\p{L}\p{Nl}",
            "N" or "Number" => @"\p{N}",
            "Nd" or "Decimal_Number" => @"\p{Nd}",
            "P" or "Punctuation" => @"\p{P}",
            "S" or "Symbol" => @"\p{S}",
            "Z" or "Separator" => @"\p{Z}",
            "White_Space" => Space,
            _ => throw new RegexSyntaxException($"不支持字符类别“{name}”，可用 L、Lu、Ll、N、Nd、P、S、Z、Script=Han。"),
        };
        if (inClass)
        {
            return negated && set.Length == 5 ? set.Replace("\\p", "\\P", StringComparison.Ordinal) : !negated ? set : throw new RegexSyntaxException("方括号中不支持 \\P 的这种类别。");
        }

        return negated ? $"[^{set}]" : $"[{set}]";
    }
}
