namespace Workflows.Host.Api.Public;

/// <summary>What kind of picture a file is, by its first bytes: what a sender calls it is no evidence.</summary>
internal static class PictureContent
{
    /// <summary>Media type of a JPEG, PNG or WebP; null for anything else.</summary>
    /// <param name="head">First bytes of the file, 12 or more.</param>
    public static string? TypeOf(ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "image/jpeg"
        : head.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? "image/png"
        : head.Length >= 12 && head[..4].SequenceEqual("RIFF"u8) && head[8..12].SequenceEqual("WEBP"u8) ? "image/webp"
        : null;
}
