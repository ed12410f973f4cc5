using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Workflows.Templates.Values;

/// <summary>
/// An object of the template language: members in the order in which they were added. A frozen object belongs to a model and is shared by
/// renderings; each rendering works on a copy that is taken when the object is first reached.
/// </summary>
internal sealed class ScriptObject : IReadOnlyDictionary<string, object?>
{
    private const int IndexFrom = 8;

    private string[] _keys;
    private object?[] _values;
    private Dictionary<string, int>? _index;
    private HashSet<string>? _readOnly;
    private bool _sharesKeys;
    private bool _frozen;

    public ScriptObject(int capacity = 4)
    {
        _keys = new string[capacity];
        _values = new object?[capacity];
    }

    private ScriptObject(ScriptObject other)
    {
        _keys = other._keys;
        _values = other._values.AsSpan().ToArray();
        _index = other._index;
        _sharesKeys = true;
        Count = other.Count;
    }

    public int Count { get; private set; }

    public IEnumerable<string> Keys => _keys.Take(Count);

    public IEnumerable<object?> Values => Enumerable.Range(0, Count).Select(ValueAt);

    public object? this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException(key);

    public void Freeze() => _frozen = true;

    /// <summary>The copy on which one rendering works; unfrozen objects are their own copy.</summary>
    public ScriptObject Thaw() => _frozen ? new ScriptObject(this) : this;

    public string KeyAt(int index) => _keys[index];

    public object? ValueAt(int index)
    {
        var value = _values[index];
        if (_frozen) return value;
        var thawed = Thawing.Thaw(value);
        if (!ReferenceEquals(thawed, value)) _values[index] = thawed;
        return thawed;
    }

    public bool ContainsKey(string key) => IndexOf(key) >= 0;

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value)
    {
        var at = IndexOf(key);
        value = at < 0 ? null : ValueAt(at);
        return at >= 0;
    }

    public bool IsReadOnly(string key) => _readOnly?.Contains(key) == true;

    public void SetReadOnly(string key) => (_readOnly ??= []).Add(key);

    public void Set(string key, object? value)
    {
        var at = IndexOf(key);
        if (at >= 0) _values[at] = value;
        else Append(key, value);
    }

    private void Append(string key, object? value)
    {
        if (_sharesKeys || Count == _keys.Length)
        {
            var capacity = Math.Max(4, Count == _keys.Length ? Count * 2 : _keys.Length);
            Array.Resize(ref _values, Math.Max(capacity, _values.Length));
            var keys = new string[_values.Length];
            _keys.AsSpan(0, Count).CopyTo(keys);
            _keys = keys;
            if (_sharesKeys && _index is not null) _index = new Dictionary<string, int>(_index, StringComparer.Ordinal);
            _sharesKeys = false;
        }
        _keys[Count] = key;
        _values[Count] = value;
        Count++;
        if (_index is not null) _index[key] = Count - 1;
        else if (Count > IndexFrom) BuildIndex();
    }

    private void BuildIndex()
    {
        _index = new Dictionary<string, int>(Count * 2, StringComparer.Ordinal);
        for (var i = 0; i < Count; i++) _index[_keys[i]] = i;
    }

    private int IndexOf(string key)
    {
        if (_index is not null) return _index.TryGetValue(key, out var found) ? found : -1;
        for (var i = 0; i < Count; i++)
        {
            if (_keys[i] == key) return i;
        }
        return -1;
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        for (var i = 0; i < Count; i++) yield return new KeyValuePair<string, object?>(_keys[i], ValueAt(i));
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Turns a value of a shared model into one that a rendering may change.</summary>
internal static class Thawing
{
    public static object? Thaw(object? value) => value switch
    {
        ScriptObject o => o.Thaw(),
        ScriptArray a => a.Thaw(),
        _ => value,
    };
}
