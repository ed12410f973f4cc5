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
    /// <summary>Whether a kind of step decides on a paper.</summary>
    public static bool Covers(string kind) => FormOf(kind) is not null;

    /// <summary>The draft that belongs to a step; null where the step decides on no paper, the scenario has none, or the paper is out already.</summary>
    public async ValueTask<DraftPaper?> FindAsync(WorkTask task, CancellationToken cancellationToken = default)
    {
        if (task.CaseId is not { } caseId || FormOf(task.Kind) is not { } form)
        {
            return null;
        }

        var one = await session.GetAsync<Case>(caseId, "caseId", "案件", cancellationToken);
        var package = await scenarios.RequireAsync(one.PackageVersionId, cancellationToken);
        var trial = new TrialSession(session, session.Calendar);
        return package.Scenario.Documents.Any(document => document.Form == form) && await DecideAsync(task, form, trial, cancellationToken) is { } id
            ? await new DocumentIssuing(trial, new DocumentModelBuilder(trial, scenarios, rosters), templates, renderer).PreviewAsync(new IssueDocument(form, id), cancellationToken)
            : null;
    }

    private static string? FormOf(string kind) => kind switch
    {
        "visit.approve" => "inspection-approval",
        "order.approve" => "rectification-order",
        "measure.approve" => StopMeasureService.StopNotice,
        "filing.review" or "filing.decide" => "case-filing-approval",
        "leniency.review" or "leniency.decide" => "leniency-decision",
        "supervision.sign" => "supervision-order",
        "publication.review" => "publication-table",
        _ => null,
    };

    /// <summary>Puts the record of which the paper speaks into the trial as if it were decided.</summary>
    /// <returns>Its id; null where nothing waits.</returns>
    private async ValueTask<string?> DecideAsync(WorkTask task, string form, TrialSession trial, CancellationToken ct)
    {
        var blank = new Decision("", "", session.Now, "");
        return form switch
        {
            "inspection-approval" => await KeepAsync<Visit>(v => v.State == VisitState.Planned, v => v with { Approval = blank }),
            "rectification-order" => await KeepAsync<RectificationOrder>(o => IsOwn(o) && o.State == OrderState.Draft, o => o with { Approval = blank }),
            // Most are handed over at the door, before the head approves: that paper stands among the documents.
            StopMeasureService.StopNotice => await KeepAsync<StopMeasure>(m => IsOwn(m) && m is { Approval: null, NoticeId: null }, m => m),
            "case-filing-approval" => await KeepAsync<CaseFiling>(f => IsOwn(f) && f.Approval is null, f => f with { Approval = blank }),
            "leniency-decision" => await KeepAsync<LeniencyDecision>(l => IsOwn(l) && l.State is LeniencyState.Proposed or LeniencyState.Reviewed, l => l with { State = LeniencyState.Decided }),
            // Its record belongs to the unit that receives it, not to who signs.
            "supervision-order" => await KeepAsync<SupervisionOrder>(s => s.State == SupervisionOrderState.Draft, s => s with { Signature = blank }),
            // Without its plan it is a table of this row alone: the others were published before.
            _ => await KeepAsync<PublicationEntry>(p => p.Review is null, p => p with { Review = blank, PlanId = null }),
        };

        bool IsOwn(SupervisionRecord record) => task.Department is null || record.Department is null || record.Department == task.Department;

        async ValueTask<string?> KeepAsync<T>(Func<T, bool> waits, Func<T, T> decided)
            where T : SupervisionRecord
        {
            var records = await session.ListAsync<T>(new AggregateFilter { CaseId = task.CaseId }, ct);
            if (records.LastOrDefault(waits) is not { } record)
            {
                return null;
            }

            trial.Save(decided(record));
            return record.Id;
        }
    }
}
