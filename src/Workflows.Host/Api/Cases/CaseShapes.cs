using System.Text.Json.Nodes;
using Workflows.Host.Api.Documents;
using Workflows.Host.Api.Tasks;
using Workflows.Supervision.CaseFilings;
using Workflows.Supervision.Deadlines;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leniency;
using Workflows.Supervision.Publication;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Service;
using Workflows.Supervision.Work;

namespace Workflows.Host.Api.Cases;

/// <summary>A case in a list.</summary>
internal sealed record CaseRow(
    string Id, string Number, string ScenarioCode, string? PlanId, string TargetId, string TargetName, string? Area, string LeadDepartment,
    IReadOnlyList<string> Departments, CaseState State, string Stage, string? Outcome, DateTimeOffset CreatedAt, DateTimeOffset? ClosedAt)
{
    /// <summary>The row of a case.</summary>
    public static CaseRow Of(Case subject) => new(
        subject.Id, subject.Number, subject.ScenarioCode, subject.PlanId, subject.Target.Id, subject.Target.Name, subject.Area, subject.LeadDepartment,
        [.. subject.Departments.Select(department => department.Code)], subject.State, subject.Stage, subject.Outcome, subject.Created.At, subject.ClosedAt);
}

/// <summary>A named wait of a running workflow: something that somebody, or the clock, has to do by a time.</summary>
/// <param name="Name">What is waited for.</param>
/// <param name="Owner">Who has to act; null for the clock.</param>
/// <param name="DueAt">When the wait ends by itself or is late, UTC.</param>
/// <param name="Since">When it began, UTC.</param>
/// <param name="ActivityId">Activity of the diagram that waits.</param>
/// <param name="InstanceId">Workflow instance.</param>
internal sealed record WaitShape(string Name, string? Owner, DateTimeOffset? DueAt, DateTimeOffset Since, string ActivityId, string InstanceId);

/// <summary>One fact of the audit trail.</summary>
/// <param name="Sequence">Position in the chain.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Kind">What happened.</param>
/// <param name="ActivityId">Activity that caused it, or null.</param>
/// <param name="Actor">Who, by id.</param>
/// <param name="Data">Identifiers and outcomes.</param>
/// <param name="ActorName">Who, by name; null for an account that is there no more.</param>
internal sealed record TimelineEntry(long Sequence, DateTimeOffset At, string Kind, string? ActivityId, string Actor, JsonNode? Data, string? ActorName);

/// <summary>A case with everything about it that the viewer may see.</summary>
internal sealed record CaseStory(
    Case Case,
    IReadOnlyList<TimelineEntry> Timeline,
    IReadOnlyList<WaitShape> Waits,
    IReadOnlyList<TaskShape> Tasks,
    IReadOnlyList<InspectionTeam> Teams,
    IReadOnlyList<Substitution> Substitutions,
    IReadOnlyList<Visit> Visits,
    IReadOnlyList<Finding> Findings,
    IReadOnlyList<Evidence> Evidence,
    IReadOnlyList<RectificationOrder> Orders,
    IReadOnlyList<ExtensionRequest> Extensions,
    IReadOnlyList<RectificationProof> Proofs,
    IReadOnlyList<Reinspection> Reinspections,
    IReadOnlyList<StopMeasure> StopMeasures,
    IReadOnlyList<LeniencyDecision> Leniency,
    IReadOnlyList<CaseFiling> Filings,
    IReadOnlyList<DocumentShape> Documents,
    IReadOnlyList<ProofOfService> Services,
    IReadOnlyList<DeadlineClock> Clocks,
    IReadOnlyList<WarningCard> Cards,
    IReadOnlyList<SupervisionOrder> SupervisionOrders,
    IReadOnlyList<PublicationEntry> Publications,
    IReadOnlyList<PartyStatement> Statements);
