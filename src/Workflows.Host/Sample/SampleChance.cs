using System.Buffers.Binary;
using Workflows.Engine.Bursts;

namespace Workflows.Host.Sample;

/// <summary>Chance of the sample district: the same words give the same district.</summary>
/// <param name="seed">Words that start it.</param>
internal sealed class SampleChance(string seed)
{
    private readonly IdSource _random = new(seed);

    /// <summary>A number from 0 to below a bound.</summary>
    public int Next(int below)
    {
        Span<byte> bytes = stackalloc byte[8];
        _random.Fill(bytes);
        return (int)(BinaryPrimitives.ReadUInt64BigEndian(bytes) % (ulong)below);
    }

    /// <summary>A tag in one of so many cases.</summary>
    public IEnumerable<string> Some(string tag, int oneIn) => Next(oneIn) == 0 ? [tag] : [];
}
