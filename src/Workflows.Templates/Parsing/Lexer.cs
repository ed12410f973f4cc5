namespace Workflows.Templates.Parsing;

/// <summary>Cuts a template into tokens: text outside code blocks, with white-space control and escape blocks resolved here.</summary>
internal sealed partial class Lexer
{
    private enum Trim { None, Greedy, Line }

    private readonly string _text;
    private readonly List<Token> _tokens = [];
    private int _pos;
    private int _end;
    private Trim _trimNext;

    private Lexer(string text)
    {
        _text = text;
        _end = text.Length;
    }

    public static List<Token> Tokenize(string text)
    {
        var lexer = new Lexer(text);
        while (lexer._pos < lexer._end) lexer.ReadText();
        lexer.Add(TokenKind.Eof, lexer._end, lexer._end);
        return lexer._tokens;
    }

    /// <summary>The tokens of one expression inside an interpolated string; offsets stay those of the whole source.</summary>
    public static List<Token> TokenizeCode(string text, int start, int end)
    {
        var lexer = new Lexer(text) { _pos = start, _end = end };
        while (lexer.ReadCodeToken()) { }
        lexer.Add(TokenKind.Eof, end, end);
        return lexer._tokens;
    }

    private void Add(TokenKind kind, int start, int end, object? value = null, bool space = false) =>
        _tokens.Add(new Token(kind, start, end, value, space));

    private char Peek(int ahead = 0) => _pos + ahead < _end ? _text[_pos + ahead] : '\0';

    private void ReadText()
    {
        var start = SkipTrimmed(_pos);
        var at = start;
        while (at < _end)
        {
            var next = _text.IndexOf('{', at, _end - at);
            if (next < 0) break;
            if (next + 1 < _end && _text[next + 1] == '{')
            {
                EnterCode(start, next);
                return;
            }
            var percents = CountPercents(next + 1);
            if (percents > 0 && next + percents + 1 < _end && _text[next + percents + 1] == '{')
            {
                ReadEscapeBlock(start, next, percents);
                return;
            }
            at = next + 1;
        }
        AddText(start, _end, Trim.None);
        _pos = _end;
    }

    private int CountPercents(int from)
    {
        var count = 0;
        while (from + count < _end && _text[from + count] == '%') count++;
        return count;
    }

    private void EnterCode(int textStart, int brace)
    {
        _pos = brace + 2;
        var trim = Peek() switch { '-' => Trim.Greedy, '~' => Trim.Line, _ => Trim.None };
        if (trim != Trim.None) _pos++;
        AddText(textStart, brace, trim);
        var indent = trim == Trim.None ? Indentation(textStart, brace) : null;
        Add(TokenKind.CodeEnter, brace, _pos, indent);
        while (ReadCodeToken()) { }
    }

    /// <summary>The white space between the start of the line and a code block, or null when something else stands there.</summary>
    private string? Indentation(int start, int end)
    {
        var i = end;
        while (i > start && _text[i - 1] is ' ' or '\t') i--;
        var atLineStart = i == 0 || _text[i - 1] == '\n';
        return atLineStart && i < end ? _text[i..end] : null;
    }

    private void ReadEscapeBlock(int textStart, int open, int percents)
    {
        var content = open + percents + 2;
        var trim = content < _end ? _text[content] switch { '-' => Trim.Greedy, '~' => Trim.Line, _ => Trim.None } : Trim.None;
        if (trim != Trim.None) content++;
        AddText(textStart, open, trim);
        var closing = "}" + new string('%', percents) + "}";
        var close = _text.IndexOf(closing, content, _end - content, StringComparison.Ordinal);
        if (close < 0)
        {
            Add(TokenKind.Invalid, open, open + percents + 2, $"转义块没有结束标记 {closing}");
            _pos = _end;
            return;
        }
        var contentEnd = close;
        _trimNext = Trim.None;
        if (close > content && _text[close - 1] is '-' or '~')
        {
            contentEnd--;
            _trimNext = _text[contentEnd] == '-' ? Trim.Greedy : Trim.Line;
        }
        if (contentEnd > content) Add(TokenKind.Text, content, contentEnd, _text[content..contentEnd]);
        _pos = close + closing.Length;
    }

    private void AddText(int start, int end, Trim trim)
    {
        if (trim == Trim.Greedy)
        {
            while (end > start && char.IsWhiteSpace(_text[end - 1])) end--;
        }
        else if (trim == Trim.Line)
        {
            while (end > start && _text[end - 1] != '\n' && char.IsWhiteSpace(_text[end - 1])) end--;
        }
        if (end > start) Add(TokenKind.Text, start, end, _text[start..end]);
    }

    /// <summary>Applies the white-space control of the preceding code exit to the text that begins at <paramref name="at"/>.</summary>
    private int SkipTrimmed(int at)
    {
        var trim = _trimNext;
        _trimNext = Trim.None;
        if (trim == Trim.None) return at;
        while (at < _end && char.IsWhiteSpace(_text[at]))
        {
            var newLine = _text[at] == '\n';
            at++;
            if (newLine && trim == Trim.Line) break;
        }
        return at;
    }
}
