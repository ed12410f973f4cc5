using Workflows.Supervision.Guards;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Evidences;

/// <summary>Who sees evidence, and when it may carry a finding or a case.</summary>
public static class EvidenceGuard
{
    /// <summary>Whether an actor may see a piece of evidence: police records are for their own department alone (治安管理处罚法 136).</summary>
    public static bool MaySee(Actor actor, Evidence evidence) =>
        MinorData.MaySee(actor, evidence) && (!evidence.Sealed || (evidence.Holder is { } holder && actor.Department == holder));

    /// <summary>Refuses what equipment recorded and nobody has reviewed (处罚法 41: unreviewed or failed recordings are no evidence).</summary>
    /// <exception cref="RuleViolationException"><c>monitoring-unreviewed</c> (409).</exception>
    public static void RequireUsable(Evidence evidence, string field)
    {
        if (evidence.Origin == EvidenceOrigin.Monitoring && evidence.Review is not { IsPassed: true })
        {
            throw Refusal.Conflict("monitoring-unreviewed", field, $"证据{evidence.Ordinal}是电子技术监控设备记录，未经法制和技术审核（或者未通过），不得作为证据（行政处罚法第四十一条）。");
        }
    }

    /// <summary>Refuses a finding that rests on what may not be used, and a department's own case that rests only on what it has rejected.</summary>
    /// <param name="session">The session.</param>
    /// <param name="evidenceIds">Ids or numbers of evidence; those that are not registered here are for the officers to answer for.</param>
    /// <param name="department">Department that acts on them, or null.</param>
    /// <param name="field">Field at fault.</param>
    /// <param name="ct">Cancels the reading.</param>
    /// <exception cref="RuleViolationException"><c>monitoring-unreviewed</c>, <c>evidence-rejected</c> (409).</exception>
    internal static async ValueTask RequireUsableAsync(ISupervisionSession session, IReadOnlyList<string> evidenceIds, string? department, string field, CancellationToken ct)
    {
        var rejected = 0;
        foreach (var id in evidenceIds)
        {
            if (await session.FindAsync<Evidence>(id, ct) is not { } evidence)
            {
                continue;
            }

            RequireUsable(evidence, field);
            if (department is not null && evidence.Holder is { } holder && holder != department && await LastAsync(session, evidence, department, ct) is { Accepted: false })
            {
                rejected++;
            }
        }

        if (rejected > 0 && rejected == evidenceIds.Count)
        {
            throw Refusal.Conflict("evidence-rejected", field, "所依据的证据均已被处罚部门不予采信，请补充证据后再办理。");
        }
    }

    // What was decided stands with the piece itself, also for its copy in another case.
    private static async ValueTask<EvidenceRecognition?> LastAsync(ISupervisionSession session, Evidence evidence, string department, CancellationToken ct)
    {
        var origin = evidence.CopyOf is { } original ? await session.FindAsync<Evidence>(original, ct) ?? evidence : evidence;
        return (await session.ListAsync<EvidenceRecognition>(new AggregateFilter { CaseId = origin.CaseId }, ct)).LastOrDefault(r => r.EvidenceId == origin.Id && r.By == department);
    }
}
