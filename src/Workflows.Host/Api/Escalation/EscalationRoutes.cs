using Workflows.Host.Access;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Reading;
using Workflows.Host.Idempotency;
using Workflows.Host.Paging;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Escalation;

/// <summary>A reason with a decision or request.</summary>
/// <param name="Reason">Why.</param>
internal sealed record ReasonGiven(string Reason);

/// <summary>Calls a consultation.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Departments">Departments that take part; null for those of the case.</param>
internal sealed record CallConsultation(string Reason, IReadOnlyList<string>? Departments = null);

/// <summary>Decision on an appeal.</summary>
/// <param name="Revoke">Whether the card is revoked.</param>
/// <param name="Reason">Why.</param>
internal sealed record AppealDecision(bool Revoke, string Reason);

/// <summary>黄牌、红牌 and 督办单: lists, and what people do about them outside the steps of a diagram.</summary>
internal static class EscalationRoutes
{
    /// <summary>Maps the routes under <c>/api/cards</c> and <c>/api/supervision-orders</c>.</summary>
    public static void MapEscalation(this IEndpointRouteBuilder api)
    {
        var cards = api.MapGroup("/cards").WithTags("督办");
        cards.MapGet("", (
            CardList list, PageRequest page, CancellationToken token, CardState? state = null, bool open = false, CardColour? colour = null, string? department = null, string? scenario = null,
            string? area = null, string? caseId = null) => list.CardsAsync(page, new CardFilter(state?.ToString(), open, colour, department, scenario, area, caseId), token))
            .For(RouteAccess.CaseReaders).WithSummary("黄牌、红牌列表；open=true 只列有效的，可按部门、场景、区域、颜色筛选");
        Card(cards, "hold", [Role.Dispatcher], "暂缓发牌（调度员，须说明理由）",
            (service, id, body, token) => service.HoldAsync(id, body.Reason, token));
        Card(cards, "answer", [Role.DepartmentHead], "答复（承办单位负责人）",
            (service, id, body, token) => service.AnswerAsync(id, body.Reason, token));
        Card(cards, "appeal", [Role.DepartmentHead, Role.Inspector], "申诉",
            (service, id, body, token) => service.AppealAsync(id, body.Reason, token));
        cards.MapPost("/{id}/release", (string id, HttpContext context, Viewer viewer, ChangeGate gate, CancellationToken token) =>
            ChangeAsync<WarningCard, CardService>(id, "预警牌", context, viewer, gate, async (service, cancel) => await service.ReleaseAsync(id, cancel), token))
            .For(Role.Dispatcher).Idempotent().Produces<WarningCard>().WithSummary("恢复发牌");
        cards.MapPost("/{id}/appeal/decide", (string id, AppealDecision decision, HttpContext context, Viewer viewer, ChangeGate gate, CancellationToken token) =>
            ChangeAsync<WarningCard, CardService>(id, "预警牌", context, viewer, gate, async (service, cancel) => await service.DecideAppealAsync(id, decision.Revoke, decision.Reason, cancel), token))
            .For(Role.Supervisor).Idempotent().Produces<string>().WithSummary("决定申诉：维持或撤销");

        var orders = api.MapGroup("/supervision-orders").WithTags("督办");
        orders.MapGet("", (
            CardList list, PageRequest page, CancellationToken token, SupervisionOrderState? state = null, bool open = false, string? department = null, string? scenario = null, string? area = null,
            string? caseId = null) => list.OrdersAsync(page, new CardFilter(state?.ToString(), open, null, department, scenario, area, caseId), token))
            .For(RouteAccess.CaseReaders).WithSummary("督办单列表；open=true 只列待复的（含异议、逾期未复），可按部门、场景、区域筛选");
    }

    /// <summary>Maps the routes under <c>/api/consultations</c> and <c>/api/cases/{id}/consultations</c>.</summary>
    public static void MapConsultations(this IEndpointRouteBuilder api)
    {
        string[] convenors = [Role.Dispatcher, Role.Supervisor, Role.DepartmentHead];
        api.MapPost("/cases/{id}/consultations", async (string id, CallConsultation body, HttpContext context, Viewer viewer, ChangeGate gate, CancellationToken token) =>
            await gate.ServiceAsync<MeetingService, Consultation>(
                context, (await viewer.CaseAsync(id, token)).CaseKey, (service, cancel) => service.CallAsync(id, body.Reason, body.Departments ?? [], cancel), token, StatusCodes.Status201Created))
            .For(convenors).Idempotent().Produces<Consultation>(201).WithTags("会商").WithSummary("召集联合会商（指挥中心、指导办、督办人）");
        var consultations = api.MapGroup("/consultations").WithTags("会商");
        consultations.MapGet("", (AggregateReader rows, Viewer viewer, PageRequest page, CancellationToken token, string? caseId = null) =>
            rows.PageAsync<Consultation>(page, viewer, new AggregateFilter { CaseId = caseId }, token).AsTask()).For(RouteAccess.CaseReaders).WithSummary("联合会商列表及议定事项");
        consultations.MapPost("/{id}/conclude", (string id, ConcludeConsultation body, HttpContext context, Viewer viewer, ChangeGate gate, CancellationToken token) =>
            ChangeAsync<Consultation, MeetingService>(id, "会商", context, viewer, gate, async (service, cancel) => await service.ConcludeConsultationAsync(id, body, cancel), token))
            .For(convenors).Idempotent().Produces<Consultation>().WithSummary("登记会商结论和纪要：议定事项成为责任单位的待办，有责任单位和期限；流程中的会商在其待办中登记");
    }

    private static void Card(RouteGroupBuilder cards, string verb, string[] roles, string summary, Func<CardService, string, ReasonGiven, CancellationToken, ValueTask<WarningCard>> act) =>
        cards.MapPost($"/{{id}}/{verb}", (string id, ReasonGiven body, HttpContext context, Viewer viewer, ChangeGate gate, CancellationToken token) =>
            ChangeAsync<WarningCard, CardService>(id, "预警牌", context, viewer, gate, async (service, cancel) => await act(service, id, body, cancel), token))
            .For(roles).Idempotent().Produces<WarningCard>().WithSummary(summary);

    private static async Task<IResult> ChangeAsync<T, TService>(
        string id, string kind, HttpContext context, Viewer viewer, ChangeGate gate, Func<TService, CancellationToken, ValueTask<object>> act, CancellationToken cancellationToken)
        where T : SupervisionRecord
        where TService : notnull
    {
        var row = await viewer.RowAsync<T>(id, kind, cancellationToken);
        return await gate.ServiceAsync<TService, object>(context, row.CaseKey, act, cancellationToken);
    }
}
