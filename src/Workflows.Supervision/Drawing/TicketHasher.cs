using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using System.Text;

namespace Workflows.Supervision.Drawing;

/// <summary>
/// Computes the smallest ticket of each candidate: HMAC-SHA-256 over <c>prefix|id|j</c> for j = 1 to weight. Messages that
/// fit one block (up to 55 bytes) run eight at a time with the key blocks compressed once; longer ones, and processors
/// without wide vectors, use the platform's HMAC. Both give the same bytes.
/// </summary>
internal sealed class TicketHasher
{
    private const int BlockSize = 64;
    private const int LongestSingleBlock = 55;

    private readonly byte[] _seed;
    private readonly bool _lanes;
    private readonly uint[] _inner = new uint[8];
    private readonly uint[] _outer = new uint[8];

    public TicketHasher(byte[] seed, bool allowLanes = true)
    {
        _seed = seed;
        _lanes = allowLanes && TicketLanes.IsFast;
        if (_lanes)
        {
            KeyState(0x36, _inner);
            KeyState(0x5c, _outer);
        }
    }

    /// <summary>One ticket.</summary>
    public TicketScore Single(string label)
    {
        Span<byte> mac = stackalloc byte[32];
        HMACSHA256.HashData(_seed, Encoding.UTF8.GetBytes(label), mac);
        return TicketScore.Read(mac);
    }

    /// <summary>The smallest ticket of each candidate, in the candidates' order.</summary>
    /// <param name="label">First part of the message, such as <c>target|</c>, which the id follows.</param>
    /// <param name="candidates">Candidates with weights of at least 1.</param>
    /// <param name="best">Receives one score for each.</param>
    public void Smallest(string label, ReadOnlySpan<DrawCandidate> candidates, Span<TicketScore> best)
    {
        best.Fill(TicketScore.Largest);
        var batch = new Batch(this);
        var prefix = Encoding.UTF8.GetBytes(label);
        var message = new byte[prefix.Length + 600];
        prefix.CopyTo(message, 0);
        for (var i = 0; i < candidates.Length; i++)
        {
            var length = prefix.Length + Encoding.UTF8.GetBytes(candidates[i].Id, message.AsSpan(prefix.Length));
            message[length++] = (byte)'|';
            for (var j = 1; j <= candidates[i].Weight; j++)
            {
                j.TryFormat(message.AsSpan(length), out var digits);
                var text = message.AsSpan(0, length + digits);
                if (_lanes && text.Length <= LongestSingleBlock)
                {
                    batch.Add(text, i, best);
                }
                else
                {
                    Keep(best, i, OneByOne(text));
                }
            }
        }

        batch.Flush(best);
    }

    private static void Keep(Span<TicketScore> best, int owner, TicketScore score)
    {
        if (score.CompareTo(best[owner]) < 0)
        {
            best[owner] = score;
        }
    }

    private TicketScore OneByOne(ReadOnlySpan<byte> message)
    {
        Span<byte> mac = stackalloc byte[32];
        HMACSHA256.HashData(_seed, message, mac);
        return TicketScore.Read(mac);
    }

    private void KeyState(byte pad, uint[] state)
    {
        Span<byte> block = stackalloc byte[BlockSize];
        block.Fill(pad);
        for (var i = 0; i < _seed.Length; i++)
        {
            block[i] ^= _seed[i];
        }

        Span<Vector256<uint>> words = stackalloc Vector256<uint>[16];
        for (var t = 0; t < 16; t++)
        {
            words[t] = Vector256.Create(BinaryPrimitives.ReadUInt32BigEndian(block[(4 * t)..]));
        }

        Span<Vector256<uint>> result = stackalloc Vector256<uint>[8];
        TicketLanes.Compress(TicketLanes.InitialState, words, result);
        for (var i = 0; i < 8; i++)
        {
            state[i] = result[i].ToScalar();
        }
    }

    /// <summary>Gathers messages until each lane has one.</summary>
    private sealed class Batch(TicketHasher hasher)
    {
        private readonly Vector256<uint>[] _words = new Vector256<uint>[16];
        private readonly Vector256<uint>[] _digest = new Vector256<uint>[8];
        private readonly Vector256<uint>[] _outerWords = new Vector256<uint>[16];
        private readonly byte[] _block = new byte[BlockSize];
        private readonly int[] _owners = new int[TicketLanes.Lanes];
        private int _count;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Add(ReadOnlySpan<byte> message, int owner, Span<TicketScore> best)
        {
            var block = _block.AsSpan();
            message.CopyTo(block);
            block[message.Length] = 0x80;
            block[(message.Length + 1)..].Clear();
            BinaryPrimitives.WriteUInt16BigEndian(block[(BlockSize - 2)..], (ushort)((BlockSize + message.Length) * 8));
            var lanes = MemoryMarshal.Cast<Vector256<uint>, uint>(_words.AsSpan());
            var words = MemoryMarshal.Cast<byte, uint>(block);
            for (int t = 0, at = _count; t < 16; t++, at += TicketLanes.Lanes)
            {
                lanes[at] = BinaryPrimitives.ReverseEndianness(words[t]);
            }

            _owners[_count++] = owner;
            if (_count == TicketLanes.Lanes)
            {
                Flush(best);
            }
        }

        public void Flush(Span<TicketScore> best)
        {
            if (_count == 0)
            {
                return;
            }

            TicketLanes.Compress(hasher._inner, _words, _digest);
            _digest.CopyTo(_outerWords, 0);
            _outerWords[8] = Vector256.Create(0x80000000u);
            _outerWords.AsSpan(9, 6).Clear();
            _outerWords[15] = Vector256.Create((BlockSize + 32u) * 8);
            TicketLanes.Compress(hasher._outer, _outerWords, _digest);

            var digest = MemoryMarshal.Cast<Vector256<uint>, uint>(_digest.AsSpan());
            for (var lane = 0; lane < _count; lane++)
            {
                ref var held = ref best[_owners[lane]];

                // The first word settles all but one comparison in four billion.
                if (digest[lane] <= (uint)(held.First >> 32))
                {
                    Keep(best, _owners[lane], new TicketScore(
                        Pair(digest, 0, lane), Pair(digest, 2, lane), Pair(digest, 4, lane), Pair(digest, 6, lane)));
                }
            }

            _count = 0;
        }

        private static ulong Pair(ReadOnlySpan<uint> digest, int word, int lane) =>
            ((ulong)digest[(word * TicketLanes.Lanes) + lane] << 32) | digest[((word + 1) * TicketLanes.Lanes) + lane];
    }
}
