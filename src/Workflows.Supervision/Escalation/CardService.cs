using Workflows.Supervision.Guards;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;

namespace Workflows.Supervision.Escalation;

/// <summary>Gives a card to the unit that is late.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Department">The unit.</param>
/// <param name="Colour">Colour.</param>
/// <param name="Reason">Why, such as 超期未办 or 联合检查缺席.</param>
/// <param name="TaskId">Task that is late, or null.</param>
/// <param name="AnswerWithin">Within what the head of the unit answers; null for 1 working day.</param>
public sealed record GiveCard(string CaseId, string Department, CardColour Colour, string Reason, string? TaskId = null, LegalPeriod? AnswerWithin = null);

/// <summary>黄牌 and 红牌: given by the clock, held by the dispatcher, answered by the unit, appealed and revoked with reason.</summary>
/// <param name="session">The session.</param>
public sealed class CardService(ISupervisionSession session)
{
    /// <summary>Outcome: given.</summary>
    public const string Given = "已发牌";

    /// <summary>Outcome: the dispatcher holds it.</summary>
    public const string OnHold = "暂缓";

    /// <summary>Outcome of an appeal: the card stays.</summary>
    public const string Upheld = "维持";

    /// <summary>Outcome of an appeal: the card is revoked.</summary>
    public const string Revoked = "撤销";

    /// <summary>Gives a card; a card held for the same task and colour is not given twice.</summary>
    /// <exception cref="RuleViolationException"><c>card-on-party</c>, <c>card-twice</c>.</exception>
    public async ValueTask<WarningCard> GiveAsync(GiveCard command, CancellationToken cancellationToken = default)
    {
        var one = await session.GetAsync<Case>(command.CaseId, "caseId", "案件", cancellationToken);
        if (command.Department.StartsWith("party", StringComparison.Ordinal) || command.Department == one.TargetId)
        {
            throw Refusal.Invalid("card-on-party", "department", "黄牌、红牌只对承办单位，不对当事人；当事人逾期未改正的，请用对外梯级。");
        }

        var task = command.TaskId is { } taskId ? await session.GetAsync<WorkTask>(taskId, "taskId", "待办", cancellationToken) : null;
        var earlier = await session.ListAsync<WarningCard>(new AggregateFilter { CaseId = one.Id, Kinds = [command.Colour.ToString()] }, cancellationToken);
        if (task is not null && earlier.Any(c => c.TaskId == task.Id && c.State != CardState.Revoked))
        {
            throw Refusal.Conflict("card-twice", "taskId", "该待办已经发过同色预警牌。");
        }

        return session.Add(
            new WarningCard
            {
                Id = session.NewId(),
                CaseKey = one.CaseKey,
                CaseId = one.Id,
                PlanId = one.PlanId,
                TargetId = one.TargetId,
                Area = one.Area,
                Department = command.Department,
                Created = session.Cause(),
                Colour = command.Colour,
                TaskId = task?.Id,
                Reason = Refusal.Text(command.Reason, "reason", "发牌理由"),
                OriginalDueAt = task?.DueAt,
                AnswerBy = LegalDeadline.Compute(session.Today(), command.AnswerWithin ?? LegalPeriod.WorkingDays(1), session.Calendar).PassedAt,
                State = CardState.Active,
            },
            "card.given", ("department", command.Department), ("colour", command.Colour.ToString()));
    }

    /// <summary>Gives a card to a unit that let a lead or a project lie; never for a missed arrival, which is only counted (practice.md 8).</summary>
    /// <exception cref="RuleViolationException"><c>card-on-party</c>.</exception>
    public async ValueTask<WarningCard> GiveOnLeadAsync(string leadId, string department, CardColour colour, string reason, CancellationToken cancellationToken = default)
    {
        var lead = await session.GetAsync<Lead>(leadId, "leadId", "线索", cancellationToken);
        if (department.StartsWith("party", StringComparison.Ordinal) || department == lead.TargetId || department == lead.CaretakerId)
        {
            throw Refusal.Invalid("card-on-party", "department", "黄牌、红牌只对承办单位，不对当事人和物业服务企业。");
        }

        return session.Add(
            new WarningCard
            {
                Id = session.NewId(), CaseKey = lead.CaseKey, TargetId = lead.TargetId, Area = lead.Area, Department = department, Created = session.Cause(), Colour = colour,
                Reason = Refusal.Text(reason, "reason", "发牌理由"), AnswerBy = LegalDeadline.Compute(session.Today(), LegalPeriod.WorkingDays(1), session.Calendar).PassedAt, State = CardState.Active,
            },
            "card.given", ("department", department), ("colour", colour.ToString()));
    }

    /// <summary>The dispatcher holds a card back, with a reason.</summary>
    /// <exception cref="RuleViolationException"><c>dispatcher-required</c>, <c>card-state</c>.</exception>
    public async ValueTask<WarningCard> HoldAsync(string cardId, string reason, CancellationToken cancellationToken = default)
    {
        var card = await GetAsync(cardId, cancellationToken);
        Deciders.RequireRole(session.Actor, Role.Dispatcher, "dispatcher-required", "只有调度员可以暂缓发牌。");
        RequireState(card, CardState.Active, "暂缓");
        return session.Update(card with { State = CardState.Held, Hold = By(reason, "暂缓理由") }, "card.held");
    }

    /// <summary>The dispatcher lets a held card go out after all.</summary>
    /// <exception cref="RuleViolationException"><c>dispatcher-required</c>, <c>card-state</c>.</exception>
    public async ValueTask<WarningCard> ReleaseAsync(string cardId, CancellationToken cancellationToken = default)
    {
        var card = await GetAsync(cardId, cancellationToken);
        Deciders.RequireRole(session.Actor, Role.Dispatcher, "dispatcher-required", "只有调度员可以恢复发牌。");
        RequireState(card, CardState.Held, "恢复");
        return session.Update(card with { State = CardState.Active }, "card.released");
    }

    /// <summary>The head of the unit answers.</summary>
    /// <exception cref="RuleViolationException"><c>head-required</c>, <c>other-department</c>, <c>card-state</c>.</exception>
    public async ValueTask<WarningCard> AnswerAsync(string cardId, string answer, CancellationToken cancellationToken = default)
    {
        var card = await GetAsync(cardId, cancellationToken);
        Deciders.RequireHead(session.Actor, card.Department, "答复预警牌");
        RequireState(card, CardState.Active, "答复");
        return session.Update(card with { State = CardState.Answered, Answer = By(answer, "答复") }, "card.answered");
    }

    /// <summary>The unit appeals, for example because a test result is awaited.</summary>
    /// <exception cref="RuleViolationException"><c>other-department</c>, <c>card-state</c>.</exception>
    public async ValueTask<WarningCard> AppealAsync(string cardId, string reason, CancellationToken cancellationToken = default)
    {
        var card = await GetAsync(cardId, cancellationToken);
        Deciders.RequireDepartment(session.Actor, card.Department, "对预警牌申诉");
        return card.State is not (CardState.Active or CardState.Answered) || card.AppealDecision is not null
            ? throw WrongState(card, "申诉")
            : session.Update(card with { State = CardState.Appealed, Appeal = By(reason, "申诉理由") }, "card.appealed");
    }

    /// <summary>The supervisor decides on the appeal; not one of the unit concerned.</summary>
    /// <returns><see cref="Upheld"/> or <see cref="Revoked"/>.</returns>
    /// <exception cref="RuleViolationException"><c>supervisor-required</c>, <c>own-unit</c>, <c>card-state</c>.</exception>
    public async ValueTask<string> DecideAppealAsync(string cardId, bool revoke, string reason, CancellationToken cancellationToken = default)
    {
        var card = await GetAsync(cardId, cancellationToken);
        Deciders.RequireRole(session.Actor, Role.Supervisor, "supervisor-required", "申诉由督办人决定。");
        if (session.Actor.Department == card.Department)
        {
            throw Refusal.Forbidden("own-unit", "actor", "不得决定本单位的申诉，请由其他督办人办理。");
        }

        RequireState(card, CardState.Appealed, "决定申诉");
        session.Update(card with { State = revoke ? CardState.Revoked : CardState.Active, AppealDecision = By(reason, "决定理由") }, "card.appeal-decided");
        return revoke ? Revoked : Upheld;
    }

    private Decision By(string text, string name) => new(session.Actor.Id, session.Actor.Name, session.Now, Refusal.Text(text, "reason", name));

    private ValueTask<WarningCard> GetAsync(string id, CancellationToken ct) => session.GetAsync<WarningCard>(id, "cardId", "预警牌", ct);

    private static void RequireState(WarningCard card, CardState state, string act)
    {
        if (card.State != state)
        {
            throw WrongState(card, act);
        }
    }

    private static RuleViolationException WrongState(WarningCard card, string act) =>
        Refusal.Conflict("card-state", "cardId", $"预警牌当前为“{card.State}”，不能{act}。");
}
