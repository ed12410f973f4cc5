using Workflows.Host.Access;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Exchange;
using Workflows.Host.Api.Reading;
using Workflows.Host.Idempotency;
using Workflows.Host.Limits;
using Workflows.Host.Paging;
using Workflows.Host.Problems;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Catalogues;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Merging;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Host.Api.Catalogues;

/// <summary>管执清单 and 赋权清单: who manages, who enforces, which town holds which power, from which day on.</summary>
internal static class CatalogueRoutes
{
    private static readonly string[] Keepers = [Role.Administrator, Role.Dispatcher];
    private static readonly string[] Readers = [.. RouteAccess.CaseReaders, Role.Administrator, Role.Analyst];

    /// <summary>Maps the routes under <c>/api/catalogues</c>.</summary>
    public static void MapCatalogues(this IEndpointRouteBuilder api)
    {
        var catalogues = api.MapGroup("/catalogues").WithTags("清单");
        catalogues.MapGet("/matters", (AggregateReader rows, PageRequest page, CancellationToken token, string? code = null, string? area = null) =>
            rows.PageAsync<CatalogueMatter, CatalogueMatter>(
                page, query => query.Where(row => (code == null || row.Kind == code) && (area == null || row.Area == area)), static _ => true, static row => row, token).AsTask())
            .For(Readers).WithSummary("管执清单：各事项的全部版本");
        catalogues.MapGet("/delegations", (AggregateReader rows, PageRequest page, CancellationToken token, string? matter = null, string? town = null) =>
            rows.PageAsync<Delegation, Delegation>(
                page, query => query.Where(row => (matter == null || row.Kind == matter) && (town == null || row.Area == town)), static _ => true, static row => row, token).AsTask())
            .For(Readers).WithSummary("赋权清单：各镇街的赋权事项及期间");
        catalogues.MapGet("/merges", (AggregateReader rows, PageRequest page, CancellationToken token, string? area = null) =>
            rows.PageAsync<MergeRule, MergeRule>(page, query => query.Where(row => area == null || row.Area == area), static _ => true, static row => row, token).AsTask())
            .For(Readers).WithSummary("涉企“综合查一次”清单：应当或可以合并上门的事项");
        catalogues.MapGet("/routing", RoutingAsync).For(Readers).WithSummary("某日某地某事项由谁承办（不作任何改变）");
        catalogues.MapPost("/{kind}/import", ImportAsync).For(Keepers).Idempotent().DisableAntiforgery()
            .Accepts<IFormFile>("multipart/form-data").Produces<CatalogueReport>()
            .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(RequestLimits.UploadBytes))
            .WithSummary("导入清单（CSV 或 xlsx，matters、delegations 或 merges）：只增加版本，不删除；有错的文件不改变任何数据，accept=good 只收正确行，dryRun=true 只检查");
    }

    private static async Task<LeadRouting> RoutingAsync(
        string matter, string area, IStimulusGate gate, ChangeGate changes, Viewer viewer, TimeProvider clock, CancellationToken cancellationToken, DateOnly? on = null)
    {
        var day = on ?? ShanghaiTime.DateOf(clock.GetUtcNow());
        return await gate.CommandAsync(
                changes.NewKey(), CatalogueMatter.Family, viewer.Actor, async (session, token) => await new CatalogueRouting(session).FindAsync(matter, area, day, token), cancellationToken: cancellationToken)
            ?? throw new RefusedException(new Refusal(404, "not-found", "matter", $"管执清单在{day:yyyy-MM-dd}没有事项“{matter}”：请核对编码、地点和日期。"));
    }

    private static async Task<IResult> ImportAsync(
        string kind, HttpContext context, CatalogueDesk desk, CancellationToken cancellationToken, string? accept = null, bool dryRun = false)
    {
        if (!Enum.TryParse<CatalogueKind>(kind, ignoreCase: true, out var catalogue) || !Enum.IsDefined(catalogue) || int.TryParse(kind, out _))
            throw new RefusedException(new Refusal(404, "not-found", "kind", "没有此类清单：可导入 matters、delegations、merges。"));
        if (accept is not (null or "good"))
            throw new RefusedException(new Refusal(400, "bad-accept", "accept", "accept 只能为 good。"));
        if (!context.Request.HasFormContentType)
            throw new RefusedException(new Refusal(415, "unsupported-media-type", "Content-Type", "请以 multipart/form-data 提交 file。"));
        var form = await context.Request.FormAsync(cancellationToken);
        var file = form.Files.GetFile("file") ?? throw new RefusedException(new Refusal(400, "missing-field", "file", "缺少文件：请以 file 字段上传CSV或者xlsx。"));
        await using var sent = file.OpenReadStream();
        await using var content = TableFile.AsDelimited(sent);
        var (report, taken) = await desk.ImportAsync(catalogue, content, dryRun, accept == "good", context.User.ToActor(), ChangeGate.KeyOf(context), cancellationToken);
        return report.Problems.Count > 0 && report.RowsTaken == 0 && !dryRun
            ? new Refusal(422, "catalogue-errors", "file", $"文件有{report.RowsInError}行错误，未作任何改变：请按 report 逐行更正，或以 accept=good 只导入正确行。")
            {
                More = new Dictionary<string, object?>(StringComparer.Ordinal) { ["report"] = report },
            }.ToResult()
            : taken is null ? Results.Json(report, Json.HostJson.Options) : ChangeGate.AnswerOf(taken, StatusCodes.Status200OK);
    }
}
