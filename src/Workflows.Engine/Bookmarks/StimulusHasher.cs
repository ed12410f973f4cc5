using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Workflows.Engine.Bookmarks;

/// <summary>Keeps a member of a stimulus payload out of its hash (Elsa concept).</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ExcludeFromHashAttribute : Attribute;

/// <summary>Elsa's stimulus hash: upper-case hex SHA-256 over name, payload and activity instance, joined by "|".</summary>
public static class StimulusHasher
{
    private static readonly JsonSerializerOptions Whole = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private static readonly JsonSerializerOptions Hashed = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { DropExcluded } },
    };

    /// <summary>The hash.</summary>
    /// <param name="name">Stimulus name.</param>
    /// <param name="payload">Text as it is; an object as JSON with its own member names, nulls and <see cref="ExcludeFromHashAttribute"/> members dropped; null for nothing.</param>
    /// <param name="activityInstanceId">The waiting execution, where only it shall match.</param>
    public static string Hash(string name, object? payload = null, string? activityInstanceId = null)
    {
        var text = new StringBuilder(name);
        Append(text, PayloadText(payload));
        Append(text, activityInstanceId);
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>The payload as it is stored with the bookmark.</summary>
    internal static JsonNode? ToPayload(object? payload) => payload switch
    {
        null => null,
        JsonNode node => WithoutNulls(node.DeepClone()),
        _ => JsonSerializer.SerializeToNode(payload, payload.GetType(), Whole),
    };

    private static string? PayloadText(object? payload) => payload switch
    {
        null => null,
        string text => text,
        JsonValue value when value.TryGetValue(out string? text) => text,
        JsonNode node => WithoutNulls(node.DeepClone()).ToJsonString(),
        _ => JsonSerializer.Serialize(payload, payload.GetType(), Hashed),
    };

    private static JsonNode WithoutNulls(JsonNode node)
    {
        if (node is JsonObject o)
        {
            foreach (var (name, value) in o.ToArray())
            {
                if (value is null)
                    o.Remove(name);
                else
                    WithoutNulls(value);
            }
        }
        else if (node is JsonArray array)
        {
            foreach (var item in array)
            {
                if (item is not null)
                    WithoutNulls(item);
            }
        }

        return node;
    }

    private static void Append(StringBuilder text, string? part)
    {
        if (!string.IsNullOrEmpty(part))
            text.Append('|').Append(part);
    }

    private static void DropExcluded(JsonTypeInfo type)
    {
        for (var i = type.Properties.Count - 1; i >= 0; i--)
        {
            if (type.Properties[i].AttributeProvider?.IsDefined(typeof(ExcludeFromHashAttribute), false) is true)
                type.Properties.RemoveAt(i);
        }
    }
}
