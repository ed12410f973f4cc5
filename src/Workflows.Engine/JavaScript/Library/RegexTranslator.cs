using System.Globalization;
using System.Text;

namespace Workflows.Engine.JavaScript.Library;

/// <summary>Writes a JavaScript pattern as the .NET pattern that matches the same.</summary>
internal sealed partial class RegexTranslator
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
