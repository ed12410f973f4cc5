using Workflows.Host.Access;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Reading;
using Workflows.Host.Idempotency;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Visits.Field;

/// <summary>现场: what officers take along to a visit, and what each department hands in on the way.</summary>
internal static class FieldRoutes
{
    /// <summary>Maps <c>GET /api/visits</c>, <c>GET /api/cases/{id}/visit</c> and <c>POST /api/cases/{id}/visit/sections</c>.</summary>
    public static void MapFieldWork(this IEndpointRouteBuilder api)
    {
        api.MapGet("/visits", (KitPacker packer, CancellationToken token) => packer.AheadAsync(token).AsTask())
            .For(RouteAccess.CaseReaders).WithTags("现场检查").WithSummary("本人所在检查组尚未完成的上门检查，按安排日期");
        api.MapGet("/cases/{id}/visit", async (string id, Viewer viewer, KitPacker packer, CancellationToken token) => await packer.PackAsync(await viewer.CaseAsync(id, token), token))
            .For(RouteAccess.CaseReaders).WithTags("现场检查").WithSummary("上门所需的全部资料：人员证件、检查清单和依据、上次检查结果、各部门填写进度；可离线使用");
        api.MapPost("/cases/{id}/visit/sections", HandInAsync).For(Role.Inspector, Role.Assistant).Idempotent().Produces<SectionInWork>().WithTags("现场检查")
            .WithSummary("保存本部门的检查情况（可未填完）；同事已另行保存的 409 section-changed，比较后再存");
    }

    private static async Task<IResult> HandInAsync(
        string id, HandInSection body, HttpContext context, Viewer viewer, AggregateReader rows, ChangeGate gate, CancellationToken cancellationToken)
    {
        var one = await viewer.CaseAsync(id, cancellationToken);
        var visit = await rows.OfCaseAsync<Visit>(one.Id, cancellationToken) is [.., var last] ? last : throw Viewer.NotFound("上门安排");
        return await gate.ServiceAsync<VisitSections, SectionInWork>(context, one.CaseKey, (service, token) => service.HandInAsync(visit.Id, body, token), cancellationToken);
    }
}
