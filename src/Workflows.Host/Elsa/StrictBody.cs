using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Workflows.Host.Limits;
using Workflows.Host.Problems;

namespace Workflows.Host.Elsa;

/// <summary>
/// Bodies and queries that choose or change something: what nobody knows is refused, since a filter that is silently ignored
/// hits more than was meant.
/// </summary>
internal static class StrictBody
{
    /// <summary>How they are read. Read-only.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>Reads the body; an empty one is an empty object. Refuses what is malformed, unknown or too large (4xx).</summary>
    public static async Task<T> ReadAsync<T>(HttpContext context, long limit = RequestLimits.BodyBytes)
        where T : new()
    {
        using var content = await BytesAsync(context, limit);
        return content.Length == 0 ? new T() : JsonSerializer.Deserialize<T>(content.GetBuffer().AsSpan(0, (int)content.Length), Options) ?? new T();
    }

    /// <summary>The body as bytes, at most <paramref name="limit"/> of them (413).</summary>
    public static async Task<MemoryStream> BytesAsync(HttpContext context, long limit)
    {
        var content = new MemoryStream();
        var part = new byte[16 << 10];
        while (await context.Request.Body.ReadAsync(part, context.RequestAborted) is > 0 and var read)
        {
            await content.WriteAsync(part.AsMemory(0, read), context.RequestAborted);
            if (content.Length > limit)
                throw new RefusedException(new Refusal(413, "too-large", "", $"内容超过{limit >> 20} MB：请缩小或分次提交。"));
        }

        content.Position = 0;
        return content;
    }

    /// <summary>A whole number of the query, or null; refuses one outside of its range (400).</summary>
    public static int? Number(HttpContext context, string name, int least, int most)
    {
        var text = context.Request.Query[name].ToString();
        if (text.Length == 0)
            return null;
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? InRange(number, name, least, most)
            : throw new RefusedException(new Refusal(400, "bad-number", name, $"{name} 应为{least}至{most}之间的整数。"));
    }

    /// <summary>A number that has to lie in a range (400).</summary>
    public static int InRange(int number, string name, int least, int most) => number >= least && number <= most
        ? number
        : throw new RefusedException(new Refusal(400, "bad-number", name, $"{name} 应在{least}至{most}之间，现为{number}。"));

    /// <summary>A text that an address must carry (400).</summary>
    public static string Needed(HttpContext context, string name) => context.Request.Query[name].ToString() is { Length: > 0 and <= 2000 } text
        ? text
        : throw new RefusedException(new Refusal(400, "missing-parameter", name, $"缺少查询参数 {name}，或其过长：请填写。"));

    /// <summary>Texts of the query, or null for none; repeated keys are a list, empty ones do not count.</summary>
    public static IReadOnlyList<string>? Texts(HttpContext context, string name) =>
        context.Request.Query[name].OfType<string>().Where(static text => text.Length > 0).ToArray() is { Length: > 0 } texts ? texts : null;

    /// <summary>A flag of the query, or null; refuses anything but true and false (400).</summary>
    public static bool? Flag(HttpContext context, string name) => context.Request.Query[name].ToString() switch
    {
        "" => null,
        var text when bool.TryParse(text, out var flag) => flag,
        _ => throw new RefusedException(new Refusal(400, "bad-flag", name, $"{name} 应为 true 或 false。")),
    };

    /// <summary>A name of an enumeration of the query, in any case, or null; refuses unknown ones (400).</summary>
    public static T? Name<T>(HttpContext context, string name)
        where T : struct, Enum => context.Request.Query[name].ToString() is { Length: > 0 } text ? Name<T>(text, name) : null;

    /// <summary>A name of an enumeration, in any case (400).</summary>
    public static T Name<T>(string text, string field)
        where T : struct, Enum => !char.IsAsciiDigit(text[0]) && Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value)
            ? value
            : throw new RefusedException(new Refusal(400, "unknown-value", field, $"{field} 的值“{Cut(text)}”不存在：可用 {string.Join('、', Enum.GetNames<T>())}。"));

    private static string Cut(string text) => text.Length <= 40 ? text : text[..40] + "…";

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            AllowDuplicateProperties = false,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            MaxDepth = 64,
            Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
