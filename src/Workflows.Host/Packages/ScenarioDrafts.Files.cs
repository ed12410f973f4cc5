using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Workflows.Activities.Planning;
using Workflows.Host.Elsa.Definitions;
using Workflows.Storage.Definitions;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Packages;

/// <content>Reading and changing the files of a scenario.</content>
internal sealed partial class ScenarioDrafts
{
    private const int LongestData = 1 << 20;
    private const int LongestTemplate = 256 << 10;
    private const int DeepestData = 16;
    private const int MostNames = 1_000;
    private const int LongestName = 60;

    private readonly ConcurrentDictionary<(string VersionId, DateTimeOffset At), (string Name, IReadOnlyDictionary<string, string> Definitions)> _heads = new();

    /// <summary>All scenarios by code.</summary>
    public async Task<IReadOnlyList<ScenarioState>> ListAsync(CancellationToken cancellationToken)
    {
        var states = new List<ScenarioState>();
        foreach (var versions in (await store.VersionsAsync(null, cancellationToken)).GroupBy(version => version.Name, StringComparer.Ordinal))
            states.Add(await StateAsync([.. versions], cancellationToken));
        return states;
    }

    /// <summary>Where one scenario stands.</summary>
    /// <exception cref="RuleViolationException">There is no such scenario.</exception>
    public async Task<ScenarioState> FindAsync(string code, CancellationToken cancellationToken) =>
        await store.VersionsAsync(code, cancellationToken) is { Count: > 0 } versions ? await StateAsync(versions, cancellationToken) : throw Unknown(code);

    /// <summary>All versions of a scenario, newest first.</summary>
    /// <exception cref="RuleViolationException">There is no such scenario.</exception>
    public async Task<IReadOnlyList<PackageSummary>> VersionsAsync(string code, CancellationToken cancellationToken) =>
        await store.VersionsAsync(code, cancellationToken) is { Count: > 0 } versions ? [.. versions.Reverse()] : throw Unknown(code);

    /// <summary>The files of a scenario.</summary>
    /// <param name="code">Code of the scenario.</param>
    /// <param name="version">Number of the version; null for what stands: the draft, else what is published.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RuleViolationException">There is no such scenario or version.</exception>
    public async Task<ScenarioText> ReadAsync(string code, int? version, CancellationToken cancellationToken)
    {
        if (version is null)
            return ScenarioText.Of(await StandingAsync(code, cancellationToken));
        var summary = (await store.VersionsAsync(code, cancellationToken)).FirstOrDefault(other => other.Version == version) ?? throw Unknown(code);
        return ScenarioText.Of(await store.ReadAsync(summary.VersionId, cancellationToken) ?? throw Unknown(code));
    }

    /// <summary>What keeps the scenario, as it stands, from being published; empty when nothing does.</summary>
    /// <exception cref="RuleViolationException">There is no such scenario.</exception>
    public async Task<IReadOnlyList<PackageProblem>> ValidateAsync(string code, CancellationToken cancellationToken) =>
        await checks.ProblemsAsync(new PackageFiles(code, (await StandingAsync(code, cancellationToken)).Files), cancellationToken);

    /// <summary>Saves or removes a file of the draft, which it opens where there is none. Diagrams are saved in Studio.</summary>
    /// <param name="code">Code of the scenario.</param>
    /// <param name="path"><c>scenario.json</c>, <c>legal-bases.json</c> or a template.</param>
    /// <param name="text">Its text; null removes a template.</param>
    /// <param name="expectedHash">Hash of the text that was read; null for a file that is new.</param>
    /// <param name="actor">Who saves.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The version that holds it: the draft, or what stood where nothing changed.</returns>
    /// <exception cref="RuleViolationException">No such scenario; a path or size that is not allowed; somebody else has changed the file (Conflict, <c>file-changed</c>).</exception>
    public async Task<PackageSummary> SaveFileAsync(string code, string path, string? text, string? expectedHash, Actor actor, CancellationToken cancellationToken)
    {
        var isTemplate = TemplatePath().IsMatch(path);
        if (!isTemplate && path is not ("scenario.json" or "legal-bases.json"))
            throw new RuleViolationException(RefusalKind.Invalid, "bad-path", "path", $"“{path}”不能在此修改：可修改 scenario.json、legal-bases.json 和 templates/ 下的模板，流程图请在 Studio 中修改。");
        if (text is null && !isTemplate)
            throw new RuleViolationException(RefusalKind.Invalid, "file-required", "path", $"“{path}”是场景必需的文件，不能删除。");
        if (text is not null)
            RequireReadable(path, text, isTemplate);
        return await store.SaveFileAsync(code, path, text, expectedHash, PackageVersions.DefinitionVersion, NewKey(), actor, cancellationToken);
    }

    /// <summary>
    /// Makes a new scenario from one that stands: its own code, ids of diagrams (<c>code-plan</c>, <c>code-case</c>), names and inner
    /// references, with everything else as it is. It begins as a draft.
    /// </summary>
    /// <param name="code">Code of the scenario that is copied.</param>
    /// <param name="newCode">Code of the new one: 3 to 40 lower-case letters, digits and hyphens.</param>
    /// <param name="newName">Its name, at most 60 characters.</param>
    /// <param name="actor">Who makes it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RuleViolationException">No such scenario; code or name not allowed; the code is taken (Conflict, <c>scenario-exists</c>).</exception>
    public async Task<PackageSummary> CloneAsync(string code, string? newCode, string? newName, Actor actor, CancellationToken cancellationToken)
    {
        RequireCode(newCode);
        if (newName is null || newName.Trim().Length is 0 or > LongestName)
            throw new RuleViolationException(RefusalKind.Invalid, "scenario-name", "name", $"场景名称应为1至{LongestName}个字，例如“台球馆”。");
        var files = ScenarioClone.Make(await StandingAsync(code, cancellationToken), newCode!, newName.Trim());
        return await store.CreateAsync(files.Name, files.Hash, files.Texts, [.. files.Definitions], PackageVersions.DefinitionVersion, NewKey(), actor, cancellationToken);
    }

    /// <summary>Takes a scenario over that was made elsewhere, as a draft; one with problems is not taken.</summary>
    /// <param name="files">Its files.</param>
    /// <param name="actor">Who brings it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The draft, or everything that is wrong with the files.</returns>
    /// <exception cref="RuleViolationException">The code, or the id of a diagram, is taken (Conflict, <c>scenario-exists</c>).</exception>
    public async Task<ScenarioPublication> ImportAsync(PackageFiles files, Actor actor, CancellationToken cancellationToken)
    {
        var problems = await checks.ProblemsAsync(files, cancellationToken);
        return problems.Count > 0
            ? new ScenarioPublication(null, AlreadyPublished: false, problems)
            : new ScenarioPublication(
                await store.CreateAsync(files.Name, files.Hash, files.Texts, [.. files.Definitions], PackageVersions.DefinitionVersion, NewKey(), actor, cancellationToken),
                AlreadyPublished: false, []);
    }

    /// <summary>Refuses a code that no scenario may have.</summary>
    public static string RequireCode(string? code) => code is not null && ScenarioCode().IsMatch(code)
        ? code
        : throw new RuleViolationException(RefusalKind.Invalid, "scenario-code", "code", "场景编码应为3至40个小写字母、数字或连字符，以字母开头，例如 billiard-hall。");

    /// <summary>Refuses a file that does not belong to a scenario, or cannot be read.</summary>
    public static void RequireAllowed(string path, string text)
    {
        var isTemplate = TemplatePath().IsMatch(path);
        if (!isTemplate && !DataPath().IsMatch(path))
            throw new RuleViolationException(RefusalKind.Invalid, "bad-path", "path", $"“{path}”不属于场景：场景由 scenario.json、legal-bases.json、流程图（*.json）和 templates/ 下的模板（*.sbn-html）组成。");
        // Diagrams are read with bounds of their own.
        if (isTemplate || !PackageFiles.IsDiagram(path))
            RequireReadable(path, text, isTemplate);
    }

    /// <summary>A draft may be wrong, but everybody who lists scenarios has to be able to read its data.</summary>
    private static void RequireReadable(string path, string text, bool isTemplate)
    {
        var longest = isTemplate ? LongestTemplate : LongestData;
        if (text.Length > longest)
            throw new RuleViolationException(RefusalKind.Invalid, "file-too-long", "text", $"“{path}”有 {text.Length} 个字符，超过上限 {longest}，请精简或拆分。");
        if (text.Contains('\0', StringComparison.Ordinal))
            throw new RuleViolationException(RefusalKind.Invalid, "bad-character", "text", $"“{path}”含有空字符（U+0000），请删除。");
        if (isTemplate)
            return;
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = DeepestData });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new RuleViolationException(RefusalKind.Invalid, "malformed-json", "text", $"“{path}”的最外层应为对象 {{…}}。");
        }
        catch (JsonException broken)
        {
            throw new RuleViolationException(
                RefusalKind.Invalid, "malformed-json", "text", $"“{path}”第 {broken.LineNumber + 1} 行不是合法的 JSON，或层数超过 {DeepestData}：请检查括号、逗号和引号。");
        }
    }

    private async Task<ScenarioState> StateAsync(IReadOnlyList<PackageSummary> versions, CancellationToken cancellationToken)
    {
        var draft = PackageSummary.DraftOf(versions);
        var published = versions.LastOrDefault(version => version.IsPublished);
        var standing = draft ?? published ?? versions[^1];
        var last = await store.LastChangeAsync(standing, cancellationToken);
        var (name, definitions) = await HeadAsync(standing, cancellationToken);
        return new ScenarioState(standing.Name, name, published, draft, last.SavedBy, last.ChangedAt, definitions);
    }

    /// <summary>Name and diagrams, read from the files once for each time they were saved.</summary>
    private async Task<(string Name, IReadOnlyDictionary<string, string> Definitions)> HeadAsync(PackageSummary package, CancellationToken cancellationToken)
    {
        if (_heads.TryGetValue((package.VersionId, package.CreatedAt), out var known))
            return known;
        var text = await store.ReadAsync(package.VersionId, cancellationToken);
        if (_heads.Count > MostNames)
            _heads.Clear();
        var definitions = (text?.Definitions ?? new Dictionary<string, string>()).ToDictionary(definition => definition.Value, definition => definition.Key, StringComparer.Ordinal);
        return _heads[(package.VersionId, package.CreatedAt)] = (NameIn(text?.Files.GetValueOrDefault("scenario.json")) ?? package.Name, definitions);
    }

    private static string? NameIn(string? scenario)
    {
        try
        {
            return scenario is not null && JsonNode.Parse(scenario, documentOptions: DefinitionBody.Reading) is JsonObject data && data.Text("name") is { Length: > 0 } name ? name : null;
        }
        catch (JsonException)
        {
            // A draft may be broken while somebody works on it; the list shows its code.
            return null;
        }
    }

    private static RuleViolationException Unknown(string code) => new(RefusalKind.NotFound, "scenario-unknown", "code", $"没有场景“{code}”或此版本：请从场景列表中选择。");

    [GeneratedRegex("^templates/([a-z0-9][a-z0-9-]{0,59}/)?[A-Za-z0-9_][A-Za-z0-9_-]{0,79}\\.sbn-html$", RegexOptions.None, 100)]
    private static partial Regex TemplatePath();

    [GeneratedRegex("^[a-z][a-z0-9-]{0,59}\\.json$", RegexOptions.None, 100)]
    private static partial Regex DataPath();

    [GeneratedRegex("^[a-z][a-z0-9-]{2,39}$", RegexOptions.None, 100)]
    private static partial Regex ScenarioCode();
}
