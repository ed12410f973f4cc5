using System.Globalization;
using System.Text;
using Workflows.Engine.JavaScript.Values;

namespace Workflows.Engine.JavaScript.Library;

/// <summary>Reads JSON as <c>JSON.parse</c> does, with V8's messages.</summary>
internal sealed class JsonReader(Evaluation evaluation, string text)
{
    private int _at;

    public JsValue Read()
    {
        var value = Value();
        Skip();
        return _at == text.Length ? value : throw Unexpected();
    }

    private JsValue Value()
    {
        Skip();
        if (_at >= text.Length)
        {
            throw Unexpected();
        }

        evaluation.Step();
        switch (text[_at])
        {
            case '{': return Object();
            case '[': return Array();
            case '"': return Text();
            case 't': return Word("true", true);
            case 'f': return Word("false", false);
            case 'n': return Word("null", JsValue.Null);
            default: return Number();
        }
    }

    private JsValue Word(string word, JsValue value)
    {
        foreach (var c in word)
        {
            if (_at >= text.Length || text[_at] != c)
            {
                throw Unexpected();
            }

            _at++;
        }

        return value;
    }

    private JsValue Number()
    {
        var start = _at;
        if (_at < text.Length && text[_at] == '-')
        {
            _at++;
        }

        if (_at < text.Length && text[_at] == '0')
        {
            _at++;
        }
        else
        {
            Digits();
        }

        if (_at < text.Length && text[_at] == '.')
        {
            _at++;
            Digits();
        }

        if (_at < text.Length && text[_at] is 'e' or 'E')
        {
            _at++;
            if (_at < text.Length && text[_at] is '+' or '-')
            {
                _at++;
            }

            Digits();
        }

        return double.Parse(text.AsSpan(start, _at - start), NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private void Digits()
    {
        if (_at >= text.Length || !char.IsAsciiDigit(text[_at]))
        {
            throw Unexpected();
        }

        while (_at < text.Length && char.IsAsciiDigit(text[_at]))
        {
            _at++;
        }
    }

    private string Text()
    {
        var start = ++_at;
        while (_at < text.Length && text[_at] is not ('"' or '\\') && text[_at] >= ' ')
        {
            _at++;
        }

        evaluation.ChargeText(_at - start);
        if (_at < text.Length && text[_at] == '"')
        {
            return text[start.._at++];
        }

        var result = new StringBuilder(text, start, _at - start, 64);
        while (true)
        {
            if (_at >= text.Length)
            {
                throw evaluation.Throw("SyntaxError", $"Unterminated string in JSON at position {_at}", "JSON 中的字符串没有结束。");
            }

            var c = text[_at++];
            if (c == '"')
            {
                evaluation.ChargeText(result.Length * 2L);
                return result.ToString();
            }

            if (c < ' ')
            {
                throw evaluation.Throw("SyntaxError", $"Bad control character in string literal in JSON at position {_at - 1}", "JSON 的字符串中有控制字符，应写成转义。");
            }

            result.Append(c == '\\' ? Escape() : c);
        }
    }

    private char Escape()
    {
        var c = _at < text.Length ? text[_at] : '\0';
        _at++;
        switch (c)
        {
            case '"' or '\\' or '/': return c;
            case 'b': return '\b';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'u' when _at + 4 <= text.Length && ushort.TryParse(text.AsSpan(_at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                _at += 4;
                return (char)code;
            default:
                throw evaluation.Throw("SyntaxError", $"Bad escaped character in JSON at position {_at - 1}", "JSON 的字符串中有无效的转义。");
        }
    }

    private JsArray Array()
    {
        evaluation.EnterNesting();
        evaluation.ChargeElements(4);
        var array = new JsArray();
        _at++;
        Skip();
        if (_at < text.Length && text[_at] == ']')
        {
            _at++;
        }
        else
        {
            do
            {
                array.Add(evaluation, Value());
                Skip();
            }
            while (Goes(']'));
        }

        evaluation.LeaveNesting();
        return array;
    }

    private JsObject Object()
    {
        evaluation.EnterNesting();
        evaluation.Charge(96);
        var result = new JsObject();
        _at++;
        Skip();
        if (_at < text.Length && text[_at] == '}')
        {
            _at++;
        }
        else
        {
            do
            {
                Skip();
                if (_at >= text.Length || text[_at] != '"')
                {
                    throw _at >= text.Length ? Unexpected("Expected property name or '}' in JSON at position " + _at) : Unexpected($"Expected {(text[_at] == '}' ? "double-quoted property name" : "property name or '}'")} in JSON at position {_at}");
                }

                var key = Text();
                Skip();
                if (_at >= text.Length || text[_at] != ':')
                {
                    throw Unexpected($"Expected ':' after property name in JSON at position {_at}");
                }

                _at++;
                result.Set(evaluation, key, Value());
                Skip();
            }
            while (Goes('}'));
        }

        evaluation.LeaveNesting();
        return result;
    }

    private bool Goes(char end)
    {
        if (_at < text.Length && (text[_at] == ',' || text[_at] == end))
        {
            return text[_at++] == ',';
        }

        throw Unexpected(end == ']' ? $"Expected ',' or ']' after array element in JSON at position {_at}" : $"Expected ',' or '}}' after property value in JSON at position {_at}");
    }

    private void Skip()
    {
        while (_at < text.Length && text[_at] is ' ' or '\t' or '\n' or '\r')
        {
            _at++;
        }
    }

    private JsThrow Unexpected(string? message = null)
    {
        const string Chinese = "不是有效的 JSON。";
        if (message is not null)
        {
            return evaluation.Throw("SyntaxError", message, $"{Chinese}位置 {_at}。");
        }

        if (_at >= text.Length)
        {
            return evaluation.Throw("SyntaxError", "Unexpected end of JSON input", $"{Chinese}内容不完整。");
        }

        var shown = text.Length <= 40 ? $"\"{text}\" is not valid JSON" : $"...\"{text[Math.Max(0, _at - 10)..Math.Min(text.Length, _at + 10)]}\"... is not valid JSON";
        return evaluation.Throw("SyntaxError", $"Unexpected token '{text[_at]}', {shown}", $"{Chinese}位置 {_at} 不应出现“{text[_at]}”。");
    }
}
