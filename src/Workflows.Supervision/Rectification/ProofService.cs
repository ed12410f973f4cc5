using Workflows.Supervision.Guards;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Rectification;

/// <summary>A party proves that items are put right.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Items">Items it proves.</param>
/// <param name="Description">What was done.</param>
/// <param name="EvidenceIds">Evidence; one or more.</param>
/// <param name="PostmarkedAt">Time of posting, where it came by mail; null for the time of the stimulus.</param>
public sealed record SubmitProof(
    string OrderId, IReadOnlyList<int> Items, string Description, IReadOnlyList<string> EvidenceIds, DateTimeOffset? PostmarkedAt = null);

/// <summary>整改证明 and its desk review.</summary>
/// <param name="session">The session.</param>
public sealed class ProofService(ISupervisionSession session)
{
    /// <summary>Outcome of a review: the items pass.</summary>
    public const string Accepted = "通过";

    /// <summary>Outcome of a review: more is wanted.</summary>
    public const string MoreWanted = "补充材料";

    /// <summary>Outcome of a review: somebody has to look on the spot.</summary>
    public const string OnSite = "现场复查";

    /// <summary>Takes a proof of the party for its own case only.</summary>
    /// <exception cref="RuleViolationException"><c>not-own-case</c> (404), <c>order-state</c>, <c>item-unknown</c>, <c>field-missing</c>.</exception>
    public async ValueTask<RectificationProof> SubmitAsync(SubmitProof command, CancellationToken cancellationToken = default)
    {
        var order = await session.FindAsync<RectificationOrder>(command.OrderId, cancellationToken);
        Deciders.RequireParty(session.Actor, order?.TargetId ?? "-");
        var submitted = command.PostmarkedAt ?? session.Now;
        if (order!.State != OrderState.Served || submitted > session.Now)
        {
            throw Refusal.Conflict("order-state", "orderId", "该通知书尚未送达或者已经办结，或者提交时间有误，不能提交整改证明。");
        }

        if (command.Items.Count == 0 || command.EvidenceIds.Count == 0)
        {
            throw Refusal.Invalid("field-missing", command.Items.Count == 0 ? "items" : "evidenceIds", "请选择事项并至少上传一份证明材料。");
        }

        foreach (var evidenceId in command.EvidenceIds)
        {
            if (await session.FindAsync<Evidence>(evidenceId, cancellationToken) is not { } evidence || evidence.CaseId != order.CaseId)
            {
                throw Refusal.NotFound("evidence-not-found", "evidenceIds", $"证明材料“{evidenceId}”不存在，请重新上传。");
            }
        }

        foreach (var ordinal in command.Items.Where(n => !order.Items.Any(i => i.Ordinal == n && i.IsOpen)))
        {
            throw Refusal.NotFound("item-unknown", "items", $"第{ordinal}项不存在或者已经办结，请核对。");
        }

        var day = ShanghaiTime.DateOf(submitted);
        session.Update(
            order with { Items = [.. order.Items.Select(i => command.Items.Contains(i.Ordinal) ? i with { State = RectificationItemState.ProofSubmitted } : i)] },
            "order.proof-submitted");
        return session.Add(
            new RectificationProof
            {
                Id = session.NewId(),
                CaseKey = order.CaseKey,
                CaseId = order.CaseId,
                PlanId = order.PlanId,
                TargetId = order.TargetId,
                Area = order.Area,
                Department = order.Department,
                Created = session.Cause(),
                OrderId = order.Id,
                Items = [.. command.Items.Distinct().Order()],
                Description = Refusal.Text(command.Description, "description", "整改情况"),
                EvidenceIds = command.EvidenceIds,
                SubmittedAt = submitted,
                Late = order.Items.Any(i => command.Items.Contains(i.Ordinal) && day > i.Due),
            },
            "proof.submitted", ("order", order.Id));
    }

    /// <summary>Desk review by an officer of the organ.</summary>
    /// <param name="proofId">The proof.</param>
    /// <param name="outcome"><see cref="Accepted"/>, <see cref="MoreWanted"/> or <see cref="OnSite"/>.</param>
    /// <param name="reason">Reason.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The outcome.</returns>
    /// <exception cref="RuleViolationException"><c>assistant-decides</c>, <c>other-department</c>, <c>outcome-unknown</c>, <c>already-decided</c>.</exception>
    public async ValueTask<string> ReviewAsync(string proofId, string outcome, string reason, CancellationToken cancellationToken = default)
    {
        var proof = await session.GetAsync<RectificationProof>(proofId, "proofId", "整改证明", cancellationToken);
        Deciders.RequireOfficer(session.Actor, "审核整改证明");
        Deciders.RequireDepartment(session.Actor, proof.Department, "审核整改证明");
        if (outcome is not (Accepted or MoreWanted or OnSite))
        {
            throw Refusal.Invalid("outcome-unknown", "outcome", $"审核结果只能是“{Accepted}”“{MoreWanted}”或者“{OnSite}”。");
        }

        if (proof.Review is not null)
        {
            throw Refusal.Conflict("already-decided", "proofId", "该整改证明已经审核。");
        }

        var order = await session.GetAsync<RectificationOrder>(proof.OrderId, "orderId", "责令改正通知书", cancellationToken);
        session.Update(proof with { ReviewOutcome = outcome, Review = new Decision(session.Actor.Id, session.Actor.Name, session.Now, Refusal.Text(reason, "reason", "审核意见")) },
            "proof.reviewed", ("outcome", outcome));
        if (outcome == Accepted)
        {
            await Settlement.CloseItemsAsync(session, order, [.. proof.Items], RectificationItemState.Rectified, "order.proof-accepted", cancellationToken);
        }
        else if (outcome == MoreWanted)
        {
            session.Update(
                order with
                {
                    Items = [.. order.Items.Select(i => proof.Items.Contains(i.Ordinal) && i.State == RectificationItemState.ProofSubmitted ? i with { State = RectificationItemState.Open } : i)],
                },
                "order.proof-returned");
        }

        return outcome;
    }
}
