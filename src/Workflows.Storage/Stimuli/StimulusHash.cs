using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Engine.Bookmarks;

namespace Workflows.Storage.Stimuli;

/// <summary>Hashes of stimuli whose payload comes as JSON text.</summary>
internal static class StimulusHash
{
    /// <summary>Name of the stimulus of the Event activity.</summary>
    public const string EventName = "Elsa.Event";

    /// <summary>Input under which an Event activity finds its payload.</summary>
    public const string EventInput = "__EventPayloadWorkflowInput";

    public static string Of(string name, string? payload)
    {
        if (string.IsNullOrEmpty(payload))
            return StimulusHasher.Hash(name);
        try
        {
            return StimulusHasher.Hash(name, JsonNode.Parse(payload));
        }
        catch (JsonException)
        {
            // A payload that is no JSON is hashed as the text that it is.
            return StimulusHasher.Hash(name, payload);
        }
    }
}
