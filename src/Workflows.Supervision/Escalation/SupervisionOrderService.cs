using Workflows.Supervision.Guards;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Escalation;

/// <summary>Draws up a supervision order.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Department">The unit that must act.</param>
/// <param name="Summary">Summary of the matter.</param>
/// <param name="Requirement">What is to be done and by when.</param>
/// <param name="ReceiverPower">Item of the list of powers that gives the receiver the power.</param>
/// <param name="OriginalDueAt">When the matter was due, UTC.</param>
/// <param name="TaskId">Task that is late, or null.</param>
/// <param name="CardId">Card it goes with, or null.</param>
/// <param name="Recipients">Words for those who are told when it is signed, beside the head of the unit; null for nobody.</param>
public sealed record DraftSupervisionOrder(
    string CaseId, string Department, string Summary, string Requirement, string ReceiverPower, DateTimeOffset OriginalDueAt, string? TaskId = null, string? CardId = null,
    IReadOnlyList<string>? Recipients = null);

/// <summary>Reply to a supervision order.</summary>
/// <param name="Result">What was done.</param>
/// <param name="Reason">Why it was late.</param>
/// <param name="NewDate">New date, or null if done.</param>
public sealed record ReplyToSupervisionOrder(string Result, string Reason, DateOnly? NewDate = null);

/// <summary>督办单: signed by the supervisor, answered within 5 working days, objected to within 2; never sent to a party.</summary>
/// <param name="session">The session.</param>
public sealed class SupervisionOrderService(ISupervisionSession session)
{
    /// <summary>Outcome: replied.</summary>
    public const string Replied = "已回复";

    /// <summary>Outcome: the unit objects.</summary>
    public const string Objected = "提出异议";

    /// <summary>Outcome: no reply in time (超期未办).</summary>
    public const string Unanswered = "超期未回复";

    /// <summary>Draws it up.</summary>
    /// <exception cref="RuleViolationException"><c>order-on-party</c>, <c>receiver-power</c>, <c>field-missing</c>.</exception>
    public async ValueTask<SupervisionOrder> DraftAsync(DraftSupervisionOrder command, CancellationToken cancellationToken = default)
    {
        var one = await session.GetAsync<Case>(command.CaseId, "caseId", "案件", cancellationToken);
        RequireUnit(one, command.Department, "department");

        if (string.IsNullOrWhiteSpace(command.ReceiverPower))
        {
            throw Refusal.Invalid("receiver-power", "receiverPower", "缺少职权依据，请先核对受督办单位的权责清单（赋权清单）事项再填写。");
        }

        return session.Add(
            new SupervisionOrder
            {
                Id = session.NewId(),
                CaseKey = one.CaseKey,
                CaseId = one.Id,
                PlanId = one.PlanId,
                TargetId = one.TargetId,
                Area = one.Area,
                Department = command.Department,
                Created = session.Cause(),
                CardId = command.CardId,
                TaskId = command.TaskId,
                Summary = Refusal.Text(command.Summary, "summary", "督办事项"),
                Requirement = Refusal.Text(command.Requirement, "requirement", "督办要求"),
                OriginalDueAt = command.OriginalDueAt,
                ReceiverPower = command.ReceiverPower,
                Recipients = command.Recipients ?? [],
                State = SupervisionOrderState.Draft,
            },
            "supervision.drafted", ("department", command.Department));
    }

    /// <summary>
    /// The supervisor signs; reply and objection are due from now. The receiver's power is looked up in the catalogue and the delegations; who does not hold it
    /// gets no order, and the supervisor may send it to who does.
    /// </summary>
    /// <param name="id">The order.</param>
    /// <param name="replyWithin">Time for the reply; null for 5 working days.</param>
    /// <param name="objectWithin">Time for an objection; null for 2 working days.</param>
    /// <param name="receiver">Unit to which it goes instead, or null.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="RuleViolationException"><c>supervisor-required</c>, <c>supervision-state</c>, <c>order-on-party</c>, <c>receiver-lacks-power</c> (409).</exception>
    public async ValueTask<SupervisionOrder> SignAsync(
        string id, LegalPeriod? replyWithin = null, LegalPeriod? objectWithin = null, string? receiver = null, CancellationToken cancellationToken = default)
    {
        var order = await GetAsync(id, cancellationToken);
        Deciders.RequireRole(session.Actor, Role.Supervisor, "supervisor-required", "督办单须由督办人签发。");
        RequireState(order, SupervisionOrderState.Draft, "签发");
        var one = await session.GetAsync<Case>(order.CaseId!, "caseId", "案件", cancellationToken);
        if (receiver is not null)
        {
            RequireUnit(one, receiver, "receiver");
            order = order with { Department = receiver };
        }

        var power = await new ReceiverPowers(session).FindAsync(one, order.Department!, cancellationToken);
        if (!power.Holds)
        {
            throw Refusal.Conflict(
                "receiver-lacks-power", "receiver",
                $"“{order.Department}”对督办事项没有职权：{power.Ground}。请改发有职权的单位（{string.Join('、', power.Holders)}，填写 receiver），或者先办理赋权；职责不清的，提请指导办裁定。");
        }

        DateOnly Due(LegalPeriod period) => LegalDeadline.Compute(session.Today(), period, session.Calendar).Due;
        return session.Update(
            order with
            {
                State = SupervisionOrderState.Sent,
                PowerGround = power.Ground,
                Signature = new Decision(session.Actor.Id, session.Actor.Name, session.Now, "签发"),
                ReplyDue = Due(replyWithin ?? LegalPeriod.WorkingDays(5)),
                ObjectionDue = Due(objectWithin ?? LegalPeriod.WorkingDays(2)),
            },
            "supervision.signed", ("department", order.Department), ("power", power.Ground));
    }

    /// <summary>The unit replies; a reply after the last day is taken and shows as late.</summary>
    /// <exception cref="RuleViolationException"><c>head-required</c>, <c>other-department</c>, <c>supervision-state</c>.</exception>
    public async ValueTask<SupervisionOrder> ReplyAsync(string id, ReplyToSupervisionOrder command, CancellationToken cancellationToken = default)
    {
        var order = await GetAsync(id, cancellationToken);
        Deciders.RequireHead(session.Actor, order.Department, "回复督办单");
        if (order.State is not (SupervisionOrderState.Sent or SupervisionOrderState.Unanswered))
        {
            throw WrongState(order, "回复");
        }

        var reply = new SupervisionReply(
            Refusal.Text(command.Result, "result", "办理结果"), Refusal.Text(command.Reason, "reason", "超期原因"), command.NewDate, session.Actor.Id, session.Now);
        return session.Update(order with { State = SupervisionOrderState.Replied, Reply = reply }, "supervision.replied");
    }

    /// <summary>The unit objects that the matter is not in its power; in time only.</summary>
    /// <exception cref="RuleViolationException"><c>objection-late</c>, <c>objection-decided</c>, <c>head-required</c>, <c>supervision-state</c>.</exception>
    public async ValueTask<SupervisionOrder> ObjectAsync(string id, string reason, CancellationToken cancellationToken = default)
    {
        var order = await GetAsync(id, cancellationToken);
        Deciders.RequireHead(session.Actor, order.Department, "对督办单提出异议");
        RequireState(order, SupervisionOrderState.Sent, "提出异议");
        if (order.ObjectionDecision is not null)
        {
            throw Refusal.Conflict("objection-decided", "id", "指导办已裁定异议不成立，不能再提出异议，请按要求办理并回复。");
        }

        return session.Today() > order.ObjectionDue
            ? throw Refusal.Conflict("objection-late", "id", $"异议期限已于{ChineseDate.Of(order.ObjectionDue!.Value)}届满，请按要求办理并回复。")
            : session.Update(order with { State = SupervisionOrderState.Objected, Objection = By(reason, "异议理由") }, "supervision.objected");
    }

    /// <summary>The guidance office decides on an objection. If it stands, the order is withdrawn; else a new reply term runs.</summary>
    /// <exception cref="RuleViolationException"><c>guidance-office-required</c>, <c>supervision-state</c>.</exception>
    public async ValueTask<SupervisionOrder> DecideObjectionAsync(string id, bool stands, string reason, CancellationToken cancellationToken = default)
    {
        var order = await GetAsync(id, cancellationToken);
        if (session.Actor.Department != "GUI")
        {
            throw Refusal.Forbidden("guidance-office-required", "actor", "职责争议由综合行政执法指导办决定。");
        }

        RequireState(order, SupervisionOrderState.Objected, "决定异议");
        return session.Update(
            order with
            {
                State = stands ? SupervisionOrderState.Withdrawn : SupervisionOrderState.Sent,
                ObjectionDecision = By(reason, "决定理由"),
                ReplyDue = stands ? order.ReplyDue : LegalDeadline.Compute(session.Today(), LegalPeriod.WorkingDays(5), session.Calendar).Due,
            },
            "supervision.objection-decided");
    }

    /// <summary>Notes that the reply is overdue; goes to consultation.</summary>
    /// <returns>True if it was unanswered.</returns>
    public async ValueTask<bool> MarkUnansweredAsync(string id, CancellationToken cancellationToken = default)
    {
        var order = await GetAsync(id, cancellationToken);
        if (order.State != SupervisionOrderState.Sent || session.Today() <= order.ReplyDue)
        {
            return false;
        }

        session.Update(order with { State = SupervisionOrderState.Unanswered }, "supervision.unanswered");
        return true;
    }

    private static void RequireUnit(Case one, string unit, string field)
    {
        if (one.Departments.All(d => d.Code != unit) && unit is not ("TOWN" or "CMD" or "GUI"))
        {
            throw Refusal.Invalid("order-on-party", field, $"“{unit}”不是本案的承办单位；督办单只发给单位，不发给当事人。");
        }
    }

    private Decision By(string text, string name) => new(session.Actor.Id, session.Actor.Name, session.Now, Refusal.Text(text, "reason", name));

    private ValueTask<SupervisionOrder> GetAsync(string id, CancellationToken ct) => session.GetAsync<SupervisionOrder>(id, "supervisionOrderId", "督办单", ct);

    private static void RequireState(SupervisionOrder order, SupervisionOrderState state, string act)
    {
        if (order.State != state)
        {
            throw WrongState(order, act);
        }
    }

    private static RuleViolationException WrongState(SupervisionOrder order, string act) =>
        Refusal.Conflict("supervision-state", "supervisionOrderId", $"督办单当前为“{order.State}”，不能{act}。");
}
