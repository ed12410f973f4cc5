using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Host.Elsa.Definitions;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Packages;

/// <summary>A scenario as one ZIP file: how it goes from one district to another, and how a scenario made elsewhere comes in.</summary>
internal static class ScenarioArchive
{
    private const int MostEntries = 400;
    private const long LargestFile = 4L << 20;
    private const long LargestTotal = 24L << 20;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Writes all files; the same files give the same bytes.</summary>
    public static byte[] Write(IEnumerable<ScenarioFile> files)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var file in files)
            {
                var entry = zip.CreateEntry(file.Path, CompressionLevel.Optimal);
                // The earliest time that the format knows: when a file was packed says nothing about it.
                entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
                using var content = entry.Open();
                content.Write(Strict.GetBytes(file.Text));
            }
        }

        return stream.ToArray();
    }

    /// <summary>Reads the folder of a scenario, packed with or without the folder itself. Law and templates that it does not bring are those of the house.</summary>
    /// <param name="stream">The ZIP file, which can be sought.</param>
    /// <param name="shared">The files that all scenarios of the house share, by path.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RuleViolationException">No ZIP file, too large, a file that does not belong there, or no readable <c>scenario.json</c>.</exception>
    public static async Task<PackageFiles> ReadAsync(Stream stream, IReadOnlyDictionary<string, string> shared, CancellationToken cancellationToken)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        try
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            var entries = zip.Entries.Where(entry => !entry.FullName.EndsWith('/')).ToList();
            if (entries.Count > MostEntries)
                throw Invalid("too-many-files", $"压缩包中有 {entries.Count} 个文件，上限 {MostEntries} 个：请只打包场景文件夹。");
            var folder = FolderOf(entries);
            var left = LargestTotal;
            foreach (var entry in entries)
            {
                var text = await TextAsync(entry, Math.Min(left, LargestFile), cancellationToken);
                left -= text.Length;
                texts[entry.FullName[folder.Length..]] = text;
            }
        }
        // A file that is too short to be an archive fails while its end is looked for.
        catch (Exception broken) when (broken is InvalidDataException or IOException or ArgumentException)
        {
            throw Invalid("malformed-archive", "文件不是完好的 ZIP 压缩包：请重新打包场景文件夹（scenario.json、plan.json、case.json 和 templates）后再提交。");
        }

        var code = CodeIn(texts.GetValueOrDefault("scenario.json") ?? throw Invalid("scenario-missing", "压缩包中没有 scenario.json：请打包整个场景文件夹。"));
        foreach (var (path, text) in texts.ToList())
        {
            // A scenario's own templates lie in templates/ of its folder, and under its code in the house; a packed house has both kinds.
            var isOwn = path.StartsWith(PackageFiles.Templates, StringComparison.Ordinal) && !path[PackageFiles.Templates.Length..].Contains('/', StringComparison.Ordinal)
                && shared.GetValueOrDefault(path) != text;
            var own = isOwn ? $"{PackageFiles.Templates}{code}/{path[PackageFiles.Templates.Length..]}" : path;
            if (own != path)
            {
                texts.Remove(path);
                texts[own] = text;
            }

            ScenarioDrafts.RequireAllowed(own, text);
        }

        foreach (var (path, text) in shared)
            texts.TryAdd(path, text);
        return new PackageFiles(code, texts);
    }

    /// <summary>The one folder in which everything lies, with its slash; empty where scenario.json lies at the top.</summary>
    private static string FolderOf(List<ZipArchiveEntry> entries)
    {
        var first = entries.Find(entry => entry.FullName.EndsWith("/scenario.json", StringComparison.Ordinal) || entry.FullName == "scenario.json")?.FullName ?? "";
        var folder = first.LastIndexOf('/') is var slash and >= 0 ? first[..(slash + 1)] : "";
        return entries.Find(entry => !entry.FullName.StartsWith(folder, StringComparison.Ordinal)) is { } stray
            ? throw Invalid("bad-path", $"“{stray.FullName}”不在场景文件夹“{folder}”中：请只打包一个场景文件夹。")
            : folder;
    }

    private static async Task<string> TextAsync(ZipArchiveEntry entry, long most, CancellationToken cancellationToken)
    {
        await using var content = await entry.OpenAsync(cancellationToken);
        using var bytes = new MemoryStream();
        var buffer = new byte[64 << 10];
        int read;
        // What an entry says of its size is not believed.
        while ((read = await content.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (bytes.Length + read > most)
                throw Invalid("file-too-long", $"“{entry.FullName}”展开后过大（单个文件上限 {LargestFile >> 20} MiB，合计上限 {LargestTotal >> 20} MiB）：请精简。");
            await bytes.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        try
        {
            return Strict.GetString(bytes.ToArray()).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            throw Invalid("bad-encoding", $"“{entry.FullName}”不是 UTF-8 文本：请另存为 UTF-8 后重新打包。");
        }
    }

    private static string CodeIn(string scenario)
    {
        try
        {
            if (JsonNode.Parse(scenario, documentOptions: DefinitionBody.Reading) is JsonObject data && data.Text("code") is { } code)
                return ScenarioDrafts.RequireCode(code);
        }
        catch (JsonException broken)
        {
            throw Invalid("malformed-json", $"scenario.json 第 {broken.LineNumber + 1} 行不是合法的 JSON：请检查括号、逗号和引号。");
        }

        throw Invalid("scenario-code", "scenario.json 缺少场景编码（code）。");
    }

    private static RuleViolationException Invalid(string code, string message) => new(RefusalKind.Invalid, code, "file", message);
}
