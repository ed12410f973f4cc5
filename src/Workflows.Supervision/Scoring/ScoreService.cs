using Workflows.Supervision.CaseFilings;
using Workflows.Supervision.Guards;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;

namespace Workflows.Supervision.Scoring;

/// <summary>监管评分 with objection and repair. Sealed matters and leniency never count.</summary>
/// <param name="session">The session.</param>
/// <param name="scenarios">Scenarios by package version; their rules say how much counts.</param>
public sealed class ScoreService(ISupervisionSession session, IScenarioCatalogue scenarios)
{
    /// <summary>Points with which every target begins.</summary>
    public const int Full = 100;

    private const string CleanReason = "一段时间内无问题";

    /// <summary>Counts a case into the score of its target, once.</summary>
    public async ValueTask<SupervisionScore> CountCaseAsync(string caseId, CancellationToken cancellationToken = default)
    {
        var one = await session.GetAsync<Case>(caseId, "caseId", "案件", cancellationToken);
        var score = await GetOrNewAsync(one, cancellationToken);
        if (score.Changes.Any(c => c.CaseId == caseId))
        {
            return score;
        }

        var rules = (await scenarios.RequireAsync(one.PackageVersionId, cancellationToken)).Scenario.Score;
        var findings = (await session.ListAsync<Finding>(new AggregateFilter { CaseId = caseId }, cancellationToken)).Where(f => !f.Sealed).ToList();
        var changes = score.Changes.ToList();
        void Count(int points, string reason, int? ceiling = null)
        {
            if (points != 0 || ceiling is not null)
            {
                changes.Add(new ScoreChange(changes.Count + 1, caseId, points, reason, session.Now, Ceiling: ceiling));
            }
        }

        // A time without findings is looked at when the next check is counted; it begins anew with each finding and each time that was rewarded.
        var since = score.Changes.Where(c => !c.Repaired && (c.Points < 0 || c.Ceiling is not null || c.Reason == CleanReason)).Select(c => (DateTimeOffset?)c.At).Max();
        if (since is { } last && ShanghaiTime.DateOf(last).AddMonths(rules.CleanMonths) <= ShanghaiTime.DateOf(one.Created.At))
        {
            Count(rules.Clean, CleanReason);
        }

        var late = await LateAsync(caseId, cancellationToken);
        if ((await session.ListAsync<Visit>(new AggregateFilter { CaseId = caseId }, cancellationToken)).Any(v => v.State == VisitState.Refused))
        {
            Count(0, "拒绝检查", rules.RefusalCeiling);
        }

        // What the party had mended and told of before the check is not held against it.
        var known = findings.Exists(f => f.Disposition == Disposition.FixedOnSpot)
            ? (await session.ListAsync<Finding>(new AggregateFilter { TargetId = one.TargetId }, cancellationToken))
                .Where(f => f.CaseId != caseId && f.Disposition != Disposition.Refuted && f.Created.At <= one.Created.At).Select(f => f.ItemCode).ToHashSet(StringComparer.Ordinal)
            : [];
        foreach (var finding in findings.Where(f => f is { Disposition: not (Disposition.Lenient or Disposition.Refuted) } and not { Disposition: Disposition.FixedOnSpot, SelfCorrectionId: not null }))
        {
            var critical = finding.Severity == Severity.Critical;
            var excused = finding is { Disposition: Disposition.FixedOnSpot, Severity: Severity.Minor } && !known.Contains(finding.ItemCode);
            Count(critical ? 0 : excused ? rules.FirstMinorFixed : PointsOf(finding.Severity, rules), $"事项{finding.ItemCode}不符合（{SeverityText.Of(finding.Severity)}）", critical ? rules.CriticalCeiling : null);
            if (late.Contains(finding.Id))
            {
                Count(rules.Overdue, $"事项{finding.ItemCode}逾期未改正");
            }
        }

        foreach (var finding in findings.Where(f => f.Disposition == Disposition.Rectified))
        {
            Count(rules.Rectified, $"事项{finding.ItemCode}已改正");
        }

        if ((await session.ListAsync<PartyStatement>(new AggregateFilter { CaseId = caseId }, cancellationToken)).Any(s => s.Subject == SelfCorrections.Subject))
        {
            Count(rules.SelfCheck, "检查前报告自查自纠");
        }

        return Save(score with { Changes = changes });
    }

    // Findings whose item was not put right in its first term.
    private async ValueTask<HashSet<string>> LateAsync(string caseId, CancellationToken ct)
    {
        var ofCase = new AggregateFilter { CaseId = caseId };
        var second = (await session.ListAsync<RectificationOrder>(ofCase, ct)).SelectMany(o => o.Items).Where(i => i.Term > 1 || i.State == RectificationItemState.Overdue).Select(i => i.FindingId);
        var filed = (await session.ListAsync<CaseFiling>(ofCase, ct)).Where(f => f.Reason == OverdueItems.FilingReason).SelectMany(f => f.FindingIds);
        return [.. second.Concat(filed)];
    }

    /// <summary>The party objects to a change.</summary>
    /// <exception cref="RuleViolationException"><c>not-own-case</c>, <c>change-unknown</c>.</exception>
    public async ValueTask<SupervisionScore> ObjectAsync(string scoreId, int changeId, string reason, CancellationToken cancellationToken = default)
    {
        var score = await session.GetAsync<SupervisionScore>(scoreId, "scoreId", "监管评分", cancellationToken);
        Deciders.RequireParty(session.Actor, score.TargetId);
        return Save(score with { Changes = Replace(score, changeId, c => c with { Objection = Refusal.Text(reason, "reason", "异议理由") }) });
    }

    /// <summary>Answers an objection; a change that falls is repaired and no longer counts.</summary>
    /// <exception cref="RuleViolationException"><c>supervisor-required</c>, <c>change-unknown</c>.</exception>
    public async ValueTask<SupervisionScore> AnswerAsync(string scoreId, int changeId, bool falls, string answer, CancellationToken cancellationToken = default)
    {
        var score = await session.GetAsync<SupervisionScore>(scoreId, "scoreId", "监管评分", cancellationToken);
        Deciders.RequireRole(session.Actor, Role.Supervisor, "supervisor-required", "评分异议由督办人答复。");
        return Save(score with { Changes = Replace(score, changeId, c => c with { ObjectionAnswer = Refusal.Text(answer, "answer", "答复"), Repaired = falls }) });
    }

    private static int PointsOf(Severity severity, ScoreRules rules) => severity switch
    {
        Severity.Minor => rules.Minor,
        Severity.General => rules.General,
        _ => rules.Serious,
    };

    // In the order in which things happened: a score is never more than full, and a ceiling holds from its day on.
    private SupervisionScore Save(SupervisionScore score) => session.Update(
        score with
        {
            Points = score.Changes.Where(c => !c.Repaired).Aggregate(Full, (points, change) => Math.Clamp(Math.Min(points + change.Points, change.Ceiling ?? Full), 0, Full)),
        },
        "score.changed");

    private static IReadOnlyList<ScoreChange> Replace(SupervisionScore score, int id, Func<ScoreChange, ScoreChange> change) =>
        score.Changes.Any(c => c.Id == id)
            ? [.. score.Changes.Select(c => c.Id == id ? change(c) : c)]
            : throw Refusal.NotFound("change-unknown", "changeId", $"第{id}条评分记录不存在，请核对。");

    private async ValueTask<SupervisionScore> GetOrNewAsync(Case one, CancellationToken ct) =>
        await session.FindAsync<SupervisionScore>($"score-{one.TargetId}", ct) ?? new SupervisionScore
        {
            Id = $"score-{one.TargetId}",
            CaseKey = $"score-{one.TargetId}",
            TargetId = one.TargetId,
            Area = one.Area,
            Created = session.Cause(),
            Points = Full,
            Changes = [],
        };
}
