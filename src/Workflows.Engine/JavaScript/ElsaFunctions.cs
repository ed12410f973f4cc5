using System.Text;
using Workflows.Engine.JavaScript.Library;
using Workflows.Engine.JavaScript.Values;

namespace Workflows.Engine.JavaScript;

/// <summary>The functions that Elsa offers to scripts and that need nothing of the engine.</summary>
internal static class ElsaFunctions
{
    public static readonly MethodTable Table = new MethodTable()
        .Add("toJson", 1, static (e, _, a) => JsonFunctions.Write(e, a.At(0)) is { } json ? json : default(JsValue))
        .Add("isNullOrEmpty", 1, static (e, _, a) => a.At(0).IsNullish || Conversions.ToText(e, a[0]).Length == 0)
        .Add("isNullOrWhiteSpace", 1, static (e, _, a) => a.At(0).IsNullish || TextSpace.Trim(Conversions.ToText(e, a[0])).Length == 0)
        .Add("parseGuid", 1, static (e, _, a) => Guid.TryParse(Conversions.ToText(e, a.At(0)), out var id)
            ? id.ToString()
            : throw e.Throw("Error", "Unrecognized Guid format.", "不是有效的 Guid。"))
        .Add("bytesToString", 1, static (e, _, a) => Text(e, Bytes(e, a.At(0))))
        .Add("bytesFromString", 1, static (e, _, a) => Wrap(e, Encoding.UTF8.GetBytes(Conversions.ToText(e, a.At(0)))))
        .Add("bytesToBase64", 1, static (e, _, a) => Base64(e, Bytes(e, a.At(0))))
        .Add("bytesFromBase64", 1, static (e, _, a) => Wrap(e, FromBase64(e, a.At(0))))
        .Add("stringToBase64", 1, static (e, _, a) => Base64(e, Encoding.UTF8.GetBytes(Conversions.ToText(e, a.At(0)))))
        .Add("stringFromBase64", 1, static (e, _, a) => Text(e, FromBase64(e, a.At(0))))
        .Add("btoa", 1, static (e, _, a) =>
        {
            var text = Conversions.ToText(e, a.At(0));
            return text.AsSpan().ContainsAnyInRange('\u0100', '\uFFFF')
                ? throw e.Throw("Error", "Invalid character", "btoa 只能编码单字节字符，中文请用 stringToBase64。")
                : Base64(e, Encoding.Latin1.GetBytes(text));
        })
        .Add("atob", 1, static (e, _, a) =>
        {
            var bytes = FromBase64(e, a.At(0));
            e.ChargeTextWork(bytes.Length);
            return Encoding.Latin1.GetString(bytes);
        });

    private static byte[] Bytes(Evaluation evaluation, JsValue value)
    {
        if (value.Ref is JsBytes bytes)
        {
            return bytes.Content;
        }

        if (value.AsArray is not { } array)
        {
            throw evaluation.TypeError("Expected bytes", "此处需要字节数组。");
        }

        evaluation.ChargeElements(array.Count);
        var content = new byte[array.Count];
        for (var i = 0; i < content.Length; i++)
        {
            content[i] = (byte)Conversions.ToInt32(evaluation, array.At(i));
        }

        return content;
    }

    private static JsBytes Wrap(Evaluation evaluation, byte[] content)
    {
        evaluation.Charge(content.Length + 64);
        return new JsBytes(content);
    }

    private static string Text(Evaluation evaluation, byte[] content)
    {
        evaluation.ChargeTextWork(content.Length);
        return Encoding.UTF8.GetString(content);
    }

    private static string Base64(Evaluation evaluation, byte[] content)
    {
        evaluation.ChargeTextWork(content.Length * 4L / 3);
        return Convert.ToBase64String(content);
    }

    private static byte[] FromBase64(Evaluation evaluation, JsValue value)
    {
        var text = Conversions.ToText(evaluation, value);
        evaluation.Charge(text.Length);
        var content = new byte[(text.Length / 4 * 3) + 3];
        return Convert.TryFromBase64String(text, content, out var count)
            ? content[..count]
            : throw evaluation.Throw("Error", "The input is not a valid Base-64 string.", "不是有效的 Base64 文本。");
    }
}
