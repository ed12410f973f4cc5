using System.Security.Cryptography;
using System.Text;
using Workflows.Host.CommandLine;
using Workflows.Supervision.Documents;

namespace Workflows.Host.Packages;

/// <summary>
/// A package as it stands in files: plan, case, scenario data, legal bases and templates together. A plan and its cases are pinned to
/// one version of it.
/// </summary>
/// <param name="Name">Code of the scenario, the name of its folder.</param>
/// <param name="Texts">Text by path: <c>plan.json</c>, <c>case.json</c>, <c>scenario.json</c>, <c>legal-bases.json</c>, <c>templates/…</c>.</param>
internal sealed record PackageFiles(string Name, IReadOnlyDictionary<string, string> Texts)
{
    /// <summary>Prefix of the paths of templates.</summary>
    public const string Templates = "templates/";

    private const long LargestFile = 4 << 20;

    /// <summary>SHA-256 over all paths and texts in ordinal order, lower-case hex.</summary>
    public string Hash
    {
        get
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var (path, text) in Texts.OrderBy(file => file.Key, StringComparer.Ordinal))
            {
                var bytes = Encoding.UTF8.GetBytes(text);
                hash.AppendData(Encoding.UTF8.GetBytes($"{path}\n{bytes.Length}\n"));
                hash.AppendData(bytes);
            }

            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
    }

    /// <summary>Definitions of workflows in it: every file at its top that is not scenario data.</summary>
    public IEnumerable<string> Definitions => Texts
        .Where(file => IsDiagram(file.Key))
        .OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => file.Value);

    /// <summary>Whether a path is that of a diagram.</summary>
    public static bool IsDiagram(string path) => !path.Contains('/', StringComparison.Ordinal) && path is not ("scenario.json" or "legal-bases.json");

    /// <summary>All packages below <c>workflow-definitions/</c> that have scenario data, in order of name.</summary>
    public static IReadOnlyList<PackageFiles> ReadAll(string homeFolder)
    {
        var root = Path.Combine(homeFolder, "workflow-definitions");
        return !Directory.Exists(root)
            ? []
            : [.. Directory.EnumerateDirectories(root).Where(folder => File.Exists(Path.Combine(folder, "scenario.json")))
                .Order(StringComparer.Ordinal).Select(folder => Read(folder, homeFolder))];
    }

    /// <summary>One package: a scenario's folder with the legal bases and templates that all scenarios share.</summary>
    public static PackageFiles Read(string folder, string homeFolder)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(folder, "*.json"))
            texts[Path.GetFileName(path)] = Text(path);
        var bases = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(folder))!, "legal-bases.json");
        if (!texts.ContainsKey("legal-bases.json") && File.Exists(bases))
            texts["legal-bases.json"] = Text(bases);
        var templates = Path.Combine(homeFolder, "templates");
        foreach (var (place, prefix) in new[] { (templates, Templates), (Path.Combine(templates, name), $"{Templates}{name}/"), (Path.Combine(folder, "templates"), $"{Templates}{name}/") })
        {
            if (!Directory.Exists(place))
                continue;
            foreach (var path in Directory.EnumerateFiles(place, "*" + DocumentTemplateSet.FileExtension))
                texts[prefix + Path.GetFileName(path)] = Text(path);
        }

        return new PackageFiles(name, texts);
    }

    /// <summary>What all scenarios of the house share, by path: the law and the common templates.</summary>
    public static IReadOnlyDictionary<string, string> ReadShared(string homeFolder)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["legal-bases.json"] = Text(Path.Combine(homeFolder, "workflow-definitions", "legal-bases.json")) };
        foreach (var path in Directory.EnumerateFiles(Path.Combine(homeFolder, "templates"), "*" + DocumentTemplateSet.FileExtension))
            texts[Templates + Path.GetFileName(path)] = Text(path);
        return texts;
    }

    /// <summary>The templates, under the names by which documents find them.</summary>
    public DocumentTemplateSet TemplateSet() => new(Texts
        .Where(file => file.Key.StartsWith(Templates, StringComparison.Ordinal))
        .ToDictionary(file => file.Key[Templates.Length..^DocumentTemplateSet.FileExtension.Length], file => file.Value, StringComparer.Ordinal));

    private static string Text(string path) => new FileInfo(path).Length <= LargestFile
        ? File.ReadAllText(path, Encoding.UTF8)
        : throw new BadInputException($"{path}：文件超过 {LargestFile >> 20} MiB，请精简。");
}
