using Workflows.Host.Access;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Party;
using Workflows.Host.Api.Public;
using Workflows.Host.Api.Reading;
using Workflows.Host.Idempotency;
using Workflows.Host.Problems;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Projects;

namespace Workflows.Host.Api.Estates;

/// <summary>
/// 物居业: what the firm or committee of an estate does with its link, without an account. It reports with photo and place, confirms the milestones for which it answers, and sees its own reports and
/// duties alone: no case, no inspection.
/// </summary>
internal static class EstateRoutes
{
    /// <summary>Maps the routes under <c>/api/estate/{token}</c>.</summary>
    public static void MapEstate(this IEndpointRouteBuilder api)
    {
        var estate = api.MapGroup("/estate/{token}").WithTags("物居业协同");
        estate.MapGet("", ViewAsync).ForAnybody().WithSummary("本单位的报告义务和已报问题");
        estate.MapPost("/reports", ReportAsync).ForAnybody().Idempotent().Before(TokenAsync).DisableAntiforgery().Accepts<IFormFile>("multipart/form-data").Produces<ReportReceived>(201)
            .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(ReportPhotos.LargestBody))
            .WithSummary("上报问题（text、place，可附 address、latitude、longitude、contact 和至多3张 photo）；place 为本链接绑定的小区");
        estate.MapPost("/projects/{id}/milestones/{code}/confirm", ConfirmAsync).ForAnybody().Idempotent().Before(TokenAsync).Produces<PartyReceipt>().WithSummary("确认本单位负责报告的项目到达节点，依次确认");
    }

    // A token that opens nothing is refused before anything is read for it.
    private static Task TokenAsync(HttpContext context) =>
        context.RequestServices.GetRequiredService<PartyDoor>().OpenEstateAsync((string)context.Request.RouteValues["token"]!, context.RequestAborted).AsTask();

    private static async Task<EstateView> ViewAsync(string token, PartyDoor door, EstateOverview overview, CancellationToken cancellationToken) =>
        await overview.OfAsync(await door.OpenEstateAsync(token, cancellationToken), cancellationToken);

    private static async Task<IResult> ReportAsync(string token, HttpContext context, PartyDoor door, ReportPhotos photos, ChangeGate gate, CancellationToken cancellationToken)
    {
        var link = await door.OpenEstateAsync(token, cancellationToken);
        var form = await ReportForm.ReadAsync(context.Request, cancellationToken);
        var place = form.Field("place") ?? "";
        if (!link.Estate!.Places.Contains(place, StringComparer.Ordinal))
            throw new RefusedException(new Refusal(422, "place-not-own", "place", $"请选择本链接的小区或者区域：{string.Join('、', link.Estate.Places)}。"));
        var lead = new NewLead
        {
            Trigger = TriggerKind.Report, Source = EstateLinks.Source, Area = link.Area!, Text = form.Text, Address = form.Field("address"),
            Latitude = form.Degrees("latitude"), Longitude = form.Degrees("longitude"),
            Photos = await photos.TakeAsync(form.Files, cancellationToken) is { Count: > 0 } taken ? taken : null,
        };
        return await gate.ServiceAsync<EstateLinks, ReportReceived>(
            context, LeadIntake.Family, async (links, cancel) =>
            {
                var result = await links.ReportAsync(link.Id, place, lead, form.Field("contact"), cancel);
                return new ReportReceived(result.LeadId!, result.Outcome == IntakeOutcome.ExactDuplicate);
            },
            cancellationToken, StatusCodes.Status201Created, link.Holder);
    }

    private static async Task<IResult> ConfirmAsync(string token, string id, string code, HttpContext context, PartyDoor door, AggregateReader rows, ChangeGate gate, TimeProvider clock, CancellationToken cancellationToken)
    {
        var link = await door.OpenEstateAsync(token, cancellationToken);
        if (await rows.FindAsync<Lead>(id, cancellationToken) is not { } project || !EstateLinks.AnswersFor(link, project))
            throw new RefusedException(new Refusal(404, "not-own-project", "id", "没有这个项目，或者不由贵单位负责报告。"));
        return await gate.ServiceAsync<EstateLinks, PartyReceipt>(
            context, project.CaseKey, async (links, cancel) =>
            {
                var confirmed = await links.ConfirmAsync(link.Id, id, code, cancel);
                return new PartyReceipt(confirmed.Milestones.First(m => m.Code == code).ConfirmedAt ?? clock.GetUtcNow());
            },
            cancellationToken, actor: link.Holder);
    }
}
