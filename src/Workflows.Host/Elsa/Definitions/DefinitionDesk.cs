using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Workflows.Engine.Definitions;
using Workflows.Host.Packages;
using Workflows.Host.Problems;
using Workflows.Storage.Definitions;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Elsa.Definitions;

/// <summary>What became of a change.</summary>
/// <param name="Row">The version as it stands now; null when it was refused.</param>
/// <param name="AlreadyPublished">Whether it was published before and nothing had to be done.</param>
/// <param name="IsNew">Whether there was no such definition before.</param>
/// <param name="Problems">Why it was refused, one for each problem; empty when it was not.</param>
internal sealed record DefinitionChange(WorkflowDefinitionRow? Row, bool AlreadyPublished, bool IsNew, IReadOnlyList<string> Problems);

/// <summary>
/// Changes definitions for Studio and other clients. A definition of a scenario changes in the draft of its scenario and is published
/// with it; others stand for themselves.
/// </summary>
internal sealed class DefinitionDesk(
    DefinitionQueries definitions, DefinitionStore store, ScenarioDrafts scenarios, DefinitionChecks checks, StudioForm studio, StoredForm stored, LadderDefaults ladders)
{
    private const int MostTries = 3;
    private const int LongestId = 100;

    /// <summary>Saves what Studio or a file sends; content that is there already changes nothing.</summary>
    /// <param name="model">The definition; used up.</param>
    /// <param name="publish">Whether to publish it too.</param>
    /// <param name="actor">Who saves.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RefusedException">It may not be changed, or is no definition.</exception>
    public async Task<DefinitionChange> SaveAsync(JsonObject model, bool publish, Actor actor, CancellationToken cancellationToken)
    {
        var id = IdOf(model, actor);
        var before = await definitions.FindAsync(id, new VersionSelection(VersionKind.Latest), cancellationToken);
        if (before is { IsReadonly: true })
            return Refused($"“{before.Name}”是只读的，不能修改：请另存为新的流程。");
        try
        {
            var was = before is null ? null : JsonNode.Parse(before.Json, documentOptions: DefinitionBody.Reading)!.AsObject();
            var json = stored.Of(model, was, id);
            if (string.IsNullOrWhiteSpace(json.Text("name")))
                json["name"] = before?.Name ?? id;
            await ladders.FillAsync(json["root"], await definitions.PackageOfAsync(id, cancellationToken), cancellationToken);
            var row = was is not null && await studio.SameAsync(was, json, cancellationToken) ? before! : await WriteAsync(id, json, actor, cancellationToken);
            return publish ? await PublishAsync(id, actor, cancellationToken) with { IsNew = before is null } : new DefinitionChange(row, false, before is null, []);
        }
        catch (DefinitionFormatException malformed)
        {
            return Refused(malformed.Message);
        }
    }

    /// <summary>Publishes the latest version, with its whole scenario where it belongs to one.</summary>
    /// <exception cref="RefusedException">There is no such definition (404).</exception>
    public async Task<DefinitionChange> PublishAsync(string definitionId, Actor actor, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MostTries; attempt++)
        {
            var latest = await RequireAsync(definitionId, new VersionSelection(VersionKind.Latest), cancellationToken);
            if (await definitions.PackageOfAsync(definitionId, cancellationToken) is { } scenario)
            {
                var publication = await scenarios.PublishAsync(scenario, actor, cancellationToken);
                return publication.Problems.Count > 0
                    ? Refused([.. publication.Problems.Select(problem => problem.ToString())])
                    : new DefinitionChange(await RequireAsync(definitionId, new VersionSelection(VersionKind.Latest), cancellationToken), publication.AlreadyPublished, false, []);
            }

            if (latest.IsPublished)
                return new DefinitionChange(latest, true, false, []);
            var problems = await checks.ProblemsAsync(latest.Json, cancellationToken);
            if (problems.Count > 0)
                return Refused([.. problems.Select(problem => problem.Message)]);
            if (await store.PublishAsync(definitionId, latest.Hash, ScenarioDrafts.NewKey(), actor, cancellationToken) is { } published)
                return new DefinitionChange(published, false, false, []);
        }

        return Refused("流程正在被他人修改，未能发布：请稍后再试。");
    }

    /// <summary>Takes a definition back, with its whole scenario where it belongs to one.</summary>
    /// <returns>The latest version; a refusal where nothing was published.</returns>
    /// <exception cref="RefusedException">There is no such definition (404).</exception>
    public async Task<DefinitionChange> RetractAsync(string definitionId, Actor actor, CancellationToken cancellationToken)
    {
        var latest = await RequireAsync(definitionId, new VersionSelection(VersionKind.Latest), cancellationToken);
        var done = await definitions.PackageOfAsync(definitionId, cancellationToken) is { } scenario
            ? await scenarios.RetractAsync(scenario, actor, cancellationToken)
            : await store.RetractAsync(definitionId, ScenarioDrafts.NewKey(), actor, cancellationToken);
        return done
            ? new DefinitionChange(await RequireAsync(definitionId, new VersionSelection(VersionKind.Latest), cancellationToken), false, false, [])
            : Refused($"“{latest.Name}”没有已发布的版本，无需撤回。");
    }

    /// <summary>Brings the content of an earlier version into the draft.</summary>
    /// <exception cref="RefusedException">There is no such version (404).</exception>
    public async Task<DefinitionChange> RevertAsync(string definitionId, int version, Actor actor, CancellationToken cancellationToken)
    {
        var earlier = await RequireAsync(definitionId, new VersionSelection(VersionKind.Specific, version), cancellationToken);
        var latest = await RequireAsync(definitionId, new VersionSelection(VersionKind.Latest), cancellationToken);
        if (latest.IsReadonly)
            return Refused($"“{latest.Name}”是只读的，不能修改：请另存为新的流程。");
        var json = JsonNode.Parse(earlier.Json, documentOptions: DefinitionBody.Reading)!.AsObject();
        var was = JsonNode.Parse(latest.Json, documentOptions: DefinitionBody.Reading)!.AsObject();
        if (await studio.SameAsync(was, json, cancellationToken))
            return new DefinitionChange(latest, false, false, []);
        foreach (var decided in new[] { "id", "version", "isLatest", "isPublished", "createdAt", "links" })
            json.Remove(decided);
        return new DefinitionChange(await WriteAsync(definitionId, json, actor, cancellationToken), false, false, []);
    }

    /// <summary>Deletes a definition; of a scenario that was never published, the whole scenario.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="RuleViolationException">It is in use or part of a published scenario.</exception>
    public async Task<bool> DeleteAsync(string definitionId, Actor actor, CancellationToken cancellationToken)
    {
        if (await definitions.PackageOfAsync(definitionId, cancellationToken) is { } scenario && await definitions.CountAsync(PublishedOnce(definitionId), cancellationToken) == 0)
            return await scenarios.DiscardAsync(scenario, actor, cancellationToken);
        return await store.DeleteAsync(definitionId, ScenarioDrafts.NewKey(), actor, cancellationToken);
    }

    /// <summary>Deletes one version; the draft of a scenario's definition is discarded with the scenario's.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="RuleViolationException">It is in use or part of a scenario.</exception>
    public async Task<bool> DeleteVersionAsync(string versionId, Actor actor, CancellationToken cancellationToken)
    {
        if (await definitions.FindVersionAsync(versionId, cancellationToken) is not { DeletedAt: null } row)
            return false;
        return row.PackageVersionId is not null && DefinitionSummary.Of(row).IsDraft && row.IsLatest && await definitions.PackageOfAsync(row.DefinitionId, cancellationToken) is { } scenario
            ? await scenarios.DiscardAsync(scenario, actor, cancellationToken)
            : await store.DeleteVersionAsync(row.DefinitionId, versionId, ScenarioDrafts.NewKey(), actor, cancellationToken);
    }

    /// <summary>The newest version that the selection holds.</summary>
    /// <exception cref="RefusedException">There is none (404).</exception>
    public async Task<WorkflowDefinitionRow> RequireAsync(string definitionId, VersionSelection versions, CancellationToken cancellationToken) =>
        await definitions.FindAsync(definitionId, versions, cancellationToken) ?? throw Unknown();

    /// <summary>The refusal of a definition that is not there.</summary>
    public static RefusedException Unknown() => new(new Refusal(404, "not-found", "definitionId", "没有此流程或此版本：请从流程列表中选择。"));

    private static DefinitionFilter PublishedOnce(string definitionId) => new() { DefinitionIds = [definitionId], PublishedOnce = true };

    private static DefinitionChange Refused(params IReadOnlyList<string> problems) => new(null, false, false, problems);

    private async Task<WorkflowDefinitionRow> WriteAsync(string definitionId, JsonObject json, Actor actor, CancellationToken cancellationToken)
    {
        var text = json.ToJsonString(StorageJson.Options);
        return await definitions.PackageOfAsync(definitionId, cancellationToken) is { } scenario
            ? await scenarios.SaveDiagramAsync(scenario, text, actor, cancellationToken)
            : await store.SaveAsync(text, publish: false, "studio", ScenarioDrafts.NewKey(), actor, cancellationToken);
    }

    /// <summary>The id that the model names; for a new definition one made of its content, so that a request that is repeated creates one.</summary>
    private static string IdOf(JsonObject model, Actor actor)
    {
        if (model.Text("definitionId") is not { Length: > 0 } id)
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(actor.Id + "\n" + model.ToJsonString())))[..16];
        return id.Length <= LongestId && id.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.')
            ? id
            : throw new RefusedException(new Refusal(400, "bad-definition-id", "definitionId", $"流程编号只能由字母、数字、“-”、“_”和“.”组成，最长 {LongestId} 个字符：请修改后再提交。"));
    }
}
