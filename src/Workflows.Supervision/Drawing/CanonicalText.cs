using System.Security.Cryptography;
using System.Text;

namespace Workflows.Supervision.Drawing;

/// <summary>The texts that are hashed: unambiguous, in ordinal order, UTF-8, each line ended by a line feed.</summary>
internal static class CanonicalText
{
    /// <summary>
    /// Refuses names that would make a canonical line ambiguous. Surrogates are refused too: without them the ordinal order
    /// of .NET and the byte order of UTF-8 agree, so that a verifier in any language sorts alike.
    /// </summary>
    public static void RequireName(string? name, int longest, string what)
    {
        if (string.IsNullOrEmpty(name) || name.Length > longest)
        {
            throw new DomainRuleException("draw-id-invalid", $"{what}为空或超过 {longest} 个字符。", what);
        }

        foreach (var c in name)
        {
            if (c == '|' || char.IsControl(c) || char.IsSurrogate(c))
            {
                throw new DomainRuleException("draw-id-invalid", $"{what}“{name}”含有竖线、控制字符或扩展区汉字，请改用普通编号。", what);
            }
        }
    }

    public static string Escape(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("|", "\\|", StringComparison.Ordinal)
        .Replace("\r", "\\r", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);

    public static string Hash(IEnumerable<string> lines)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[64 * 1024];
        var used = 0;
        foreach (var line in lines)
        {
            var needed = Encoding.UTF8.GetMaxByteCount(line.Length);
            if (needed > buffer.Length - used)
            {
                hash.AppendData(buffer, 0, used);
                used = 0;
                if (needed > buffer.Length)
                {
                    hash.AppendData(Encoding.UTF8.GetBytes(line));
                    continue;
                }
            }

            used += Encoding.UTF8.GetBytes(line, buffer.AsSpan(used));
        }

        hash.AppendData(buffer, 0, used);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
