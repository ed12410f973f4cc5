using System.Buffers.Binary;
using Workflows.Engine.Bursts;

namespace Workflows.Host.Simulation;

/// <summary>Chance of a simulation: a sequence that the seed and a name give, the same on every machine and whatever else happens.</summary>
internal sealed class Chance
{
    private readonly IdSource _source;

    /// <param name="seed">Seed of the simulation.</param>
    /// <param name="name">What it is for; each name has its own sequence, so that one person's choice moves no other's.</param>
    public Chance(long seed, string name) => _source = new IdSource($"simulation|{seed}|{name}");

    /// <summary>A number from 0 to below <paramref name="below"/>.</summary>
    public int Next(int below)
    {
        Span<byte> bytes = stackalloc byte[8];
        _source.Fill(bytes);
        return (int)(BinaryPrimitives.ReadUInt64BigEndian(bytes) % (ulong)below);
    }

    /// <summary>32 bytes.</summary>
    public byte[] Bytes()
    {
        var bytes = new byte[32];
        _source.Fill(bytes);
        return bytes;
    }

    /// <summary>The list in another order.</summary>
    public T[] Shuffle<T>(IEnumerable<T> items)
    {
        var list = items.ToArray();
        for (var i = list.Length - 1; i > 0; i--)
        {
            var j = Next(i + 1);
            (list[i], list[j]) = (list[j], list[i]);
        }

        return list;
    }
}
