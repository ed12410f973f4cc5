using Microsoft.Net.Http.Headers;
using Workflows.Host.Access;
using Workflows.Host.Elsa;
using Workflows.Host.Limits;
using Workflows.Host.Packages;
using Workflows.Host.Problems;
using Workflows.Storage.Definitions;

namespace Workflows.Host.Api.Scenarios;

/// <summary>One file of a scenario in its list.</summary>
/// <param name="Path">Path in the package, such as <c>scenario.json</c> or <c>templates/notice.sbn-html</c>.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Hash">SHA-256 of its text, lower-case hex.</param>
/// <param name="Length">Length in characters.</param>
/// <param name="DefinitionId">Logical id of a diagram; null for other files.</param>
internal sealed record ScenarioFileHead(string Path, ScenarioFileKind Kind, string Hash, int Length, string? DefinitionId);

/// <summary>The files of one version of a scenario.</summary>
/// <param name="Version">The version.</param>
/// <param name="Files">Its files by path.</param>
internal sealed record ScenarioFileList(ScenarioVersion Version, IReadOnlyList<ScenarioFileHead> Files);

/// <summary>One file of a scenario with its text.</summary>
/// <param name="Version">The version in which it stands.</param>
/// <param name="Path">Path in the package.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Hash">SHA-256 of its text; whoever saves it gives it back as <c>If-Match</c>.</param>
/// <param name="Text">Its text.</param>
internal sealed record ScenarioFileContent(ScenarioVersion Version, string Path, ScenarioFileKind Kind, string Hash, string Text);

/// <summary>The new text of a file.</summary>
/// <param name="Text">Its text.</param>
internal sealed record ScenarioFileText(string Text);

/// <summary>
/// Scenario data, law and templates as analysts edit them. Saving opens the draft where none is open; the hash that was read guards what
/// somebody else has saved meanwhile.
/// </summary>
internal static class ScenarioFileRoutes
{
    // A text of 1 Mi characters as JSON, with each of them escaped in the longest way that is common.
    private const long LargestBody = 6 << 20;

    /// <summary>Maps the routes under <c>/api/scenarios/{code}/files</c>.</summary>
    public static void MapScenarioFiles(this IEndpointRouteBuilder api)
    {
        var files = api.MapGroup("/scenarios/{code}/files").WithTags("场景");
        files.MapGet("", ListAsync).ForElsaReaders().WithSummary("场景的文件：草稿的，没有草稿时为已发布版本的；version 指定版本号");
        files.MapGet("/{**path}", ReadAsync).ForElsaReaders().Produces<ScenarioFileContent>().WithSummary("场景文件的内容；ETag 供保存时核对");
        files.MapPut("/{**path}", SaveAsync).ForElsaWriters().Accepts<ScenarioFileText>("application/json").Produces<ScenarioFileContent>()
            .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(LargestBody))
            .WithSummary("把场景文件保存到草稿：If-Match 为读取时的 ETag，新文件用 If-None-Match: *；他人已修改时 409");
        files.MapDelete("/{**path}", RemoveAsync).ForElsaWriters().Produces(204).WithSummary("从草稿中删除文书模板；If-Match 为读取时的 ETag");
    }

    private static async Task<ScenarioFileList> ListAsync(string code, ScenarioDrafts drafts, CancellationToken cancellationToken, int? version = null)
    {
        var text = await drafts.ReadAsync(code, version, cancellationToken);
        return new ScenarioFileList(
            Version(text.Package), [.. text.Files.Select(file => new ScenarioFileHead(file.Path, file.Kind, file.Hash, file.Text.Length, file.DefinitionId))]);
    }

    private static async Task<IResult> ReadAsync(string code, string path, HttpContext context, ScenarioDrafts drafts, CancellationToken cancellationToken, int? version = null)
    {
        var text = await drafts.ReadAsync(code, version, cancellationToken);
        var file = text.Files.FirstOrDefault(file => file.Path == path)
            ?? throw new RefusedException(new Refusal(404, "file-unknown", "path", $"场景“{code}”没有文件“{path}”：请从文件列表中选择。"));
        return Answer(context, new ScenarioFileContent(Version(text.Package), file.Path, file.Kind, file.Hash, file.Text));
    }

    private static async Task<IResult> SaveAsync(string code, string path, ScenarioFileText body, HttpContext context, ScenarioDrafts drafts, CancellationToken cancellationToken)
    {
        var package = await drafts.SaveFileAsync(code, path, body.Text, Expected(context.Request), context.User.ToActor(), cancellationToken);
        return Answer(context, new ScenarioFileContent(Version(package), path, ScenarioText.KindOf(path), DefinitionStore.HashOf(body.Text), body.Text));
    }

    private static async Task<IResult> RemoveAsync(string code, string path, HttpContext context, ScenarioDrafts drafts, CancellationToken cancellationToken)
    {
        await drafts.SaveFileAsync(code, path, null, Expected(context.Request), context.User.ToActor(), cancellationToken);
        return Results.NoContent();
    }

    /// <summary>Hash of the text that the caller read; null for a file that he knows to be new.</summary>
    private static string? Expected(HttpRequest request)
    {
        var headers = request.GetTypedHeaders();
        if (headers.IfMatch is [{ IsWeak: false } tag] && tag.Tag.Length > 2)
            return tag.Tag.Subsegment(1, tag.Tag.Length - 2).ToString();
        return headers.IfNoneMatch is [{ } any] && any.Equals(EntityTagHeaderValue.Any)
            ? null
            : throw new RefusedException(new Refusal(400, "if-match-required", "If-Match", "请在 If-Match 中给出读取该文件时得到的 ETag，以免覆盖他人的修改；新建文件请写 If-None-Match: *。"));
    }

    private static IResult Answer(HttpContext context, ScenarioFileContent content)
    {
        context.Response.Headers.ETag = $"\"{content.Hash}\"";
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(content, Json.HostJson.Options);
    }

    private static ScenarioVersion Version(PackageSummary package) => ScenarioVersion.Of(package, isDraft: !package.IsPublished && package.PublishedAt is null);
}
