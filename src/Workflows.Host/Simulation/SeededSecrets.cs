using Workflows.Supervision.Planning;

namespace Workflows.Host.Simulation;

/// <summary>Secrets of draws that the seed gives, so that the same seed draws the same targets.</summary>
/// <param name="seed">Seed.</param>
internal sealed class SeededSecrets(long seed) : IDrawSecretSource
{
    /// <inheritdoc/>
    public byte[] Create(string drawId) => new Chance(seed, $"secret|{drawId}").Bytes();
}
