using System.Text.Json.Nodes;
using Workflows.Engine.Definitions;
using Workflows.Host.Access;
using Workflows.Storage.Definitions;
using Workflows.Storage.Model.Rows;
using Workflows.Supervision;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Elsa.Definitions;

/// <summary>The definitions of Elsa's API.</summary>
internal static class DefinitionRoutes
{
    private const string Tag = "Elsa 流程定义";
    private const int MostAtOnce = 200;

    /// <summary>Maps the routes under <c>/workflow-definitions</c> and their companions.</summary>
    public static void MapElsaDefinitions(this IEndpointRouteBuilder elsa)
    {
        var routes = elsa.MapGroup("").WithTags(Tag).AddEndpointFilter(RefuseAsync);
        var definitions = routes.MapGroup("/workflow-definitions");
        definitions.MapGet("", ListAsync).ForElsaReaders().WithSummary("流程定义列表；page 从 0 起，不填 pageSize 为全部");
        definitions.MapGet("/by-definition-id/{definitionId}", FindAsync).ForElsaReaders().Produces<DefinitionShape>().WithSummary("流程定义；versionOptions 默认最新版本");
        definitions.MapGet("/{definitionId}", FindAsync).ForElsaReaders().Produces<DefinitionShape>().WithSummary("同 by-definition-id");
        definitions.MapGet("/by-id/{versionId}", FindVersionAsync).ForElsaReaders().Produces<DefinitionShape>().WithSummary("流程定义的某一版本，旧版本一直可读");
        definitions.MapGet("/many-by-id", ManyAsync).ForElsaReaders().WithSummary("按版本编号取多个");
        definitions.MapGet("/query/count", CountAsync).ForElsaReaders().WithSummary("流程定义的数量");
        definitions.MapGet("/{definitionId}/versions", VersionsAsync).ForElsaReaders().WithSummary("全部版本，新的在前");
        definitions.MapGet("/validation/is-name-unique", IsNameUniqueAsync).ForElsaReaders().WithSummary("名称是否未被使用");
        definitions.MapGet("/{definitionId}/live-instances", LiveAsync).ForElsaReaders().WithSummary("各版本上仍在运行的实例数");
        definitions.MapPost("", SaveAsync).ForElsaWriters().Accepts<SaveDefinitionRequest>("application/json").Produces<SavedDefinition>().TakesDefinitions().WithSummary("保存草稿，publish 为 true 时同时发布；内容相同不产生变化，上限 8 MiB");
        definitions.MapPost("/{definitionId}/publish", PublishAsync).ForElsaWriters().Produces<SavedDefinition>().WithSummary("校验并发布最新版本；场景的流程随整个场景发布");
        definitions.MapPost("/{definitionId}/retract", RetractAsync).ForElsaWriters().Produces<DefinitionShape>().WithSummary("撤回发布；场景的流程随整个场景撤回");
        definitions.MapPost("/{definitionId}/revert/{version}", RevertAsync).ForElsaWriters().Produces<DefinitionShape>(StatusCodes.Status201Created).WithSummary("把旧版本的内容放进草稿");
        definitions.MapDelete("/{definitionId}", DeleteAsync).ForElsaWriters().WithSummary("删除流程；有实例在运行或属于已发布的场景时拒绝");
        definitions.MapDelete("/{definitionId}/version/{version}", DeleteNumberAsync).ForElsaWriters().WithSummary("删除一个版本");
        elsa.MapElsaBulk();
        elsa.MapElsaTransfer();
        elsa.MapElsaReferences();
        elsa.MapElsaRuns();
        routes.MapDelete("/workflow-definition-versions/{versionId}", DeleteVersionAsync).ForElsaWriters().WithSummary("删除一个版本");
    }

    /// <summary>Turns what the domain and the store refuse into what Studio shows.</summary>
    internal static async ValueTask<object?> RefuseAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (RuleViolationException violation) when (violation.Kind != RefusalKind.NotFound)
        {
            return ElsaRefusal.Of(violation.Message);
        }
        catch (DomainRuleException broken)
        {
            return ElsaRefusal.Of(broken.Message);
        }
        catch (DefinitionFormatException malformed)
        {
            return ElsaRefusal.Of(malformed.Message);
        }
    }

    /// <summary>Whether the caller changes definitions.</summary>
    internal static bool MayWrite(this HttpContext context) => context.User.IsInRole(Role.Analyst) || context.User.IsInRole(Role.Administrator);

    private static async Task<IResult> ListAsync(HttpContext context, DefinitionQueries definitions, CancellationToken cancellationToken)
    {
        var list = DefinitionList.Read(context.Request.Query);
        var (items, total) = list.Nothing ? ([], 0) : await definitions.PageAsync(
            list.Filter, list.Order, list.Descending, list.PageSize is { } size ? list.Page * size : 0, list.PageSize, cancellationToken);
        return ElsaJson.Answer(new JsonObject
        {
            ["items"] = new JsonArray([.. items.Select(item => StudioForm.Summary(item, context.MayWrite()))]),
            ["totalCount"] = total,
            ["links"] = DefinitionLinks.OfList(context.MayWrite()),
        });
    }

    private static async Task<IResult> FindAsync(string definitionId, HttpContext context, DefinitionDesk desk, StudioForm studio, CancellationToken cancellationToken) =>
        await AnswerAsync(await desk.RequireAsync(definitionId, DefinitionList.Versions(context.Request.Query, VersionKind.Latest), cancellationToken), context, studio);

    private static async Task<IResult> FindVersionAsync(string versionId, HttpContext context, DefinitionQueries definitions, StudioForm studio, CancellationToken cancellationToken) =>
        await AnswerAsync(await definitions.FindVersionAsync(versionId, cancellationToken) ?? throw DefinitionDesk.Unknown(), context, studio);

    private static async Task<IResult> ManyAsync(HttpContext context, DefinitionQueries definitions, StudioForm studio, CancellationToken cancellationToken)
    {
        string[] ids = [.. context.Request.Query["ids"].OfType<string>().Where(id => id.Length > 0).Distinct(StringComparer.Ordinal)];
        var rows = ids.Length == 0 ? [] : await definitions.RowsAsync(new DefinitionFilter { VersionIds = ids }, MostAtOnce, cancellationToken);
        return ElsaJson.Answer(new JsonObject { ["items"] = await ShapesAsync(rows, context, studio), ["count"] = rows.Count });
    }

    private static async Task<IResult> CountAsync(HttpContext context, DefinitionQueries definitions, CancellationToken cancellationToken) =>
        ElsaJson.Answer(new { count = await definitions.CountAsync(new DefinitionFilter { Versions = DefinitionList.Versions(context.Request.Query, VersionKind.Latest) }, cancellationToken) });

    private static async Task<IResult> VersionsAsync(string definitionId, HttpContext context, DefinitionQueries definitions, StudioForm studio, CancellationToken cancellationToken)
    {
        var rows = await definitions.RowsAsync(new DefinitionFilter { DefinitionIds = [definitionId] }, MostAtOnce, cancellationToken);
        return rows.Count == 0 ? throw DefinitionDesk.Unknown() : ElsaJson.Answer(await ShapesAsync(rows, context, studio));
    }

    private static async Task<IResult> IsNameUniqueAsync(HttpContext context, DefinitionQueries definitions, CancellationToken cancellationToken) =>
        ElsaJson.Answer(new { isUnique = await definitions.IsNameUniqueAsync(context.Request.Query["name"].ToString(), context.Request.Query["definitionId"].ToString(), cancellationToken) });

    private static async Task<IResult> LiveAsync(string definitionId, DefinitionQueries definitions, CancellationToken cancellationToken)
    {
        var live = await definitions.LiveInstancesAsync(definitionId, cancellationToken);
        return ElsaJson.Answer(new { items = live, totalCount = live.Sum(version => version.Count) });
    }

    private static async Task<IResult> SaveAsync(
        HttpContext context, DefinitionDesk desk, DefinitionQueries definitions, DefinitionReferences references, StudioForm studio, CancellationToken cancellationToken)
    {
        var body = await DefinitionBody.ReadAsync(context);
        if (body.Take("model") is not JsonObject model)
            return ElsaRefusal.Of("缺少流程内容（model）：请按 Elsa 的格式提交。");
        return await ChangedAsync(await desk.SaveAsync(model, body.Flag("publish"), context.User.ToActor(), cancellationToken), context, definitions, references, studio, cancellationToken);
    }

    private static async Task<IResult> PublishAsync(
        string definitionId, HttpContext context, DefinitionDesk desk, DefinitionQueries definitions, DefinitionReferences references, StudioForm studio, CancellationToken cancellationToken) =>
        await ChangedAsync(await desk.PublishAsync(definitionId, context.User.ToActor(), cancellationToken), context, definitions, references, studio, cancellationToken);

    private static async Task<IResult> RetractAsync(string definitionId, HttpContext context, DefinitionDesk desk, StudioForm studio, CancellationToken cancellationToken)
    {
        var change = await desk.RetractAsync(definitionId, context.User.ToActor(), cancellationToken);
        return change.Row is { } row ? await AnswerAsync(row, context, studio) : ElsaRefusal.Of(change.Problems);
    }

    private static async Task<IResult> RevertAsync(string definitionId, string version, HttpContext context, DefinitionDesk desk, CancellationToken cancellationToken)
    {
        var change = await desk.RevertAsync(definitionId, NumberOf(version), context.User.ToActor(), cancellationToken);
        return change.Row is { } row ? ElsaJson.Answer(StudioForm.Summary(DefinitionSummary.Of(row), mayWrite: true), StatusCodes.Status201Created) : ElsaRefusal.Of(change.Problems);
    }

    private static async Task<IResult> DeleteAsync(string definitionId, HttpContext context, DefinitionDesk desk, CancellationToken cancellationToken) =>
        await desk.DeleteAsync(definitionId, context.User.ToActor(), cancellationToken) ? Results.NoContent() : throw DefinitionDesk.Unknown();

    private static async Task<IResult> DeleteVersionAsync(string versionId, HttpContext context, DefinitionDesk desk, CancellationToken cancellationToken) =>
        await desk.DeleteVersionAsync(versionId, context.User.ToActor(), cancellationToken) ? Results.NoContent() : throw DefinitionDesk.Unknown();

    private static async Task<IResult> DeleteNumberAsync(string definitionId, string version, HttpContext context, DefinitionDesk desk, CancellationToken cancellationToken)
    {
        var row = await desk.RequireAsync(definitionId, new VersionSelection(VersionKind.Specific, NumberOf(version)), cancellationToken);
        return await desk.DeleteVersionAsync(row.VersionId, context.User.ToActor(), cancellationToken) ? Results.Ok() : throw DefinitionDesk.Unknown();
    }

    private static int NumberOf(string version) => int.TryParse(version, out var number) && number > 0 ? number : throw DefinitionDesk.Unknown();

    private static async Task<IResult> ChangedAsync(
        DefinitionChange change, HttpContext context, DefinitionQueries definitions, DefinitionReferences references, StudioForm studio, CancellationToken cancellationToken)
    {
        if (change.Row is not { } row)
            return ElsaRefusal.Of(change.Problems);
        var answer = new JsonObject
        {
            ["workflowDefinition"] = await studio.OfAsync(row, context.MayWrite(), cancellationToken),
            ["alreadyPublished"] = change.AlreadyPublished,
            // Who uses it as a step learns of a new version when it is published.
            ["consumingWorkflowCount"] = row.IsPublished ? (await references.ConsumersAsync(row.DefinitionId, cancellationToken)).Select(user => user.DefinitionId).Distinct(StringComparer.Ordinal).Count() : 0,
            ["validationErrors"] = new JsonArray(),
        };
        // Whoever publishes sees what goes on as before.
        if (row.IsPublished)
            answer["liveInstances"] = (await definitions.LiveInstancesAsync(row.DefinitionId, cancellationToken)).Where(live => live.VersionId != row.VersionId).Sum(live => live.Count);
        return ElsaJson.Answer(answer);
    }

    private static async Task<IResult> AnswerAsync(WorkflowDefinitionRow row, HttpContext context, StudioForm studio) =>
        ElsaJson.Answer(await studio.OfAsync(row, context.MayWrite(), context.RequestAborted));

    private static async Task<JsonArray> ShapesAsync(IEnumerable<WorkflowDefinitionRow> rows, HttpContext context, StudioForm studio)
    {
        var shapes = new JsonArray();
        foreach (var row in rows)
            shapes.Add((JsonNode)await studio.OfAsync(row, context.MayWrite(), context.RequestAborted));
        return shapes;
    }
}
