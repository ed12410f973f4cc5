using Workflows.Host.Access;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Leads;
using Workflows.Host.Api.Reading;
using Workflows.Host.Idempotency;
using Workflows.Host.Problems;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Public;

/// <summary>What somebody who reported gets back.</summary>
/// <param name="Receipt">Number to name when asking about it.</param>
/// <param name="Known">Whether exactly the same was reported before.</param>
internal sealed record ReportReceived(string Receipt, bool Known);

/// <summary>
/// 公众上报: a door for residents, property firms and grid staff without an account. It is narrow: few in a minute from one address, short texts, few photos, a known town;
/// what comes in is a lead like any other and shows nothing back.
/// </summary>
internal static class PublicReportRoutes
{
    private const string Source = "公众网页";

    private static readonly Dictionary<string, TriggerKind> Capacities = new(StringComparer.Ordinal)
    {
        ["居民"] = TriggerKind.Report,
        ["物业"] = TriggerKind.Report,
        ["网格员"] = TriggerKind.GridReport,
    };

    /// <summary>Maps <c>POST /api/public/reports</c> and <c>GET /api/leads/{id}/photos/{number}</c>.</summary>
    public static void MapPublicReports(this IEndpointRouteBuilder api)
    {
        api.MapPost("/public/reports", TakeAsync).ForAnybody().Idempotent().DisableAntiforgery().Accepts<IFormFile>("multipart/form-data").Produces<ReportReceived>(201)
            .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(ReportPhotos.LargestBody)).WithTags("公开")
            .WithSummary("公众上报问题（text、area，可附 address、latitude、longitude、capacity、name、contact、confidential 和至多3张 photo）");
        api.MapGet("/leads/{id}/photos/{number}", PhotoAsync).For(RouteAccess.CaseReaders).WithTags("线索").WithSummary("线索所附照片，序号从1起");
    }

    private static async Task<IResult> TakeAsync(HttpContext context, AggregateReader rows, ReportPhotos photos, ChangeGate gate, CancellationToken cancellationToken)
    {
        var form = await ReportForm.ReadAsync(context.Request, cancellationToken);
        var text = form.Text;
        var capacity = form.Field("capacity") ?? "居民";
        if (!Capacities.TryGetValue(capacity, out var trigger))
            throw new RefusedException(new Refusal(422, "report-capacity", "capacity", $"身份只能是{string.Join("、", Capacities.Keys)}。"));
        var area = form.Field("area") ?? "";
        if (area.Length != 9 || await rows.FindAsync<TownRecord>(area, cancellationToken) is null)
            throw new RefusedException(new Refusal(422, "area-invalid", "area", "请选择问题所在的镇街。"));
        var confidential = form.Field("confidential") == "true";
        var lead = new NewLead
        {
            Trigger = trigger, Source = Source, Area = area, Text = text, Address = form.Field("address"),
            Latitude = form.Degrees("latitude"), Longitude = form.Degrees("longitude"),
            ReportedBy = new LeadReporter(form.Field("name"), form.Field("contact"), capacity, confidential),
            Photos = await photos.TakeAsync(form.Files, cancellationToken) is { Count: > 0 } taken ? taken : null,
        };
        return await gate.ServiceAsync<LeadIntake, ReportReceived>(
            context, LeadIntake.Family, async (intake, token) => ReceivedOf(await intake.TakeAsync(lead, token)),
            cancellationToken, StatusCodes.Status201Created, new Actor { Id = "public", Name = "公众", Roles = [] });
    }

    private static ReportReceived ReceivedOf(IntakeResult result) => new(result.LeadId!, result.Outcome == IntakeOutcome.ExactDuplicate);

    private static async Task<IResult> PhotoAsync(string id, int number, HttpContext context, LeadDoor leads, ReportPhotos photos, CancellationToken cancellationToken)
    {
        var lead = await leads.FindAsync(id, cancellationToken);
        if (lead.Photos is not { } kept || number < 1 || number > kept.Count)
            throw Viewer.NotFound("照片");
        // CA2000: the result disposes the stream when it has been sent.
#pragma warning disable CA2000
        var file = photos.Open(kept[number - 1]) ?? throw new RefusedException(new Refusal(404, "file-missing", "number", "照片不在本节点：请联系管理员从备份恢复。"));
#pragma warning restore CA2000
        context.Response.Headers.ContentSecurityPolicy = SecurityHeaders.DocumentPolicy;
        return Results.File(file, kept[number - 1].MediaType, $"{lead.Id}-{number}");
    }
}
