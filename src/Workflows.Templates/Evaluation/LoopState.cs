using Workflows.Templates.Values;

namespace Workflows.Templates.Evaluation;

/// <summary>What <c>for.index</c>, <c>while.first</c> and their like tell about a running loop.</summary>
internal sealed class LoopState(long? length)
{
    public long Index { get; set; }

    public bool Changed { get; set; }

    public object? Member(string name) => name switch
    {
        "index" => Number(Index),
        "rindex" when length is { } n => Number(n - Index - 1),
        "first" => Boxed.Bool(Index == 0),
        "last" when length is { } n => Boxed.Bool(Index == n - 1),
        "even" => Boxed.Bool((Index & 1) == 0),
        "odd" => Boxed.Bool((Index & 1) == 1),
        "length" when length is { } n => Number(n),
        "changed" when length is not null => Boxed.Bool(Changed),
        _ => null,
    };

    private static object Number(long value) => value is >= int.MinValue and <= int.MaxValue ? Boxed.Int((int)value) : value;
}
