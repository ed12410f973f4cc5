using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Workflows.Host.Access;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Party;
using Workflows.Host.Api.Reading;
using Workflows.Host.Idempotency;
using Workflows.Host.Paging;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Projects;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Host.Api.Estates;

/// <summary>协同链接: the authorities give the firm or committee of an estate its way in, and take it away.</summary>
internal static class EstateLinkRoutes
{
    private const string Purpose = "Workflows.EstateLink";

    /// <summary>Maps <c>/api/estate-links</c>.</summary>
    public static void MapEstateLinks(this IEndpointRouteBuilder api)
    {
        var links = api.MapGroup("/estate-links").WithTags("物居业协同");
        links.MapGet("", ListAsync).For(Role.Dispatcher, Role.DepartmentHead).WithSummary("协同链接（不含令牌）");
        links.MapPost("", OpenAsync).For(Role.Dispatcher, Role.DepartmentHead).Idempotent().Produces<EstateLinkOpened>(201)
            .WithSummary("为物业、居委会、业委会开通协同链接：绑定镇街和小区，令牌只在此返回");
        links.MapPost("/{id}/revoke", RevokeAsync).For(Role.Dispatcher, Role.DepartmentHead).Idempotent().Produces<EstateLinkRow>().WithSummary("停用协同链接，须说明理由；停用后立即不能再用");
    }

    private static Task<Page<EstateLinkRow>> ListAsync(AggregateReader rows, Viewer viewer, PageRequest page, TimeProvider clock, CancellationToken cancellationToken)
    {
        var (sight, now) = (viewer.Sight, clock.GetUtcNow());
        return rows.PageAsync<PartyLink, EstateLinkRow>(
            page, query => query.Where(row => row.Kind == EstateBinding.Kind && (sight.Area == null || row.Area != null && row.Area.StartsWith(sight.Area))),
            link => link.Estate is not null && sight.SeesDepartment(link.Department), link => EstateLinkRow.Of(link, now), cancellationToken).AsTask();
    }

    private static async Task<IResult> OpenAsync(NewEstateLink request, HttpContext context, Viewer viewer, ChangeGate gate, IDataProtectionProvider protection, CancellationToken cancellationToken)
    {
        var protector = protection.CreateProtector(Purpose);
        // Its reports come in under the family of the intake, so that the two never cross.
        var opened = await gate.SealedAsync<EstateLinks, SealedPartyLink>(context, LeadIntake.Family, async (links, token) =>
        {
            var secret = gate.NewKey() + gate.NewKey();
            var link = await links.OpenAsync(request, secret, token);
            return new SealedPartyLink(link.Id, protector.Protect(secret), link.ExpiresAt);
        }, cancellationToken);
        var token = protector.Unprotect(opened.SealedToken);
        return Results.Json(new EstateLinkOpened(opened.LinkId, token, $"/e/{token}", opened.ExpiresAt), Json.HostJson.Options, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> RevokeAsync(
        string id, PartyLinkRevocation revocation, HttpContext context, Viewer viewer, AggregateReader rows, ChangeGate gate, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await rows.FindAsync<PartyLink>(id, cancellationToken) is not { Estate: not null } link || !viewer.Sight.Sees(link.Index))
            throw Viewer.NotFound("链接");
        return await gate.ServiceAsync<EstateLinks, EstateLinkRow>(
            context, LeadIntake.Family, async (links, token) => EstateLinkRow.Of(await links.RevokeAsync(id, revocation.Reason, token), clock.GetUtcNow()), cancellationToken);
    }
}
