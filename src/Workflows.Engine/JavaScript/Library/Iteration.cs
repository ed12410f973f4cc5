using Workflows.Engine.JavaScript.Tree;
using Workflows.Engine.JavaScript.Values;

namespace Workflows.Engine.JavaScript.Library;

/// <summary>Something that hands out values one by one, such as <c>map.entries()</c>.</summary>
internal abstract class JsIterator : JsObject
{
    private static readonly MethodTable Table = new MethodTable(ObjectMethods.Table).Add("next", 0, Next);

    public override MethodTable Methods => Table;

    public abstract bool Next(Evaluation evaluation, out JsValue value);

    private static JsValue Next(Evaluation evaluation, JsValue self, ReadOnlySpan<JsValue> arguments)
    {
        if (self.Ref is not JsIterator iterator)
        {
            throw evaluation.TypeError("next method called on incompatible receiver", "next 只能用于迭代器。");
        }

        var found = iterator.Next(evaluation, out var value);
        evaluation.Charge(160);
        var result = new JsObject();
        result.Define("value", found ? value : default);
        result.Define("done", !found);
        return result;
    }
}

/// <summary>An iterator over places 0, 1, 2 … of something that may grow meanwhile.</summary>
internal sealed class IndexedIterator(Func<int> count, Func<Evaluation, int, JsValue> item) : JsIterator
{
    private int _at;

    public override string ClassName => "Array Iterator";

    public override bool Next(Evaluation evaluation, out JsValue value)
    {
        var more = _at < count();
        value = more ? item(evaluation, _at++) : default;
        _at = more ? _at : int.MaxValue;
        return more;
    }
}

/// <summary>A walk over whatever can be iterated: arrays, strings by code point, maps, sets, iterators.</summary>
internal struct Iteration
{
    private JsArray? _array;
    private string? _text;
    private JsIterator? _iterator;
    private int _at;

    public static Iteration Of(Evaluation evaluation, JsValue value, Node? source)
    {
        switch (value.Ref)
        {
            case JsArray array:
                return new Iteration { _array = array };
            case string or Rope:
                return new Iteration { _text = value.Text };
            case JsMap map:
                return new Iteration { _iterator = map.Iterate(MapPart.Entry) };
            case JsSet set:
                return new Iteration { _iterator = set.Iterate(MapPart.Key) };
            case JsIterator iterator:
                return new Iteration { _iterator = iterator };
            default:
                throw NotIterable(evaluation, value, source);
        }
    }

    public bool Next(Evaluation evaluation, out JsValue value)
    {
        evaluation.Step();
        if (_array is not null)
        {
            var more = _at < _array.Count;
            value = more ? _array.At(_at++) : default;
            _at = more ? _at : int.MaxValue;
            return more;
        }

        if (_text is not null)
        {
            if (_at >= _text.Length)
            {
                value = default;
                return false;
            }

            var length = char.IsHighSurrogate(_text[_at]) && _at + 1 < _text.Length && char.IsLowSurrogate(_text[_at + 1]) ? 2 : 1;
            value = length == 1 ? Characters.Of(_text[_at]) : _text.Substring(_at, 2);
            _at += length;
            return true;
        }

        return _iterator!.Next(evaluation, out value);
    }

    private static JsThrow NotIterable(Evaluation evaluation, JsValue value, Node? source)
    {
        var text = source?.Describe();
        if (text is null or "(intermediate value)")
        {
            text = value.IsObject ? "object is not iterable (cannot read property Symbol(Symbol.iterator))"
                : value.IsNullish ? Conversions.ToText(evaluation, value) + " is not iterable (cannot read property Symbol(Symbol.iterator))"
                : $"{Operators.TypeOf(value)} {Conversions.ToText(evaluation, value)} is not iterable (cannot read property Symbol(Symbol.iterator))";
            return evaluation.TypeError(text, "该值不能逐个遍历，需要数组、字符串、Map 或 Set。");
        }

        return evaluation.TypeError($"{text} is not iterable", $"“{text}”不能逐个遍历，需要数组、字符串、Map 或 Set。");
    }
}
