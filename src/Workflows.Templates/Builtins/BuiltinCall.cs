using System.Globalization;
using Workflows.Templates.Builtins;
using Workflows.Templates.Evaluation;

namespace Workflows.Templates.Values;

/// <content>Arguments read as the kind of value that a function needs.</content>
internal readonly partial struct BuiltinCall
{
    /// <summary>An argument as text; null stays null.</summary>
    public string? Text(int index) => this[index] is { } value ? ValueText.Of(Context, Site, value) : null;

    public int Int(int index, int missing = 0)
    {
        if (this[index] is not { } value) return missing;
        return Numbers.TryInt32(value, out var result) ? result : throw Wrong(index, "整数");
    }

    public double Double(int index)
    {
        var value = this[index];
        if (value is string text && Numbers.Parse(text) is { } parsed) return Numbers.ToDouble(parsed);
        return value is null ? 0 : Numbers.IsNumber(value) ? Numbers.ToDouble(value) : throw Wrong(index, "数字");
    }

    public object Number(int index)
    {
        var value = this[index];
        if (value is string text && Numbers.Parse(text) is { } parsed) return parsed;
        return Numbers.IsNumber(value) ? value! : throw Wrong(index, "数字");
    }

    public DateTime? Date(int index) => this[index] switch
    {
        null => null,
        DateTime date => date,
        string text => DateParsing.Parse(text, Cultures.Invariant, Context.Options.TimeZone) ?? throw Wrong(index, "日期"),
        _ => throw Wrong(index, "日期"),
    };

    /// <summary>An argument as a sequence; null counts as one without elements.</summary>
    public IEnumerable<object?> Items(int index) => this[index] switch
    {
        null or EmptyValue => [],
        ScriptArray array => array,
        ScriptRange range => Bounded(range),
        ScriptObject o => Entries(o),
        string text => text.Select(c => (object?)Members.Character(c)),
        _ => throw Wrong(index, "数组"),
    };

    /// <summary>A changeable copy of a sequence, with room for some more elements.</summary>
    public ScriptArray Copy(int index, int more = 0)
    {
        var items = Items(index);
        var known = items is IReadOnlyCollection<object?> collection ? collection.Count : 0;
        Context.ChargeArray(Site, known + more);
        return new ScriptArray(items);
    }

    public ScriptArray Array(IEnumerable<object?> items)
    {
        var array = new ScriptArray(items);
        Context.ChargeArray(Site, array.Count);
        return array;
    }

    public ScriptFunction Callee(int index) => this[index] as ScriptFunction ?? throw Wrong(index, "函数（用 @ 传递）");

    public object? Invoke(ScriptFunction function, params object?[] arguments) => function.Invoke(Context, Site, new CallArguments(arguments, []));

    /// <summary>Refuses a string that would be too long; what is returned is counted where the call ends.</summary>
    public void CheckText(long length) => Context.CheckText(Site, length);

    public string Checked(string text)
    {
        Context.CheckText(Site, text.Length);
        return text;
    }

    public CultureInfo Culture(int index)
    {
        var name = Text(index);
        if (string.IsNullOrEmpty(name)) return Cultures.Invariant;
        return Cultures.Find(name) ?? throw Error($"不支持的区域设置 {name}");
    }

    public TemplateException Wrong(int index, string expected) => Error($"第 {index + 1} 个参数应当是{expected}，这里是 {Kinds.Of(this[index])}");

    private IEnumerable<object?> Bounded(ScriptRange range)
    {
        if (range.Count > Context.Limits.ArrayLength) throw Site.Limit($"范围超过上限 {Context.Limits.ArrayLength} 个元素");
        return range;
    }

    private static IEnumerable<object?> Entries(ScriptObject source)
    {
        for (var i = 0; i < source.Count; i++)
        {
            var entry = new ScriptObject(2);
            entry.Set("key", source.KeyAt(i));
            entry.Set("value", source.ValueAt(i));
            yield return entry;
        }
    }
}
