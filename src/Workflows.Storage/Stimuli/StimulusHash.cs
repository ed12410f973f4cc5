using System.Security.Cryptography;
using System.Text;

namespace Workflows.Storage.Stimuli;

/// <summary>Elsa's stimulus hash: upper-case hex SHA-256 over name and payload joined by "|".</summary>
internal static class StimulusHash
{
    /// <summary>Name of the stimulus of the Event activity.</summary>
    public const string EventName = "Elsa.Event";

    /// <summary>Input under which an Event activity finds its payload.</summary>
    public const string EventInput = "__EventPayloadWorkflowInput";

    public static string Of(string name, string? payload) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.IsNullOrEmpty(payload) ? name : $"{name}|{payload}")));
}
