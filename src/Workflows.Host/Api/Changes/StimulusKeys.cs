using System.Security.Cryptography;

namespace Workflows.Host.Api.Changes;

/// <summary>Random keys of stimuli from outside: ids and chance are derived from them, so they cannot be guessed. A test seeds them.</summary>
internal class StimulusKeys
{
    /// <summary>A new key, 32 hex digits.</summary>
    public virtual string Next() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
