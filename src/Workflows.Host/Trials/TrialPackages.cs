using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Workflows.Engine;
using Workflows.Engine.Activities;
using Workflows.Engine.Definitions;
using Workflows.Host.Packages;
using Workflows.Host.Problems;
using Workflows.Host.Trials.Results;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;

namespace Workflows.Host.Trials;

/// <summary>Finds the package that shall be tried, and refuses one that cannot run.</summary>
internal sealed class TrialPackages(WorkflowsDbContext database, ActivityRegistry registry, WorkflowEngine engine)
{
    private const string Draft = "draft";
    private const string Published = "published";
    private const int MostProblems = 20;

    /// <summary>The files of a version.</summary>
    /// <param name="scenario">Code of the scenario.</param>
    /// <param name="version"><c>draft</c>, <c>published</c> or the id of a package version.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="RefusedException">There is none (404), or it has problems (422, all of them named).</exception>
    public async Task<PackageFiles> ResolveAsync(string scenario, string version, CancellationToken cancellationToken)
    {
        var versions = await database.Set<PackageRow>().AsNoTracking().Where(row => row.Name == scenario).OrderBy(row => row.Version)
            .Select(row => new { row.VersionId, row.Version, row.IsPublished }).ToListAsync(cancellationToken);
        if (versions.Count == 0)
            throw new RefusedException(new Refusal(404, "not-found", "scenario", "没有此场景：请从场景列表中选择。"));
        var published = versions.LastOrDefault(row => row.IsPublished);
        var chosen = version switch
        {
            Draft => versions[^1].VersionId,
            Published => published?.VersionId,
            _ => versions.FirstOrDefault(row => row.VersionId == version)?.VersionId,
        };
        if (chosen is null)
            throw new RefusedException(new Refusal(404, "not-found", "version", "此场景没有这个版本：请写 draft（草稿）、published（已发布）或场景包版本编号。"));
        var json = await database.Set<PackageRow>().AsNoTracking().Where(row => row.VersionId == chosen).Select(row => row.Files).FirstAsync(cancellationToken);
        var files = new PackageFiles(scenario, JsonSerializer.Deserialize<SortedDictionary<string, string>>(json, StorageJson.Options)!);
        if (version == Draft)
            files = await WithDraftDiagramsAsync(files, cancellationToken);
        RequireRunnable(files);
        return files;
    }

    /// <summary>What keeps the diagrams from being published; a trial runs them all the same and shows it.</summary>
    public IReadOnlyList<TrialProblem> Validate(PackageFiles files, DateTimeOffset at) =>
    [
        .. Diagrams(files).Select(file => WorkflowDefinition.Parse(file.Value)).SelectMany(definition => DefinitionValidator.Validate(definition, registry, engine.Options)
            .Select(problem => new TrialProblem("validation", definition.DefinitionId, problem.ActivityId, null, problem.Property, null, null, at, problem.Code, problem.Message))),
    ];

    private static IEnumerable<KeyValuePair<string, string>> Diagrams(PackageFiles files) =>
        files.Texts.Where(file => !file.Key.Contains('/', StringComparison.Ordinal) && file.Key is not ("scenario.json" or "legal-bases.json"));

    // A diagram that was saved and not published stands in place of the published one.
    private async Task<PackageFiles> WithDraftDiagramsAsync(PackageFiles files, CancellationToken cancellationToken)
    {
        var texts = new SortedDictionary<string, string>(files.Texts.ToDictionary(), StringComparer.Ordinal);
        foreach (var (path, text) in Diagrams(files))
        {
            if (IdOf(text) is not { } id)
                continue;
            var draft = await database.Set<WorkflowDefinitionRow>().AsNoTracking().Where(row => row.DefinitionId == id && row.IsLatest && !row.IsPublished)
                .Select(row => row.Json).FirstOrDefaultAsync(cancellationToken);
            texts[path] = draft ?? text;
        }

        return files with { Texts = texts };
    }

    private void RequireRunnable(PackageFiles files)
    {
        var problems = PackageCatalogue.Read(files).Problems.Select(problem => problem.ToString()!).ToList();
        if (!files.Texts.ContainsKey("plan.json"))
            problems.Add("plan.json：缺少计划流程图。");
        foreach (var (path, text) in Diagrams(files))
        {
            try
            {
                engine.Compile(WorkflowDefinition.Parse(text));
            }
            catch (DefinitionFormatException malformed)
            {
                problems.Add($"{path}：{malformed.Message}");
            }
        }

        if (problems.Count > 0)
        {
            throw new RefusedException(new Refusal(422, "draft-invalid", "version", $"此版本有{problems.Count}个问题，改正后才能试运行：{problems[0]}")
            {
                More = new Dictionary<string, object?> { ["problems"] = problems.Take(MostProblems).ToArray() },
            });
        }
    }

    private static string? IdOf(string text)
    {
        try
        {
            return WorkflowDefinition.Parse(text).DefinitionId;
        }
        catch (DefinitionFormatException)
        {
            // Told with the other problems.
            return null;
        }
    }
}
