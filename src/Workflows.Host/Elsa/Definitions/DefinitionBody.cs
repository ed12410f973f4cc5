using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Engine.Definitions;
using Workflows.Host.Problems;

namespace Workflows.Host.Elsa.Definitions;

/// <summary>Bodies of the definitions API: larger than others, bounded in bytes and depth, broken JSON refused with its place.</summary>
internal static class DefinitionBody
{
    /// <summary>Largest body with a definition, in bytes: a diagram of 10,000 activities has about half of it.</summary>
    public const long MaxBytes = 8 << 20;

    /// <summary>How such JSON is read.</summary>
    public static JsonDocumentOptions Reading { get; } = new()
    {
        MaxDepth = WorkflowDefinition.MaxJsonDepth, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, AllowDuplicateProperties = false,
    };

    /// <summary>Lets the route take a body of this size.</summary>
    public static TBuilder TakesDefinitions<TBuilder>(this TBuilder route, long bytes = MaxBytes)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(bytes));

    /// <summary>The body as an object; an absent one is empty.</summary>
    /// <exception cref="RefusedException">It is too large (413) or no JSON object (400).</exception>
    public static async Task<JsonObject> ReadAsync(HttpContext context)
    {
        var bytes = await BytesAsync(context, MaxBytes);
        return bytes.Length == 0 ? [] : Parse(bytes);
    }

    /// <summary>An object from bytes of outside.</summary>
    /// <exception cref="RefusedException">It is no JSON object (400).</exception>
    public static JsonObject Parse(ReadOnlySpan<byte> bytes)
    {
        // A file saved by an editor on Windows may begin with a byte order mark.
        if (bytes.StartsWith("\uFEFF"u8))
            bytes = bytes[3..];
        try
        {
            return JsonNode.Parse(bytes, documentOptions: Reading) as JsonObject
                ?? throw new RefusedException(new Refusal(400, "malformed-json", "", "内容应为一个 JSON 对象。"));
        }
        catch (JsonException fault)
        {
            var place = fault.LineNumber is { } line ? $"第 {line + 1} 行第 {fault.BytePositionInLine + 1} 字节" : "位置不明";
            throw new RefusedException(new Refusal(400, "malformed-json", "", $"内容不是有效的 JSON，或者有重复的成员，或者嵌套超过 {WorkflowDefinition.MaxJsonDepth} 层（{place}）：请改正后再提交。")
            {
                Line = fault.LineNumber + 1,
            });
        }
    }

    /// <summary>The bytes of the body.</summary>
    /// <exception cref="RefusedException">There are more than <paramref name="largest"/> (413).</exception>
    public static async Task<byte[]> BytesAsync(HttpContext context, long largest)
    {
        if (context.Request.ContentLength > largest)
            throw TooLarge(largest);
        return await BytesAsync(context.Request.Body, largest, context.RequestAborted);
    }

    /// <summary>The bytes of a stream of outside, which is not read further than <paramref name="largest"/>.</summary>
    /// <exception cref="RefusedException">There are more (413).</exception>
    public static async Task<byte[]> BytesAsync(Stream stream, long largest, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        var buffer = new byte[64 << 10];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (content.Length + read > largest)
                throw TooLarge(largest);
            await content.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return content.ToArray();
    }

    /// <summary>The refusal of too much.</summary>
    public static RefusedException TooLarge(long largest) => new(new Refusal(413, "too-large", "", $"内容过大：上限 {largest >> 20} MiB，请拆分流程或分次提交。"));

    /// <summary>A text member; null where it is absent, null or no text.</summary>
    public static string? Text(this JsonObject o, string name) => o[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    /// <summary>A whole number; null where it is absent or none.</summary>
    public static int? Number(this JsonObject o, string name) => o[name] is JsonValue value && value.TryGetValue(out int number) ? number : null;

    /// <summary>A flag, as JSON or as text; false where it is absent.</summary>
    public static bool Flag(this JsonObject o, string name) =>
        o[name] is JsonValue value && (value.TryGetValue(out bool flag) ? flag : value.TryGetValue(out string? text) && bool.TryParse(text, out flag) && flag);

    /// <summary>The texts of a list; empty where there is none.</summary>
    public static IReadOnlyList<string> Texts(this JsonObject o, string name) =>
        o[name] is JsonArray list ? [.. list.OfType<JsonValue>().Select(item => item.TryGetValue(out string? text) ? text : null).OfType<string>()] : [];

    /// <summary>Takes a member out of its object, so that it can be put elsewhere.</summary>
    public static JsonNode? Take(this JsonObject o, string name)
    {
        var value = o[name];
        o.Remove(name);
        return value;
    }
}
