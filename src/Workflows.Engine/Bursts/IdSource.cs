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
    private readonly byte[] _block = new byte[32];
    private int _used = 32;
    private long _counter;

    /// <summary>Creates a source for the stimulus with this key.</summary>
    /// <param name="key">Any text; equal keys give equal sequences.</param>
    public IdSource(string key)
    {
        _key = SHA256.HashData(Encoding.UTF8.GetBytes(key));
    }

    /// <summary>The next identifier: 16 lower-case hex characters.</summary>
    public string Next() => Format(NextValue());

    /// <summary>Fills <paramref name="digest"/> (at most 32 bytes) with the next pseudo-random bytes.</summary>
    public void Fill(Span<byte> digest)
    {
        Span<byte> output = stackalloc byte[32];
        Derive(output);
        output[..digest.Length].CopyTo(digest);
    }

    /// <summary>The next identifier as a number; four of them share one digest.</summary>
    internal ulong NextValue()
    {
        if (_used == 32)
        {
            Derive(_block);
            _used = 0;
        }

        var value = BinaryPrimitives.ReadUInt64BigEndian(_block.AsSpan(_used));
        _used += 8;
        return value;
    }

    internal static string Format(ulong id) => id.ToString("x16", CultureInfo.InvariantCulture);

    private void Derive(Span<byte> output)
    {
        Span<byte> input = stackalloc byte[40];
        _key.CopyTo(input);
        BinaryPrimitives.WriteInt64BigEndian(input[32..], _counter++);
        SHA256.HashData(input, output);
    }
}
