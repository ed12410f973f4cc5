using Workflows.Host.Access;
using Workflows.Host.Composition;
using Workflows.Host.Elsa;
using Workflows.Host.Idempotency;
using Workflows.Host.Limits;
using Workflows.Host.Packages;
using Workflows.Host.Problems;

namespace Workflows.Host.Api.Scenarios;

/// <summary>Scenarios as analysts work on them: what there is, what would change, what is wrong, publishing, discarding, cloning.</summary>
internal static class ScenarioRoutes
{
    /// <summary>Maps the routes beside <c>/api/scenarios</c> and <c>/api/definitions</c>.</summary>
    public static void MapScenarioDesk(this IEndpointRouteBuilder api)
    {
        var scenarios = api.MapGroup("/scenarios").WithTags("场景");
        scenarios.MapGet("/overview", OverviewAsync).ForElsaReaders().WithSummary("全部场景：已发布版本、草稿、流程和运行中的实例");
        scenarios.MapGet("/{code}/versions", VersionsAsync).ForElsaReaders().WithSummary("场景的全部版本，新的在前");
        scenarios.MapGet("/{code}/validation", ValidateAsync).ForElsaReaders().WithSummary("场景待发布内容中的全部问题");
        scenarios.MapGet("/{code}/differences", DifferenceAsync).ForElsaReaders().WithSummary("发布草稿会带来的变化");
        scenarios.MapPost("/{code}/publish", PublishAsync).ForElsaWriters().Idempotent().Produces<ScenarioVersion>().WithSummary("校验并发布场景的草稿；有问题时 422，problems 列出全部问题");
        scenarios.MapPost("/{code}/discard", DiscardAsync).ForElsaWriters().Idempotent().Produces(204).WithSummary("放弃场景的草稿");
        scenarios.MapPost("/{code}/retract", RetractAsync).ForElsaWriters().Idempotent().Produces(204).WithSummary("撤回场景的发布；办理中的案件不受影响");
        scenarios.MapPost("/{code}/clone", CloneAsync).ForElsaWriters().Idempotent().Produces<ScenarioVersion>(201).WithSummary("以此场景为样板新建场景草稿");

        scenarios.MapGet("/{code}/archive", ArchiveAsync).ForElsaReaders().WithSummary("整个场景打成一个 ZIP：流程图、场景数据、法律依据和模板；version 指定版本号");
        scenarios.MapPost("/import", ImportAsync).ForElsaWriters().Idempotent().DisableAntiforgery().Accepts<IFormFile>("multipart/form-data").Produces<ScenarioVersion>(201)
            .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(RequestLimits.UploadBytes))
            .WithSummary("导入场景文件夹（ZIP，字段 file）为新场景的草稿；没有带来的法律依据和通用模板取本系统的；有问题时 422，problems 列出全部问题，不留下任何内容");

        var definitions = api.MapGroup("/definitions/{definitionId}").WithTags("流程定义");
        definitions.MapGet("/versions", DefinitionVersionsAsync).ForElsaReaders().WithSummary("流程的全部版本，新的在前");
        definitions.MapGet("/validation", ValidateDefinitionAsync).ForElsaReaders().WithSummary("流程最新版本的全部问题；属于场景的，连同场景的其他文件");
        definitions.MapGet("/differences", DefinitionDifferenceAsync).ForElsaReaders().WithSummary("两个版本（from、to）之间的差异，以句子表述");
    }

    private static Task<IReadOnlyList<ScenarioOverview>> OverviewAsync(ScenarioDesk desk, CancellationToken cancellationToken) => desk.OverviewAsync(cancellationToken);

    private static Task<IReadOnlyList<ScenarioVersion>> VersionsAsync(string code, ScenarioDesk desk, CancellationToken cancellationToken) => desk.VersionsAsync(code, cancellationToken);

    private static Task<PublishingReport> ValidateAsync(string code, ScenarioDesk desk, CancellationToken cancellationToken) => desk.ValidateAsync(code, cancellationToken);

    private static Task<ScenarioDifference> DifferenceAsync(string code, ScenarioDesk desk, CancellationToken cancellationToken) => desk.DifferenceAsync(code, cancellationToken);

    private static async Task<IResult> PublishAsync(string code, HttpContext context, ScenarioDrafts drafts, CancellationToken cancellationToken)
    {
        var publication = await drafts.PublishAsync(code, context.User.ToActor(), cancellationToken);
        return publication.Package is { } package ? Results.Json(ScenarioVersion.Of(package, isDraft: false), Json.HostJson.Options) : Refused(publication, "未发布");
    }

    private static async Task<IResult> ArchiveAsync(string code, ScenarioDrafts drafts, CancellationToken cancellationToken, int? version = null)
    {
        var text = await drafts.ReadAsync(code, version, cancellationToken);
        return Results.File(ScenarioArchive.Write(text.Files), "application/zip", $"{text.Package.Name}-{text.Package.Version}.zip");
    }

    private static async Task<IResult> ImportAsync(HttpContext context, ScenarioDrafts drafts, ServeSettings settings, CancellationToken cancellationToken)
    {
        if (!context.Request.HasFormContentType)
            throw new RefusedException(new Refusal(415, "unsupported-media-type", "Content-Type", "请以 multipart/form-data 提交 file。"));
        var file = (await context.Request.FormAsync(cancellationToken)).Files.GetFile("file")
            ?? throw new RefusedException(new Refusal(400, "missing-field", "file", "缺少文件：请以 file 字段上传场景文件夹的 ZIP 压缩包。"));
        await using var content = file.OpenReadStream();
        var files = await ScenarioArchive.ReadAsync(content, PackageFiles.ReadShared(settings.HomeFolder), cancellationToken);
        var taken = await drafts.ImportAsync(files, context.User.ToActor(), cancellationToken);
        return taken.Package is { } package ? Results.Json(ScenarioVersion.Of(package, isDraft: true), Json.HostJson.Options, statusCode: 201) : Refused(taken, "未导入");
    }

    private static IResult Refused(ScenarioPublication publication, string what) =>
        new Refusal(422, "scenario-has-problems", "", $"场景有{publication.Problems.Count}个问题，{what}：请逐项修改后重试。")
        {
            More = new Dictionary<string, object?> { ["problems"] = publication.Problems.Select(problem => problem.ToString()).ToList() },
        }.ToResult();

    private static async Task<IResult> DiscardAsync(string code, HttpContext context, ScenarioDrafts drafts, CancellationToken cancellationToken)
    {
        await drafts.DiscardAsync(code, context.User.ToActor(), cancellationToken);
        return Results.NoContent();
    }

    private static async Task<IResult> RetractAsync(string code, HttpContext context, ScenarioDrafts drafts, CancellationToken cancellationToken)
    {
        await drafts.RetractAsync(code, context.User.ToActor(), cancellationToken);
        return Results.NoContent();
    }

    private static async Task<IResult> CloneAsync(string code, CloneRequest request, HttpContext context, ScenarioDrafts drafts, CancellationToken cancellationToken) =>
        Results.Json(ScenarioVersion.Of(await drafts.CloneAsync(code, request.Code, request.Name, context.User.ToActor(), cancellationToken), isDraft: true), Json.HostJson.Options, statusCode: 201);

    private static Task<IReadOnlyList<DefinitionVersion>> DefinitionVersionsAsync(string definitionId, ProcessDesk desk, CancellationToken cancellationToken) =>
        desk.VersionsAsync(definitionId, cancellationToken);

    private static Task<PublishingReport> ValidateDefinitionAsync(string definitionId, ProcessDesk desk, CancellationToken cancellationToken) =>
        desk.ValidateAsync(definitionId, cancellationToken);

    private static Task<ProcessDifference> DefinitionDifferenceAsync(string definitionId, int from, int to, ProcessDesk desk, CancellationToken cancellationToken) =>
        desk.DifferenceAsync(definitionId, from, to, cancellationToken);
}
