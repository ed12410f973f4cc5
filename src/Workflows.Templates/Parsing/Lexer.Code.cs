using System.Globalization;
using System.Numerics;
using System.Text;

namespace Workflows.Templates.Parsing;

/// <content>Tokens inside a code block.</content>
internal sealed partial class Lexer
{
    private int _braces;

    /// <summary>Reads one token of code; false when the code block has been left.</summary>
    private bool ReadCodeToken()
    {
        var space = SkipBlanks();
        if (_pos >= _end) return false;
        var start = _pos;
        var c = _text[_pos];
        if (_braces == 0 && AtExit(out var trim))
        {
            _trimNext = trim;
            var exit = trim == Trim.None ? _pos : _pos + 1;
            _pos = exit + 2;
            Add(TokenKind.CodeExit, start, _pos);
            return false;
        }
        if (c == '\n')
        {
            _pos++;
            Add(TokenKind.NewLine, start, _pos);
        }
        else if (c == '#') SkipComment();
        else if (char.IsLetter(c) || c == '_') ReadIdentifier(space);
        else if (char.IsAsciiDigit(c)) ReadNumber(space);
        else if (c is '"' or '\'') ReadString(c, space);
        else if (c == '`') ReadVerbatim(space);
        else if (c == '$') ReadLocal(space);
        else ReadOperator(c, space);
        return true;
    }

    private bool SkipBlanks()
    {
        var from = _pos;
        while (_pos < _end && _text[_pos] != '\n' && char.IsWhiteSpace(_text[_pos])) _pos++;
        return _pos > from;
    }

    private bool AtExit(out Trim trim)
    {
        trim = Peek() switch { '-' => Trim.Greedy, '~' => Trim.Line, _ => Trim.None };
        var skip = trim == Trim.None ? 0 : 1;
        return Peek(skip) == '}' && Peek(skip + 1) == '}';
    }

    private void SkipComment()
    {
        var block = Peek(1) == '#';
        _pos += block ? 2 : 1;
        while (_pos < _end)
        {
            if (AtExit(out _)) return;
            if (!block && _text[_pos] == '\n') return;
            if (block && _text[_pos] == '#' && Peek(1) == '#')
            {
                _pos += 2;
                return;
            }
            _pos++;
        }
    }

    private void ReadIdentifier(bool space)
    {
        var start = _pos;
        while (char.IsLetterOrDigit(Peek()) || Peek() == '_') _pos++;
        var afterDot = _tokens.Count > 0 && _tokens[^1].Kind is TokenKind.Dot or TokenKind.OptionalDot;
        if (afterDot && Peek() == '?' && Peek(1) is not ('.' or '?' or '!') && _text.AsSpan(start, _pos - start).SequenceEqual("empty")) _pos++;
        Add(TokenKind.Identifier, start, _pos, _text[start.._pos], space);
    }

    private void ReadLocal(bool space)
    {
        var start = _pos++;
        if (Peek() is '"' or '\'')
        {
            ReadInterpolated(start, Peek(), space);
            return;
        }
        if (Peek() == '$') _pos++;
        else while (char.IsLetterOrDigit(Peek()) || Peek() == '_') _pos++;
        Add(TokenKind.Local, start, _pos, _text[start.._pos], space);
    }

    private void ReadNumber(bool space)
    {
        var start = _pos;
        if (Peek() == '0' && Peek(1) is 'x' or 'X' && char.IsAsciiHexDigit(Peek(2)))
        {
            _pos += 2;
            while (char.IsAsciiHexDigit(Peek())) _pos++;
            var digits = _text.AsSpan(start + 2, _pos - start - 2);
            var unsigned = Peek() is 'u' or 'U';
            if (unsigned) _pos++;
            Add(TokenKind.Literal, start, _pos, HexValue(digits, unsigned), space);
            return;
        }
        while (char.IsAsciiDigit(Peek())) _pos++;
        var isFloat = false;
        if (Peek() == '.' && char.IsAsciiDigit(Peek(1)))
        {
            isFloat = true;
            _pos++;
            while (char.IsAsciiDigit(Peek())) _pos++;
        }
        if (Peek() is 'e' or 'E' && (char.IsAsciiDigit(Peek(1)) || (Peek(1) is '+' or '-' && char.IsAsciiDigit(Peek(2)))))
        {
            isFloat = true;
            _pos += 2;
            while (char.IsAsciiDigit(Peek())) _pos++;
        }
        var number = _text.AsSpan(start, _pos - start);
        var value = NumberValue(number, isFloat);
        Add(value is null ? TokenKind.Invalid : TokenKind.Literal, start, _pos, value ?? "数字超出范围", space);
    }

    private object? NumberValue(ReadOnlySpan<char> digits, bool isFloat)
    {
        var suffix = char.IsLetterOrDigit(Peek(1)) || Peek(1) == '_' ? '\0' : char.ToLowerInvariant(Peek());
        const NumberStyles style = NumberStyles.Float;
        var culture = CultureInfo.InvariantCulture;
        switch (suffix)
        {
            case 'm':
                _pos++;
                return decimal.TryParse(digits, style, culture, out var m) ? m : null;
            case 'f':
                _pos++;
                return float.TryParse(digits, style, culture, out var f) ? f : null;
            case 'd':
                _pos++;
                return double.TryParse(digits, style, culture, out var d) ? d : null;
            case 'u' when !isFloat:
                _pos++;
                break;
        }
        if (isFloat) return double.Parse(digits, style, culture);
        if (int.TryParse(digits, style, culture, out var i)) return i;
        if (long.TryParse(digits, style, culture, out var l)) return l;
        return digits.Length <= 2000 ? BigInteger.Parse(digits, style, culture) : null;
    }

    private static object HexValue(ReadOnlySpan<char> digits, bool unsigned)
    {
        var culture = CultureInfo.InvariantCulture;
        if (!unsigned && int.TryParse(digits, NumberStyles.AllowHexSpecifier, culture, out var i)) return i;
        if (long.TryParse(digits, NumberStyles.AllowHexSpecifier, culture, out var l)) return l is >= 0 and <= int.MaxValue ? (int)l : l;
        return digits.Length <= 2000 ? BigInteger.Parse(string.Concat("0", digits), NumberStyles.AllowHexSpecifier, culture) : 0;
    }

    private void ReadString(char quote, bool space)
    {
        var start = _pos++;
        var value = new StringBuilder();
        while (_pos < _end && _text[_pos] != quote)
        {
            if (!ReadStringCharacter(value))
            {
                Add(TokenKind.Invalid, _pos, _pos + 1, "字符串里有无效的转义序列", space);
                _pos++;
            }
        }
        Finish(TokenKind.Literal, start, value.ToString(), space);
    }

    private void Finish(TokenKind kind, int start, object value, bool space)
    {
        if (_pos >= _end) Add(TokenKind.Invalid, start, _end, "字符串没有结束引号", space);
        else Add(kind, start, ++_pos, value, space);
    }

    private void ReadVerbatim(bool space)
    {
        var start = _pos++;
        var value = new StringBuilder();
        while (_pos < _end)
        {
            if (_text[_pos] == '`')
            {
                if (Peek(1) != '`') break;
                _pos++;
            }
            value.Append(_text[_pos++]);
        }
        Finish(TokenKind.Literal, start, value.ToString(), space);
    }

    private bool ReadStringCharacter(StringBuilder value)
    {
        var c = _text[_pos++];
        if (c != '\\')
        {
            value.Append(c);
            return true;
        }
        var escape = Peek();
        _pos++;
        switch (escape)
        {
            case 'n': value.Append('\n'); return true;
            case 'r': value.Append('\r'); return true;
            case 't': value.Append('\t'); return true;
            case 'b': value.Append('\b'); return true;
            case 'f': value.Append('\f'); return true;
            case '0': value.Append('\0'); return true;
            case '\\' or '\'' or '"' or '{' or '}' or '`': value.Append(escape); return true;
            case '\n': return true;
            case '\r':
                if (Peek() == '\n') _pos++;
                return true;
            case 'u': return ReadHex(4, value);
            case 'x': return ReadHex(2, value);
            default:
                _pos--;
                return false;
        }
    }

    private bool ReadHex(int digits, StringBuilder value)
    {
        if (_pos + digits > _end || !ushort.TryParse(_text.AsSpan(_pos, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)) return false;
        value.Append((char)code);
        _pos += digits;
        return true;
    }

    private void ReadInterpolated(int start, char quote, bool space)
    {
        _pos++;
        var parts = new List<InterpolatedPart>();
        var literal = new StringBuilder();
        while (_pos < _end && _text[_pos] != quote)
        {
            if (_text[_pos] == '{' && Peek(1) != '{')
            {
                if (literal.Length > 0) parts.Add(new InterpolatedPart(literal.ToString(), 0, 0));
                literal.Clear();
                var from = ++_pos;
                SkipInterpolation();
                parts.Add(new InterpolatedPart(null, from, _pos));
                _pos++;
            }
            else if (_text[_pos] is '{' or '}' && Peek(1) == _text[_pos])
            {
                literal.Append(_text[_pos]);
                _pos += 2;
            }
            else if (!ReadStringCharacter(literal))
            {
                Add(TokenKind.Invalid, _pos, _pos + 1, "字符串里有无效的转义序列", space);
                _pos++;
            }
        }
        if (literal.Length > 0) parts.Add(new InterpolatedPart(literal.ToString(), 0, 0));
        Finish(TokenKind.Interpolated, start, parts, space);
    }

    /// <summary>Moves to the brace that ends the expression of an interpolated string, past nested braces and strings.</summary>
    private void SkipInterpolation()
    {
        var depth = 0;
        while (_pos < _end)
        {
            var c = _text[_pos];
            if (c == '}' && depth-- == 0) return;
            if (c == '{') depth++;
            if (c is '"' or '\'' or '`')
            {
                _pos++;
                while (_pos < _end && _text[_pos] != c) _pos += _text[_pos] == '\\' && c != '`' ? 2 : 1;
            }
            _pos++;
        }
        _pos = Math.Min(_pos, _end);
    }
}
