using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Workflows.Supervision.Drawing;

/// <summary>
/// SHA-256 compression (FIPS 180-4) of eight independent blocks at once, one in each lane of a 256-bit vector. A draw
/// over a million targets needs some nine million compressions; one at a time through the platform's HMAC they take
/// longer than a draw may.
/// </summary>
internal static class TicketLanes
{
    public const int Lanes = 8;

    /// <summary>First 32 bits of the fractional parts of the square roots of the first eight primes.</summary>
    public static readonly uint[] InitialState =
    [
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
    ];

    /// <summary>First 32 bits of the fractional parts of the cube roots of the first 64 primes.</summary>
    private static readonly uint[] RoundConstants =
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    /// <summary>True where the processor runs the lanes in hardware and with the byte order that the loads assume.</summary>
    public static bool IsFast => Vector256.IsHardwareAccelerated && BitConverter.IsLittleEndian;

    /// <summary>Compresses one block in each lane.</summary>
    /// <param name="start">Eight words of chaining value, the same for each lane.</param>
    /// <param name="words">Sixteen vectors: word t of the message of every lane; overwritten.</param>
    /// <param name="result">Eight vectors: word i of the digest state of every lane.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // The first draw after a start must be as fast as the hundredth.
    public static void Compress(ReadOnlySpan<uint> start, Span<Vector256<uint>> words, Span<Vector256<uint>> result)
    {
        ref var w = ref MemoryMarshal.GetReference(words[..16]);
        ref var k = ref MemoryMarshal.GetArrayDataReference(RoundConstants);
        var a = Vector256.Create(start[0]);
        var b = Vector256.Create(start[1]);
        var c = Vector256.Create(start[2]);
        var d = Vector256.Create(start[3]);
        var e = Vector256.Create(start[4]);
        var f = Vector256.Create(start[5]);
        var g = Vector256.Create(start[6]);
        var h = Vector256.Create(start[7]);
        for (var t = 0; t < 64; t++)
        {
            ref var slot = ref Unsafe.Add(ref w, t & 15);
            if (t >= 16)
            {
                slot += Small(Unsafe.Add(ref w, (t + 1) & 15), 7, 18, 3)
                    + Unsafe.Add(ref w, (t + 9) & 15)
                    + Small(Unsafe.Add(ref w, (t + 14) & 15), 17, 19, 10);
            }

            var first = h + Big(e, 6, 11, 25) + (((f ^ g) & e) ^ g) + Vector256.Create(Unsafe.Add(ref k, t)) + slot;
            var second = Big(a, 2, 13, 22) + ((a & b) | (c & (a | b)));
            h = g;
            g = f;
            f = e;
            e = d + first;
            d = c;
            c = b;
            b = a;
            a = first + second;
        }

        result[0] = a + Vector256.Create(start[0]);
        result[1] = b + Vector256.Create(start[1]);
        result[2] = c + Vector256.Create(start[2]);
        result[3] = d + Vector256.Create(start[3]);
        result[4] = e + Vector256.Create(start[4]);
        result[5] = f + Vector256.Create(start[5]);
        result[6] = g + Vector256.Create(start[6]);
        result[7] = h + Vector256.Create(start[7]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Rotate(Vector256<uint> x, [ConstantExpected] byte by) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.RotateRight(x, by) : (x >>> by) | (x << (32 - by));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Big(Vector256<uint> x, [ConstantExpected] byte p, [ConstantExpected] byte q, [ConstantExpected] byte r) =>
        Rotate(x, p) ^ Rotate(x, q) ^ Rotate(x, r);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Small(Vector256<uint> x, [ConstantExpected] byte p, [ConstantExpected] byte q, [ConstantExpected] byte shift) =>
        Rotate(x, p) ^ Rotate(x, q) ^ (x >>> shift);
}
