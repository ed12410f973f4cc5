using Workflows.Engine.JavaScript.Library;

namespace Workflows.Engine.JavaScript.Values;

/// <summary>What an iteration over a map hands out.</summary>
internal enum MapPart
{
    Key,
    Value,
    Entry,
}

/// <summary>Entries in the order of their making, found by key as Map and Set compare; may change while being walked.</summary>
internal sealed class EntryTable
{
    private readonly Dictionary<JsValue, int> _index = new(SameValue.Instance);
    private readonly List<(JsValue Key, JsValue Value, bool Live)> _entries = [];

    public int Count => _index.Count;

    public bool TryGet(JsValue key, out JsValue value)
    {
        var found = _index.TryGetValue(key, out var at);
        value = found ? _entries[at].Value : default;
        return found;
    }

    public void Set(Evaluation evaluation, JsValue key, JsValue value)
    {
        key = key.IsNumber && key.Num == 0 ? 0.0 : key.IsString ? key.Text : key;
        if (_index.TryGetValue(key, out var at))
        {
            _entries[at] = (key, value, true);
            return;
        }

        evaluation.Charge(96);
        _index.Add(key, _entries.Count);
        _entries.Add((key, value, true));
    }

    public bool Remove(JsValue key)
    {
        if (!_index.Remove(key, out var at))
        {
            return false;
        }

        _entries[at] = default;
        return true;
    }

    public void Clear()
    {
        _index.Clear();
        for (var i = 0; i < _entries.Count; i++)
        {
            _entries[i] = default;
        }
    }

    /// <summary>The next live entry from a place on; moves the place behind it.</summary>
    public bool Next(ref int at, out JsValue key, out JsValue value)
    {
        while (at < _entries.Count)
        {
            var entry = _entries[at++];
            if (entry.Live)
            {
                (key, value) = (entry.Key, entry.Value);
                return true;
            }
        }

        key = value = default;
        return false;
    }

    private sealed class SameValue : IEqualityComparer<JsValue>
    {
        public static readonly SameValue Instance = new();

        public bool Equals(JsValue x, JsValue y) => Operators.SameValueZero(x, y);

        public int GetHashCode(JsValue value) => value.IsString
            ? value.Text.GetHashCode(StringComparison.Ordinal)
            : value.IsNumber ? (value.Num == 0 ? 0 : value.Num.GetHashCode()) : System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(value.Ref) ^ value.Num.GetHashCode();
    }
}

/// <summary>Walks an <see cref="EntryTable"/>, also while it changes.</summary>
internal sealed class EntryIterator(EntryTable table, MapPart part, string name) : JsIterator
{
    private int _at;

    public override string ClassName => name;

    public override bool Next(Evaluation evaluation, out JsValue value)
    {
        if (!table.Next(ref _at, out var key, out var mapped))
        {
            _at = int.MaxValue;
            value = default;
            return false;
        }

        value = part switch
        {
            MapPart.Key => key,
            MapPart.Value => mapped,
            _ => JsArray.From(evaluation, [key, mapped]),
        };
        return true;
    }
}

internal sealed class JsMap : JsObject
{
    public EntryTable Entries { get; } = new();

    public override string ClassName => "Map";

    public override MethodTable Methods => CollectionMethods.MapTable;

    public JsIterator Iterate(MapPart part) => new EntryIterator(Entries, part, "Map Iterator");

    public override JsValue Get(Evaluation evaluation, string key) => key == "size" ? Entries.Count : base.Get(evaluation, key);
}

/// <summary>A set: each entry's value is its key, so that <c>entries()</c> gives pairs.</summary>
internal sealed class JsSet : JsObject
{
    public EntryTable Entries { get; } = new();

    public override string ClassName => "Set";

    public override MethodTable Methods => CollectionMethods.SetTable;

    public JsIterator Iterate(MapPart part) => new EntryIterator(Entries, part, "Set Iterator");

    public override JsValue Get(Evaluation evaluation, string key) => key == "size" ? Entries.Count : base.Get(evaluation, key);
}
