using Workflows.Host.Access;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Escalation;
using Workflows.Host.Idempotency;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Leads;

/// <summary>An answer to a whistle.</summary>
/// <param name="Answer">Who comes when, or what was done.</param>
internal sealed record WhistleAnswer(string Answer);

/// <summary>What people do with a lead.</summary>
internal static class LeadActRoutes
{
    private static readonly string[] Handlers = [Role.Dispatcher, Role.Inspector, Role.DepartmentHead];

    /// <summary>Maps <c>POST /api/leads/{id}/…</c>.</summary>
    public static void MapLeadActs(this IEndpointRouteBuilder api)
    {
        var leads = api.MapGroup("/leads/{id}").WithTags("线索");
        leads.MapPost("/triage", (string id, TriageLead body, HttpContext context, LeadDoor door, ChangeGate gate, CancellationToken token) =>
            ActAsync<LeadHandling>(id, context, door, gate, (service, cancel) => service.TriageAsync(id, body, cancel), token))
            .For(Role.Dispatcher).Idempotent().Produces<Lead>().WithSummary("分诊：确定事项和地点；path=InGrid 交网格一小时内即时处置");
        leads.MapPost("/route", (string id, RouteLead body, HttpContext context, LeadDoor door, ChangeGate gate, CancellationToken token) =>
            ActAsync<LeadHandling>(id, context, door, gate, (service, cancel) => service.RouteAsync(id, body, cancel), token))
            .For(Role.Dispatcher).Idempotent().Produces<Lead>().WithSummary("派单：按管执清单和赋权清单，或者指定部门并说明理由");
        leads.MapPost("/accept", (string id, HttpContext context, LeadDoor door, ChangeGate gate, CancellationToken token) =>
            ActAsync<LeadHandling>(id, context, door, gate, (service, cancel) => service.AcceptAsync(id, cancel), token))
            .For(Role.Inspector, Role.DepartmentHead).Idempotent().Produces<Lead>().WithSummary("受理（承办单位）");
        leads.MapPost("/dispatch", (string id, DispatchLead body, HttpContext context, LeadDoor door, ChangeGate gate, CancellationToken token) =>
            ActAsync<LeadHandling>(id, context, door, gate, (service, cancel) => service.DispatchAsync(id, body, cancel), token))
            .For(Handlers).Idempotent().Produces<Lead>().WithSummary("派发：启动场景的线索流程并发布事件 Lead.事项编码；调度员可一键派发");
        leads.MapPost("/crew", (string id, FillCrew body, HttpContext context, LeadDoor door, ChangeGate gate, CancellationToken token) =>
            ActAsync<LeadCrews>(id, context, door, gate, (service, cancel) => service.FillAsync(id, body, cancel), token))
            .For(Handlers).Idempotent().Produces<Lead>().WithSummary("组队：按场景的组队模板（如 1+1+X）安排执法人员、社区干部和网格人员；空缺的席位列明");
        leads.MapPost("/return", (string id, ReasonGiven body, HttpContext context, LeadDoor door, ChangeGate gate, CancellationToken token) =>
            ActAsync<LeadDuties>(id, context, door, gate, (service, cancel) => service.ReturnAsync(id, body.Reason, cancel), token))
            .For(Role.Inspector, Role.DepartmentHead).Idempotent().Produces<Lead>().WithSummary("退回并说明理由；第三次退回转职责争议");
        leads.MapPost("/dispute", (string id, ReasonGiven body, HttpContext context, LeadDoor door, ChangeGate gate, CancellationToken token) =>
            ActAsync<LeadDuties>(id, context, door, gate, (service, cancel) => service.DisputeAsync(id, body.Reason, cancel), token))
            .For(Handlers).Idempotent().Produces<Lead>().WithSummary("提起职责争议，由指导办裁决");
        leads.MapPost("/decide", (string id, DecideLead body, HttpContext context, LeadDoor door, ChangeGate gate, CancellationToken token) =>
            ActAsync<LeadDuties>(id, context, door, gate, (service, cancel) => service.DecideAsync(id, body, cancel), token))
            .For(Role.DepartmentHead, Role.Supervisor).Idempotent().Produces<Lead>().WithSummary("裁决：职责争议由指导办负责人决定，督办中的线索由督办人决定");
        leads.MapPost("/merge", (string id, MergeLead body, HttpContext context, LeadDoor door, ChangeGate gate, CancellationToken token) =>
            ActAsync<LeadEnding>(id, context, door, gate, (service, cancel) => service.MergeAsync(id, body, cancel), token))
            .For(Role.Dispatcher).Idempotent().Produces<Lead>().WithSummary("并入另一条线索");
        leads.MapPost("/whistle-answer", (string id, WhistleAnswer body, HttpContext context, LeadDoor door, ChangeGate gate, CancellationToken token) =>
            ActAsync<LeadEnding>(id, context, door, gate, (service, cancel) => service.AnswerWhistleAsync(id, body.Answer, cancel), token))
            .For(Handlers).Idempotent().Produces<Lead>().WithSummary("应哨：吹哨必须应答，否则不能办结");
        leads.MapPost("/transfer", (string id, TransferLead body, HttpContext context, LeadDoor door, ChangeGate gate, CancellationToken token) =>
            ActAsync<LeadEnding>(id, context, door, gate, (service, cancel) => service.TransferAsync(id, body, cancel), token))
            .For(Handlers).Idempotent().Produces<Lead>().WithSummary("移送本平台以外的单位，等待回执");
        leads.MapPost("/close", (string id, CloseLead body, HttpContext context, LeadDoor door, ChangeGate gate, CancellationToken token) =>
            ActAsync<LeadEnding>(id, context, door, gate, (service, cancel) => service.CloseAsync(id, body, cancel), token))
            .For([.. Handlers, Role.Assistant]).Idempotent().Produces<Lead>().WithSummary("办结并说明结果；12345工单须填写答复");
    }

    // A replayed request must reach the gate although the lead may have gone out of the caller's sight by what it did.
    private static async Task<IResult> ActAsync<TService>(
        string id, HttpContext context, LeadDoor door, ChangeGate gate, Func<TService, CancellationToken, ValueTask<Lead>> act, CancellationToken cancellationToken)
        where TService : notnull
    {
        var actor = context.User.ToActor();
        if (!await gate.IsKeptAsync(ChangeGate.KeyOf(context), cancellationToken))
            await door.FindAsync(id, cancellationToken);
        return await gate.ServiceAsync<TService, Lead>(context, id, async (service, token) => LeadDoor.Masked(await act(service, token), actor), cancellationToken);
    }
}
