using Workflows.Templates.Builtins;
using Workflows.Templates.Syntax;
using Workflows.Templates.Values;

namespace Workflows.Templates.Evaluation;

/// <summary>Members and elements of values that are not null.</summary>
internal static class Members
{
    private static readonly string[] Characters = [.. Enumerable.Range(0, 128).Select(c => ((char)c).ToString())];

    public static string Character(char c) => c < 128 ? Characters[c] : c.ToString();

    public static object? Get(RenderContext context, object target, string name)
    {
        switch (target)
        {
            case ScriptObject o:
                return o.TryGetValue(name, out var value) ? value : name == "empty?" ? Boxed.Bool(o.Count == 0) : null;
            case ScriptArray a:
                if (name == "size") return Boxed.Int(a.Count);
                if (name == "empty?") return Boxed.Bool(a.Count == 0);
                return a.Properties is not null && a.Properties.TryGetValue(name, out var property) ? property : null;
            case ScriptRange range:
                return name == "size" ? Numbers.Fit(range.Count) : name == "empty?" ? Boxed.Bool(range.Count == 0) : null;
            case string s:
                return name == "size" ? Boxed.Int(s.Length) : name == "empty?" ? Boxed.Bool(s.Length == 0) : null;
            case TrustedMarkup markup:
                return Get(context, markup.Html, name);
            case EmptyValue:
                return name == "empty?" ? Boxed.True : null;
            case BuiltinObject group:
                return group.Name == "date" && name == "format" ? context.DateFormat : group.Get(name);
            case LoopState loop: return loop.Member(name);
            case DateTime date: return DateMembers.Of(date, name);
            case TimeSpan span: return DateMembers.Of(span, name);
            default: return null;
        }
    }

    public static object? GetIndexed(RenderContext context, Node site, object target, object index)
    {
        switch (target)
        {
            case ScriptArray array when index is not string:
                return Position(site, index, array.Count) is >= 0 and var at && at < array.Count ? array[at] : null;
            case ScriptRange range when index is not string:
                return Position(site, index, (int)Math.Min(range.Count, int.MaxValue)) is >= 0 and var step && step < range.Count ? range.ElementAt(step) : null;
            case string text when index is not string:
                return Position(site, index, text.Length) is >= 0 and var c && c < text.Length ? Character(text[c]) : null;
            default:
                return Get(context, target, ValueText.Of(context, site, index));
        }
    }

    public static void SetIndexed(RenderContext context, Node site, object target, object index, object? value)
    {
        switch (target)
        {
            case ScriptArray array when index is not string:
                var at = Position(site, index, array.Count);
                if (at < 0) throw site.Error("数组索引小于零");
                if (at >= context.Limits.ArrayLength) throw site.Limit($"数组长度超过上限 {context.Limits.ArrayLength}");
                context.Charge(site, 32 + (8L * Math.Max(at + 1 - array.Count, 0)));
                array.Set(at, value);
                break;
            case ScriptArray array: array.SetProperty((string)index, value); break;
            case ScriptObject o: context.SetMember(site, o, ValueText.Of(context, site, index), value); break;
            default: throw site.Error($"不能给 {Kinds.Of(target)} 的元素赋值");
        }
    }

    /// <summary>A position in a sequence; negative ones count from its end.</summary>
    private static int Position(Node site, object index, int count)
    {
        if (!Numbers.TryInt32(index, out var at)) throw site.Error($"{Kinds.Of(index)} 不能作为索引");
        return at < 0 ? count + at : at;
    }
}
