using System.Buffers.Binary;

namespace Workflows.Supervision.Drawing;

/// <summary>An HMAC-SHA-256 value read as an unsigned big-endian number of 256 bits; the smaller comes first.</summary>
/// <param name="First">Bits 255 to 192.</param>
/// <param name="Second">Bits 191 to 128.</param>
/// <param name="Third">Bits 127 to 64.</param>
/// <param name="Fourth">Bits 63 to 0.</param>
public readonly record struct TicketScore(ulong First, ulong Second, ulong Third, ulong Fourth) : IComparable<TicketScore>
{
    /// <summary>Larger than any ticket in practice.</summary>
    public static TicketScore Largest => new(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue);

    /// <summary>Reads 32 bytes.</summary>
    public static TicketScore Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt64BigEndian(bytes),
        BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]),
        BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]),
        BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]));

    /// <inheritdoc/>
    public int CompareTo(TicketScore other)
    {
        var order = First.CompareTo(other.First);
        if (order == 0)
        {
            order = Second.CompareTo(other.Second);
        }

        if (order == 0)
        {
            order = Third.CompareTo(other.Third);
        }

        return order == 0 ? Fourth.CompareTo(other.Fourth) : order;
    }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() => $"{First:x16}{Second:x16}{Third:x16}{Fourth:x16}";
}
