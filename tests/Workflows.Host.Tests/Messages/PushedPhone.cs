using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Workflows.Host.Tests.Messages;

/// <summary>The browser's side of a push, written from RFC 8188 and RFC 8291 with HMAC alone.</summary>
internal sealed class PushedPhone : IDisposable
{
    private readonly ECDiffieHellman _key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(16);

    public string PublicKey => Base64Url.EncodeToString(Point);

    public string Secret => Base64Url.EncodeToString(_secret);

    public object Keys => new { p256dh = PublicKey, auth = Secret };

    private byte[] Point => [4, .. _key.ExportParameters(false).Q.X!, .. _key.ExportParameters(false).Q.Y!];

    public byte[] Open(byte[] body)
    {
        var salt = body[..16];
        Assert.InRange(BinaryPrimitives.ReadInt32BigEndian(body.AsSpan(16)), body.Length - 86, 4096);
        Assert.Equal(65, body[20]);
        var sender = body[21..86];
        using var other = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = sender[1..33], Y = sender[33..] } });
        var material = Expand(HMACSHA256.HashData(_secret, _key.DeriveRawSecretAgreement(other.PublicKey)), [.. "WebPush: info"u8, 0, .. Point, .. sender], 32);
        var prk = HMACSHA256.HashData(salt, material);
        using var cipher = new AesGcm(Expand(prk, [.. "Content-Encoding: aes128gcm"u8, 0], 16), 16);
        var plain = new byte[body.Length - 86 - 16];
        cipher.Decrypt(Expand(prk, [.. "Content-Encoding: nonce"u8, 0], 12), body.AsSpan(86, plain.Length), body.AsSpan(86 + plain.Length), plain);
        var end = Array.FindLastIndex(plain, one => one != 0);
        Assert.Equal(2, plain[end]);
        return plain[..end];
    }

    public void Dispose() => _key.Dispose();

    private static byte[] Expand(byte[] prk, byte[] info, int length) => HMACSHA256.HashData(prk, (byte[])[.. info, 1])[..length];
}
