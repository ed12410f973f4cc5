using Workflows.Supervision.Deadlines;
using Workflows.Supervision.Guards;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Rectification;

/// <summary>A party asks for more time.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Items">Items for which more time is asked.</param>
/// <param name="Length">Length asked for, in the unit of the original.</param>
/// <param name="Reason">Reason.</param>
/// <param name="PostmarkedAt">Time of posting, where it came by mail; null for the time of the stimulus.</param>
/// <param name="ForceMajeure">Whether an unforeseeable obstacle is claimed (民诉法 86).</param>
public sealed record SubmitExtension(
    string OrderId, IReadOnlyList<int> Items, int Length, string Reason, DateTimeOffset? PostmarkedAt = null, bool ForceMajeure = false);

/// <summary>延期: asked before expiry, once, at most the share of the original length that the scenario leaves, decided by the head in its time; silence is no consent.</summary>
/// <param name="session">The session.</param>
/// <param name="scenarios">Scenarios by package version.</param>
public sealed class ExtensionService(ISupervisionSession session, IScenarioCatalogue scenarios)
{
    /// <summary>Outcome: granted.</summary>
    public const string Granted = "准予延期";

    /// <summary>Outcome: refused.</summary>
    public const string Refused = "不予延期";

    /// <summary>Takes an application of the party.</summary>
    /// <exception cref="RuleViolationException">
    /// <c>not-own-case</c> (404), <c>extension-after-expiry</c>, <c>extension-once</c>, <c>extension-pending</c> (409),
    /// <c>extension-too-long</c>, <c>extension-immediate</c>, <c>item-unknown</c>.
    /// </exception>
    public async ValueTask<ExtensionRequest> SubmitAsync(SubmitExtension command, CancellationToken cancellationToken = default)
    {
        var order = await session.FindAsync<RectificationOrder>(command.OrderId, cancellationToken);
        Deciders.RequireParty(session.Actor, order?.TargetId ?? "-");
        var submitted = command.PostmarkedAt ?? session.Now;
        if (order!.State != OrderState.Served || submitted > session.Now)
        {
            throw Refusal.Conflict("order-state", "orderId", "该通知书尚未送达或者已经办结，或者提交时间有误，不能申请延期。");
        }

        var rules = await RulesAsync(order, cancellationToken);
        foreach (var ordinal in RequireItems(command.Items))
        {
            RequireItem(order, ordinal, command.Length, ShanghaiTime.DateOf(submitted), rules);
        }

        var pending = await session.ListAsync<ExtensionRequest>(new AggregateFilter { CaseId = order.CaseId, States = [nameof(RequestState.Pending)] }, cancellationToken);
        if (pending.Any(p => p.OrderId == order.Id && p.Items.Intersect(command.Items).Any()))
        {
            throw Refusal.Conflict("extension-pending", "items", "这些事项已有一份延期申请等待决定，请勿重复提交。");
        }

        return session.Add(
            new ExtensionRequest
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
                Reason = Refusal.Text(command.Reason, "reason", "延期理由"),
                Length = command.Length,
                SubmittedAt = submitted,
                ForceMajeure = command.ForceMajeure,
                DecideBy = LegalDeadline.Compute(ShanghaiTime.DateOf(session.Now), rules.ExtensionDecideWithin, session.Calendar).PassedAt,
                State = RequestState.Pending,
            },
            "extension.submitted", ("order", order.Id));
    }

    /// <summary>The head decides. The new date is counted from the old end date.</summary>
    /// <param name="requestId">The application.</param>
    /// <param name="grant">Whether it is granted.</param>
    /// <param name="length">Length granted; null grants what was asked for.</param>
    /// <param name="reason">Reason of the decision.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns><see cref="Granted"/> or <see cref="Refused"/>.</returns>
    /// <exception cref="RuleViolationException"><c>head-required</c>, <c>other-department</c>, <c>already-decided</c>, <c>extension-too-long</c>.</exception>
    public async ValueTask<string> DecideAsync(string requestId, bool grant, int? length, string reason, CancellationToken cancellationToken = default)
    {
        var request = await session.GetAsync<ExtensionRequest>(requestId, "requestId", "延期申请", cancellationToken);
        Deciders.RequireHead(session.Actor, request.Department, "决定延期");
        if (request.State != RequestState.Pending)
        {
            throw Refusal.Conflict("already-decided", "requestId", "该延期申请已经决定。");
        }

        var decision = new Decision(session.Actor.Id, session.Actor.Name, session.Now, Refusal.Text(reason, "reason", "决定理由"));
        if (!grant)
        {
            session.Update(request with { State = RequestState.Refused, Decision = decision }, "extension.refused");
            return Refused;
        }

        var granted = length ?? request.Length;
        var order = await session.GetAsync<RectificationOrder>(request.OrderId, "orderId", "责令改正通知书", cancellationToken);
        var rules = await RulesAsync(order, cancellationToken);
        var clocks = new ClockService(session);
        var items = order.Items.ToList();
        foreach (var ordinal in request.Items)
        {
            var at = items.FindIndex(i => i.Ordinal == ordinal);
            var item = items[at];
            if (!item.IsOpen)
            {
                continue;
            }

            RequireItem(order, ordinal, granted, ShanghaiTime.DateOf(request.SubmittedAt), rules);
            var clock = await clocks.ExtendAsync(item.ClockId!, new LegalPeriod(granted, item.Period!.Value.Unit), ShanghaiTime.DateOf(request.SubmittedAt), reason, cancellationToken);
            items[at] = item with { Extended = true, Due = clock.Clock.Due, State = item.State == RectificationItemState.Overdue ? RectificationItemState.Open : item.State };
        }

        session.Update(order with { Items = items }, "order.extended", ("items", string.Join(',', request.Items)));
        session.Update(request with { State = RequestState.Granted, Decision = decision, GrantedLength = granted }, "extension.granted", ("length", granted.ToString()));
        return Granted;
    }

    private async ValueTask<RectificationRules> RulesAsync(RectificationOrder order, CancellationToken cancellationToken)
    {
        var one = await session.GetAsync<Case>(order.CaseId!, "caseId", "案件", cancellationToken);
        return (await scenarios.RequireAsync(one.PackageVersionId, cancellationToken)).Scenario.Rectification;
    }

    private static IReadOnlyList<int> RequireItems(IReadOnlyList<int> items) =>
        items.Count > 0 ? items : throw Refusal.Invalid("field-missing", "items", "请选择需要延期的事项。");

    private static void RequireItem(RectificationOrder order, int ordinal, int length, DateOnly askedOn, RectificationRules rules)
    {
        var item = order.Items.FirstOrDefault(i => i.Ordinal == ordinal && i.IsOpen)
            ?? throw Refusal.NotFound("item-unknown", "items", $"第{ordinal}项不存在或者已经办结，请核对。");
        if (item.Period is not { } original)
        {
            throw Refusal.Invalid("extension-immediate", $"items[{ordinal}]", $"第{ordinal}项须立即改正，不能延期。");
        }

        if (item.Extended || item.Term > 1)
        {
            throw Refusal.Conflict("extension-once", $"items[{ordinal}]", $"第{ordinal}项已经延期或者给过第二次期限，延期以一次为限。");
        }

        if (askedOn > item.Due)
        {
            throw Refusal.Conflict("extension-after-expiry", $"items[{ordinal}]",
                $"第{ordinal}项的改正期限已于{ChineseDate.Of(item.Due!.Value)}届满，延期申请应在届满前提出。");
        }

        if (length < 1 || length > rules.LongestExtension(original))
        {
            throw Refusal.Invalid("extension-too-long", "length", $"延期不得超过原期限（{original}）{(rules.ExtensionShare == 1 ? "" : $"的{rules.ExtensionShare:0.##%}")}，请缩短。");
        }
    }
}
