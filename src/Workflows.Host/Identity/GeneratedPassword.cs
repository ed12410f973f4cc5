using System.Security.Cryptography;

namespace Workflows.Host.Identity;

/// <summary>Passwords that the service makes up: 20 characters without look-alikes, about 115 bits.</summary>
internal static class GeneratedPassword
{
    private const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

    /// <summary>A new password.</summary>
    public static string Create() => RandomNumberGenerator.GetString(Alphabet, 20);
}
