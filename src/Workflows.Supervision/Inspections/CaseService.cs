using Workflows.Supervision.CaseFilings;
using Workflows.Supervision.Guards;
using Workflows.Supervision.Merging;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Inspections;

/// <summary>Opens a case for one target.</summary>
public sealed record OpenCase
{
    /// <summary>Plan from which it comes, or null for a targeted check.</summary>
    public string? PlanId { get; init; }

    /// <summary>Target.</summary>
    public required string TargetId { get; init; }

    /// <summary>Package version; null takes that of the plan.</summary>
    public string? PackageVersionId { get; init; }

    /// <summary>What sets it off.</summary>
    public TriggerKind Trigger { get; init; }

    /// <summary>Root instance of the workflow; decides the case key.</summary>
    public required string RootInstanceId { get; init; }

    /// <summary>Departments that take part; null takes those of the plan, or of the scenario.</summary>
    public IReadOnlyList<string>? Departments { get; init; }

    /// <summary>Approved exception to the frequency cap, or null; the plan's own exceptions count too.</summary>
    public Decision? FrequencyException { get; init; }

    /// <summary>Approval of a check although another department has just found nothing, or null.</summary>
    public Decision? RepeatException { get; init; }

    /// <summary>检查事由 of a check that is opened by hand, or null.</summary>
    public string? Occasion { get; init; }

    /// <summary>What from outside it answers, or null.</summary>
    public string? SourceReference { get; init; }
}

/// <summary>The case from opening to closure.</summary>
/// <param name="session">The session.</param>
/// <param name="scenarios">Scenarios by package version.</param>
/// <param name="rosters">The rosters.</param>
public sealed class CaseService(ISupervisionSession session, IScenarioCatalogue scenarios, IRosterDirectory rosters)
{
    /// <summary>Form code of the series of case numbers.</summary>
    public const string NumberForm = "综查";

    /// <summary>Opens a case, takes its number and freezes the target.</summary>
    /// <exception cref="RuleViolationException"><c>frequency-cap</c>, <c>target-unknown</c>, <c>target-differs</c>, <c>target-expired</c>, <c>organ-unknown</c>, <c>plan-order</c>, <c>package-unknown</c>.</exception>
    public async ValueTask<Case> OpenAsync(OpenCase command, CancellationToken cancellationToken = default)
    {
        var plan = command.PlanId is { } planId ? await session.GetAsync<InspectionPlan>(planId, "planId", "检查计划", cancellationToken) : null;
        if (plan is not null && (plan.State != PlanState.Confirmed || !plan.Draw!.Targets.Concat(plan.Draw.Alternates).Contains(command.TargetId)))
        {
            throw Refusal.Conflict("plan-order", "targetId", "抽取结果尚未确认，或者该对象未被抽中，不能生成检查任务。");
        }

        var packageId = command.PackageVersionId ?? plan?.PackageVersionId ?? "";
        var scenario = (await scenarios.RequireAsync(packageId, cancellationToken)).Scenario;
        var target = await rosters.FindTargetAsync(command.TargetId, cancellationToken)
            ?? throw Refusal.NotFound("target-unknown", "targetId", $"检查对象“{command.TargetId}”不在名录中，请核对或者先导入。");
        if (plan is null)
        {
            await new TargetGuard(session).RequireAsync(scenario, target, "targetId", cancellationToken);
        }

        var departments = await DepartmentsAsync(command, plan, scenario, target, cancellationToken);
        var standing = await new FrequencyCap(session).StandingAsync(
            target.Id, target.ImportedCreditClass, [.. departments.Where(d => d.Attends).Select(d => d.Code)], scenario.Draw, cancellationToken);
        var exception = command.FrequencyException ?? plan?.FrequencyExceptions.LastOrDefault(e => e.TargetId == target.Id && e.Granted)?.Decision;
        FrequencyCap.Require(standing, command.Trigger, scenario.Draw, exception);
        if (scenario.Draw.IsOutsideCap(command.Trigger) || !standing.Any(s => s.IsFull))
        {
            // An exception that is not needed is none.
            exception = null;
        }

        var lead = departments.First(d => d.Code == (plan?.LeadDepartment ?? scenario.Lead.Code));
        var year = session.Today().Year;
        var serial = await session.TakeNumberAsync(new NumberSeries(lead.NumberName, NumberForm, year), cancellationToken);
        var id = session.NewId();
        var opened = session.Add(
            new Case
            {
                Id = id,
                CaseKey = command.RootInstanceId,
                CaseId = id,
                PlanId = plan?.Id,
                TargetId = target.Id,
                Area = target.Area ?? plan?.Area,
                Created = session.Cause(),
                Number = $"{lead.NumberName}{NumberForm}〔{year}〕{serial}号",
                ScenarioCode = scenario.Code,
                PackageVersionId = packageId,
                Trigger = command.Trigger,
                Target = target,
                Departments = departments,
                LeadDepartment = lead.Code,
                RootInstanceId = command.RootInstanceId,
                Surprise = plan?.Surprise ?? false,
                FrequencyException = exception,
                RepeatException = command.RepeatException,
                Occasion = command.Occasion,
                SourceReference = command.SourceReference,
                VisitOfYear = (standing.FirstOrDefault(s => s.Department == lead.Code)?.Count ?? 0) + 1,
                Stage = CaseStage.BeforeVisit,
                State = CaseState.Open,
            },
            "case.opened", [("target", target.Id), ("plan", plan?.Id), .. exception is null ? Array.Empty<(string, string?)>() : [("exception", exception.Reason)]]);
        await new MergeEngine(session).ProposeAsync(opened, cancellationToken);
        return opened;
    }

    /// <summary>Notes that the target no longer exists: struck off, revoked or moved away.</summary>
    /// <exception cref="RuleViolationException"><c>field-missing</c>.</exception>
    public async ValueTask<Case> MarkGoneAsync(string caseId, string reason, CancellationToken cancellationToken = default)
    {
        var one = await GetAsync(caseId, cancellationToken);
        return session.Update(one with { GoneReason = Refusal.Text(reason, "data.goneReason", "注销、吊销或者迁出的情况"), GoneReportedBy = session.Actor.Id }, "case.target-gone", ("reason", reason));
    }

    /// <summary>Notes that the check task has ended and with what; publication counts from now.</summary>
    public async ValueTask<Case> EndTaskAsync(string caseId, string outcome, CancellationToken cancellationToken = default)
    {
        var one = await GetAsync(caseId, cancellationToken);
        return session.Update(one with { TaskEndedAt = one.TaskEndedAt ?? session.Now, Outcome = outcome }, "case.task-ended", ("outcome", outcome));
    }

    /// <summary>销号. Refused while an order is open, a filing or a transfer runs or a measure is in force.</summary>
    /// <exception cref="RuleViolationException"><c>case-open-matters</c> (409), <c>case-closed</c>.</exception>
    public async ValueTask<Case> CloseAsync(string caseId, string outcome, string reason, CancellationToken cancellationToken = default)
    {
        var one = await GetAsync(caseId, cancellationToken);
        if (one.State != CaseState.Open)
        {
            throw Refusal.Conflict("case-closed", "caseId", $"案件{one.Number}已经{(one.State == CaseState.Closed ? "办结" : "撤销")}，请刷新后再看。");
        }

        var orders = await session.ListAsync<RectificationOrder>(new AggregateFilter { CaseId = caseId }, cancellationToken);
        var filings = await session.ListAsync<CaseFiling>(new AggregateFilter { CaseId = caseId }, cancellationToken);
        var measures = await session.ListAsync<StopMeasure>(new AggregateFilter { CaseId = caseId }, cancellationToken);
        var transfers = await session.ListAsync<Transfers.CaseTransfer>(new AggregateFilter { CaseId = caseId }, cancellationToken);
        var open = orders.Where(o => o.State is not (OrderState.Fulfilled or OrderState.Filed or OrderState.Revoked)).Select(o => $"整改通知{o.DocumentNumber ?? o.Id}")
            .Concat(filings.Where(f => f.State is not (FilingState.Concluded or FilingState.Rejected)).Select(f => $"立案{f.FilingNumber ?? f.Id}"))
            .Concat(measures.Where(m => m.Lifted is null).Select(m => $"强制措施“{m.Measure}”"))
            .Concat(transfers.Where(t => t.IsOpen).Select(t => $"移送“{t.Receiver}”")).ToList();
        if (open.Count > 0)
        {
            throw Refusal.Conflict("case-open-matters", "caseId", $"尚有未办结事项：{string.Join("、", open)}，办结后才能销号。");
        }

        var closed = session.Update(
            one with
            {
                State = CaseState.Closed,
                Outcome = outcome,
                ClosureReason = Refusal.Text(reason, "reason", "销号原因"),
                ClosedAt = session.Now,
                TaskEndedAt = one.TaskEndedAt ?? session.Now,
            },
            "case.closed", ("outcome", outcome));
        await CaseStage.FollowAsync(session, caseId, cancellationToken);
        return await session.FindAsync<Case>(caseId, cancellationToken) ?? closed;
    }

    private ValueTask<Case> GetAsync(string id, CancellationToken ct) => session.GetAsync<Case>(id, "caseId", "案件", ct);

    private async ValueTask<IReadOnlyList<CaseDepartment>> DepartmentsAsync(
        OpenCase command, InspectionPlan? plan, Scenario scenario, TargetSnapshot target, CancellationToken ct)
    {
        var wanted = plan?.Departments
            ?? [.. scenario.Departments
                .Where(d => command.Departments?.Contains(d.Code) ?? d.Role is DepartmentRole.Lead or DepartmentRole.Participating or DepartmentRole.ForItem)
                .Select(d => new PlanDepartment { Code = d.Code, Name = d.Name, Officers = d.Officers, Attends = d.ItemsLeftTo is null, ItemsLeftTo = d.ItemsLeftTo })];
        var result = new List<CaseDepartment>();
        foreach (var department in wanted)
        {
            if (scenario.Department(department.Code)?.OnlyWithTag is { } tag && !target.Tags.Contains(tag))
            {
                continue;
            }

            var organ = await rosters.FindOrganAsync(department.Code, target.Area, ct)
                ?? throw Refusal.Invalid("organ-unknown", $"departments[{department.Code}]", $"部门“{department.Code}”在本区域没有登记执法主体，请先维护部门名录。");
            result.Add(new CaseDepartment(department.Code, organ.Name, organ.NumberName, department.Attends, department.ItemsLeftTo));
        }

        return result.Any(d => d.Code == (plan?.LeadDepartment ?? scenario.Lead.Code))
            ? result
            : throw Refusal.Invalid("plan-departments", "departments", "参与部门须包含牵头部门，请补充。");
    }
}
