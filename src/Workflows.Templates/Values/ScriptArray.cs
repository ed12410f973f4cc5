using System.Collections;

namespace Workflows.Templates.Values;

/// <summary>An array of the template language; it may carry named properties beside its elements. Frozen as <see cref="ScriptObject"/> is.</summary>
internal sealed class ScriptArray : IReadOnlyList<object?>
{
    private readonly List<object?> _items;
    private bool _frozen;

    public ScriptArray() => _items = [];

    public ScriptArray(int capacity) => _items = new List<object?>(capacity);

    public ScriptArray(IEnumerable<object?> items) => _items = [.. items];

    public ScriptArray(ReadOnlySpan<object?> items) => _items = [.. items];

    public int Count => _items.Count;

    /// <summary>Properties set on the array, or null when there are none.</summary>
    public ScriptObject? Properties { get; private set; }

    public object? this[int index]
    {
        get
        {
            var value = _items[index];
            if (_frozen) return value;
            var thawed = Thawing.Thaw(value);
            if (!ReferenceEquals(thawed, value)) _items[index] = thawed;
            return thawed;
        }
    }

    public void Freeze() => _frozen = true;

    public ScriptArray Thaw() => _frozen ? new ScriptArray(_items) : this;

    public void Add(object? value) => _items.Add(value);

    public void Insert(int index, object? value) => _items.Insert(index, value);

    public void RemoveAt(int index) => _items.RemoveAt(index);

    public void Set(int index, object? value)
    {
        while (_items.Count <= index) _items.Add(null);
        _items[index] = value;
    }

    public void SetProperty(string name, object? value) => (Properties ??= new ScriptObject()).Set(name, value);

    public IEnumerator<object?> GetEnumerator()
    {
        for (var i = 0; i < _items.Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
