using System.Globalization;
using System.Numerics;
using Workflows.Templates.Builtins;
using Workflows.Templates.Syntax;
using Workflows.Templates.Values;

namespace Workflows.Templates.Evaluation;

/// <summary>The text of a value as the language prints it.</summary>
internal static class ValueText
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static string Of(RenderContext context, Node site, object? value)
    {
        if (Scalar(context, value) is { } text) return text;
        using var buffer = new OutputBuffer();
        Append(context, site, buffer, value, 0);
        context.Charge(site, 32 + (2L * buffer.Length));
        return buffer.ToString();
    }

    private static string? Scalar(RenderContext context, object? value) => value switch
    {
        null or EmptyValue => string.Empty,
        string s => s,
        bool b => b ? "true" : "false",
        int i => i.ToString(Invariant),
        BigInteger or long or double or float or decimal => ((IFormattable)value).ToString(null, Invariant),
        DateTime date => DatePattern.Format(date, context.DateFormat, Cultures.Invariant, context.Options.TimeZone),
        TimeSpan span => span.ToString("c", Invariant),
        TrustedMarkup markup => markup.Html,
        ScriptFunction => "<function>",
        BuiltinObject group => group.Name,
        _ => null,
    };

    private static void Append(RenderContext context, Node site, OutputBuffer buffer, object? value, int depth)
    {
        if (depth > context.Limits.ValueDepth) throw site.Limit("值嵌套太深，或者包含它自己");
        if (buffer.Length > context.Limits.StringLength) throw site.Limit($"字符串长度超过上限 {context.Limits.StringLength}");
        switch (value)
        {
            case ScriptObject o:
                AppendObject(context, site, buffer, o, depth);
                break;
            case ScriptArray or ScriptRange:
                AppendItems(context, site, buffer, (IEnumerable<object?>)value, depth);
                break;
            case LoopState:
                buffer.Append("<loop>");
                break;
            case null when depth > 0:
                buffer.Append("null");
                break;
            case string s when depth > 0:
                AppendLiteral(buffer, s);
                break;
            default:
                buffer.Append(Scalar(context, value));
                break;
        }
    }

    private static void AppendItems(RenderContext context, Node site, OutputBuffer buffer, IEnumerable<object?> items, int depth)
    {
        buffer.Append('[');
        var first = true;
        foreach (var item in items)
        {
            if (!first) buffer.Append(", ");
            first = false;
            context.Step(site);
            Append(context, site, buffer, item, depth + 1);
        }
        buffer.Append(']');
    }

    private static void AppendObject(RenderContext context, Node site, OutputBuffer buffer, ScriptObject value, int depth)
    {
        buffer.Append('{');
        for (var i = 0; i < value.Count; i++)
        {
            if (i > 0) buffer.Append(", ");
            var key = value.KeyAt(i);
            if (IsIdentifier(key)) buffer.Append(key);
            else AppendLiteral(buffer, key);
            buffer.Append(": ");
            context.Step(site);
            Append(context, site, buffer, value.ValueAt(i), depth + 1);
        }
        buffer.Append('}');
    }

    private static bool IsIdentifier(string key)
    {
        if (key.Length == 0 || !(char.IsLetter(key[0]) || key[0] == '_')) return false;
        foreach (var c in key)
        {
            if (!char.IsLetterOrDigit(c) && c != '_') return false;
        }
        return true;
    }

    /// <summary>The text between double quotes, with the escapes that the language reads back.</summary>
    public static void AppendLiteral(OutputBuffer buffer, string text)
    {
        buffer.Append('"');
        AppendEscaped(buffer, text);
        buffer.Append('"');
    }

    public static void AppendEscaped(OutputBuffer buffer, string text)
    {
        foreach (var c in text)
        {
            switch (c)
            {
                case '"': buffer.Append("\\\""); break;
                case '\\': buffer.Append("\\\\"); break;
                case '\n': buffer.Append("\\n"); break;
                case '\r': buffer.Append("\\r"); break;
                case '\t': buffer.Append("\\t"); break;
                case '\b': buffer.Append("\\b"); break;
                case '\f': buffer.Append("\\f"); break;
                default:
                    if (char.IsControl(c))
                    {
                        buffer.Append("\\u");
                        buffer.AppendFormatted((int)c, "x4", Invariant);
                    }
                    else buffer.Append(c);
                    break;
            }
        }
    }
}
