using System.Globalization;
using System.Text;
using Workflows.Engine.JavaScript.Values;

namespace Workflows.Engine.JavaScript.Library;

/// <summary>Functions that stand by themselves.</summary>
internal static class GlobalFunctions
{
    private const string Unreserved = "-_.!~*'()";
    private const string ReservedOfUris = ";/?:@&=+$,#";

    public static readonly NativeFunction ParseFloat = new("parseFloat", 1, static (e, _, a) => NumberText.ParsePrefix(Conversions.ToText(e, a.At(0))));

    public static readonly NativeFunction ParseInt = new("parseInt", 2, static (e, _, a) =>
        NumberText.ParseInteger(Conversions.ToText(e, a.At(0)), Conversions.ToInt32(e, a.At(1))));

    public static readonly MethodTable Table = new MethodTable()
        .Add(ParseFloat)
        .Add(ParseInt)
        .Add("isNaN", 1, static (e, _, a) => double.IsNaN(Conversions.ToNumber(e, a.At(0))))
        .Add("isFinite", 1, static (e, _, a) => double.IsFinite(Conversions.ToNumber(e, a.At(0))))
        .Add("encodeURIComponent", 1, static (e, _, a) => Encode(e, Conversions.ToText(e, a.At(0)), Unreserved))
        .Add("encodeURI", 1, static (e, _, a) => Encode(e, Conversions.ToText(e, a.At(0)), Unreserved + ReservedOfUris))
        .Add("decodeURIComponent", 1, static (e, _, a) => Decode(e, Conversions.ToText(e, a.At(0)), ""))
        .Add("decodeURI", 1, static (e, _, a) => Decode(e, Conversions.ToText(e, a.At(0)), ReservedOfUris))
        .Add("escape", 1, static (e, _, a) => Escape(e, Conversions.ToText(e, a.At(0))))
        .Add("unescape", 1, static (e, _, a) => Unescape(e, Conversions.ToText(e, a.At(0))))
        .Add("structuredClone", 1, static (e, _, a) => Clone(e, a.At(0), new Dictionary<JsObject, JsObject>(ReferenceEqualityComparer.Instance)));

    /// <summary>Writing to the console is allowed and goes nowhere: analysts paste scripts that do it.</summary>
    public static readonly JsObject Console = StandardLibrary.Namespace("console", new MethodTable()
        .Add("log", 0, Nothing).Add("info", 0, Nothing).Add("warn", 0, Nothing).Add("error", 0, Nothing).Add("debug", 0, Nothing));

    private static JsValue Nothing(Evaluation evaluation, JsValue self, ReadOnlySpan<JsValue> arguments) => default;

    private static string Encode(Evaluation evaluation, string text, string kept)
    {
        evaluation.ChargeTextWork(text.Length * 9L);
        var result = new StringBuilder(text.Length);
        Span<byte> bytes = stackalloc byte[4];
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsAsciiLetterOrDigit(c) || kept.Contains(c, StringComparison.Ordinal))
            {
                result.Append(c);
                continue;
            }

            if (!Rune.TryGetRuneAt(text, i, out var rune))
            {
                throw evaluation.Throw("URIError", "URI malformed", "文本中有残缺的字符，不能编码。");
            }

            i += rune.Utf16SequenceLength - 1;
            foreach (var b in bytes[..rune.EncodeToUtf8(bytes)])
            {
                result.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return result.ToString();
    }

    private static string Decode(Evaluation evaluation, string text, string kept)
    {
        evaluation.ChargeTextWork(text.Length);
        var result = new StringBuilder(text.Length);
        var bytes = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                result.Append(text[i]);
                continue;
            }

            var start = i;
            bytes.Clear();
            bytes.Add(Byte(evaluation, text, i));
            var length = bytes[0] switch { < 0x80 => 1, >= 0xC2 and < 0xE0 => 2, >= 0xE0 and < 0xF0 => 3, >= 0xF0 and < 0xF5 => 4, _ => 0 };
            for (var k = 1; k < length; k++)
            {
                bytes.Add(Byte(evaluation, text, i + (k * 3)));
            }

            if (length == 0 || Rune.DecodeFromUtf8(bytes.ToArray(), out var rune, out _) != System.Buffers.OperationStatus.Done)
            {
                throw Malformed(evaluation);
            }

            i += (length * 3) - 1;
            if (rune.IsBmp && kept.Contains((char)rune.Value, StringComparison.Ordinal))
            {
                result.Append(text, start, length * 3);
            }
            else
            {
                result.Append(rune.ToString());
            }
        }

        return result.ToString();
    }

    private static byte Byte(Evaluation evaluation, string text, int at) =>
        at + 2 < text.Length && text[at] == '%' && byte.TryParse(text.AsSpan(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Malformed(evaluation);

    private static JsThrow Malformed(Evaluation evaluation) => evaluation.Throw("URIError", "URI malformed", "百分号编码有误。");

    private static string Escape(Evaluation evaluation, string text)
    {
        evaluation.ChargeTextWork(text.Length * 6L);
        var result = new StringBuilder();
        foreach (var c in text)
        {
            result.Append(char.IsAsciiLetterOrDigit(c) || "@*_+-./".Contains(c, StringComparison.Ordinal)
                ? c.ToString()
                : c < 256 ? string.Create(CultureInfo.InvariantCulture, $"%{(int)c:X2}") : string.Create(CultureInfo.InvariantCulture, $"%u{(int)c:X4}"));
        }

        return result.ToString();
    }

    private static string Unescape(Evaluation evaluation, string text)
    {
        evaluation.ChargeTextWork(text.Length);
        var result = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var (skip, digits) = i + 1 < text.Length && text[i + 1] == 'u' ? (2, 4) : (1, 2);
            if (text[i] == '%' && i + skip + digits <= text.Length && int.TryParse(text.AsSpan(i + skip, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                result.Append((char)code);
                i += skip + digits - 1;
            }
            else
            {
                result.Append(text[i]);
            }
        }

        return result.ToString();
    }

    private static JsValue Clone(Evaluation evaluation, JsValue value, Dictionary<JsObject, JsObject> done)
    {
        if (value.AsObject is not { } source)
        {
            return value;
        }

        if (done.TryGetValue(source, out var known))
        {
            return known;
        }

        evaluation.EnterNesting();
        evaluation.Step();
        evaluation.Charge(96);
        JsObject copy;
        switch (source)
        {
            case JsFunction:
                throw evaluation.Throw("Error", $"{Conversions.ToText(evaluation, value)} could not be cloned.", "函数不能复制。");
            case JsDate date:
                copy = new JsDate(date.Time);
                break;
            case JsRegExp regex:
                copy = new JsRegExp(regex.Program);
                break;
            case JsMap map:
                var maps = new JsMap();
                done.Add(source, maps);
                for (var at = 0; map.Entries.Next(ref at, out var key, out var item);)
                {
                    maps.Entries.Set(evaluation, Clone(evaluation, key, done), Clone(evaluation, item, done));
                }

                copy = maps;
                break;
            case JsSet set:
                var sets = new JsSet();
                done.Add(source, sets);
                for (var at = 0; set.Entries.Next(ref at, out var key, out _);)
                {
                    var member = Clone(evaluation, key, done);
                    sets.Entries.Set(evaluation, member, member);
                }

                copy = sets;
                break;
            case JsError error:
                copy = new JsError(error.Kind, error.Message is { } message ? Conversions.ToText(evaluation, message) : null, evaluation.Position);
                break;
            default:
                copy = source is JsArray array ? JsArray.Sized(evaluation, array.Count) : new JsObject();
                done.Add(source, copy);
                foreach (var key in source.Keys(evaluation))
                {
                    copy.Set(evaluation, key, Clone(evaluation, source.Get(evaluation, key), done));
                }

                break;
        }

        done.TryAdd(source, copy);
        evaluation.LeaveNesting();
        return copy;
    }
}
