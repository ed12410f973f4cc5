using Workflows.Host.Access;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Exchange;
using Workflows.Host.Api.Reading;
using Workflows.Host.Idempotency;
using Workflows.Host.Limits;
using Workflows.Host.Paging;
using Workflows.Host.Problems;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Rosters;

/// <summary>两库: the rosters of targets and officers, with departments and towns.</summary>
internal static class RosterRoutes
{
    private static readonly string[] Keepers = [Role.Administrator, Role.Dispatcher];
    /// <summary>Who reads them.</summary>
    internal static readonly string[] Readers = [.. RouteAccess.CaseReaders, Role.Administrator, Role.Analyst];

    /// <summary>Maps the routes under <c>/api/rosters</c>.</summary>
    public static void MapRosters(this IEndpointRouteBuilder api)
    {
        var rosters = api.MapGroup("/rosters").WithTags("名录库");
        rosters.MapGet("/targets", (AggregateReader rows, Viewer viewer, PageRequest page, CancellationToken token, string? ids = null) =>
            PageAsync<TargetRecord, RosterTarget>(rows, viewer, page, record => record.Target, token, ids: IdList.Read(ids))).For(Readers).WithSummary("检查对象名录；ids 列出编号（逗号分隔）");
        rosters.MapGet("/officers", (AggregateReader rows, Viewer viewer, PageRequest page, CancellationToken token, string? department = null) =>
            PageAsync<OfficerRecord, RosterOfficer>(rows, viewer, page, record => record.Officer, token, department)).For(Readers).WithSummary("执法人员名录；department 只列该部门的");
        rosters.MapGet("/departments", (AggregateReader rows, Viewer viewer, PageRequest page, CancellationToken token) =>
            PageAsync<DepartmentRecord, Department>(rows, viewer, page, record => record.Unit, token)).For(Readers).WithSummary("部门");
        rosters.MapGet("/towns", (AggregateReader rows, Viewer viewer, PageRequest page, CancellationToken token) =>
            PageAsync<TownRecord, Town>(rows, viewer, page, record => record.Town, token)).For(Readers).WithSummary("镇街");
        rosters.MapGet("/departments/{district}/{code}/contact", async (string district, string code, AggregateReader rows, Viewer viewer, CancellationToken token) =>
            await rows.FindAsync<DepartmentRecord>($"{district}/{code}", token) is { } unit && (viewer.Actor.Area is not { } own || unit.Area?.StartsWith(own, StringComparison.Ordinal) == true)
                ? OrganContact.Of(unit)
                : throw Viewer.NotFound("部门")).For(Role.Administrator).WithSummary("文书印制的机关联系人、电话、地址、复议机关和管辖法院");
        rosters.MapPut("/departments/{district}/{code}/contact", (string district, string code, OrganContact contact, Viewer viewer, RosterDesk desk, CancellationToken token) =>
            desk.SetContactAsync($"{district}/{code}", contact, viewer.Actor, token)).For(Role.Administrator).WithSummary("设置机关的联系人、电话、地址、复议机关和管辖法院，文书据此印制");
        rosters.MapRosterEditing();
        rosters.MapPost("/{kind}/import", ImportAsync).For(Keepers).Idempotent().DisableAntiforgery()
            .Accepts<IFormFile>("multipart/form-data").Produces<RosterReport>()
            .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(RequestLimits.UploadBytes))
            .WithSummary("导入名录（CSV 或 xlsx）：有错的文件不改变任何数据，accept=good 只收正确行，dryRun=true 只检查");
    }

    private static async Task<IResult> ImportAsync(
        string kind, HttpContext context, RosterDesk desk, CancellationToken cancellationToken, string? accept = null, bool dryRun = false)
    {
        if (!Enum.TryParse<RosterKind>(kind, ignoreCase: true, out var roster) || !Enum.IsDefined(roster) || int.TryParse(kind, out _))
            throw new RefusedException(new Refusal(404, "not-found", "kind", "没有此类名录：可导入 departments、towns、targets、officers。"));
        if (accept is not (null or "good"))
            throw new RefusedException(new Refusal(400, "bad-accept", "accept", "accept 只能为 good。"));
        if (!context.Request.HasFormContentType)
            throw new RefusedException(new Refusal(415, "unsupported-media-type", "Content-Type", "请以 multipart/form-data 提交 file。"));
        var form = await context.Request.FormAsync(cancellationToken);
        var file = form.Files.GetFile("file") ?? throw new RefusedException(new Refusal(400, "missing-field", "file", "缺少文件：请以 file 字段上传CSV或者xlsx。"));
        await using var sent = file.OpenReadStream();
        await using var content = TableFile.AsDelimited(sent);
        var (report, taken) = await desk.ImportAsync(roster, content, new RosterOrder(dryRun, accept == "good"), cancellationToken, context.User.ToActor(), ChangeGate.KeyOf(context));
        return report.Problems.Count > 0 && report.RowsTaken == 0 && !dryRun
            ? new Refusal(422, "roster-errors", "file", $"文件有{report.RowsInError}行错误，未作任何改变：请按 report 逐行更正，或以 accept=good 只导入正确行。")
            {
                More = new Dictionary<string, object?>(StringComparer.Ordinal) { ["report"] = report },
            }.ToResult()
            : taken is null ? Results.Json(report, Json.HostJson.Options) : ChangeGate.AnswerOf(taken, StatusCodes.Status200OK);
    }

    /// <summary>One page of a roster, within the area of whoever asks.</summary>
    internal static Task<Page<TShape>> PageAsync<T, TShape>(
        AggregateReader rows, Viewer viewer, PageRequest page, Func<T, TShape> shape, CancellationToken cancellationToken, string? department = null, IReadOnlyList<string>? ids = null)
        where T : SupervisionRecord
    {
        var area = viewer.Actor.Area;
        return rows.PageAsync<T, TShape>(
            page,
            query => query.Where(row => (area == null || row.Area != null && row.Area.StartsWith(area)) && (department == null || row.Department == department) && (ids == null || ids.Contains(row.Id))),
            static _ => true, shape, cancellationToken).AsTask();
    }
}
