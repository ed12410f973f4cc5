using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Workflows.Host.Messages.Push;

/// <summary>
/// Seals a message so that the phone alone reads it, and none of the services on its way: RFC 8291 (keys of the subscription) over RFC 8188
/// (<c>Content-Encoding: aes128gcm</c>, one record).
/// </summary>
internal static class PushEncryption
{
    /// <summary>Bytes of a public key: an uncompressed point of P-256.</summary>
    public const int PublicKeyBytes = 65;

    /// <summary>Bytes of a subscription's authentication secret.</summary>
    public const int SecretBytes = 16;

    /// <summary>Largest message: every push service takes 4,096 bytes, of which the header, the delimiter and the tag are not the message's.</summary>
    public const int LargestMessage = RecordSize - SaltBytes - 4 - 1 - PublicKeyBytes - 1 - TagBytes;

    private const int RecordSize = 4096;
    private const int SaltBytes = 16;
    private const int TagBytes = 16;
    private const int CoordinateBytes = 32;
    private const byte UncompressedPoint = 4;
    private const byte LastRecord = 2;

    /// <summary>Seals a message under a fresh key and salt.</summary>
    /// <param name="message">The message; at most <see cref="LargestMessage"/> bytes.</param>
    /// <param name="receiver">Public key of the subscription (<c>p256dh</c>).</param>
    /// <param name="secret">Its authentication secret (<c>auth</c>).</param>
    /// <exception cref="CryptographicException">The key is no point of the curve.</exception>
    public static byte[] Seal(ReadOnlySpan<byte> message, ReadOnlySpan<byte> receiver, ReadOnlySpan<byte> secret)
    {
        using var own = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        Span<byte> salt = stackalloc byte[SaltBytes];
        RandomNumberGenerator.Fill(salt);
        return Seal(message, receiver, secret, own, salt);
    }

    /// <summary>Seals a message under a key and a salt that are used for this message alone.</summary>
    /// <returns>The body of the request: header and record.</returns>
    public static byte[] Seal(ReadOnlySpan<byte> message, ReadOnlySpan<byte> receiver, ReadOnlySpan<byte> secret, ECDiffieHellman own, ReadOnlySpan<byte> salt)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(message.Length, LargestMessage);
        var sender = PublicKey(own);
        using var other = ECDiffieHellman.Create(Parameters(receiver));
        using var otherKey = other.PublicKey;
        var shared = own.DeriveRawSecretAgreement(otherKey);
        Span<byte> keyMaterial = stackalloc byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, keyMaterial, secret, [.. "WebPush: info\0"u8, .. receiver, .. sender]);
        Span<byte> contentKey = stackalloc byte[16];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, keyMaterial, contentKey, salt, "Content-Encoding: aes128gcm\0"u8);
        Span<byte> nonce = stackalloc byte[12];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, keyMaterial, nonce, salt, "Content-Encoding: nonce\0"u8);
        CryptographicOperations.ZeroMemory(shared);

        const int HeaderBytes = SaltBytes + 4 + 1 + PublicKeyBytes;
        var body = new byte[HeaderBytes + message.Length + 1 + TagBytes];
        salt.CopyTo(body);
        BinaryPrimitives.WriteUInt32BigEndian(body.AsSpan(SaltBytes), RecordSize);
        body[SaltBytes + 4] = PublicKeyBytes;
        sender.CopyTo(body.AsSpan(SaltBytes + 5));
        byte[] plain = [.. message, LastRecord];
        using var cipher = new AesGcm(contentKey, TagBytes);
        cipher.Encrypt(nonce, plain, body.AsSpan(HeaderBytes, plain.Length), body.AsSpan(HeaderBytes + plain.Length));
        return body;
    }

    /// <summary>The public half of a key as an uncompressed point.</summary>
    public static byte[] PublicKey(ECAlgorithm key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return [UncompressedPoint, .. point.X!, .. point.Y!];
    }

    /// <summary>Whether bytes are a public key of the curve.</summary>
    public static bool IsPublicKey(ReadOnlySpan<byte> point)
    {
        if (point.Length != PublicKeyBytes || point[0] != UncompressedPoint)
            return false;
        try
        {
            using var key = ECDiffieHellman.Create(Parameters(point));
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static ECParameters Parameters(ReadOnlySpan<byte> point) => point.Length == PublicKeyBytes && point[0] == UncompressedPoint
        ? new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = point.Slice(1, CoordinateBytes).ToArray(), Y = point[(1 + CoordinateBytes)..].ToArray() },
        }
        : throw new CryptographicException("The key of the subscription is no uncompressed point of P-256.");
}
