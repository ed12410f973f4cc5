using System.Security.Cryptography;
using System.Text;
using Workflows.Templates.Values;
using static Workflows.Templates.Builtins.Builtin;

namespace Workflows.Templates.Builtins;

/// <summary>Hashes and Base64 of <c>string</c>; text is taken as UTF-8.</summary>
internal static class TextDigests
{
    // MD5 and SHA-1 are part of the language for checksums; nothing here relies on them for security.
#pragma warning disable CA5350, CA5351
    public static BuiltinFunction[] Functions() =>
    [
        Function("md5", c => Hex(c, MD5.HashData), "text"),
        Function("sha1", c => Hex(c, SHA1.HashData), "text"),
        Function("sha256", c => Hex(c, SHA256.HashData), "text"),
        Function("sha512", c => Hex(c, SHA512.HashData), "text"),
        Function("hmac_sha1", c => Keyed(c, HMACSHA1.HashData), "text", "secretKey"),
        Function("hmac_sha256", c => Keyed(c, HMACSHA256.HashData), "text", "secretKey"),
        Function("hmac_sha512", c => Keyed(c, HMACSHA512.HashData), "text", "secretKey"),
        Function("base64_encode", c => c.Text(0) is { } text ? c.Checked(Convert.ToBase64String(Encoding.UTF8.GetBytes(text))) : null, "text"),
        Function("base64_decode", Decode, "text"),
    ];
#pragma warning restore CA5350, CA5351

    private static string Hex(BuiltinCall call, Func<byte[], byte[]> hash) =>
        Convert.ToHexStringLower(hash(Encoding.UTF8.GetBytes(call.Text(0) ?? string.Empty)));

    private static string Keyed(BuiltinCall call, Func<byte[], byte[], byte[]> hash) =>
        Convert.ToHexStringLower(hash(Encoding.UTF8.GetBytes(call.Text(1) ?? string.Empty), Encoding.UTF8.GetBytes(call.Text(0) ?? string.Empty)));

    private static string? Decode(BuiltinCall call)
    {
        if (call.Text(0) is not { } text) return null;
        try
        {
            return call.Checked(Encoding.UTF8.GetString(Convert.FromBase64String(text)));
        }
        catch (FormatException)
        {
            throw call.Error("不是有效的 Base64 文本");
        }
    }
}
