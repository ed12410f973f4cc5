using Workflows.Supervision.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Supervision.Inspections;

/// <summary>
/// The stage of a case as people read it, derived from the steps that wait for somebody: whatever diagram put them there, and wherever its branches
/// run side by side. Nothing else sets it.
/// </summary>
public static class CaseStage
{
    /// <summary>Not yet at the door.</summary>
    public const string BeforeVisit = "待检查";

    /// <summary>Closed, and published or not to be published.</summary>
    public const string Closed = "办结";

    /// <summary>Given up before the visit.</summary>
    public const string Withdrawn = "撤销";

    // Where several branches wait, the first line that fits is the one shown: what an officer has to move before what only takes its time.
    private static readonly (string Stage, string[] Kinds)[] s_stages =
    [
        (BeforeVisit, ["team.recusal-declaration", "team.recusal-decision", "team.supplement", "visit.approve", "visit.arrive"]),
        ("检查中", ["visit.second", "visit.substitute-target", "visit.record", "promise.sign"]),
        ("约谈", ["interview.call", "interview.hold", "order.second-term"]),
        ("复查", ["reinspection.record"]),
        ("立案审批", ["filing.review", "filing.decide", "order.unfiled"]),
        ("整改中", ["party.proof", "party.extension", "proof.review", "extension.decide"]),
        ("抽样检验", ["sample.take", "sample.report", "sample.retest", "party.retest"]),
        ("处置中", ["order.prepare", "order.approve", "order.revise", "leniency.propose", "leniency.review", "leniency.decide", "finding.education", "document.serve"]),
        ("采取措施", ["measure.take", "measure.approve", "measure.lift"]),
        ("强制程序", ["enforcement.step", "enforcement.confirm", "enforcement.choice", "enforcement.remedy", "enforcement.verify", "enforcement.execute", "enforcement.supply"]),
        ("案件办理中", ["filing.result"]),
        ("待公示", ["publication.review"]),
    ];

    /// <summary>The stage that open steps make, or null where none of them says anything of it (督办, 会商).</summary>
    public static string? Of(IEnumerable<string> openKinds)
    {
        var open = openKinds.ToHashSet(StringComparer.Ordinal);
        return s_stages.FirstOrDefault(s => open.Overlaps(s.Kinds)).Stage;
    }

    /// <summary>Brings the stage of a case in line with its open steps. A stage between two steps of one stimulus is no fact of the case and not audited.</summary>
    internal static async ValueTask FollowAsync(ISupervisionSession session, string? caseId, CancellationToken ct)
    {
        if (caseId is null || await session.FindAsync<Case>(caseId, ct) is not { } one)
        {
            return;
        }

        var open = await session.ListAsync<WorkTask>(new AggregateFilter { CaseId = caseId, States = [nameof(TaskState.Open)] }, ct);
        var stage = Of(open.Select(t => t.Kind)) ?? one.State switch { CaseState.Closed => Closed, CaseState.Withdrawn => Withdrawn, _ => one.Stage };
        if (stage != one.Stage)
        {
            session.Save(one with { Stage = stage });
        }
    }
}
