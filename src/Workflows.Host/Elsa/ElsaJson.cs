using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Workflows.Host.Elsa;

/// <summary>
/// JSON as Elsa's API writes and reads it: camelCase, nulls left out (an explicit null crashes Studio), enumerations by name in any case or
/// by number, members that nobody knows ignored, since Studio sends back more than it was given.
/// </summary>
internal static class ElsaJson
{
    /// <summary>Options of all bodies. Read-only.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>An answer in this form.</summary>
    /// <param name="value">What is answered.</param>
    /// <param name="status">HTTP status.</param>
    public static IResult Answer<T>(T value, int status = StatusCodes.Status200OK) => Results.Json(value, Options, statusCode: status);

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            MaxDepth = 512,
            Converters = { new JsonStringEnumConverter() },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
