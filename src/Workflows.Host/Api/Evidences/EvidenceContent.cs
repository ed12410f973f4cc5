using System.Buffers;
using System.IO.Compression;
using Workflows.Host.Api.Public;

namespace Workflows.Host.Api.Evidences;

/// <summary>
/// What kind of file evidence is, by its content: what a sender calls it is no evidence. Pictures, PDF, films, sound, plain text and office documents without macros are known;
/// whatever else comes, programs and web pages above all, is nothing that is kept.
/// </summary>
internal static class EvidenceContent
{
    private const int HeadBytes = 4096;
    private const int MostEntries = 4000;
    private static readonly SearchValues<byte> Controls = SearchValues.Create(0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 28, 29, 30, 31, 127);
    private static readonly string[] Markup = ["<!doctype", "<html", "<head", "<body", "<script", "<iframe", "<svg", "<?xml", "<?php", "<img", "<object", "<embed", "<meta", "<link", "<style"];

    /// <summary>The media type of a file; null for what is not taken.</summary>
    /// <param name="content">The file; stands at its beginning again afterwards.</param>
    /// <param name="declared">What the sender calls it: tells sound from film in a container that carries either.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static async Task<string?> TypeOfAsync(Stream content, string? declared, CancellationToken cancellationToken)
    {
        var head = new byte[HeadBytes];
        var read = await content.ReadAtLeastAsync(head, HeadBytes, throwOnEndOfStream: false, cancellationToken);
        content.Position = 0;
        var type = OfHead(head.AsSpan(0, read), declared?.StartsWith("audio/", StringComparison.OrdinalIgnoreCase) == true);
        if (type == "application/zip")
            type = OfArchive(content);
        if (type == "text/plain" && await HasControlsAsync(content, cancellationToken))
            type = null;
        content.Position = 0;
        return type;
    }

    private static string? OfHead(ReadOnlySpan<byte> head, bool isSound) =>
        PictureContent.TypeOf(head) is { } picture ? picture
        : head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8) ? "image/gif"
        : head.StartsWith("%PDF-"u8) ? "application/pdf"
        : head.Length >= 12 && head[4..8].SequenceEqual("ftyp"u8) ? OfBrand(head[8..12], isSound)
        : head.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]) ? isSound ? "audio/webm" : "video/webm"
        : head.StartsWith("OggS"u8) ? isSound ? "audio/ogg" : "video/ogg"
        : head.Length >= 12 && head[..4].SequenceEqual("RIFF"u8) && head[8..12].SequenceEqual("WAVE"u8) ? "audio/wav"
        : head.StartsWith("ID3"u8) || head.Length >= 2 && head[0] == 0xFF && head[1] is 0xFB or 0xF3 or 0xF2 ? "audio/mpeg"
        : head.Length >= 2 && head[0] == 0xFF && head[1] is 0xF1 or 0xF9 ? "audio/aac"
        : head.StartsWith("#!AMR"u8) ? "audio/amr"
        : head.StartsWith((ReadOnlySpan<byte>)[0x50, 0x4B, 0x03, 0x04]) ? "application/zip"
        : IsText(head) ? "text/plain"
        : null;

    private static string OfBrand(ReadOnlySpan<byte> brand, bool isSound) =>
        brand.StartsWith("hei"u8) || brand.SequenceEqual("mif1"u8) || brand.SequenceEqual("msf1"u8) ? "image/heic"
        : brand.SequenceEqual("qt  "u8) ? "video/quicktime"
        : isSound || brand.StartsWith("M4A"u8) ? "audio/mp4"
        : "video/mp4";

    // In whatever encoding: no control characters, and nothing that a browser or a shell would take for a page or a program.
    private static bool IsText(ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty || head.IndexOfAny(Controls) >= 0 || head.StartsWith("MZ"u8) || head.StartsWith("#!"u8))
            return false;
        var text = System.Text.Encoding.Latin1.GetString(head);
        return !Markup.Any(tag => text.Contains(tag, StringComparison.OrdinalIgnoreCase));
    }

    private static async Task<bool> HasControlsAsync(Stream content, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 << 10];
        content.Position = 0;
        while (await content.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (buffer.AsSpan(0, read).IndexOfAny(Controls) >= 0)
                return true;
        }

        return false;
    }

    // Only the directory is read, nothing is unpacked.
    private static string? OfArchive(Stream content)
    {
        try
        {
            content.Position = 0;
            using var archive = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
            if (archive.Entries.Count > MostEntries)
                return null;
            var names = archive.Entries.Select(entry => entry.FullName).ToHashSet(StringComparer.OrdinalIgnoreCase);
            if (names.Any(name => name.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase) || name.Contains("/activeX/", StringComparison.OrdinalIgnoreCase)))
                return null;
            if (names.Contains("OFD.xml"))
                return "application/ofd";
            return !names.Contains("[Content_Types].xml") ? null
                : names.Contains("word/document.xml") ? "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
                : names.Contains("xl/workbook.xml") ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
                : names.Contains("ppt/presentation.xml") ? "application/vnd.openxmlformats-officedocument.presentationml.presentation"
                : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
