using System.Security.Cryptography;
using System.Text;
using Workflows.Supervision.Guards;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Planning;

/// <summary>The plan in the order of practice.md 5; any other order is refused with <c>plan-order</c>.</summary>
/// <param name="session">The session.</param>
public sealed class PlanService(ISupervisionSession session)
{
    /// <summary>Draws up a plan.</summary>
    /// <exception cref="RuleViolationException"><c>plan-departments</c>, <c>two-officers</c>, <c>plan-dates</c>, <c>plan-count</c>.</exception>
    public InspectionPlan Open(OpenPlan command)
    {
        // A scheduled start and the command centre may open a plan for any department; it still needs that department's approval.
        if (session.Actor.IsPerson && !session.Actor.Is(Role.Dispatcher))
        {
            Deciders.RequireDepartment(session.Actor, command.LeadDepartment, "发起检查计划");
        }

        RequireDepartments(command);
        if (command.VisitTo < command.VisitFrom)
        {
            throw Refusal.Invalid("plan-dates", "visitTo", "检查结束日期早于开始日期，请核对。");
        }

        if (command.DrawCount is < 1 or > 1_000_000 || command.AlternateCount is < 0 or > 1_000_000)
        {
            throw Refusal.Invalid("plan-count", "drawCount", "抽取数应为1至1000000，递补数应为0至1000000。");
        }

        var id = session.NewId();
        return session.Add(
            new InspectionPlan
            {
                Id = id,
                CaseKey = command.RootInstanceId ?? id,
                PlanId = id,
                Department = command.LeadDepartment,
                Area = command.Area,
                Created = session.Cause(),
                Title = Refusal.Text(command.Title, "title", "计划名称"),
                AnnualItem = command.AnnualItem with { Code = Refusal.Text(command.AnnualItem.Code, "annualItem.code", "年度抽查计划事项编号") },
                ScenarioCode = command.ScenarioCode,
                PackageVersionId = command.PackageVersionId,
                RootInstanceId = command.RootInstanceId,
                LeadDepartment = command.LeadDepartment,
                Departments = command.Departments,
                DrawCount = command.DrawCount,
                AlternateCount = command.AlternateCount,
                WeightMode = command.WeightMode,
                VisitFrom = command.VisitFrom,
                VisitTo = command.VisitTo,
                Surprise = command.Surprise,
                CreditClasses = command.CreditClasses,
                HeadCountLimit = command.HeadCountLimit,
                TaskForceId = string.IsNullOrEmpty(command.TaskForceId) ? null : command.TaskForceId,
                State = PlanState.Draft,
            },
            "plan.opened");
    }

    /// <summary>Freezes the rosters. After the commitment this is refused.</summary>
    /// <exception cref="RuleViolationException"><c>roster-after-commitment</c> (409).</exception>
    public async ValueTask<InspectionPlan> FreezeRostersAsync(
        string planId, RosterSnapshot targets, RosterSnapshot officers, CancellationToken cancellationToken = default)
    {
        var plan = await GetAsync(planId, cancellationToken);
        RequireRosterOpen(plan);
        return session.Update(plan with { TargetRoster = targets, OfficerRoster = officers, State = PlanState.Draft, Approval = null },
            "plan.rosters-frozen", ("targets", targets.Sha256), ("officers", officers.Sha256));
    }

    /// <summary>Refuses a change of a frozen roster once a commitment stands.</summary>
    /// <exception cref="RuleViolationException"><c>roster-after-commitment</c> (409).</exception>
    public static void RequireRosterOpen(InspectionPlan plan)
    {
        if (plan.State is not (PlanState.Draft or PlanState.Approved))
        {
            throw Refusal.Conflict("roster-after-commitment", "roster", "抽取承诺已经公布，名录库不得再变更；确需变更的，请作废本计划后重新编制。");
        }
    }

    /// <summary>Approval by the head of the leading department. Above the warned head-count a note is required.</summary>
    /// <exception cref="RuleViolationException"><c>plan-order</c>, <c>head-required</c>, <c>rosters-missing</c>, <c>head-count</c>.</exception>
    public async ValueTask<InspectionPlan> ApproveAsync(string planId, string? note, CancellationToken cancellationToken = default)
    {
        var plan = await GetAsync(planId, cancellationToken);
        Deciders.RequireHead(session.Actor, plan.LeadDepartment, "批准检查计划");
        RequireState(plan, PlanState.Draft, "批准");
        if (plan.TargetRoster is null || plan.OfficerRoster is null)
        {
            throw Refusal.Conflict("rosters-missing", "targetRoster", "名录库尚未冻结，请先冻结检查对象名录和执法人员名录再报批。");
        }

        if (plan.HeadCountWarning && string.IsNullOrWhiteSpace(note))
        {
            throw Refusal.Invalid("head-count", "note", $"同时上门{plan.HeadCount}人，超过{plan.HeadCountLimit}人，请精简人员或者在批准意见中说明理由。");
        }

        return session.Update(plan with { State = PlanState.Approved, Approval = Approval(note) }, "plan.approved");
    }

    /// <summary>Publishes the commitment.</summary>
    /// <exception cref="RuleViolationException"><c>plan-order</c>, <c>commitment-hash</c>.</exception>
    public async ValueTask<InspectionPlan> CommitAsync(string planId, DrawCommitment commitment, CancellationToken cancellationToken = default)
    {
        var plan = await GetAsync(planId, cancellationToken);
        RequireState(plan, PlanState.Approved, "公布抽取承诺");
        if (commitment.Commitment.Length != 64 || !commitment.Commitment.All(char.IsAsciiHexDigitLower))
        {
            throw Refusal.Invalid("commitment-hash", "commitment", "承诺值应为64位小写十六进制的SHA-256，请重新生成。");
        }

        return session.Update(plan with { State = PlanState.Committed, Commitment = commitment with { At = session.Now, By = session.Actor.Id } },
            "plan.committed", ("drawId", commitment.DrawId), ("commitment", commitment.Commitment));
    }

    /// <summary>Enters the public value, witnessed by somebody else than who operates.</summary>
    /// <exception cref="RuleViolationException"><c>plan-order</c>, <c>witness-is-operator</c>.</exception>
    public async ValueTask<InspectionPlan> EnterPublicValueAsync(string planId, EnterPublicValue command, CancellationToken cancellationToken = default)
    {
        var plan = await GetAsync(planId, cancellationToken);
        RequireState(plan, PlanState.Committed, "录入公开值");
        var witness = Refusal.Text(command.WitnessName, "witnessName", "见证人");
        if (witness == session.Actor.Name)
        {
            throw Refusal.Invalid("witness-is-operator", "witnessName", "操作人不能同时是见证人，请由他人见证。");
        }

        var value = new PublicDrawValue(
            Refusal.Text(command.Value, "value", "公开值"), Refusal.Text(command.Source, "source", "公开值来源"), witness, command.WitnessCapacity, session.Now);
        return session.Update(plan with { State = PlanState.ValueKnown, PublicValue = value }, "plan.value-known", ("value", value.Value), ("source", value.Source));
    }

    /// <summary>Takes over the result of the draw after checking it against what was frozen.</summary>
    /// <exception cref="RuleViolationException"><c>plan-order</c>, <c>roster-changed</c>, <c>draw-mismatch</c>, <c>two-officers</c>.</exception>
    public async ValueTask<InspectionPlan> AcceptDrawAsync(string planId, DrawResult result, CancellationToken cancellationToken = default)
    {
        var plan = await GetAsync(planId, cancellationToken);
        RequireState(plan, PlanState.ValueKnown, "抽取");
        if (result.TargetRosterHash != plan.TargetRoster!.Sha256 || result.OfficerRosterHash != plan.OfficerRoster!.Sha256)
        {
            throw Refusal.Conflict("roster-changed", "rosterHash", "抽取所用名录与冻结的名录不一致，结果无效，请用冻结的名录重新抽取。");
        }

        if (result.DrawId != plan.Commitment!.DrawId || result.Targets.Count > plan.DrawCount || result.Targets.Distinct(StringComparer.Ordinal).Count() != result.Targets.Count)
        {
            throw Refusal.Conflict("draw-mismatch", "targets", "抽取结果与计划的抽取编号或者抽取数不一致，请重新抽取。");
        }

        foreach (var target in result.Targets)
        {
            foreach (var department in plan.Departments.Where(d => d.Attends))
            {
                var drawn = result.Officers.FirstOrDefault(o => o.TargetId == target && o.Department == department.Code)?.Drawn.Count ?? 0;
                if (drawn < 2)
                {
                    throw Refusal.Conflict("two-officers", $"officers[{target}][{department.Code}]",
                        $"部门“{department.Code}”只抽到{drawn}名执法人员，不得少于两人，请补充名录或者报批跨区域借调。");
                }
            }
        }

        var file = session.Add(
            new DrawFile
            {
                Id = session.NewId(),
                CaseKey = plan.CaseKey,
                PlanId = plan.Id,
                Department = plan.LeadDepartment,
                Area = plan.Area,
                Created = session.Cause(),
                DrawId = result.DrawId,
                Json = result.Json,
                Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(result.Json))),
            },
            "draw.made", ("drawId", result.DrawId));
        var outcome = new DrawOutcome
        {
            DrawFileId = file.Id, Sha256 = file.Sha256, At = session.Now, Targets = result.Targets, Alternates = result.Alternates, Officers = result.Officers,
        };
        return session.Update(plan with { State = PlanState.Drawn, Draw = outcome }, "plan.drawn", ("sha256", file.Sha256));
    }

    /// <summary>Confirms the result; cases may now be made.</summary>
    /// <exception cref="RuleViolationException"><c>plan-order</c>, <c>head-required</c>.</exception>
    public async ValueTask<InspectionPlan> ConfirmAsync(string planId, string? note, CancellationToken cancellationToken = default)
    {
        var plan = await GetAsync(planId, cancellationToken);
        Deciders.RequireHead(session.Actor, plan.LeadDepartment, "确认抽取结果");
        RequireState(plan, PlanState.Drawn, "确认抽取结果");
        return session.Update(plan with { State = PlanState.Confirmed, Confirmation = Approval(note) }, "plan.confirmed");
    }

    /// <summary>Takes a plan back to its approval for another draw, with a reason; earlier draws and commitments stay on record.</summary>
    /// <exception cref="RuleViolationException"><c>plan-order</c>, <c>head-required</c>, <c>field-missing</c>.</exception>
    public async ValueTask<InspectionPlan> ReopenAsync(string planId, string reason, CancellationToken cancellationToken = default)
    {
        var plan = await GetAsync(planId, cancellationToken);
        Deciders.RequireHead(session.Actor, plan.LeadDepartment, "批准重新抽取");
        return plan.State is PlanState.ValueKnown or PlanState.Drawn
            ? session.Update(plan with { State = PlanState.Approved, Commitment = null, PublicValue = null, Draw = null }, "plan.reopened", ("reason", Refusal.Text(reason, "reason", "重抽理由")))
            : throw Refusal.Conflict("plan-order", "state", "计划尚未抽取或者已经确认，不能重新抽取。");
    }

    /// <summary>A draw that is made again after a decision of the head needs no second approval of the plan.</summary>
    internal async ValueTask KeepApprovalAsync(string planId, PlanApproval? approval, CancellationToken cancellationToken)
    {
        var plan = await GetAsync(planId, cancellationToken);
        session.Update(plan with { State = PlanState.Approved, Approval = approval }, "plan.approval-kept");
    }

    /// <summary>Notes a case that was made of the plan.</summary>
    /// <exception cref="RuleViolationException"><c>plan-order</c>.</exception>
    public async ValueTask<InspectionPlan> AddCaseAsync(string planId, string caseId, CancellationToken cancellationToken = default)
    {
        var plan = await GetAsync(planId, cancellationToken);
        RequireState(plan, PlanState.Confirmed, "生成检查任务");
        return plan.CaseIds.Contains(caseId) ? plan : session.Update(plan with { CaseIds = [.. plan.CaseIds, caseId] }, "plan.case-added", ("case", caseId));
    }

    /// <summary>Closes a plan whose cases are all closed.</summary>
    /// <exception cref="RuleViolationException"><c>plan-order</c>, <c>cases-open</c>.</exception>
    public async ValueTask<InspectionPlan> CloseAsync(string planId, CancellationToken cancellationToken = default)
    {
        var plan = await GetAsync(planId, cancellationToken);
        RequireState(plan, PlanState.Confirmed, "办结计划");
        var open = await session.ListAsync<Inspections.Case>(new AggregateFilter { PlanId = planId, States = ["Open"] }, cancellationToken);
        return open.Count == 0
            ? session.Update(plan with { State = PlanState.Closed }, "plan.closed")
            : throw Refusal.Conflict("cases-open", "planId", $"还有{open.Count}件检查任务未办结，不能办结计划。");
    }

    /// <summary>Gives a plan up with a reason; the draws that were made stay on record.</summary>
    /// <exception cref="RuleViolationException"><c>plan-order</c>, <c>head-required</c>.</exception>
    public async ValueTask<InspectionPlan> CancelAsync(string planId, string reason, CancellationToken cancellationToken = default)
    {
        var plan = await GetAsync(planId, cancellationToken);
        Deciders.RequireHead(session.Actor, plan.LeadDepartment, "作废检查计划");
        return plan.State is PlanState.Closed or PlanState.Cancelled || plan.CaseIds.Count > 0
            ? throw Refusal.Conflict("plan-order", "state", "计划已经生成检查任务或者已经结束，不能作废。")
            : session.Update(plan with { State = PlanState.Cancelled, CancelReason = Refusal.Text(reason, "reason", "作废理由") }, "plan.cancelled");
    }

    private ValueTask<InspectionPlan> GetAsync(string id, CancellationToken ct) => session.GetAsync<InspectionPlan>(id, "planId", "检查计划", ct);

    private PlanApproval Approval(string? note) => new(session.Actor.Id, session.Actor.Name, session.Now, note);

    private static void RequireState(InspectionPlan plan, PlanState state, string act)
    {
        if (plan.State != state)
        {
            throw Refusal.Conflict("plan-order", "state", $"计划当前为“{plan.State}”，不能{act}；顺序为：报批、公布承诺、录入公开值、抽取、确认、生成检查任务。");
        }
    }

    private static void RequireDepartments(OpenPlan command)
    {
        var codes = command.Departments.Select(d => d.Code).ToList();
        if (!codes.Contains(command.LeadDepartment) || codes.Distinct(StringComparer.Ordinal).Count() != codes.Count)
        {
            throw Refusal.Invalid("plan-departments", "departments", "参与部门须包含牵头部门且不得重复，请核对。");
        }

        for (var i = 0; i < command.Departments.Count; i++)
        {
            var department = command.Departments[i];
            if (department.Attends && department.Officers < 2)
            {
                throw Refusal.Invalid("two-officers", $"departments[{i}].officers", $"部门“{department.Code}”派员{department.Officers}人，不得少于两名执法人员，请补足。");
            }

            if (department.ItemsLeftTo is { } other && !command.Departments.Any(d => d.Code == other && d.Attends && d.Code != department.Code))
            {
                throw Refusal.Invalid("plan-departments", $"departments[{i}].itemsLeftTo", $"“{other}”不是到场部门，不能代为固定事实，请改选到场部门。");
            }
        }
    }
}
