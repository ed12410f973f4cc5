using System.Text.Json.Nodes;
using Workflows.Supervision.Guards;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Planning;

/// <summary>A decision on a check above the frequency cap.</summary>
/// <param name="TargetId">The target.</param>
/// <param name="Reason">Why; required whichever way it is decided.</param>
/// <param name="Granted">Whether the check may be made all the same.</param>
public sealed record DecideFrequencyException(string TargetId, string Reason, bool Granted = true);

/// <summary>
/// Exceptions to the frequency cap in a plan. Before the commitment they let a target into the draw; a drawn target whose cap was reached meanwhile by
/// another plan is held, and the head of the leading department decides on it. Every decision stays with the plan.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="draws">The draw, whose rosters are frozen anew.</param>
public sealed class PlanFrequency(ISupervisionSession session, PlanDraw draws)
{
    /// <summary>Tells the plan's workflow what was decided on a held target; payload: the plan and the target, input: the target and whether the check is made.</summary>
    public const string DecidedStimulus = "Supervision.HeldTargetDecided";

    /// <summary>Holds a drawn target back.</summary>
    /// <param name="planId">The plan.</param>
    /// <param name="targetId">The target.</param>
    /// <param name="why">Which organs have reached their cap.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async ValueTask<InspectionPlan> HoldAsync(string planId, string targetId, string why, CancellationToken cancellationToken = default)
    {
        var plan = await GetAsync(planId, cancellationToken);
        return session.Update(plan with { HeldTargets = [.. plan.HeldTargets, new HeldTarget(targetId, why, session.Now)] }, "plan.target-held", ("target", targetId));
    }

    /// <summary>Grants an exception, or turns one down for a target that is held.</summary>
    /// <exception cref="RuleViolationException"><c>head-required</c>, <c>other-department</c>, <c>field-missing</c>, <c>target-unknown</c>, <c>exception-late</c>, <c>nothing-held</c>.</exception>
    public async ValueTask<InspectionPlan> DecideAsync(string planId, DecideFrequencyException command, CancellationToken cancellationToken = default)
    {
        var plan = await GetAsync(planId, cancellationToken);
        Deciders.RequireHead(session.Actor, plan.LeadDepartment, "决定检查频次例外");
        var decision = new Decision(session.Actor.Id, session.Actor.Name, session.Now, Refusal.Text(command.Reason, "reason", "例外理由"));
        var held = plan.HeldTargets.Any(h => h.TargetId == command.TargetId);
        if (!held && !command.Granted)
        {
            throw Refusal.Conflict("nothing-held", "targetId", $"对象“{command.TargetId}”没有因检查频次暂缓，不需要决定。");
        }

        if (!held && plan.State != PlanState.Draft)
        {
            throw Refusal.Conflict("exception-late", "state", "抽取承诺已经公布，名录不再变动；例外须在计划批准之前作出，或者在对象被暂缓时作出。");
        }

        if (await session.FindAsync<TargetRecord>(command.TargetId, cancellationToken) is null)
        {
            throw Refusal.NotFound("target-unknown", "targetId", $"检查对象“{command.TargetId}”不在名录中，请核对。");
        }

        var decided = session.Update(
            plan with
            {
                FrequencyExceptions = [.. plan.FrequencyExceptions, new TargetException(command.TargetId, command.Granted, decision)],
                HeldTargets = [.. plan.HeldTargets.Where(h => h.TargetId != command.TargetId)],
            },
            "plan.frequency-exception", ("target", command.TargetId), ("granted", command.Granted ? "true" : "false"), ("reason", command.Reason));
        if (!held)
        {
            return await draws.FreezeAsync(planId, cancellationToken);
        }

        var payload = new JsonObject { ["planId"] = plan.Id, ["targetId"] = command.TargetId };
        var input = new JsonObject { ["targetId"] = command.TargetId, ["granted"] = command.Granted };
        session.Signal(new WorkflowSignal(plan.CaseKey, DecidedStimulus, payload.ToJsonString(), input.ToJsonString()));
        return decided;
    }

    private ValueTask<InspectionPlan> GetAsync(string id, CancellationToken ct) => session.GetAsync<InspectionPlan>(id, "planId", "检查计划", ct);
}
