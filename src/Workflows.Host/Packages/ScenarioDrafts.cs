using System.Security.Cryptography;
using Workflows.Activities.Planning;
using Workflows.Storage.Definitions;
using Workflows.Storage.Model.Rows;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Packages;

/// <summary>What publishing a scenario brought.</summary>
/// <param name="Package">The published version; null when nothing was published.</param>
/// <param name="AlreadyPublished">Whether it had been published before and nothing was open.</param>
/// <param name="Problems">Everything that keeps it from being published; empty when it is.</param>
internal sealed record ScenarioPublication(PackageSummary? Package, bool AlreadyPublished, IReadOnlyList<PackageProblem> Problems);

/// <summary>
/// Scenarios as analysts change them. The first change opens the draft of a scenario: the next package version, in which diagrams,
/// scenario data, law and templates belong together. It is validated and published as a whole, while running cases stay on theirs.
/// </summary>
internal sealed partial class ScenarioDrafts(PackageDraftStore store, PackageChecks checks)
{
    private const int MostTries = 3;

    /// <summary>A key for a stimulus from outside; what is derived from it cannot be guessed.</summary>
    public static string NewKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>Saves a diagram into the draft of its scenario, which it opens where there is none.</summary>
    /// <param name="code">Code of the scenario.</param>
    /// <param name="json">The definition.</param>
    /// <param name="actor">Who saves.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public ValueTask<WorkflowDefinitionRow> SaveDiagramAsync(string code, string json, Actor actor, CancellationToken cancellationToken) =>
        store.SaveDefinitionAsync(code, json, PackageVersions.DefinitionVersion, NewKey(), actor, cancellationToken);

    /// <summary>Validates the draft and publishes it as one version. What was taken back is published again.</summary>
    /// <param name="code">Code of the scenario.</param>
    /// <param name="actor">Who publishes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RuleViolationException">There is no such scenario, or somebody keeps changing it.</exception>
    public async Task<ScenarioPublication> PublishAsync(string code, Actor actor, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MostTries; attempt++)
        {
            var standing = await StandingAsync(code, cancellationToken);
            if (standing.Package.IsPublished)
                return new ScenarioPublication(standing.Package, AlreadyPublished: true, []);
            var files = new PackageFiles(code, standing.Files);
            var problems = await checks.ProblemsAsync(files, cancellationToken);
            if (problems.Count > 0)
                return new ScenarioPublication(null, AlreadyPublished: false, problems);
            if (await store.PublishAsync(standing, files.Hash, NewKey(), actor, cancellationToken) is { } published)
                return new ScenarioPublication(published, AlreadyPublished: false, []);
        }

        throw new RuleViolationException(RefusalKind.Conflict, "scenario-changing", "code", "场景正在被他人修改，未能发布：请稍后再试。");
    }

    /// <summary>Takes the published version back: no new plans begin on it, running cases go on.</summary>
    /// <returns>Whether anything was published.</returns>
    public ValueTask<bool> RetractAsync(string code, Actor actor, CancellationToken cancellationToken) => store.RetractAsync(code, NewKey(), actor, cancellationToken);

    /// <summary>Discards the draft; a scenario that was never published is gone with it.</summary>
    /// <returns>Whether there was a draft.</returns>
    public ValueTask<bool> DiscardAsync(string code, Actor actor, CancellationToken cancellationToken) => store.DiscardAsync(code, NewKey(), actor, cancellationToken);

    /// <summary>What stands: the draft, else what is published, else the newest.</summary>
    private async Task<PackageText> StandingAsync(string code, CancellationToken cancellationToken)
    {
        var versions = await store.VersionsAsync(code, cancellationToken);
        var standing = PackageSummary.DraftOf(versions) ?? versions.LastOrDefault(version => version.IsPublished) ?? (versions.Count > 0 ? versions[^1] : null);
        return (standing is null ? null : await store.ReadAsync(standing.VersionId, cancellationToken))
            ?? throw Unknown(code);
    }
}
