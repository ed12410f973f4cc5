using System.Security.Cryptography;
using System.Text;
using Workflows.Host.Composition;

namespace Workflows.Host.Papers;

/// <summary>The files of papers in the data folder, outside of what is served: texts that wait to be printed by their hash, PDFs by theirs.</summary>
internal sealed class PaperShelf(ServeSettings settings)
{
    /// <summary>SHA-256 of a text in UTF-8, lower-case hex.</summary>
    public static string HashOf(string html) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(html)));

    /// <summary>Keeps a text until it is printed.</summary>
    public Task KeepTextAsync(string sha256, string html, CancellationToken cancellationToken) => WriteAsync(TextPath(sha256), Encoding.UTF8.GetBytes(html), cancellationToken);

    /// <summary>The text with this hash, or null where it is gone or changed.</summary>
    public async Task<string?> TextAsync(string sha256, CancellationToken cancellationToken)
    {
        var path = TextPath(sha256);
        if (!File.Exists(path))
            return null;
        var html = await File.ReadAllTextAsync(path, Encoding.UTF8, cancellationToken);
        return HashOf(html) == sha256 ? html : null;
    }

    /// <summary>Forgets a text that was printed.</summary>
    public void DropText(string sha256) => File.Delete(TextPath(sha256));

    /// <summary>Keeps a PDF.</summary>
    /// <returns>Its SHA-256, lower-case hex.</returns>
    public async Task<string> KeepAsync(byte[] pdf, CancellationToken cancellationToken)
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(pdf));
        await WriteAsync(PdfPath(sha256), pdf, cancellationToken);
        return sha256;
    }

    /// <summary>The PDF with this hash, or null where it is gone or changed.</summary>
    public async Task<byte[]?> ReadAsync(string sha256, CancellationToken cancellationToken)
    {
        var path = PdfPath(sha256);
        if (!File.Exists(path))
            return null;
        var pdf = await File.ReadAllBytesAsync(path, cancellationToken);
        return Convert.ToHexStringLower(SHA256.HashData(pdf)) == sha256 ? pdf : null;
    }

    /// <summary>Path of a PDF by its hash.</summary>
    public string PdfPath(string sha256) => Path.Combine(Root, sha256[..2], sha256 + ".pdf");

    /// <summary>All PDFs; each is named by its hash.</summary>
    public IEnumerable<FileInfo> Pdfs() => Directory.Exists(Root) ? new DirectoryInfo(Root).EnumerateFiles("*.pdf", SearchOption.AllDirectories) : [];

    /// <summary>All texts that wait; each is named by its hash.</summary>
    public IEnumerable<FileInfo> Texts() => Directory.Exists(Path.Combine(Root, "waiting")) ? new DirectoryInfo(Path.Combine(Root, "waiting")).EnumerateFiles("*.html") : [];

    private string Root => Path.Combine(settings.DataFolder, "papers");

    private string TextPath(string sha256) => Path.Combine(Root, "waiting", sha256 + ".html");

    // A file is there as a whole or not at all.
    private static async Task WriteAsync(string path, byte[] content, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var part = $"{path}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}.part";
        await File.WriteAllBytesAsync(part, content, cancellationToken);
        File.Move(part, path, overwrite: true);
    }
}
