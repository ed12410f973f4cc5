using Workflows.Supervision.Guards;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Inspections;

/// <summary>回避: declared by the officer or asked for by the party, decided by the head (处罚法 43).</summary>
/// <param name="session">The session.</param>
public sealed class RecusalService(ISupervisionSession session)
{
    /// <summary>Outcome: the officer is recused.</summary>
    public const string Granted = "准予回避";

    /// <summary>Outcome: the officer stays.</summary>
    public const string Refused = "不予回避";

    /// <summary>Puts a request before the head; the officer's own department has 2 working days, or what the scenario says.</summary>
    /// <exception cref="RuleViolationException"><c>not-own-case</c>, <c>recusal-not-own</c>.</exception>
    public async ValueTask<Recusal> RequestAsync(
        string caseId, string officerId, string department, string reason, Scenario? scenario = null, CancellationToken cancellationToken = default)
    {
        var one = await session.GetAsync<Case>(caseId, "caseId", "案件", cancellationToken);
        var party = session.Actor.Is(Role.Party);
        if (party)
        {
            Deciders.RequireParty(session.Actor, one.TargetId);
        }
        else if (!Deciders.IsSame(session.Actor, officerId) && !session.Actor.Is(Role.DepartmentHead))
        {
            throw Refusal.Forbidden("recusal-not-own", "officerId", "回避只能由执法人员本人、当事人或者部门负责人提出。");
        }

        var limit = scenario?.Limit(LimitNames.Recusal, LegalPeriod.WorkingDays(2)) ?? LegalPeriod.WorkingDays(2);
        return session.Add(
            new Recusal
            {
                Id = session.NewId(),
                CaseKey = one.CaseKey,
                CaseId = one.Id,
                PlanId = one.PlanId,
                TargetId = one.TargetId,
                Area = one.Area,
                Department = department,
                Created = session.Cause(),
                OfficerId = officerId,
                SelfDeclared = !party,
                Reason = Refusal.Text(reason, "reason", "回避理由"),
                DecideBy = LegalDeadline.Compute(session.Today(), limit, session.Calendar).PassedAt,
                State = RecusalState.Requested,
            },
            "recusal.requested", ("officer", officerId));
    }

    /// <summary>The head decides; nobody decides on the own recusal.</summary>
    /// <returns><see cref="Granted"/> or <see cref="Refused"/>.</returns>
    /// <exception cref="RuleViolationException"><c>head-required</c>, <c>own-recusal</c>, <c>already-decided</c>.</exception>
    public async ValueTask<string> DecideAsync(string recusalId, bool grant, string reason, CancellationToken cancellationToken = default)
    {
        var recusal = await session.GetAsync<Recusal>(recusalId, "recusalId", "回避申请", cancellationToken);
        Deciders.RequireHead(session.Actor, recusal.Department, "决定回避");
        if (Deciders.IsSame(session.Actor, recusal.OfficerId))
        {
            throw Refusal.Forbidden("own-recusal", "actor", "本人的回避不能由本人决定，请报上级负责人决定。");
        }

        if (recusal.State != RecusalState.Requested)
        {
            throw Refusal.Conflict("already-decided", "recusalId", "该回避申请已经决定。");
        }

        var decision = new Decision(session.Actor.Id, session.Actor.Name, session.Now, Refusal.Text(reason, "reason", "决定理由"));
        session.Update(recusal with { State = grant ? RecusalState.Granted : RecusalState.Refused, Decision = decision }, "recusal.decided", ("officer", recusal.OfficerId));
        return grant ? Granted : Refused;
    }
}
