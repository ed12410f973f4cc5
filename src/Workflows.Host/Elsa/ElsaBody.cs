using System.Text.Json;
using Workflows.Host.Limits;
using Workflows.Host.Problems;

namespace Workflows.Host.Elsa;

/// <summary>Bodies as Elsa's clients send them: members that nobody knows are ignored, an absent body is an empty one.</summary>
internal static class ElsaBody
{
    /// <summary>Reads the body; a broken or too large one is refused (400, 413).</summary>
    /// <param name="context">The request.</param>
    /// <param name="largest">Most bytes that are read.</param>
    public static async Task<T> ReadAsync<T>(HttpContext context, long largest = RequestLimits.BodyBytes)
        where T : class, new()
    {
        var body = await BytesAsync(context, largest);
        if (body.Length == 0)
            return new T();
        try
        {
            return JsonSerializer.Deserialize<T>(body, ElsaJson.Options) ?? new T();
        }
        catch (NotSupportedException)
        {
            throw new JsonException();
        }
    }

    private static async Task<byte[]> BytesAsync(HttpContext context, long largest)
    {
        if (context.Request.ContentLength > largest)
            throw TooLarge(largest);
        using var content = new MemoryStream();
        var buffer = new byte[16 << 10];
        int read;
        while ((read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
        {
            if (content.Length + read > largest)
                throw TooLarge(largest);
            await content.WriteAsync(buffer.AsMemory(0, read), context.RequestAborted);
        }

        return content.ToArray();
    }

    private static RefusedException TooLarge(long largest) =>
        new(new Refusal(413, "too-large", "", $"内容过大：上限 {largest >> 10} KiB，请缩小或分次提交。"));
}
