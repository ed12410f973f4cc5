using Workflows.Host.Access;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Escalation;
using Workflows.Host.Api.Reading;
using Workflows.Host.Idempotency;
using Workflows.Host.Paging;
using Workflows.Host.Problems;
using Workflows.Supervision.Evidences;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Evidences;

/// <summary>A piece of evidence with all that was decided on it.</summary>
/// <param name="Evidence">The record with hash, origin and custody.</param>
/// <param name="Recognitions">Decisions of other departments, oldest first.</param>
internal sealed record EvidenceStory(Evidence Evidence, IReadOnlyList<EvidenceRecognition> Recognitions);

/// <summary>A review of what equipment recorded.</summary>
/// <param name="Kind">Which review.</param>
/// <param name="Passes">Whether it passes.</param>
/// <param name="Opinion">Why.</param>
internal sealed record ReviewGiven(MonitoringReviewKind Kind, bool Passes, string Opinion);

/// <summary>证据共享互认 and 协作协议.</summary>
internal static class RecognitionRoutes
{
    private static readonly string[] Officers = [Role.Inspector, Role.DepartmentHead];

    /// <summary>Maps the routes under <c>/api/evidence</c> and <c>/api/agreements</c>.</summary>
    public static void MapRecognition(this IEndpointRouteBuilder api)
    {
        var evidence = api.MapGroup("/evidence").WithTags("证据");
        evidence.MapGet("/shared", (string targetId, EvidenceDoor door, CancellationToken token) => door.SharedAsync(targetId, token).AsTask())
            .For(Officers).WithSummary("按协作协议可以查阅的、其他部门对同一对象取得的证据");
        evidence.MapGet("/offered", (EvidenceLists lists, PageRequest page, CancellationToken token, string? targetId = null) => lists.OfferedAsync(page, targetId, token))
            .For(Officers).WithSummary("可以认定的、其他部门取得的证据：共同办理的案件和协作协议共享的，及本部门的认定");
        evidence.MapGet("/monitoring", (EvidenceLists lists, PageRequest page, CancellationToken token) => lists.MonitoringAsync(page, token))
            .For(RouteAccess.CaseReaders).WithSummary("电子技术监控设备记录的证据及其审核");
        evidence.MapGet("/recognitions", (EvidenceLists lists, PageRequest page, CancellationToken token) => lists.RecognitionsAsync(page, token))
            .For(RouteAccess.CaseReaders).WithSummary("互认决定：本部门作出的和对本部门证据作出的");
        evidence.MapGet("/{id}/story", StoryAsync).For(RouteAccess.CaseReaders).WithSummary("证据的来源、哈希、保管链、审核和互认情况");
        evidence.MapPost("/{id}/recognition", RecogniseAsync).For(Officers).Idempotent().Produces<EvidenceRecognition>()
            .WithSummary("采信或者不予采信其他部门的证据，须说明理由；caseId 为采信后移入的本部门案件");
        evidence.MapPost("/{id}/review", ReviewAsync).For([.. Officers, Role.LegalReviewer]).Idempotent().Produces<Evidence>()
            .WithSummary("电子技术监控记录的法制审核（Legal）和技术审核（Technical），由不同人员作出");
        var agreements = api.MapGroup("/agreements").WithTags("协作协议");
        agreements.MapGet("", (AggregateReader rows, Viewer viewer, PageRequest page, CancellationToken token) =>
            rows.PageAsync<CooperationAgreement, CooperationAgreement>(page, query => query, a => viewer.Sight.SeesArea(a.Area), static a => a, token).AsTask())
            .For(RouteAccess.CaseReaders).WithSummary("协作协议登记簿");
        agreements.MapPost("", (RegisterAgreement body, HttpContext context, ChangeGate gate, CancellationToken token) =>
            gate.ServiceAsync<AgreementService, CooperationAgreement>(context, AgreementService.Family, (service, cancel) => service.RegisterAsync(body, cancel), token, StatusCodes.Status201Created))
            .For(Role.Dispatcher, Role.Supervisor).Idempotent().Produces<CooperationAgreement>(201).WithSummary("登记协作协议：生效期间打开相应权限");
        agreements.MapPost("/{id}/end", async (string id, ReasonGiven body, HttpContext context, AggregateReader rows, Viewer viewer, ChangeGate gate, CancellationToken token) =>
            await rows.FindAsync<CooperationAgreement>(id, token) is { } agreement && viewer.Sight.SeesArea(agreement.Area)
                ? await gate.ServiceAsync<AgreementService, CooperationAgreement>(context, AgreementService.Family, (service, cancel) => service.EndAsync(id, body.Reason, cancel), token)
                : throw Viewer.NotFound("协作协议"))
            .For(Role.Dispatcher, Role.Supervisor).Idempotent().Produces<CooperationAgreement>().WithSummary("终止协作协议：权限即日关闭，已作出的互认不变");
    }

    private static async Task<EvidenceStory> StoryAsync(string id, EvidenceDoor door, AggregateReader rows, CancellationToken cancellationToken)
    {
        var evidence = await door.FindAsync(id, cancellationToken);
        return new EvidenceStory(evidence, [.. (await rows.OfCaseAsync<EvidenceRecognition>(evidence.CaseId ?? "", cancellationToken)).Where(r => r.EvidenceId == id)]);
    }

    private static async Task<IResult> RecogniseAsync(
        string id, RecogniseEvidence body, HttpContext context, EvidenceDoor door, EvidenceShelf shelf, Viewer viewer, ChangeGate gate, CancellationToken cancellationToken)
    {
        var evidence = await door.FindAsync(id, cancellationToken);
        if (body.CaseId is { } caseId)
            await viewer.CaseAsync(caseId, cancellationToken);
        if (body.Accept && !await shelf.IsIntactAsync(evidence.Sha256, cancellationToken))
            throw new RefusedException(new Refusal(409, "evidence-altered", "id", "证据文件不在本节点，或者与登记的哈希不一致，不能采信：请联系取证部门核对。"));
        return await gate.ServiceAsync<EvidenceRecognitionService, EvidenceRecognition>(context, evidence.CaseKey, (service, token) => service.DecideAsync(id, body, token), cancellationToken);
    }

    private static async Task<IResult> ReviewAsync(string id, ReviewGiven body, HttpContext context, EvidenceDoor door, ChangeGate gate, CancellationToken cancellationToken)
    {
        var evidence = await door.FindAsync(id, cancellationToken);
        return await gate.ServiceAsync<EvidenceRecognitionService, Evidence>(
            context, evidence.CaseKey, (service, token) => service.ReviewAsync(id, body.Kind, body.Passes, body.Opinion, token), cancellationToken);
    }
}
