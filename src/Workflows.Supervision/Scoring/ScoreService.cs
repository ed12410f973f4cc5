using Workflows.Supervision.Guards;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Scoring;

/// <summary>监管评分 with objection and repair. Sealed matters and leniency never count.</summary>
/// <param name="session">The session.</param>
public sealed class ScoreService(ISupervisionSession session)
{
    /// <summary>Points with which every target begins.</summary>
    public const int Full = 100;

    /// <summary>Counts a case into the score of its target, once.</summary>
    public async ValueTask<SupervisionScore> CountCaseAsync(string caseId, CancellationToken cancellationToken = default)
    {
        var one = await session.GetAsync<Case>(caseId, "caseId", "案件", cancellationToken);
        var score = await GetOrNewAsync(one, cancellationToken);
        if (score.Changes.Any(c => c.CaseId == caseId))
        {
            return score;
        }

        var findings = await session.ListAsync<Finding>(new AggregateFilter { CaseId = caseId }, cancellationToken);
        var changes = score.Changes.ToList();
        foreach (var finding in findings.Where(f => !f.Sealed && f.Disposition is not (Disposition.Lenient or Disposition.FixedOnSpot or Disposition.Refuted)))
        {
            changes.Add(new ScoreChange(changes.Count + 1, caseId, PointsOf(finding.Severity), $"事项{finding.ItemCode}不符合（{SeverityText.Of(finding.Severity)}）", session.Now));
        }

        foreach (var finding in findings.Where(f => !f.Sealed && f.Disposition == Disposition.Rectified))
        {
            changes.Add(new ScoreChange(changes.Count + 1, caseId, 3, $"事项{finding.ItemCode}已改正", session.Now));
        }

        return Save(score with { Changes = changes });
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

    private static int PointsOf(Severity severity) => severity switch
    {
        Severity.Minor => -2,
        Severity.General => -5,
        Severity.Serious => -15,
        _ => -40,
    };

    private SupervisionScore Save(SupervisionScore score) => session.Update(
        score with { Points = Math.Clamp(Full + score.Changes.Where(c => !c.Repaired).Sum(c => c.Points), 0, Full) }, "score.changed");

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
