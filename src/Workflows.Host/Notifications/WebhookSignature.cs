using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Workflows.Host.Notifications;

/// <summary>
/// Signs webhook deliveries: <c>t=&lt;unix seconds&gt;,v1=&lt;hex HMAC-SHA256 of "t.body"&gt;</c>. The time is part of what is signed,
/// so that a receiver can refuse old deliveries that somebody plays again.
/// </summary>
internal static class WebhookSignature
{
    /// <summary>Name of the header.</summary>
    public const string Header = "X-Workflows-Signature";

    /// <summary>How old a delivery may be when it is checked.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>The header's value.</summary>
    /// <param name="secret">Shared secret, 16 bytes or more in UTF-8.</param>
    /// <param name="at">Time of sending.</param>
    /// <param name="body">The exact text that is sent.</param>
    public static string Sign(string secret, DateTimeOffset at, string body)
    {
        var time = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"t={time},v1={Digest(secret, time, body)}";
    }

    /// <summary>Whether <paramref name="header"/> is a fresh signature over <paramref name="body"/>; what a receiver does.</summary>
    public static bool Verify(string secret, DateTimeOffset now, string body, string header)
    {
        var parts = header.Split(',');
        if (parts.Length != 2 || !parts[0].StartsWith("t=", StringComparison.Ordinal) || !parts[1].StartsWith("v1=", StringComparison.Ordinal)
            || !long.TryParse(parts[0].AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(now.ToUnixTimeSeconds() - seconds) > Tolerance.TotalSeconds)
            return false;
        return CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(Digest(secret, parts[0][2..], body)),
            Encoding.ASCII.GetBytes(parts[1][3..]));
    }

    private static string Digest(string secret, string time, string body) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{time}.{body}")));
}
