using System.Globalization;
using System.Text;
using Workflows.Engine.JavaScript.Values;

namespace Workflows.Engine.JavaScript.Library;

/// <summary>Writes one value as <c>JSON.stringify</c> does.</summary>
internal sealed class JsonWriter(Evaluation evaluation, JsFunction? replacer, HashSet<string>? only, string gap)
{
    private readonly StringBuilder _text = new();
    private readonly List<JsObject> _path = [];
    private int _charged;

    public string? Write(JsValue value)
    {
        var holder = new JsObject();
        holder.Define("", value);
        return Append(holder, "", value) ? _text.ToString() : null;
    }

    /// <summary>Appends a value; false, and nothing appended, where it has no JSON.</summary>
    private bool Append(JsObject holder, string key, JsValue value)
    {
        evaluation.Step();
        if (value.AsObject is { } target && target.Get(evaluation, "toJSON").AsFunction is { } convert)
        {
            value = evaluation.Call(convert, value, key);
        }

        if (replacer is not null)
        {
            value = evaluation.Call(replacer, holder, key, value);
        }

        switch (value.Ref)
        {
            case JsFunction or null:
                return false;
            case JsBytes bytes:
                Quote(Convert.ToBase64String(bytes.Content));
                break;
            case JsArray and not JsArguments:
                Enter((JsObject)value.Ref);
                AppendArray((JsArray)value.Ref);
                Leave();
                break;
            case JsObject inner:
                Enter(inner);
                AppendObject(inner);
                Leave();
                break;
            default:
                if (value.IsString)
                {
                    Quote(value.Text);
                }
                else
                {
                    _text.Append(value.IsNumber && !double.IsFinite(value.Num) ? "null" : Conversions.ToText(evaluation, value));
                }

                break;
        }

        if (_text.Length - _charged > 256)
        {
            evaluation.ChargeText((_text.Length - _charged) * 2L);
            _charged = _text.Length;
        }

        return true;
    }

    private void Enter(JsObject target)
    {
        if (_path.Contains(target))
        {
            throw evaluation.TypeError("Converting circular structure to JSON", "对象引用了自身，不能转换为 JSON。");
        }

        evaluation.EnterNesting();
        _path.Add(target);
    }

    private void Leave()
    {
        _path.RemoveAt(_path.Count - 1);
        evaluation.LeaveNesting();
    }

    private void AppendArray(JsArray array)
    {
        _text.Append('[');
        for (var i = 0; i < array.Count; i++)
        {
            Separate(i == 0);
            if (!Append(array, i.ToString(CultureInfo.InvariantCulture), array.At(i)))
            {
                _text.Append("null");
            }
        }

        Close(array.Count == 0, ']');
    }

    private void AppendObject(JsObject target)
    {
        _text.Append('{');
        var isFirst = true;
        foreach (var key in only is null ? target.Keys(evaluation) : only.Where(k => target.TryGetOwn(evaluation, k, out _)))
        {
            var before = _text.Length;
            Separate(isFirst);
            Quote(key);
            _text.Append(gap.Length > 0 ? ": " : ":");
            if (Append(target, key, target.Get(evaluation, key)))
            {
                isFirst = false;
            }
            else
            {
                _text.Length = before;
            }
        }

        Close(isFirst, '}');
    }

    private void Separate(bool isFirst)
    {
        if (!isFirst)
        {
            _text.Append(',');
        }

        Indent(_path.Count);
    }

    private void Close(bool isEmpty, char sign)
    {
        if (!isEmpty)
        {
            Indent(_path.Count - 1);
        }

        _text.Append(sign);
    }

    private void Indent(int depth)
    {
        if (gap.Length == 0)
        {
            return;
        }

        _text.Append('\n');
        for (var i = 0; i < depth; i++)
        {
            _text.Append(gap);
        }
    }

    private void Quote(string text)
    {
        evaluation.Steps(text.Length / 64);
        _text.Append('"');
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var isLoneSurrogate = char.IsSurrogate(c) && !(char.IsHighSurrogate(c) ? i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]) : i > 0 && char.IsHighSurrogate(text[i - 1]));
            _ = c switch
            {
                '"' => _text.Append("\\\""),
                '\\' => _text.Append("\\\\"),
                '\b' => _text.Append("\\b"),
                '\f' => _text.Append("\\f"),
                '\n' => _text.Append("\\n"),
                '\r' => _text.Append("\\r"),
                '\t' => _text.Append("\\t"),
                _ when c < ' ' || isLoneSurrogate => _text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => _text.Append(c),
            };
        }

        _text.Append('"');
    }
}
