using System.Security.Cryptography;

namespace Workflows.Supervision.Drawing;

/// <summary>The 32 bytes that the drawing organ holds back until the public value is known. Text forms never show them.</summary>
public sealed class DrawSecret
{
    private readonly byte[] _bytes;

    private DrawSecret(byte[] bytes) => _bytes = bytes;

    /// <summary>Published beforehand: SHA-256 of the secret, lower-case hexadecimal.</summary>
    public string Commitment => Convert.ToHexStringLower(SHA256.HashData(_bytes));

    /// <summary>Takes 32 random bytes.</summary>
    /// <exception cref="DomainRuleException">Not 32 bytes (<c>draw-secret-invalid</c>).</exception>
    public static DrawSecret FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length == 32
        ? new DrawSecret(bytes.ToArray())
        : throw new DomainRuleException("draw-secret-invalid", $"抽取密值应为 32 字节，实为 {bytes.Length} 字节。", "secret");

    /// <summary>Takes 64 hexadecimal digits.</summary>
    /// <exception cref="DomainRuleException">Not 64 hexadecimal digits (<c>draw-secret-invalid</c>).</exception>
    public static DrawSecret FromHex(string hex) => hex is { Length: 64 } && hex.All(char.IsAsciiHexDigit)
        ? new DrawSecret(Convert.FromHexString(hex))
        : throw new DomainRuleException("draw-secret-invalid", "抽取密值应为 64 位十六进制数字。", "secret");

    /// <summary>A new secret from the operating system's generator; simulations pass their own bytes to <see cref="FromBytes"/>.</summary>
    public static DrawSecret Create() => new(RandomNumberGenerator.GetBytes(32));

    /// <summary>The secret itself, lower-case hexadecimal; call it only to keep it sealed or to reveal it.</summary>
    public string Reveal() => Convert.ToHexStringLower(_bytes);

    /// <inheritdoc/>
    public override string ToString() => $"DrawSecret({Commitment})";
}
