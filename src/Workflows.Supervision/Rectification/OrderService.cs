using Workflows.Supervision.Deadlines;
using Workflows.Supervision.Documents;
using Workflows.Supervision.Guards;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Rectification;

/// <summary>Draws up the package of a case: an order for each organ that has findings to be put right.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Items">What the officers chose; findings that are not named take the scenario's defaults.</param>
public sealed record PrepareOrders(string CaseId, IReadOnlyList<OrderItemChoice>? Items = null);

/// <summary>What officers choose for a finding.</summary>
/// <param name="FindingId">The finding.</param>
/// <param name="Length">Length of the period in the scenario's unit; null for the default.</param>
/// <param name="Reason">Why another length than the default.</param>
/// <param name="Requirement">What is demanded; null for the scenario's text.</param>
/// <param name="ProofWanted">How it is proved; null for the scenario's text.</param>
public sealed record OrderItemChoice(string FindingId, int? Length = null, string? Reason = null, string? Requirement = null, string? ProofWanted = null);

/// <summary>责令改正: package, orders, their approval, issue, service and second terms.</summary>
/// <param name="session">The session.</param>
/// <param name="scenarios">Scenarios by package version.</param>
public sealed class OrderService(ISupervisionSession session, IScenarioCatalogue scenarios)
{
    /// <summary>Rule code of the clock of an item.</summary>
    public const string Rule = "APL-28";

    /// <summary>Draws up package and orders. Each length lies within the scenario's bounds; another than the default needs a reason.</summary>
    /// <exception cref="RuleViolationException"><c>assistant-decides</c>, <c>nothing-to-rectify</c>, <c>period-out-of-bounds</c>, <c>period-reason</c>, <c>finding-not-found</c>.</exception>
    public async ValueTask<RectificationPackage> PrepareAsync(PrepareOrders command, CancellationToken cancellationToken = default)
    {
        Deciders.RequireOfficer(session.Actor, "制作责令改正通知书");
        var one = await session.GetAsync<Case>(command.CaseId, "caseId", "案件", cancellationToken);
        var scenario = (await scenarios.RequireAsync(one.PackageVersionId, cancellationToken)).Scenario;
        var ordered = await OrderedFindingsAsync(one.Id, cancellationToken);
        var findings = (await session.ListAsync<Finding>(new AggregateFilter { CaseId = one.Id }, cancellationToken))
            .Where(f => f.IsRectified && f.Disposition is Disposition.Rectification or Disposition.Filing && !ordered.Contains(f.Id)).ToList();
        if (findings.Count == 0)
        {
            throw Refusal.Conflict("nothing-to-rectify", "caseId", "没有需要责令改正的问题。");
        }

        var choices = command.Items ?? [];
        for (var i = 0; i < choices.Count; i++)
        {
            if (findings.All(f => f.Id != choices[i].FindingId))
            {
                throw Refusal.NotFound("finding-not-found", $"items[{i}].findingId", $"问题“{choices[i].FindingId}”不在待责令改正的问题中，请核对。");
            }
        }

        var packageId = session.NewId();
        var orders = new List<string>();
        foreach (var group in findings.GroupBy(f => f.SupervisingDepartment).OrderBy(g => one.Departments.ToList().FindIndex(d => d.Code == g.Key)))
        {
            var order = session.Add(
                new RectificationOrder
                {
                    Id = session.NewId(),
                    CaseKey = one.CaseKey,
                    CaseId = one.Id,
                    PlanId = one.PlanId,
                    TargetId = one.TargetId,
                    Area = one.Area,
                    Department = group.Key,
                    Created = session.Cause(),
                    PackageId = packageId,
                    Organ = one.Departments.First(d => d.Code == group.Key).Organ,
                    Items = [.. group.Select((f, n) => Item(f, n + 1, scenario.Item(f.ItemCode)!.As(f.VariantCode)!, choices))],
                    State = OrderState.Draft,
                },
                "order.prepared", ("package", packageId));
            orders.Add(order.Id);
        }

        return session.Add(
            new RectificationPackage
            {
                Id = packageId, CaseKey = one.CaseKey, CaseId = one.Id, PlanId = one.PlanId, TargetId = one.TargetId, Area = one.Area, Created = session.Cause(), OrderIds = orders, Closed = false,
            },
            "package.prepared");
    }

    /// <summary>Changes a draft that was sent back; what is not named stays as it was.</summary>
    /// <exception cref="RuleViolationException"><c>assistant-decides</c>, <c>order-state</c>, <c>finding-not-found</c>, <c>period-out-of-bounds</c>, <c>period-reason</c>.</exception>
    public async ValueTask<RectificationOrder> ReviseAsync(string orderId, IReadOnlyList<OrderItemChoice> choices, CancellationToken cancellationToken = default)
    {
        Deciders.RequireOfficer(session.Actor, "修改责令改正通知书");
        var order = await GetAsync(orderId, cancellationToken);
        RequireState(order, OrderState.Draft, "修改");
        var one = await session.GetAsync<Case>(order.CaseId!, "caseId", "案件", cancellationToken);
        var scenario = (await scenarios.RequireAsync(one.PackageVersionId, cancellationToken)).Scenario;
        var items = order.Items.ToList();
        for (var i = 0; i < choices.Count; i++)
        {
            var at = items.FindIndex(item => item.FindingId == choices[i].FindingId);
            if (at < 0)
            {
                throw Refusal.NotFound("finding-not-found", $"items[{i}].findingId", $"问题“{choices[i].FindingId}”不在本通知书中，请核对。");
            }

            var finding = await session.GetAsync<Finding>(items[at].FindingId, "findingId", "问题", cancellationToken);
            items[at] = Item(finding, items[at].Ordinal, scenario.Item(finding.ItemCode)!.As(finding.VariantCode)!, [choices[i]]);
        }

        return session.Update(order with { Items = items }, "order.revised");
    }

    /// <summary>Approval by the head of the organ's department.</summary>
    /// <exception cref="RuleViolationException"><c>head-required</c>, <c>other-department</c>, <c>order-state</c>.</exception>
    public async ValueTask<RectificationOrder> ApproveAsync(string orderId, string? note, CancellationToken cancellationToken = default)
    {
        var order = await GetAsync(orderId, cancellationToken);
        Deciders.RequireHead(session.Actor, order.Department, "批准责令改正通知书");
        RequireState(order, OrderState.Draft, "批准");
        return session.Update(order with { State = OrderState.Approved, Approval = new Decision(session.Actor.Id, session.Actor.Name, session.Now, note ?? "同意") }, "order.approved");
    }

    /// <summary>The dates that an order issued on a day prints, each with whether it is provisional.</summary>
    public IReadOnlyList<RectificationItem> WithPrintedDates(RectificationOrder order, DateOnly issuedOn) =>
        [.. order.Items.Select(i => i with { PrintedDue = i.Period is { } p ? LegalDeadline.Compute(issuedOn, p, session.Calendar).Due : issuedOn })];

    /// <summary>Notes that the order was issued; its printed dates stand from now.</summary>
    /// <exception cref="RuleViolationException"><c>order-state</c>.</exception>
    public async ValueTask<RectificationOrder> MarkIssuedAsync(string orderId, OfficialDocument document, CancellationToken cancellationToken = default)
    {
        var order = await GetAsync(orderId, cancellationToken);
        RequireState(order, OrderState.Approved, "签发");
        var items = WithPrintedDates(order, document.IssuedOn);
        return session.Update(
            order with { State = OrderState.Issued, DocumentId = document.Id, DocumentNumber = document.Number, Items = [.. items.Select(i => i with { Due = i.PrintedDue })] },
            "order.issued", ("number", document.Number));
    }

    /// <summary>Service starts the clock of each item; of the printed and the counted last day the later binds.</summary>
    /// <exception cref="RuleViolationException"><c>order-state</c>.</exception>
    public async ValueTask<RectificationOrder> MarkServedAsync(string orderId, DateOnly servedOn, CancellationToken cancellationToken = default)
    {
        var order = await GetAsync(orderId, cancellationToken);
        RequireState(order, OrderState.Issued, "登记送达");
        var clocks = new ClockService(session);
        var items = new List<RectificationItem>();
        foreach (var item in order.Items)
        {
            if (item.Period is not { } period)
            {
                items.Add(item with { Due = servedOn > item.PrintedDue ? servedOn : item.PrintedDue });
                continue;
            }

            var clock = clocks.Start(order, $"order:{order.Id}#{item.Ordinal}", $"party:{order.TargetId}", Rule, "送达", servedOn, period);
            clock = await clocks.MarkPrintedAsync(clock.Id, cancellationToken);
            var due = item.PrintedDue > clock.Clock.Due ? item.PrintedDue.Value : clock.Clock.Due;
            items.Add(item with { ClockId = clock.Id, Due = due });
        }

        return session.Update(order with { State = OrderState.Served, ServedOn = servedOn, Items = items }, "order.served", ("servedOn", servedOn.ToString("yyyy-MM-dd")));
    }

    /// <summary>Takes overdue items out of an order because their findings are already being dealt with as a case.</summary>
    public async ValueTask<RectificationOrder> TransferToFilingAsync(string orderId, IReadOnlyCollection<int> items, CancellationToken cancellationToken = default)
    {
        var order = await GetAsync(orderId, cancellationToken);
        return await Settlement.CloseItemsAsync(session, order, items.ToHashSet(), RectificationItemState.Filed, "order.items-filed", cancellationToken);
    }

    /// <summary>Notes that the limit of open items has passed (逾期未改正).</summary>
    /// <returns>Numbers of the items that are overdue.</returns>
    public async ValueTask<IReadOnlyList<int>> MarkOverdueAsync(string orderId, CancellationToken cancellationToken = default)
    {
        var order = await GetAsync(orderId, cancellationToken);
        var today = session.Today();
        bool IsOverdue(RectificationItem i) => i.State == RectificationItemState.Open && i.Due is { } due && today > due;
        var overdue = order.Items.Where(IsOverdue).Select(i => i.Ordinal).ToList();
        if (order.State == OrderState.Served && overdue.Count > 0)
        {
            session.Update(order with { Items = [.. order.Items.Select(i => IsOverdue(i) ? i with { State = RectificationItemState.Overdue } : i)] },
                "order.overdue", ("items", string.Join(',', overdue)));
        }

        return overdue;
    }

    /// <summary>
    /// A second term: by written decision of the head with reason, once, at most the share of the first that the scenario leaves (half or less); never for clauses of the kind
    /// 逾期(拒不)改正才处罚 nor for items that the scenario excepts.
    /// </summary>
    /// <param name="orderId">The order.</param>
    /// <param name="items">Numbers of the items.</param>
    /// <param name="length">Length in the unit of the first term.</param>
    /// <param name="reason">Reason.</param>
    /// <param name="filingRefused">Whether 立案 was proposed and turned down: then the kind of clause no longer bars a term.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="RuleViolationException"><c>no-second-term</c>, <c>second-term-once</c>, <c>second-term-length</c>, <c>head-required</c>.</exception>
    public async ValueTask<RectificationOrder> GrantSecondTermAsync(
        string orderId, IReadOnlyList<int> items, int length, string reason, bool filingRefused = false, CancellationToken cancellationToken = default)
    {
        var order = await GetAsync(orderId, cancellationToken);
        Deciders.RequireHead(session.Actor, order.Department, "给予第二次改正期限");
        RequireState(order, OrderState.Served, "给予第二次改正期限");
        var decision = new Decision(session.Actor.Id, session.Actor.Name, session.Now, Refusal.Text(reason, "reason", "理由"));
        var one = await session.GetAsync<Case>(order.CaseId!, "caseId", "案件", cancellationToken);
        var rules = (await scenarios.RequireAsync(one.PackageVersionId, cancellationToken)).Scenario.Rectification;
        var clocks = new ClockService(session);
        var changed = order.Items.ToList();
        foreach (var ordinal in items.Distinct())
        {
            var at = changed.FindIndex(i => i.Ordinal == ordinal && i.IsOpen);
            if (at < 0)
            {
                throw Refusal.NotFound("item-unknown", "items", $"第{ordinal}项不存在或者已经办结，请核对。");
            }

            var item = changed[at];
            var finding = await session.GetAsync<Finding>(item.FindingId, "findingId", "问题", cancellationToken);
            if (finding.NoSecondTerm || (finding.PenaltyClause == PenaltyClause.CorrectFirst && !filingRefused))
            {
                throw Refusal.Conflict("no-second-term", $"items[{ordinal}]", $"事项“{item.ItemCode}”不得给予第二次改正期限，请转立案。");
            }

            if (item.Term > 1)
            {
                throw Refusal.Conflict("second-term-once", $"items[{ordinal}]", $"第{ordinal}项已经给过第二次期限，不得再给，请转立案。");
            }

            if (item.Period is not { } first || length < 1 || length > rules.LongestSecondTerm(first))
            {
                throw Refusal.Invalid("second-term-length", "length", $"第二次期限不得超过第一次（{item.Period?.ToString() ?? "立即改正"}）的{(rules.SecondTermShare == 0.5m ? "一半" : $"{rules.SecondTermShare:0.##%}")}，请缩短。");
            }

            if (item.ClockId is { } old)
            {
                await clocks.EndAsync(old, "第二次期限", cancellationToken);
            }

            var clock = clocks.Start(order, $"order:{order.Id}#{ordinal}", $"party:{order.TargetId}", Rule, "第二次期限决定", session.Today(), new LegalPeriod(length, first.Unit));
            changed[at] = item with { Term = 2, SecondTerm = decision, ClockId = clock.Id, Due = clock.Clock.Due, State = RectificationItemState.Open };
        }

        return session.Update(order with { Items = changed }, "order.second-term", ("items", string.Join(',', items)));
    }

    private static RectificationItem Item(Finding finding, int ordinal, ScenarioItem item, IReadOnlyList<OrderItemChoice> choices)
    {
        var choice = choices.FirstOrDefault(c => c.FindingId == finding.Id);
        return new RectificationItem
        {
            Ordinal = ordinal,
            FindingId = finding.Id,
            ItemCode = finding.ItemCode,
            Requirement = choice?.Requirement ?? item.Correction,
            ProofWanted = choice?.ProofWanted ?? item.Proof,
            Period = Choose(item, choice),
            PeriodReason = choice?.Reason,
            State = RectificationItemState.Open,
        };
    }

    private static LegalPeriod? Choose(ScenarioItem item, OrderItemChoice? choice)
    {
        var rule = item.Rectification;
        if (choice?.Length is not { } length || length == rule.Default?.Length)
        {
            return rule.Default;
        }

        if (rule is not { Min: { } min, Max: { } max } || length < min.Length || length > max.Length)
        {
            throw Refusal.Invalid("period-out-of-bounds", $"items[{choice.FindingId}].length",
                rule.Default is null ? $"事项“{item.Code}”应责令立即改正，不能设期限。" : $"事项“{item.Code}”的期限应在{rule.Min}至{rule.Max}之间，请调整。");
        }

        Refusal.Text(choice.Reason, $"items[{choice.FindingId}].reason", "不采用默认期限的理由");
        return new LegalPeriod(length, min.Unit);
    }

    private async ValueTask<HashSet<string>> OrderedFindingsAsync(string caseId, CancellationToken ct) =>
        [.. (await session.ListAsync<RectificationOrder>(new AggregateFilter { CaseId = caseId }, ct)).Where(o => o.State != OrderState.Revoked).SelectMany(o => o.Items).Select(i => i.FindingId)];

    private ValueTask<RectificationOrder> GetAsync(string id, CancellationToken ct) => session.GetAsync<RectificationOrder>(id, "orderId", "责令改正通知书", ct);

    private static void RequireState(RectificationOrder order, OrderState state, string act)
    {
        if (order.State != state)
        {
            throw Refusal.Conflict("order-state", "orderId", $"责令改正通知书当前为“{order.State}”，不能{act}。");
        }
    }
}
