using System.Diagnostics.CodeAnalysis;

namespace Workflows.Engine.JavaScript.Values;

/// <summary>The named properties of an object in the order of their making; small ones are searched, larger ones indexed.</summary>
internal struct PropertyMap
{
    private const int Searched = 8;
    private string?[]? _keys;
    private JsValue[]? _values;
    private int _used;
    private Dictionary<string, int>? _index;
    private bool _hasIndexKeys;

    public int Count { get; private set; }

    public readonly bool TryGet(string key, out JsValue value)
    {
        var at = Find(key);
        if (at < 0)
        {
            value = default;
            return false;
        }

        value = _values![at];
        return true;
    }

    public readonly bool Contains(string key) => Find(key) >= 0;

    /// <summary>Sets a property.</summary>
    /// <returns>True where it was not there before.</returns>
    public bool Set(string key, JsValue value)
    {
        var at = Find(key);
        if (at >= 0)
        {
            _values![at] = value;
            return false;
        }

        Append(key, value);
        return true;
    }

    public bool Remove(string key)
    {
        var at = Find(key);
        if (at < 0)
        {
            return false;
        }

        _keys![at] = null;
        _values![at] = default;
        _index?.Remove(key);
        Count--;
        return true;
    }

    /// <summary>The keys as JavaScript enumerates them: whole numbers in ascending order, then the others as they came.</summary>
    public readonly List<string> Keys()
    {
        var keys = new List<string>(Count);
        for (var i = 0; i < _used; i++)
        {
            if (_keys![i] is { } key)
            {
                keys.Add(key);
            }
        }

        if (_hasIndexKeys)
        {
            var numbers = keys.FindAll(k => JsArray.TryIndex(k, out _));
            numbers.Sort(static (a, b) => a.Length != b.Length ? a.Length - b.Length : string.CompareOrdinal(a, b));
            keys.RemoveAll(k => JsArray.TryIndex(k, out _));
            keys.InsertRange(0, numbers);
        }

        return keys;
    }

    private readonly int Find(string key)
    {
        if (_index is not null)
        {
            return _index.TryGetValue(key, out var at) ? at : -1;
        }

        for (var i = 0; i < _used; i++)
        {
            if (ReferenceEquals(_keys![i], key) || string.Equals(_keys[i], key, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }

    private void Append(string key, JsValue value)
    {
        MakeRoom();
        _keys[_used] = key;
        _values[_used] = value;
        if (_index is not null)
        {
            _index.Add(key, _used);
        }
        else if (_used >= Searched)
        {
            Reindex(_used + 1);
        }

        _used++;
        Count++;
        _hasIndexKeys |= key.Length > 0 && key[0] is >= '0' and <= '9' && JsArray.TryIndex(key, out _);
    }

    [MemberNotNull(nameof(_keys), nameof(_values))]
    private void MakeRoom()
    {
        if (_keys is null || _values is null)
        {
            _keys = new string?[4];
            _values = new JsValue[4];
        }
        else if (_used == _keys.Length)
        {
            if (Count <= _used / 2)
            {
                Compact();
                return;
            }

            Array.Resize(ref _keys, _used * 2);
            Array.Resize(ref _values, _used * 2);
        }
    }

    private void Compact()
    {
        var to = 0;
        for (var i = 0; i < _used; i++)
        {
            if (_keys![i] is not null)
            {
                _keys[to] = _keys[i];
                _values![to++] = _values[i];
            }
        }

        Array.Clear(_keys!, to, _used - to);
        Array.Clear(_values!, to, _used - to);
        _used = to;
        if (_index is not null)
        {
            Reindex(_used);
        }
    }

    private void Reindex(int count)
    {
        _index = new Dictionary<string, int>(count * 2, StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            if (_keys![i] is { } key)
            {
                _index[key] = i;
            }
        }
    }
}
