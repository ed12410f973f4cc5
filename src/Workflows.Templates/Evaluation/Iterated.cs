using Workflows.Templates.Syntax;
using Workflows.Templates.Values;

namespace Workflows.Templates.Evaluation;

/// <summary>A value as a sequence that a loop runs through; nothing is copied.</summary>
internal readonly struct Iterated
{
    private readonly object? _source;

    private Iterated(object? source, long count)
    {
        _source = source;
        Count = count;
    }

    public long Count { get; }

    /// <summary>Whether each element is a new key-value object.</summary>
    public bool CreatesEntries => _source is ScriptObject;

    public static Iterated From(RenderContext context, Node site, object? value) => value switch
    {
        null or EmptyValue => default,
        ScriptArray a => new Iterated(a, a.Count),
        ScriptRange r => new Iterated(r, r.Count),
        ScriptObject o => new Iterated(o, o.Count),
        string s => new Iterated(s, s.Length),
        TrustedMarkup m => new Iterated(m.Html, m.Html.Length),
        _ => throw site.Error($"不能对 {Kinds.Of(value)} 循环"),
    };

    public object? At(long index) => _source switch
    {
        ScriptArray a => index < a.Count ? a[(int)index] : null,
        ScriptRange r => r.ElementAt(index),
        string s => Members.Character(s[(int)index]),
        ScriptObject o => Entry(o, (int)index),
        _ => null,
    };

    private static ScriptObject Entry(ScriptObject source, int index)
    {
        var entry = new ScriptObject(2);
        entry.Set("key", source.KeyAt(index));
        entry.Set("value", source.ValueAt(index));
        return entry;
    }
}
