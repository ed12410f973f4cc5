using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Workflows.Host.Api.Changes;
using Workflows.Supervision.Planning;

namespace Workflows.Host.Tests.Serving;

/// <summary>Keys of stimuli from a seed: the same requests in the same order get the same ids.</summary>
/// <param name="seed">The seed.</param>
/// <param name="count">Keys that were given before, by a service over the same data.</param>
internal sealed class SeededKeys(int seed, int count = 0) : StimulusKeys
{
    private int _count = count;

    /// <summary>Keys given so far.</summary>
    public int Count => _count;

    public override string Next() => Convert.ToHexStringLower(SeededSecrets.Hash(seed, "key", Interlocked.Increment(ref _count)))[..32];
}

/// <summary>Secrets of draws from a seed: the same plans draw the same targets and officers.</summary>
/// <param name="seed">The seed.</param>
/// <param name="count">Secrets that were given before, by a service over the same data.</param>
internal sealed class SeededSecrets(int seed, int count = 0) : IDrawSecretSource
{
    private int _count = count;

    /// <summary>Secrets given so far.</summary>
    public int Count => _count;

    public byte[] Create(string drawId) => Hash(seed, "secret", Interlocked.Increment(ref _count));

    public static byte[] Hash(int seed, string kind, int number) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed}|{kind}|{number}")));
}
