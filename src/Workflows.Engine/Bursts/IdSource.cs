using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Workflows.Engine.Bursts;

/// <summary>
/// Identifiers and random bytes derived from one key, so that a burst which runs again gives the same ones.
/// The key of a stimulus from outside is random; in a simulation it comes from the seed.
/// </summary>
public sealed class IdSource
{
    private readonly byte[] _key;
    private long _counter;

    /// <summary>Creates a source for the stimulus with this key.</summary>
    /// <param name="key">Any text; equal keys give equal sequences.</param>
    public IdSource(string key)
    {
        _key = SHA256.HashData(Encoding.UTF8.GetBytes(key));
    }

    /// <summary>The next identifier: 16 lower-case hex characters.</summary>
    public string Next()
    {
        Span<byte> digest = stackalloc byte[32];
        Fill(digest);
        return BinaryPrimitives.ReadUInt64BigEndian(digest).ToString("x16", CultureInfo.InvariantCulture);
    }

    /// <summary>Fills <paramref name="digest"/> (at most 32 bytes) with the next pseudo-random bytes.</summary>
    public void Fill(Span<byte> digest)
    {
        Span<byte> input = stackalloc byte[40];
        Span<byte> output = stackalloc byte[32];
        _key.CopyTo(input);
        BinaryPrimitives.WriteInt64BigEndian(input[32..], _counter++);
        SHA256.HashData(input, output);
        output[..digest.Length].CopyTo(digest);
    }
}
