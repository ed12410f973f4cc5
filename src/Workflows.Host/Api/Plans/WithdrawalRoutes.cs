using Workflows.Host.Access;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Reading;
using Workflows.Host.Idempotency;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Plans;

/// <summary>Why a plan or a case is given up.</summary>
/// <param name="Reason">In the words of who decides; it stands in the record and in the audit trail.</param>
internal sealed record WithdrawalRequest(string? Reason);

/// <summary>撤销 of plans and of cases that nobody has visited.</summary>
internal static class WithdrawalRoutes
{
    /// <summary>Maps <c>POST /api/plans/{id}/cancel</c> and <c>POST /api/cases/{id}/cancel</c>.</summary>
    public static void MapWithdrawal(this IEndpointRouteBuilder api)
    {
        api.MapPost("/plans/{id}/cancel", PlanAsync).For(Role.DepartmentHead).Idempotent().Produces<PlanWithdrawal>().WithTags("计划与抽取")
            .WithSummary("撤销计划（须写明理由）：未上门的案件随之撤销，已上门、已送达或已立案的继续办理，答复中逐件说明");
        api.MapPost("/cases/{id}/cancel", CaseAsync).For(Role.DepartmentHead).Idempotent().Produces<WithdrawnCase>().WithTags("案件")
            .WithSummary("撤销尚未上门的案件（须写明理由）");
    }

    private static async Task<IResult> PlanAsync(string id, WithdrawalRequest request, HttpContext context, Viewer viewer, ChangeGate gate, CancellationToken cancellationToken)
    {
        var plan = await viewer.PlanAsync(id, cancellationToken);
        return await gate.ServiceAsync<Withdrawal, PlanWithdrawal>(
            context, plan.CaseKey, (withdrawal, token) => withdrawal.PlanAsync(plan.Id, request.Reason ?? "", token), cancellationToken);
    }

    private static async Task<IResult> CaseAsync(string id, WithdrawalRequest request, HttpContext context, Viewer viewer, ChangeGate gate, CancellationToken cancellationToken)
    {
        var subject = await viewer.CaseAsync(id, cancellationToken);
        return await gate.ServiceAsync<Withdrawal, WithdrawnCase>(
            context, subject.CaseKey, (withdrawal, token) => withdrawal.CaseAsync(subject.Id, request.Reason ?? "", token), cancellationToken);
    }
}
