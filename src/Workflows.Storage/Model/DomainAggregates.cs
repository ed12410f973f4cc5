using Workflows.Supervision.CaseFilings;
using Workflows.Supervision.Catalogues;
using Workflows.Supervision.Deadlines;
using Workflows.Supervision.Documents;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Evidences;
using Workflows.Supervision.Exchange;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Leniency;
using Workflows.Supervision.Measures;
using Workflows.Supervision.Merging;
using Workflows.Supervision.Messages;
using Workflows.Supervision.Oversight;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Publication;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Scoring;
using Workflows.Supervision.Service;
using Workflows.Supervision.StuckMatters;
using Workflows.Supervision.TaskForces;
using Workflows.Supervision.Transfers;
using Workflows.Supervision.Work;

namespace Workflows.Storage.Model;

/// <summary>The aggregates of the domain and their tables. After a change here the three providers' migrations are made anew (see docs).</summary>
public static class DomainAggregates
{
    /// <summary>The map of all aggregates of the domain. Stores that share it share EF Core's model and its compiled queries too.</summary>
    public static AggregateMap Shared { get; } = Map();

    /// <summary>A fresh map of all aggregates of the domain, to which others can be added.</summary>
    public static AggregateMap Map() => new AggregateMap()
        .Add<OfficialDocument>("documents")
        .Add<SupervisionScore>("supervision_scores")
        .Add<ProofOfService>("proofs_of_service")
        .Add<WarningCard>("warning_cards")
        .Add<SupervisionOrder>("supervision_orders")
        .Add<Consultation>("consultations")
        .Add<Interview>("interviews")
        .Add<RectificationPackage>("rectification_packages")
        .Add<RectificationOrder>("rectification_orders")
        .Add<ExtensionRequest>("extension_requests")
        .Add<RectificationProof>("rectification_proofs")
        .Add<Reinspection>("reinspections")
        .Add<StopMeasure>("stop_measures")
        .Add<DeadlineClock>("deadline_clocks")
        .Add<StepLimit>("step_limits")
        .Add<ElapsedLimit>("elapsed_limits")
        .Add<Case>("cases")
        .Add<Visit>("visits")
        .Add<Finding>("findings")
        .Add<Evidence>("evidence")
        .Add<InspectionTeam>("inspection_teams")
        .Add<Recusal>("recusals")
        .Add<Substitution>("substitutions")
        .Add<InspectionPlan>("inspection_plans")
        .Add<DrawFile>("draw_files")
        .Add<DrawSheet>("draw_sheets")
        .Add<SealedSecret>("sealed_secrets")
        .Add<TargetRecord>("targets")
        .Add<OfficerRecord>("officers")
        .Add<DepartmentRecord>("departments")
        .Add<TownRecord>("towns")
        .Add<CaseFiling>("case_filings")
        .Add<LeniencyDecision>("leniency_decisions")
        .Add<WorkTask>("work_tasks")
        .Add<Notice>("notices")
        .Add<PartyLink>("party_links")
        .Add<PartyStatement>("party_statements")
        .Add<PublicationEntry>("publication_entries")
        .Add<Lead>("leads")
        .Add<StuckRequest>("stuck_requests")
        .Add<CatalogueMatter>("catalogue_matters")
        .Add<Delegation>("delegations")
        .Add<VisitCode>("visit_codes")
        .Add<OversightNote>("oversight_notes")
        .Add<Evaluation>("evaluations")
        .Add<MergeRule>("merge_rules")
        .Add<MergeProposal>("merge_proposals")
        .Add<ExchangePlatform>("exchange_platforms")
        .Add<ExchangeEntry>("exchange_entries")
        .Add<CooperationAgreement>("cooperation_agreements")
        .Add<EvidenceRecognition>("evidence_recognitions")
        .Add<CaseTransfer>("case_transfers")
        .Add<PersonalMessage>("messages")
        .Add<MessageSubscription>("message_subscriptions")
        .Add<Paper>("papers")
        .Add<Deputy>("deputies")
        .Add<TaskForce>("task_forces")
        .Add<MeasureTarget>("measure_targets")
        .Matters<Case>()
        .Matters<InspectionPlan>()
        .Shares<InspectionTeam>()
        .Shares<WorkTask>();
}
