using System.Globalization;
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
    public const int Full = SupervisionScore.Full;

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

    /// <summary>The party objects to a change, once; the supervisors of the area are told and answer.</summary>
    /// <exception cref="RuleViolationException"><c>not-own-case</c>, <c>change-unknown</c>, <c>objection-open</c>, <c>already-decided</c>, <c>field-missing</c>, <c>field-too-long</c>.</exception>
    public async ValueTask<SupervisionScore> ObjectAsync(string scoreId, int changeId, string reason, CancellationToken cancellationToken = default)
    {
        var score = await session.GetAsync<SupervisionScore>(scoreId, "scoreId", "监管评分", cancellationToken);
        Deciders.RequireParty(session.Actor, score.TargetId);
        var change = ChangeOf(score, changeId);
        if (change.Objection is not null)
        {
            throw change.ObjectionAnswer is null
                ? Refusal.Conflict("objection-open", "changeId", "这条评分记录的异议正在处理，答复以前不能再次提出，请等待答复。")
                : Refusal.Conflict("already-decided", "changeId", "这条评分记录的异议已经答复，每条记录只能提出一次异议。");
        }

        var objected = Save(
            Replaced(score, change with { Objection = Refusal.Text(reason, "reason", "异议理由") }), "score.objected", ("change", changeId.ToString(CultureInfo.InvariantCulture)), ("case", change.CaseId));
        var number = await NumberAsync(score, change, cancellationToken);
        session.Send(new OutboxMessage("notice", $"role:{Role.Supervisor}", "评分异议", $"【评分异议】{number}，请登录查看：{LinkOf(score)}", change.CaseId, session.ActivityId)
        {
            Subject = new(number, null, LinkOf(score), score.Area),
        });
        return objected;
    }

    /// <summary>Answers an objection, once; a change that falls is repaired and no longer counts. The party is told.</summary>
    /// <exception cref="RuleViolationException">
    /// <c>supervisor-required</c>, <c>change-unknown</c>, <c>objection-missing</c>, <c>already-decided</c>, <c>field-missing</c>, <c>field-too-long</c>.
    /// </exception>
    public async ValueTask<SupervisionScore> AnswerAsync(string scoreId, int changeId, bool falls, string answer, CancellationToken cancellationToken = default)
    {
        var score = await session.GetAsync<SupervisionScore>(scoreId, "scoreId", "监管评分", cancellationToken);
        Deciders.RequireRole(session.Actor, Role.Supervisor, "supervisor-required", "评分异议由督办人答复。");
        var change = ChangeOf(score, changeId);
        if (change.Objection is null || change.ObjectionAnswer is not null)
        {
            throw change.Objection is null
                ? Refusal.Conflict("objection-missing", "changeId", "当事人没有对这条评分记录提出异议，请核对。")
                : Refusal.Conflict("already-decided", "changeId", "这条评分记录的异议已经答复，请刷新后再看。");
        }

        var answered = Save(
            Replaced(score, change with { ObjectionAnswer = Refusal.Text(answer, "answer", "答复"), Repaired = falls }),
            "score.objection-answered", ("change", changeId.ToString(CultureInfo.InvariantCulture)), ("case", change.CaseId), ("falls", falls ? "true" : "false"));
        var number = await NumberAsync(score, change, cancellationToken);
        // The way in of a party is its own link, which stands in no message.
        session.Send(new OutboxMessage("notice", $"party:{score.TargetId}", "评分异议答复", $"【评分异议答复】{number}，请打开您的办理链接查看。", change.CaseId, session.ActivityId)
        {
            Subject = new(number, null, null, score.Area),
        });
        return answered;
    }

    private async ValueTask<string> NumberAsync(SupervisionScore score, ScoreChange change, CancellationToken ct) =>
        change.CaseId is { } id && await session.FindAsync<Case>(id, ct) is { } one ? one.Number : score.TargetId!;

    private static string LinkOf(SupervisionScore score) => $"/desk/cases?targetId={Uri.EscapeDataString(score.TargetId!)}";

    private static ScoreChange ChangeOf(SupervisionScore score, int id) =>
        score.Changes.FirstOrDefault(c => c.Id == id) ?? throw Refusal.NotFound("change-unknown", "changeId", $"第{id}条评分记录不存在，请核对。");

    private static int PointsOf(Severity severity, ScoreRules rules) => severity switch
    {
        Severity.Minor => rules.Minor,
        Severity.General => rules.General,
        _ => rules.Serious,
    };

    private SupervisionScore Save(SupervisionScore score, string fact = "score.changed", params (string Name, string? Value)[] data) =>
        session.Update(score with { Points = SupervisionScore.Standings(score.Changes) is [.., var last] ? last : Full }, fact, data);

    private static SupervisionScore Replaced(SupervisionScore score, ScoreChange change) => score with { Changes = [.. score.Changes.Select(c => c.Id == change.Id ? change : c)] };

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
