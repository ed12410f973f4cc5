using System.Text;
using System.Text.Json.Nodes;
using Workflows.Host.Elsa.Definitions;
using Workflows.Supervision.Documents;
using Workflows.Supervision.LegalBases;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Templates;

namespace Workflows.Host.Packages;

/// <summary>Something wrong with a package.</summary>
/// <param name="File">Path of the file, such as <c>case.json</c> or <c>templates/notice.sbn-html</c>; empty for the package as a whole.</param>
/// <param name="Place">JSON path (<c>$.items[3]</c>), id of an activity, or line of a template; empty for the file as a whole.</param>
/// <param name="Message">What is wrong and what to do, in Chinese.</param>
internal sealed record PackageProblem(string File, string Place, string Message)
{
    /// <summary>As one line that people read.</summary>
    public override string ToString() => File.Length == 0 ? Message : $"{File}：{Message}";
}

/// <summary>Looks through a whole package: diagrams, scenario data, law, templates, and whether they fit together.</summary>
internal sealed class PackageChecks(DefinitionChecks definitions)
{
    private const int MostFiles = 600;
    private const int LongestTotal = 16 << 20;
    private static readonly TemplateLimits Limits = new() { SourceLength = 256 * 1024 };

    /// <summary>Everything that keeps a package from being published, in the order of its files; empty when nothing does.</summary>
    public async Task<IReadOnlyList<PackageProblem>> ProblemsAsync(PackageFiles files, CancellationToken cancellationToken)
    {
        var problems = new List<PackageProblem>();
        if (files.Texts.Count > MostFiles || files.Texts.Values.Sum(text => (long)text.Length) > LongestTotal)
            problems.Add(new PackageProblem("", "", $"场景包的文件过多或过大（上限 {MostFiles} 个文件、{LongestTotal >> 20} Mi 字符），请精简。"));
        var scenario = ScenarioReader.Read(Encoding.UTF8.GetBytes(files.Texts.GetValueOrDefault("scenario.json", "")));
        problems.AddRange(scenario.Problems.Select(problem => new PackageProblem("scenario.json", problem.Path, problem.ToString())));
        if (scenario.Scenario is { } read && read.Code != files.Name)
            problems.Add(new PackageProblem("scenario.json", "$.code", $"$.code：场景编码应为“{files.Name}”，现为“{read.Code}”。"));
        var law = LegalCatalogueReader.Read(Encoding.UTF8.GetBytes(files.Texts.GetValueOrDefault("legal-bases.json", "")));
        problems.AddRange(law.Problems.Select(problem => new PackageProblem("legal-bases.json", problem.Path, problem.ToString())));
        if (scenario.Scenario is { } sound && law.Catalogue is { } bases)
            problems.AddRange(ScenarioPackageReader.CheckFactors(sound).Concat(ScenarioPackageReader.CheckLaw(sound, bases)).Select(problem => new PackageProblem("scenario.json", problem.Path, problem.ToString())));
        await AddDiagramsAsync(files, problems, cancellationToken);
        AddTemplates(files, scenario.Scenario, problems);
        return problems;
    }

    private async Task AddDiagramsAsync(PackageFiles files, List<PackageProblem> problems, CancellationToken cancellationToken)
    {
        if (!files.Texts.ContainsKey("plan.json"))
            problems.Add(new PackageProblem("plan.json", "", "缺少计划流程（plan.json），没有它不能建立抽查计划。"));
        var parts = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var (path, text) in files.Texts.Where(file => PackageFiles.IsDiagram(file.Key)).OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            problems.AddRange((await definitions.ProblemsAsync(text, cancellationToken)).Select(problem => new PackageProblem(path, problem.ActivityId ?? "", problem.Message)));
            if (TryParse(text) is { } json)
                parts[path] = json;
        }

        var ids = parts.Values.Select(json => json.Text("definitionId")).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var (path, json) in parts)
        {
            foreach (var (activity, id) in Dispatched(json["root"]).Where(found => !ids.Contains(found.DefinitionId)))
                problems.Add(new PackageProblem(path, activity, $"步骤 {activity} 派发的流程“{id}”不在本场景中，请改为：{string.Join("、", ids.Order(StringComparer.Ordinal))}。"));
        }
    }

    private static IEnumerable<(string Activity, string DefinitionId)> Dispatched(JsonNode? root)
    {
        var open = new Stack<JsonNode>();
        if (root is not null)
            open.Push(root);
        while (open.TryPop(out var node))
        {
            if (node is JsonObject json && json.Text("type") == "Supervision.DispatchCases"
                && json["caseDefinitionId"] is JsonObject input && input["expression"] is JsonObject expression && expression.Text("type") == "Literal" && expression.Text("value") is { Length: > 0 } id)
            {
                yield return (json.Text("id") ?? "", id);
            }

            foreach (var child in node is JsonObject o ? o.Select(member => member.Value) : (JsonArray)node)
            {
                if (child is JsonObject or JsonArray)
                    open.Push(child);
            }
        }
    }

    private static void AddTemplates(PackageFiles files, Scenario? scenario, List<PackageProblem> problems)
    {
        foreach (var (path, text) in files.Texts.Where(file => file.Key.StartsWith(PackageFiles.Templates, StringComparison.Ordinal)).OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            try
            {
                Template.Parse(text, path[PackageFiles.Templates.Length..], Limits);
            }
            catch (TemplateException broken)
            {
                problems.Add(new PackageProblem(path, $"{broken.Line}:{broken.Column}", broken.Message));
            }
        }

        if (scenario is null)
            return;
        try
        {
            var set = files.TemplateSet();
            foreach (var document in scenario.Documents.Where(document => set.Resolve(scenario.Code, document.Form) is null))
                problems.Add(new PackageProblem("scenario.json", "$.documents", $"文书“{document.Title}”没有模板：请增加 {PackageFiles.Templates}{document.Form}{DocumentTemplateSet.FileExtension}。"));
        }
        catch (RuleViolationException tooMuch)
        {
            problems.Add(new PackageProblem("", "", tooMuch.Message));
        }
    }

    private static JsonObject? TryParse(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: DefinitionBody.Reading) as JsonObject;
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
