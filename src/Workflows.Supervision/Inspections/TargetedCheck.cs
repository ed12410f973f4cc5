using Workflows.Supervision.Guards;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Inspections;

/// <summary>A check of one target that is opened by hand.</summary>
public sealed record OpenTargetedCheck
{
    /// <summary>The target.</summary>
    public required string TargetId { get; init; }

    /// <summary>What sets it off.</summary>
    public required TriggerKind Trigger { get; init; }

    /// <summary>检查事由.</summary>
    public required string Occasion { get; init; }

    /// <summary>Departments that take part; null for those of the scenario.</summary>
    public IReadOnlyList<string>? Departments { get; init; }

    /// <summary>The lead that it answers, or null.</summary>
    public string? LeadId { get; init; }

    /// <summary>Number of the complaint, transfer or order that it answers where there is no lead here, or null.</summary>
    public string? SourceReference { get; init; }

    /// <summary>Reason for a check although another department has just found nothing; only the head of the leading department gives it.</summary>
    public string? RepeatReason { get; init; }

    /// <summary>Reason for a check above the frequency cap; only the head of the leading department gives it.</summary>
    public string? FrequencyExceptionReason { get; init; }
}

/// <summary>
/// 无计划不检查: a check outside a plan either answers something from outside, which it names, or the head of the leading department orders it; and then the
/// frequency cap holds.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="cases">Opens the case.</param>
/// <param name="scenarios">Scenarios by package version.</param>
public sealed class TargetedCheck(ISupervisionSession session, CaseService cases, IScenarioCatalogue scenarios)
{
    /// <summary>Opens the case and starts its workflow.</summary>
    /// <param name="packageVersionId">Package version of the scenario.</param>
    /// <param name="caseDefinitionVersionId">Version of the definition of its cases.</param>
    /// <param name="command">The check.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="RuleViolationException">
    /// <c>trigger-unknown</c>, <c>field-missing</c>, <c>source-missing</c>, <c>lead-differs</c>, <c>lead-ended</c>, <c>lead-has-case</c>, <c>source-used</c>, <c>dispatcher-required</c>, <c>head-required</c>, <c>other-department</c>, <c>already-checked</c>, and those of <see cref="CaseService.OpenAsync"/>.
    /// </exception>
    public async ValueTask<Case> OpenAsync(string packageVersionId, string caseDefinitionVersionId, OpenTargetedCheck command, CancellationToken cancellationToken = default)
    {
        var scenario = (await scenarios.RequireAsync(packageVersionId, cancellationToken)).Scenario;
        if (command.Trigger == TriggerKind.MonthlyPlan || !scenario.Triggers.Contains(command.Trigger))
        {
            throw Refusal.Invalid("trigger-unknown", "trigger", $"场景“{scenario.Name}”不能以“{command.Trigger.ChineseName()}”直接立项检查，请从其触发方式中选择；计划内检查从计划抽取产生。");
        }

        var occasion = Refusal.Text(command.Occasion, "occasion", "检查事由");
        var lead = scenario.Lead.Code;
        if (command.Trigger.IsChosen())
        {
            Deciders.RequireHead(session.Actor, lead, "批准计划外检查");
        }

        if (!command.Trigger.IsChosen() || command.LeadId is not null)
        {
            await RequireSourceAsync(command, lead, cancellationToken);
        }

        Decision? Decided(string? reason, string field, string act)
        {
            if (reason is null)
            {
                return null;
            }

            Deciders.RequireHead(session.Actor, lead, act);
            return new Decision(session.Actor.Id, session.Actor.Name, session.Now, Refusal.Text(reason, field, "例外理由"));
        }

        var exception = Decided(command.FrequencyExceptionReason, "frequencyExceptionReason", "决定检查频次例外");
        var repeat = Decided(command.RepeatReason, "repeatReason", "决定重复检查");
        if (command.Trigger.IsChosen() && repeat is null)
        {
            await RequireNotCheckedAsync(command.TargetId, scenario, cancellationToken);
        }

        var instance = session.NewId();
        var opened = await cases.OpenAsync(
            new OpenCase
            {
                TargetId = command.TargetId,
                PackageVersionId = packageVersionId,
                Trigger = command.Trigger,
                RootInstanceId = instance,
                Departments = command.Departments,
                FrequencyException = exception,
                RepeatException = repeat,
                Occasion = occasion,
                SourceReference = SourceOf(command),
            },
            cancellationToken);
        if (command.LeadId is { } leadId)
        {
            var answered = await session.GetAsync<Lead>(leadId, "leadId", "线索", cancellationToken);
            session.Update(session.Noted(answered with { CaseId = opened.Id, TargetId = answered.TargetId ?? command.TargetId }, "立项检查", opened.Number), "lead.check-opened", ("case", opened.Id));
        }

        session.Start(new DomainStart(
            caseDefinitionVersionId, instance, instance, opened.Id, opened.ScenarioCode,
            $$"""{"caseId":"{{opened.Id}}","leadDepartment":"{{opened.LeadDepartment}}"}"""));
        return opened;
    }

    // 监管信息互认共享: within the scenario's window, what one department found in order is not looked at again by another.
    private async ValueTask RequireNotCheckedAsync(string targetId, Scenario scenario, CancellationToken ct)
    {
        if (scenario.Draw.Exclusions.FirstOrDefault(e => e.Code == Drawing.ExclusionCode.Recent)?.Within is not { } within)
        {
            return;
        }

        var cases = await session.ListAsync<Case>(new AggregateFilter { TargetId = targetId }, ct);
        var passed = cases.LastOrDefault(c => c.TaskEndedAt is { } ended && c.Outcome is VisitOutcome.NoProblem or VisitOutcome.FixedOnSpot
            && LegalDeadline.Compute(ShanghaiTime.DateOf(c.TaskEndedAt!.Value), within, session.Calendar).Raw >= session.Today());
        if (passed is not null)
        {
            throw Refusal.Conflict("already-checked", "repeatReason",
                $"部门{string.Join("、", passed.Departments.Where(d => d.Attends).Select(d => d.Code))}已于{ChineseDate.Of(ShanghaiTime.DateOf(passed.TaskEndedAt!.Value))}检查（{passed.Number}），结果为“{passed.Outcome}”，结果互认；确需再次检查的，由牵头部门负责人写明理由。");
        }
    }

    // What comes from outside is outside the cap, so that it has to be there, and answers one check.
    private async ValueTask RequireSourceAsync(OpenTargetedCheck command, string leadDepartment, CancellationToken ct)
    {
        if (command.LeadId is { } leadId)
        {
            var lead = await session.GetAsync<Lead>(leadId, "leadId", "线索", ct);
            var target = await session.FindAsync<TargetRecord>(command.TargetId, ct);
            if (lead.Trigger != command.Trigger || (lead.TargetId is { } own && own != command.TargetId) || DistrictOf(lead.Area) != DistrictOf(target?.Area))
            {
                throw Refusal.Invalid("lead-differs", "leadId", "该线索的来源类型、检查对象或者所在区县与本次检查不一致，请核对。");
            }

            if (lead.State.IsEnded() || lead.Wait is null)
            {
                throw Refusal.Conflict("lead-ended", "leadId", "该线索已经办结、移送或者并入其他线索，不能据以检查，请另行登记线索。");
            }

            if (lead.CaseId is { } caseId && await session.FindAsync<Case>(caseId, ct) is not { State: CaseState.Withdrawn })
            {
                throw Refusal.Conflict("lead-has-case", "leadId", "该线索已经立项检查，请在原案件中办理。");
            }
        }
        else if (string.IsNullOrWhiteSpace(command.SourceReference))
        {
            throw Refusal.Invalid("source-missing", "sourceReference", "由投诉举报、移送、交办等引起的检查，须填写线索（leadId）或者来文、工单编号（sourceReference）。");
        }
        else if (!session.Actor.Is(Role.Dispatcher) && !(session.Actor.Is(Role.DepartmentHead) && session.Actor.Department == leadDepartment))
        {
            throw Refusal.Forbidden("dispatcher-required", "actor", "没有线索的检查由调度员或者牵头部门负责人立项，请先登记线索（leadId）或者报请立项。");
        }

        await RequireUnusedAsync(command.TargetId, SourceOf(command)!, ct);
    }

    // A check that was given up answers nothing; one that went into another visit was answered there.
    private async ValueTask RequireUnusedAsync(string targetId, string source, CancellationToken ct)
    {
        var cases = await session.ListAsync<Case>(new AggregateFilter { TargetId = targetId }, ct);
        var merged = cases.SelectMany(c => c.MergedFrom ?? []).Select(m => m.CaseId).ToHashSet(StringComparer.Ordinal);
        if (cases.FirstOrDefault(c => c.SourceReference == source && (c.State != CaseState.Withdrawn || merged.Contains(c.Id))) is { } used)
        {
            throw Refusal.Conflict("source-used", "sourceReference", $"该来源“{source}”已据以检查本对象（{used.Number}），一件来源只检查一次，请在原案件中办理。");
        }
    }

    private static string? SourceOf(OpenTargetedCheck command) => command.LeadId ?? command.SourceReference?.Trim();

    private static string? DistrictOf(string? area) => area is { Length: > 6 } ? area[..6] : area;
}
