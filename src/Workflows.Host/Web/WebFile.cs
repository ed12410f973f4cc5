using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.Net.Http.Headers;

namespace Workflows.Host.Web;

/// <summary>One file of the pages with its ready-made compressed siblings, and how browsers may keep it.</summary>
/// <param name="file">Where it lies.</param>
/// <param name="path">Its path under the web root.</param>
/// <param name="hasBrotli">Whether a <c>.br</c> sibling lies beside it.</param>
/// <param name="hasGzip">Whether a <c>.gz</c> sibling lies beside it.</param>
internal sealed partial class WebFile(string file, string path, bool hasBrotli, bool hasGzip)
{
    private const string Forever = "public, max-age=31536000, immutable";
    private const string Revalidated = "no-cache";

    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".json"] = "application/json; charset=utf-8",
        [".webmanifest"] = "application/manifest+json",
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
        [".ico"] = "image/x-icon",
        [".wasm"] = "application/wasm",
        [".woff2"] = "font/woff2",
        [".ttf"] = "font/ttf",
        [".txt"] = "text/plain; charset=utf-8",
    };

    private readonly Lazy<string> _hash = new(() =>
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexString(SHA256.HashData(stream).AsSpan(0, 10));
    });

    /// <summary>Media type; Studio's culture data and assemblies without a known one are plain bytes.</summary>
    public string ContentType { get; } = Types.GetValueOrDefault(Path.GetExtension(path), "application/octet-stream");

    /// <summary>Whether its name changes with its content, so that it never has to be asked for again.</summary>
    public bool IsFingerprinted { get; } = Fingerprint().IsMatch(path);

    /// <summary>Sends it, or 304 where the browser has it already.</summary>
    public IResult Answer(HttpContext context)
    {
        var (suffix, encoding) = Choose(context.Request.GetTypedHeaders().AcceptEncoding);
        var headers = context.Response.Headers;
        headers.CacheControl = IsFingerprinted ? Forever : Revalidated;
        if (hasBrotli || hasGzip)
            headers.Vary = HeaderNames.AcceptEncoding;
        if (encoding is not null)
            headers.ContentEncoding = encoding;
        return TypedResults.PhysicalFile(file + suffix, ContentType, entityTag: new EntityTagHeaderValue($"\"{_hash.Value}{suffix.Replace('.', '-')}\""));
    }

    private (string Suffix, string? Encoding) Choose(IList<StringWithQualityHeaderValue> accepted)
    {
        bool Takes(string encoding) => accepted.Any(a => a.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase) && a.Quality is not 0);
        return hasBrotli && Takes("br") ? (".br", "br") : hasGzip && Takes("gzip") ? (".gz", "gzip") : ("", null);
    }

    /// <summary>Names with a content hash: those of our bundler, of Blazor's files, and of the code editor's chunks.</summary>
    [GeneratedRegex(@"^assets/.+-[\w-]{8}\.\w+$|^studio/_framework/(?:.+/)?[^/]+\.[a-z0-9]{10}\.(?:wasm|js|dat)$|^studio/_content/BlazorMonaco/.+-[\w-]{8}\.js$", RegexOptions.NonBacktracking)]
    private static partial Regex Fingerprint();
}
