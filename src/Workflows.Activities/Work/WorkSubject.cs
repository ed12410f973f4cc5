using Workflows.Engine.Execution;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Sessions;

namespace Workflows.Activities.Work;

/// <summary>What an instance carries through (its correlation): a case, a plan or a lead. Steps, limits, ladders and notices work on each of them.</summary>
internal sealed record WorkSubject
{
    /// <summary>The case, or null.</summary>
    public Case? Matter { get; private init; }

    /// <summary>The plan, or null; of a case the plan's id alone is known.</summary>
    public InspectionPlan? Plan { get; private init; }

    /// <summary>The lead, or null.</summary>
    public Lead? Lead { get; private init; }

    /// <summary>Family of instances.</summary>
    public required string CaseKey { get; init; }

    /// <summary>Plan to which it belongs, or null.</summary>
    public string? PlanId { get; private init; }

    /// <summary>Target, or null.</summary>
    public string? TargetId { get; private init; }

    /// <summary>District or town.</summary>
    public string? Area { get; private init; }

    /// <summary>Department that leads, or has the lead.</summary>
    public required string LeadDepartment { get; init; }

    /// <summary>What its records have in common: the case, the plan, or the family of the lead.</summary>
    public AggregateFilter Records => Matter is not null ? new() { CaseId = Matter.Id } : Plan is not null ? new() { PlanId = Plan.Id } : new() { CaseKey = CaseKey };

    /// <summary>The subject of this instance.</summary>
    /// <exception cref="RuleViolationException"><c>subject-unknown</c>; <c>lead-without-department</c>.</exception>
    public static async ValueTask<WorkSubject> OfAsync(ActivityExecutionContext context)
    {
        var (session, id) = (context.Session(), context.SubjectId());
        if (await session.FindAsync<Case>(id, context.CancellationToken) is { } matter)
        {
            return new WorkSubject { Matter = matter, CaseKey = matter.CaseKey, PlanId = matter.PlanId, TargetId = matter.TargetId, Area = matter.Area, LeadDepartment = matter.LeadDepartment };
        }

        if (await session.FindAsync<InspectionPlan>(id, context.CancellationToken) is { } plan)
        {
            return new WorkSubject { Plan = plan, CaseKey = plan.CaseKey, PlanId = plan.Id, Area = plan.Area, LeadDepartment = plan.LeadDepartment };
        }

        var lead = await session.FindAsync<Lead>(id, context.CancellationToken) ?? throw new RuleViolationException(
            RefusalKind.NotFound, "subject-unknown", "correlationId", $"流程实例的关联编号“{context.CorrelationId}”不是案件、检查计划或者线索：请从计划派发、立项或者线索派发启动本流程。");
        return new WorkSubject
        {
            Lead = lead,
            CaseKey = lead.CaseKey,
            TargetId = lead.TargetId,
            Area = lead.Area,
            LeadDepartment = lead.Team?.Department ?? lead.Department
                ?? throw new RuleViolationException(RefusalKind.Conflict, "lead-without-department", context.ActivityId, "线索没有承办部门：请先派单，再由线索流程办理。"),
        };
    }
}
