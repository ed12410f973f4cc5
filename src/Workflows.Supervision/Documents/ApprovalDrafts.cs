using Workflows.Supervision.CaseFilings;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leniency;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Publication;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Supervision.Documents;

/// <summary>
/// 拟稿: the paper that a decision would issue, before whoever decides. It is built as if the decision stood, with its place for name and opinion empty, and nothing
/// of it is kept.
/// </summary>
/// <param name="session">Reads the records.</param>
/// <param name="scenarios">Scenarios by package version.</param>
/// <param name="rosters">The rosters, for organs.</param>
/// <param name="templates">Templates by package version.</param>
/// <param name="renderer">Renders models.</param>
public sealed class ApprovalDrafts(ISupervisionSession session, IScenarioCatalogue scenarios, IRosterDirectory rosters, IDocumentTemplates templates, IDocumentRenderer renderer)
{
    /// <summary>The draft that belongs to a step; null where the step decides on no paper, or the scenario has none.</summary>
    public async ValueTask<DraftPaper?> FindAsync(WorkTask task, CancellationToken cancellationToken = default)
    {
        if (task.CaseId is not { } caseId)
        {
            return null;
        }

        var one = await session.GetAsync<Case>(caseId, "caseId", "案件", cancellationToken);
        var trial = new TrialSession(session, session.Calendar);
        if (await AsDecidedAsync(task, trial, cancellationToken) is not var (form, id)
            || !(await scenarios.RequireAsync(one.PackageVersionId, cancellationToken)).Scenario.Documents.Any(document => document.Form == form))
        {
            return null;
        }

        return await new DocumentIssuing(trial, new DocumentModelBuilder(trial, scenarios, rosters), templates, renderer).PreviewAsync(new IssueDocument(form, id), cancellationToken);
    }

    private async ValueTask<(string Form, string Id)?> AsDecidedAsync(WorkTask task, TrialSession trial, CancellationToken ct)
    {
        var blank = new Decision("", "", session.Now, "");
        switch (task.Kind)
        {
            case "order.approve":
                return await KeepAsync<RectificationOrder>("rectification-order", o => o.State == OrderState.Draft, o => o with { Approval = blank });
            case "measure.approve":
                return await KeepAsync<StopMeasure>("stop-notice", m => m.Approval is null, m => m);
            case "filing.review" or "filing.decide":
                return await KeepAsync<CaseFiling>("case-filing-approval", f => f.Approval is null, f => f with { Approval = blank });
            case "leniency.review" or "leniency.decide":
                return await KeepAsync<LeniencyDecision>("leniency-decision", l => l.State is LeniencyState.Proposed or LeniencyState.Reviewed, l => l with { State = LeniencyState.Decided });
            case "supervision.sign":
                return await KeepAsync<SupervisionOrder>("supervision-order", s => s.Signature is null, s => s with { Signature = blank });
            case "publication.review":
                return await KeepAsync<PublicationEntry>("publication-table", p => p.Review is null, p => p with { Review = blank, PlanId = null });
            case "visit.approve":
                return await KeepAsync<Visit>("inspection-approval", v => v.State == VisitState.Planned, v => v with { Approval = blank });
            default:
                return null;
        }

        async ValueTask<(string, string)?> KeepAsync<T>(string form, Func<T, bool> waits, Func<T, T> decided)
            where T : SupervisionRecord
        {
            var records = await session.ListAsync<T>(new AggregateFilter { CaseId = task.CaseId }, ct);
            if (records.LastOrDefault(r => (task.Department is null || r.Department is null || r.Department == task.Department) && waits(r)) is not { } record)
            {
                return null;
            }

            trial.Save(decided(record));
            return (form, record.Id);
        }
    }
}
