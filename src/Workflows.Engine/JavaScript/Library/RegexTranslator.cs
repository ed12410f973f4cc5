using System.Globalization;
using System.Text;

namespace Workflows.Engine.JavaScript.Library;

/// <summary>Writes a JavaScript pattern as the .NET pattern that matches the same.</summary>
internal sealed class RegexTranslator
{
    private const string LineEnds = @"\n\r\u2028\u2029";
    private const string Word = "A-Za-z0-9_";
    private const string Space = @"\t-\r \u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000\uFEFF";
    private const int DeepestNesting = 100;
    private readonly string _source;
    private readonly bool _multiline;
    private readonly bool _dotAll;
    private readonly bool _unicode;
    private readonly StringBuilder _target = new();
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly Stack<bool> _open = new();
    private int _groupTotal;
    private int _at;
    private bool _atomBefore;

    public RegexTranslator(string source, string flags)
    {
        _source = source;
        _multiline = flags.Contains('m', StringComparison.Ordinal);
        _dotAll = flags.Contains('s', StringComparison.Ordinal);
        _unicode = flags.Contains('u', StringComparison.Ordinal);
    }

    public int GroupCount { get; private set; }

    public IReadOnlyDictionary<string, int> GroupNames => _names;

    /// <summary>The pattern looks around or back, which only a backtracking engine can.</summary>
    public bool NeedsBacktracking { get; private set; }

    public string Translate()
    {
        CollectNames();
        while (_at < _source.Length)
        {
            Step();
        }

        if (_open.Count > 0)
        {
            throw new RegexSyntaxException("括号没有闭合。");
        }

        return _target.ToString();
    }

    private void Step()
    {
        var c = _source[_at];
        switch (c)
        {
            case '\\':
                TranslateEscape();
                break;
            case '[':
                TranslateClass();
                break;
            case '(':
                OpenGroup();
                break;
            case ')':
                if (!_open.TryPop(out var quantifiable))
                {
                    throw new RegexSyntaxException("多了一个“)”。");
                }

                Emit(")", quantifiable);
                _at++;
                break;
            case '.':
                Emit(_dotAll ? (_unicode ? @"(?:[\uD800-\uDBFF][\uDC00-\uDFFF]|[\s\S])" : @"[\s\S]") : _unicode ? $@"(?:[\uD800-\uDBFF][\uDC00-\uDFFF]|[^{LineEnds}])" : $"[^{LineEnds}]", true);
                _at++;
                break;
            case '^':
                NeedsBacktracking |= _multiline;
                Emit(_multiline ? $@"(?<=\A|[{LineEnds}])" : @"\A", false);
                _at++;
                break;
            case '$':
                NeedsBacktracking |= _multiline;
                Emit(_multiline ? $@"(?=[{LineEnds}]|\z)" : @"\z", false);
                _at++;
                break;
            case '|':
                Emit("|", false);
                _at++;
                break;
            case '*' or '+' or '?':
                Quantify(c.ToString());
                break;
            case '{' when QuantifierLength() is > 0 and var length:
                Quantify(_source.Substring(_at, length));
                break;
            case '{' or '}' or ']' when _unicode:
                throw new RegexSyntaxException($"“{c}”需要转义。");
            default:
                Emit(Literal(c), true);
                _at++;
                break;
        }
    }

    private void Emit(string text, bool isAtom)
    {
        _target.Append(text);
        _atomBefore = isAtom;
    }

    private void Quantify(string quantifier)
    {
        if (!_atomBefore)
        {
            throw new RegexSyntaxException($"“{quantifier}”前面没有可重复的内容。");
        }

        if (quantifier.Length > 1)
        {
            var bounds = quantifier[1..^1].Split(',');
            if (!int.TryParse(bounds[0], CultureInfo.InvariantCulture, out var low)
                || (bounds.Length > 1 && bounds[1].Length > 0 && (!int.TryParse(bounds[1], CultureInfo.InvariantCulture, out var high) || high < low)))
            {
                throw new RegexSyntaxException($"重复次数“{quantifier}”无效。");
            }

        }

        _at += quantifier.Length;
        Emit(quantifier, false);
        if (_at < _source.Length && _source[_at] == '?')
        {
            Emit("?", false);
            _at++;
        }
    }

    private int QuantifierLength()
    {
        var end = _at + 1;
        while (end < _source.Length && char.IsAsciiDigit(_source[end]))
        {
            end++;
        }

        if (end == _at + 1)
        {
            return 0;
        }

        if (end < _source.Length && _source[end] == ',')
        {
            end++;
            while (end < _source.Length && char.IsAsciiDigit(_source[end]))
            {
                end++;
            }
        }

        return end < _source.Length && _source[end] == '}' ? end + 1 - _at : 0;
    }

    private void OpenGroup()
    {
        if (_open.Count >= DeepestNesting)
        {
            throw new RegexSyntaxException($"括号嵌套超过 {DeepestNesting} 层。");
        }

        var rest = _source.AsSpan(_at + 1);
        foreach (var (sign, looks) in new[] { ("?:", false), ("?=", true), ("?!", true), ("?<=", true), ("?<!", true) })
        {
            if (rest.StartsWith(sign, StringComparison.Ordinal))
            {
                NeedsBacktracking |= looks;
                _at += sign.Length + 1;
                _open.Push(!looks || sign is "?=" or "?!");
                Emit("(" + sign, false);
                return;
            }
        }

        _at++;
        if (rest.StartsWith("?<", StringComparison.Ordinal))
        {
            _at = _source.IndexOf('>', _at) + 1;
        }
        else if (rest.StartsWith("?", StringComparison.Ordinal))
        {
            throw new RegexSyntaxException("“(?”后面的写法无效。");
        }

        GroupCount++;
        _open.Push(true);
        Emit("(", false);
    }

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

    /// <summary>A character that means itself to .NET, inside a class or out.</summary>
    private static string Literal(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' || (c >= 0x80 && !char.IsSurrogate(c) && !char.IsWhiteSpace(c) && !char.IsControl(c))
        ? c.ToString()
        : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");

    private void CollectNames()
    {
        var group = 0;
        var inClass = false;
        for (var i = 0; i < _source.Length; i++)
        {
            switch (_source[i])
            {
                case '\\':
                    i++;
                    break;
                case '[':
                    inClass = true;
                    break;
                case ']':
                    inClass = false;
                    break;
                case '(' when !inClass:
                    if (i + 1 >= _source.Length || _source[i + 1] != '?')
                    {
                        group++;
                    }
                    else if (i + 3 < _source.Length && _source[i + 2] == '<' && _source[i + 3] is not ('=' or '!'))
                    {
                        var end = _source.IndexOf('>', i);
                        if (end <= i + 3 || !_names.TryAdd(_source[(i + 3)..end], ++group))
                        {
                            throw new RegexSyntaxException("分组名无效或重复。");
                        }
                    }

                    break;
                default:
                    break;
            }
        }

        _groupTotal = group;
    }
}
