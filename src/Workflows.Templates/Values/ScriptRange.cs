using System.Collections;

namespace Workflows.Templates.Values;

/// <summary>The integers from one number to another, counted up or down, never materialised as a whole.</summary>
internal sealed class ScriptRange : IEnumerable<object?>
{
    private readonly long _from;
    private readonly int _step;

    public ScriptRange(long from, long to, bool inclusive)
    {
        _from = from;
        _step = from <= to ? 1 : -1;
        var distance = (ulong)(from <= to ? to - (decimal)from : from - (decimal)to);
        Count = inclusive ? (long)Math.Min(distance, long.MaxValue - 1) + 1 : (long)Math.Min(distance, long.MaxValue);
    }

    public long Count { get; }

    public object ElementAt(long index)
    {
        var value = _from + (_step * index);
        return value is >= int.MinValue and <= int.MaxValue ? Boxed.Int((int)value) : value;
    }

    public IEnumerator<object?> GetEnumerator()
    {
        for (var i = 0L; i < Count; i++) yield return ElementAt(i);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
