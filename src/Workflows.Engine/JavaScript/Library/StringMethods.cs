using System.Buffers;
using System.Text;
using Workflows.Engine.JavaScript.Tree;
using Workflows.Engine.JavaScript.Values;

namespace Workflows.Engine.JavaScript.Library;

/// <summary>Methods of strings; those that take regular expressions stand in <see cref="StringPatterns"/>.</summary>
internal static class StringMethods
{
    public static readonly MethodTable Table = new MethodTable(ObjectMethods.Table)
        .Add("toString", 0, static (e, self, _) => This(e, self))
        .Add("valueOf", 0, static (e, self, _) => This(e, self))
        .Add("at", 1, static (e, self, a) =>
        {
            var text = This(e, self);
            var at = Conversions.ToInteger(e, a.At(0));
            at = at < 0 ? text.Length + at : at;
            return at >= 0 && at < text.Length ? Characters.Of(text[(int)at]) : default(JsValue);
        })
        .Add("charAt", 1, static (e, self, a) =>
        {
            var text = This(e, self);
            var at = Conversions.ToInteger(e, a.At(0));
            return at >= 0 && at < text.Length ? Characters.Of(text[(int)at]) : "";
        })
        .Add("charCodeAt", 1, static (e, self, a) =>
        {
            var text = This(e, self);
            var at = Conversions.ToInteger(e, a.At(0));
            return at >= 0 && at < text.Length ? text[(int)at] : double.NaN;
        })
        .Add("codePointAt", 1, static (e, self, a) =>
        {
            var text = This(e, self);
            var at = Conversions.ToInteger(e, a.At(0));
            if (at < 0 || at >= text.Length)
            {
                return default;
            }

            var i = (int)at;
            return char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]) ? char.ConvertToUtf32(text[i], text[i + 1]) : text[i];
        })
        .Add("includes", 1, static (e, self, a) => IndexOf(e, This(e, self), Plain(e, a.At(0), "includes"), a.At(1)) >= 0)
        .Add("indexOf", 1, static (e, self, a) => IndexOf(e, This(e, self), Conversions.ToText(e, a.At(0)), a.At(1)))
        .Add("lastIndexOf", 1, LastIndexOf)
        .Add("startsWith", 1, static (e, self, a) =>
        {
            string text = This(e, self), start = Plain(e, a.At(0), "startsWith");
            return text.AsSpan(Conversions.ToPlace(e, a.At(1).IsUndefined ? 0 : Math.Max(0, Conversions.ToInteger(e, a[1])), text.Length, 0)).StartsWith(start, StringComparison.Ordinal);
        })
        .Add("endsWith", 1, static (e, self, a) =>
        {
            string text = This(e, self), end = Plain(e, a.At(0), "endsWith");
            var to = a.At(1).IsUndefined ? text.Length : (int)Math.Clamp(Conversions.ToInteger(e, a[1]), 0, text.Length);
            return text.AsSpan(0, to).EndsWith(end, StringComparison.Ordinal);
        })
        .Add("slice", 2, static (e, self, a) =>
        {
            var text = This(e, self);
            int from = Conversions.ToPlace(e, a.At(0), text.Length, 0), to = Conversions.ToPlace(e, a.At(1), text.Length, text.Length);
            return Part(e, text, from, to - from);
        })
        .Add("substring", 2, static (e, self, a) =>
        {
            var text = This(e, self);
            var from = (int)Math.Clamp(Conversions.ToInteger(e, a.At(0)), 0, text.Length);
            var to = a.At(1).IsUndefined ? text.Length : (int)Math.Clamp(Conversions.ToInteger(e, a[1]), 0, text.Length);
            return Part(e, text, Math.Min(from, to), Math.Abs(to - from));
        })
        .Add("substr", 2, static (e, self, a) =>
        {
            var text = This(e, self);
            var from = Conversions.ToPlace(e, a.At(0), text.Length, 0);
            var count = a.At(1).IsUndefined ? text.Length - from : (int)Math.Clamp(Conversions.ToInteger(e, a[1]), 0, text.Length - from);
            return Part(e, text, from, count);
        })
        .Add("toUpperCase", 0, static (e, self, _) => Casing.Upper(e, This(e, self)))
        .Add("toLowerCase", 0, static (e, self, _) => Casing.Lower(e, This(e, self)))
        .Add("toLocaleUpperCase", 0, static (e, self, _) => Casing.Upper(e, This(e, self)))
        .Add("toLocaleLowerCase", 0, static (e, self, _) => Casing.Lower(e, This(e, self)))
        .Add("trim", 0, static (e, self, _) => Charged(e, TextSpace.Trim(This(e, self))))
        .Add("trimStart", 0, static (e, self, _) => Charged(e, TextSpace.TrimStart(This(e, self))))
        .Add("trimEnd", 0, static (e, self, _) => Charged(e, TextSpace.TrimEnd(This(e, self))))
        .Add("trimLeft", 0, static (e, self, _) => Charged(e, TextSpace.TrimStart(This(e, self))))
        .Add("trimRight", 0, static (e, self, _) => Charged(e, TextSpace.TrimEnd(This(e, self))))
        .Add("padStart", 2, static (e, self, a) => Padding(e, self, a) is { } pad ? Rope.Join(e, pad, This(e, self)) : This(e, self))
        .Add("padEnd", 2, static (e, self, a) => Padding(e, self, a) is { } pad ? Rope.Join(e, This(e, self), pad) : This(e, self))
        .Add("repeat", 1, Repeat)
        .Add("concat", 1, static (e, self, a) =>
        {
            JsValue result = This(e, self);
            foreach (var argument in a)
            {
                result = Rope.Join(e, result, Conversions.ToText(e, argument));
            }

            return result;
        })
        .Add("localeCompare", 1, static (e, self, a) => Localization.Compare(e, This(e, self), Conversions.ToText(e, a.At(0)), a.At(1), a.At(2)))
        .Add("normalize", 0, Normalize)
        .Add("isWellFormed", 0, static (e, self, _) => IsWellFormed(This(e, self)))
        .Add("toWellFormed", 0, static (e, self, _) => Charged(e, Encoding.Unicode.GetString(Encoding.Unicode.GetBytes(This(e, self)))))
        .AddPatterns();

    public static string This(Evaluation evaluation, JsValue self) => self.IsString
        ? self.Text
        : self.IsNullish ? throw evaluation.TypeError("String.prototype method called on null or undefined", "该方法只能用于字符串。") : Conversions.ToText(evaluation, self);

    public static string Part(Evaluation evaluation, string text, int from, int count)
    {
        if (count <= 0)
        {
            return "";
        }

        evaluation.ChargeTextWork(count);
        return text.Substring(from, count);
    }

    public static string Charged(Evaluation evaluation, ReadOnlySpan<char> text)
    {
        evaluation.ChargeTextWork(text.Length);
        return text.ToString();
    }

    private static string Plain(Evaluation evaluation, JsValue value, string method) => value.Ref is JsRegExp
        ? throw evaluation.TypeError($"First argument to String.prototype.{method} must not be a regular expression", $"{method} 的参数不能是正则表达式，请用 test 或 match。")
        : Conversions.ToText(evaluation, value);

    private static int IndexOf(Evaluation evaluation, string text, string wanted, JsValue from)
    {
        var at = (int)Math.Clamp(Conversions.ToInteger(evaluation, from), 0, text.Length);
        evaluation.Steps(text.Length / 64);
        return text.IndexOf(wanted, at, StringComparison.Ordinal);
    }

    private static JsValue LastIndexOf(Evaluation evaluation, JsValue self, ReadOnlySpan<JsValue> arguments)
    {
        string text = This(evaluation, self), wanted = Conversions.ToText(evaluation, arguments.At(0));
        var number = Conversions.ToNumber(evaluation, arguments.At(1));
        var from = double.IsNaN(number) ? text.Length : (int)Math.Clamp(Math.Truncate(number), 0, text.Length);
        var end = (int)Math.Min((long)from + wanted.Length, text.Length);
        evaluation.Steps(text.Length / 64);
        return text.AsSpan(0, end).LastIndexOf(wanted, StringComparison.Ordinal);
    }

    private static string? Padding(Evaluation evaluation, JsValue self, ReadOnlySpan<JsValue> arguments)
    {
        var missing = Conversions.ToInteger(evaluation, arguments.At(0)) - This(evaluation, self).Length;
        var filler = arguments.At(1).IsUndefined ? " " : Conversions.ToText(evaluation, arguments[1]);
        if (missing <= 0 || filler.Length == 0)
        {
            return null;
        }

        evaluation.RequirePossibleText(missing);
        evaluation.ChargeTextWork((long)missing);
        return string.Create((int)missing, filler, static (span, text) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = text[i % text.Length];
            }
        });
    }

    private static JsValue Repeat(Evaluation evaluation, JsValue self, ReadOnlySpan<JsValue> arguments)
    {
        var text = This(evaluation, self);
        var count = Conversions.ToInteger(evaluation, arguments.At(0));
        if (count < 0 || double.IsInfinity(count))
        {
            throw evaluation.RangeError("Invalid count value: " + Conversions.ToText(evaluation, arguments.At(0)), "repeat 的次数不能为负数或无穷大。");
        }

        if (text.Length == 0 || count == 0)
        {
            return "";
        }

        evaluation.RequirePossibleText(count * text.Length);
        evaluation.ChargeTextWork((long)count * text.Length);
        return new StringBuilder(text.Length * (int)count).Insert(0, text, (int)count).ToString();
    }

    private static JsValue Normalize(Evaluation evaluation, JsValue self, ReadOnlySpan<JsValue> arguments)
    {
        var text = This(evaluation, self);
        evaluation.ChargeTextWork(text.Length * 4L);
        return (arguments.At(0).IsUndefined ? "NFC" : Conversions.ToText(evaluation, arguments[0])) switch
        {
            "NFC" => Composition.Compose(text),
            "NFD" => Composition.Decompose(text),
            "NFKC" => Composition.Compose(Composition.Narrow(text)),
            "NFKD" => Composition.Decompose(Composition.Narrow(text)),
            _ => throw evaluation.RangeError("The normalization form should be one of NFC, NFD, NFKC, NFKD.", "normalize 的参数应为 NFC、NFD、NFKC 或 NFKD。"),
        };
    }

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]))
            {
                if (!char.IsHighSurrogate(text[i]) || i + 1 >= text.Length || !char.IsLowSurrogate(text[i + 1]))
                {
                    return false;
                }

                i++;
            }
        }

        return true;
    }
}

/// <summary>Upper and lower case, with the few characters that become several.</summary>
internal static class Casing
{
    private static readonly Dictionary<char, string> Widening = new()
    {
        ['ß'] = "SS", ['ŉ'] = "ʼN", ['ǰ'] = "J̌", ['ΐ'] = "Ϊ́", ['ΰ'] = "Ϋ́", ['և'] = "ԵՒ",
        ['ﬀ'] = "FF", ['ﬁ'] = "FI", ['ﬂ'] = "FL", ['ﬃ'] = "FFI", ['ﬄ'] = "FFL", ['ﬅ'] = "ST", ['ﬆ'] = "ST",
    };

    private static readonly SearchValues<char> Widened = SearchValues.Create([.. Widening.Keys]);

    public static string Upper(Evaluation evaluation, string text)
    {
        evaluation.ChargeTextWork(text.Length);
        var upper = text.ToUpperInvariant();
        return upper.AsSpan().ContainsAny(Widened) ? string.Concat(upper.Select(static c => Widening.TryGetValue(c, out var wide) ? wide : c.ToString())) : upper;
    }

    public static string Lower(Evaluation evaluation, string text)
    {
        evaluation.ChargeTextWork(text.Length);
        var lower = text.ToLowerInvariant();
        if (!text.AsSpan().ContainsAny('İ', 'Σ'))
        {
            return lower;
        }

        var result = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var isFinalSigma = text[i] == 'Σ' && i > 0 && char.IsLetter(text[i - 1]) && (i + 1 == text.Length || !char.IsLetter(text[i + 1]));
            result.Append(text[i] == 'İ' ? "i̇" : isFinalSigma ? "ς" : lower[i].ToString());
        }

        return result.ToString();
    }
}

/// <summary><c>String</c> and its functions.</summary>
internal static class StringFunctions
{
    public static readonly Constructor Type = new(
        "String",
        1,
        static (e, _, a) => a.Length == 0 ? "" : Conversions.ToText(e, a[0]),
        static (e, _, _) => throw e.TypeError("String is not a constructor"),
        static _ => false,
        new MethodTable()
            .Add("fromCharCode", 1, static (e, _, a) =>
            {
                e.ChargeTextWork(a.Length);
                var text = new StringBuilder();
                foreach (var code in a)
                {
                    text.Append((char)Conversions.ToInt32(e, code));
                }

                return text.ToString();
            })
            .Add("fromCodePoint", 1, static (e, _, a) =>
            {
                e.ChargeTextWork(a.Length * 2L);
                var text = new StringBuilder();
                foreach (var code in a)
                {
                    var number = Conversions.ToNumber(e, code);
                    if (number < 0 || number > 0x10FFFF || number != Math.Floor(number) || double.IsNaN(number))
                    {
                        throw e.RangeError("Invalid code point " + Conversions.ToText(e, code), "码位应在 0 到 0x10FFFF 之间。");
                    }

                    if (number < 0x10000)
                    {
                        text.Append((char)number);
                    }
                    else
                    {
                        text.Append(char.ConvertFromUtf32((int)number));
                    }
                }

                return text.ToString();
            }));
}
