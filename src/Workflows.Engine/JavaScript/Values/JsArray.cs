using System.Globalization;
using Workflows.Engine.JavaScript.Library;

namespace Workflows.Engine.JavaScript.Values;

/// <summary>An array: dense, with <see cref="JsValue.Hole"/> where an element is missing.</summary>
internal class JsArray : JsObject
{
    private JsValue[] _items;

    public JsArray(int capacity = 0)
    {
        _items = capacity == 0 ? [] : new JsValue[capacity];
    }

    public JsArray(JsValue[] items)
    {
        _items = items;
        Count = items.Length;
    }

    public int Count { get; private set; }

    public override string ClassName => "Array";

    public override MethodTable Methods => ArrayMethods.Table;

    /// <summary>The elements as they are now; holes included.</summary>
    public Span<JsValue> Items => _items.AsSpan(0, Count);

    public override IEnumerable<string> HiddenKeys => ["length"];

    public static JsArray Sized(Evaluation evaluation, double length)
    {
        evaluation.ChargeElements((long)Math.Min(length, long.MaxValue / 32));
        var array = new JsArray((int)length) { Count = (int)length };
        array._items.AsSpan().Fill(JsValue.Hole);
        return array;
    }

    public static JsArray From(Evaluation evaluation, ReadOnlySpan<JsValue> items)
    {
        evaluation.ChargeElements(items.Length);
        return new JsArray(items.ToArray());
    }

    /// <summary>True where a key names an element: a whole number from 0, written plainly.</summary>
    public static bool TryIndex(string key, out uint index)
    {
        index = 0;
        return key.Length is > 0 and <= 10 && char.IsAsciiDigit(key[0]) && (key.Length == 1 || key[0] != '0')
            && uint.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out index) && index != uint.MaxValue;
    }

    /// <summary>The element at a place, <c>undefined</c> where there is none.</summary>
    public JsValue At(int index) => (uint)index < (uint)Count ? _items[index].Filled() : default;

    public bool HasAt(int index) => (uint)index < (uint)Count && !_items[index].IsHole;

    public void Add(Evaluation evaluation, JsValue value)
    {
        if (Integrity != Integrity.Open)
        {
            throw evaluation.TypeError($"Cannot add property {Count}, object is not extensible", "数组已冻结，不能追加元素。");
        }

        Touch();
        Grow(evaluation, Count + 1L);
        _items[Count++] = value;
    }

    public void SetAt(Evaluation evaluation, long index, JsValue value)
    {
        if (Integrity == Integrity.Frozen || (Integrity != Integrity.Open && !HasAt((int)Math.Min(index, int.MaxValue))))
        {
            return;
        }

        Touch();
        if (index >= Count)
        {
            Grow(evaluation, index + 1);
            _items.AsSpan(Count, (int)index - Count).Fill(JsValue.Hole);
            Count = (int)index + 1;
        }

        _items[index] = value;
    }

    public void Resize(Evaluation evaluation, double length)
    {
        if (Integrity != Integrity.Open)
        {
            return;
        }

        Touch();
        if (length > Count)
        {
            Grow(evaluation, (long)length);
            _items.AsSpan(Count, (int)length - Count).Fill(JsValue.Hole);
        }
        else
        {
            _items.AsSpan((int)length, Count - (int)length).Clear();
        }

        Count = (int)length;
    }

    /// <summary>Puts other elements in place of the present ones.</summary>
    public void Replace(Evaluation evaluation, ReadOnlySpan<JsValue> items)
    {
        Resize(evaluation, items.Length);
        items.CopyTo(_items);
    }

    public void RequireOpen(Evaluation evaluation, string method)
    {
        if (Integrity != Integrity.Open)
        {
            throw evaluation.TypeError($"Cannot modify frozen array elements in {method}", $"数组已冻结，不能调用 {method}。");
        }

        Touch();
    }

    public override JsValue GetIndex(Evaluation evaluation, JsValue key)
    {
        if (key.IsNumber)
        {
            var index = (int)key.Num;
            if (index == key.Num && (uint)index < (uint)Count)
            {
                return _items[index].Filled();
            }
        }

        return base.GetIndex(evaluation, key);
    }

    public override void SetIndex(Evaluation evaluation, JsValue key, JsValue value)
    {
        if (key.IsNumber && key.Num >= 0 && key.Num < uint.MaxValue && key.Num == Math.Floor(key.Num))
        {
            SetAt(evaluation, (long)key.Num, value);
            return;
        }

        base.SetIndex(evaluation, key, value);
    }

    public override bool TryGetOwn(Evaluation evaluation, string key, out JsValue value)
    {
        if (key == "length")
        {
            value = Count;
            return true;
        }

        if (TryIndex(key, out var index))
        {
            value = index < (uint)Count ? _items[index].Filled() : default;
            return index < (uint)Count && !_items[index].IsHole;
        }

        return base.TryGetOwn(evaluation, key, out value);
    }

    public override void Set(Evaluation evaluation, string key, JsValue value)
    {
        if (key == "length")
        {
            var length = Conversions.ToNumber(evaluation, value);
            if (length < 0 || length > uint.MaxValue || length != Math.Floor(length) || double.IsNaN(length))
            {
                throw evaluation.RangeError("Invalid array length", "数组长度无效。");
            }

            Resize(evaluation, length);
        }
        else if (TryIndex(key, out var index))
        {
            SetAt(evaluation, index, value);
        }
        else
        {
            base.Set(evaluation, key, value);
        }
    }

    public override bool Delete(Evaluation evaluation, string key)
    {
        if (key == "length")
        {
            return false;
        }

        if (!TryIndex(key, out var index))
        {
            return base.Delete(evaluation, key);
        }

        if (index < Count && Integrity < Integrity.Sealed)
        {
            Touch();
            _items[index] = JsValue.Hole;
        }

        return index >= Count || Integrity < Integrity.Sealed;
    }

    public override List<string> Keys(Evaluation evaluation)
    {
        evaluation.ChargeElements(Count * 2L);
        var keys = new List<string>(Count);
        for (var i = 0; i < Count; i++)
        {
            if (!_items[i].IsHole)
            {
                keys.Add(i.ToString(CultureInfo.InvariantCulture));
            }
        }

        keys.AddRange(base.Keys(evaluation));
        return keys;
    }

    public override bool IsFrozenNow(Evaluation evaluation, Integrity wanted) =>
        Integrity >= wanted || (wanted != Integrity.Frozen && base.IsFrozenNow(evaluation, wanted) && Count == 0);

    private void Grow(Evaluation evaluation, long needed)
    {
        if (needed <= _items.Length)
        {
            return;
        }

        var capacity = Math.Max(needed, Math.Min(_items.Length * 2L, Array.MaxLength));
        evaluation.Charge(Math.Max(capacity, 4) * 16);
        Array.Resize(ref _items, (int)Math.Max(capacity, 4));
    }
}
