using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Host.Access;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Reading;
using Workflows.Host.Idempotency;
using Workflows.Host.Json;
using Workflows.Host.Limits;
using Workflows.Host.Paging;
using Workflows.Host.Problems;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.DelimitedText;
using Workflows.Supervision.Exchange;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Exchange;

/// <summary>数据交换: sheets and records go out to other platforms and come in from them; what their columns are called is data.</summary>
internal static class ExchangeRoutes
{
    private const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private static readonly string[] Exchangers = [Role.Dispatcher, Role.Platform];
    private static readonly string[] Keepers = [Role.Administrator, Role.Analyst, Role.Dispatcher];

    /// <summary>Maps the routes under <c>/api/exchange</c>.</summary>
    public static void MapExchange(this IEndpointRouteBuilder api)
    {
        var exchange = api.MapGroup("/exchange").WithTags("数据交换");
        exchange.MapGet("/platforms", (AggregateReader rows, Viewer viewer, PageRequest page, CancellationToken token) =>
            rows.PageAsync<ExchangePlatform, ExchangePlatform>(page, query => query, platform => ExchangeDoor.IsOpenTo(platform, viewer.Actor), static platform => platform, token).AsTask())
            .For([.. Keepers, Role.Supervisor, Role.Auditor, Role.Platform]).WithSummary("互联平台及其列映射（按生效日期）");
        exchange.MapPut("/platforms/{code}", async (string code, ExchangePlatformForm form, Viewer viewer, ChangeGate gate, IStimulusGate stimuli, CancellationToken token) =>
            Results.Json(
                await gate.RefusingAsync(() => stimuli.CommandAsync(
                    gate.NewKey(), ExchangePlatform.Family, viewer.Actor, async (session, cancel) => await new ExchangeService(session).KeepAsync(code, form, cancel), cancellationToken: token).AsTask()),
                HostJson.Options))
            .For(Keepers).Produces<ExchangePlatform>().WithSummary("维护互联平台和列映射：列名、别名、值对照均为数据，按日期生效，下次交换即用");
        exchange.MapGet("/fields/{kind}", (string kind) => ExchangeFields.Of(ExchangeDoor.KindOf(kind))).For([.. Keepers, Role.Platform]).WithSummary("某类交换内容的字段");
        exchange.MapGet("/entries", EntriesAsync).For(Role.Dispatcher, Role.Supervisor, Role.Auditor, Role.Platform).WithSummary("已收的外部记录：编号、内容摘要和效果");
        exchange.MapGet("/sheets", (ExchangeJournal journal, PageRequest page, CancellationToken token, string? platform = null) => journal.PageAsync(page, platform, token))
            .For(Role.Dispatcher, Role.Supervisor, Role.Auditor, Role.Platform).WithSummary("往来登记：每次导出和导入，时间、经办人、行数和编号");
        exchange.MapGet("/{platform}/{kind}", SendAsync).For(Exchangers).WithSummary("导出：format=xlsx（默认）、csv 或 json；待办类内容导出未办结的步骤，按 caseId、planId 缩小");
        exchange.MapPost("/{platform}/{kind}/import", ImportAsync).For(Exchangers).Idempotent().DisableAntiforgery()
            .Accepts<IFormFile>("multipart/form-data").Produces<ExchangeReport>()
            .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(RequestLimits.UploadBytes))
            .WithSummary("导入（xlsx 或 CSV）：逐行报告；有错的文件不改变任何数据，accept=good 只收正确的记录，dryRun=true 只试行");
        exchange.MapPost("/{platform}/{kind}/records", CallbackAsync).For(Exchangers).Idempotent().Produces<ExchangeReport>()
            .WithSummary("接口回调：同一编号同样内容只生效一次，内容不同的返回409并列出两份");
    }

    private static Task<Page<ExchangeEntry>> EntriesAsync(
        AggregateReader rows, Viewer viewer, PageRequest page, CancellationToken cancellationToken, string? platform = null, ExchangeKind? kind = null, string? caseId = null)
    {
        var (actor, sight, kindKey) = (viewer.Actor, viewer.Sight, kind?.ToString());
        var isPlatform = actor.Is(Role.Platform);
        var own = isPlatform ? actor.Department ?? "" : platform;
        return rows.PageAsync<ExchangeEntry, ExchangeEntry>(
            page, query => query.Where(row => (kindKey == null || row.Kind == kindKey) && (caseId == null || row.CaseId == caseId)),
            entry => (own is null || entry.Platform == own) && (entry.Area is not null || actor.Area is null) && sight.SeesArea(entry.Area),
            entry => isPlatform ? entry : entry with { Content = null }, cancellationToken).AsTask();
    }

    private static async Task<IResult> SendAsync(
        string platform, string kind, ExchangeDoor door, ExchangeSending sending, CancellationToken cancellationToken,
        string format = "xlsx", string? caseId = null, string? planId = null, string? source = null, DateOnly? from = null)
    {
        if (format is not ("xlsx" or "csv" or "json"))
            throw new RefusedException(new Refusal(400, "bad-format", "format", "format 只能为 xlsx、csv 或 json。"));
        var (mapping, sheet) = await sending.SheetAsync(await door.PlatformAsync(platform, cancellationToken), ExchangeDoor.KindOf(kind), caseId, planId, source, from, format, cancellationToken);
        var name = string.Create(CultureInfo.InvariantCulture, $"{mapping.Title}.{format}");
        return format switch
        {
            "csv" => Results.File(ExchangeCsv.Write(sheet), "text/csv; charset=utf-8", name),
            "json" => Results.Json(new { mapping.From, Rows = sheet.Lines.Select(line => Row(sheet, line)) }, HostJson.Options),
            _ => Results.File(WorkbookWriter.Write(mapping, sheet), Workbook, name),
        };
    }

    private static JsonObject Row(ExchangeSheet sheet, ExchangeLine line)
    {
        var row = new JsonObject();
        foreach (var (index, heading) in sheet.Headings.Index())
            row[heading] = line.Cells[index];
        return row;
    }

    private static async Task<IResult> ImportAsync(
        string platform, string kind, HttpContext context, ExchangeDoor door, ExchangeDesk desk, CancellationToken cancellationToken, string? accept = null, bool dryRun = false)
    {
        var (sender, what) = (await door.PlatformAsync(platform, cancellationToken), ExchangeDoor.KindOf(kind));
        RequireInward(what);
        if (accept is not (null or "good"))
            throw new RefusedException(new Refusal(400, "bad-accept", "accept", "accept 只能为 good。"));
        if (!context.Request.HasFormContentType)
            throw new RefusedException(new Refusal(415, "unsupported-media-type", "Content-Type", "请以 multipart/form-data 提交 file。"));
        var form = await context.Request.FormAsync(cancellationToken);
        var file = form.Files.GetFile("file") ?? throw new RefusedException(new Refusal(400, "missing-field", "file", "缺少文件：请以 file 字段上传xlsx或CSV。"));
        await using var content = file.OpenReadStream();
        return Answer(await desk.ImportAsync(sender, what, ReadFile(content), new ExchangeOrder(dryRun, accept == "good", context.User.ToActor(), ChangeGate.KeyOf(context)), cancellationToken), dryRun);
    }

    private static async Task<IResult> CallbackAsync(
        string platform, string kind, ExchangeCallback callback, HttpContext context, ExchangeDoor door, ExchangeDesk desk, CancellationToken cancellationToken)
    {
        var (sender, what) = (await door.PlatformAsync(platform, cancellationToken), ExchangeDoor.KindOf(kind));
        RequireInward(what);
        var sheet = desk.SheetOf(sender, what, callback);
        return Answer(await desk.ImportAsync(sender, what, sheet, new ExchangeOrder(false, false, context.User.ToActor(), ChangeGate.KeyOf(context)), cancellationToken), false);
    }

    private static ExchangeSheet ReadFile(Stream content)
    {
        if (TableFile.IsWorkbook(content))
            return WorkbookReader.Read(content);
        try
        {
            return ExchangeCsv.Read(content, (int)RequestLimits.UploadBytes)
                ?? throw new RefusedException(new Refusal(422, "exchange-empty", "file", "文件是空的：请在第一行写明列名。"));
        }
        catch (DelimitedTextException wrong)
        {
            throw new RefusedException(new Refusal(422, "exchange-unreadable", "file", wrong.Message) { Line = wrong.Line }, wrong);
        }
    }

    private static IResult Answer((ExchangeReport Report, StimulusResult? Taken) done, bool dryRun)
    {
        var (report, taken) = done;
        if (taken is not null)
            return ChangeGate.AnswerOf(taken, StatusCodes.Status200OK);
        if (dryRun || (report.Problems.Count == 0 && report.Count(ExchangeOutcome.Conflict) == 0))
            return Results.Json(report, HostJson.Options);
        var more = new Dictionary<string, object?>(StringComparer.Ordinal) { ["report"] = report };
        return report.Count(ExchangeOutcome.Conflict) > 0
            ? new Refusal(409, "exchange-conflict", "number", "同一编号此前已收到不同的内容，未作任何改变：请按 report 核对两份内容，更正的内容请使用新的编号。") { More = more }.ToResult()
            : new Refusal(422, "exchange-errors", "file", $"有{report.RowsInError}行错误，未作任何改变：请按 report 逐行更正，或以 accept=good 只导入正确的记录。") { More = more }.ToResult();
    }

    private static void RequireInward(ExchangeKind kind)
    {
        if (!ExchangeFields.ComeIn(kind))
            throw new RefusedException(new Refusal(405, "exchange-out-only", "kind", "此类内容只能导出，不能导入。"));
    }
}
