using Workflows.Supervision.Guards;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Oversight;

/// <summary>What is evaluated.</summary>
public enum EvaluationSubject
{
    /// <summary>A target by several parties with weights, such as a property firm by street, community and residents (433).</summary>
    Target,

    /// <summary>A department by the towns that work with it (双向考核).</summary>
    Department,
}

/// <summary>What one party says.</summary>
/// <param name="Party">Who rates, such as 街道.</param>
/// <param name="Weight">Weight in per cent; those of an evaluation make 100.</param>
/// <param name="Score">0 to 100; null while it is open.</param>
/// <param name="Note">Why, or null.</param>
/// <param name="By">Who entered it, when and on what ground; null while it is open.</param>
/// <param name="Rater">Who speaks for it; null in evaluations that were opened before that was asked.</param>
public sealed record EvaluationPart(string Party, int Weight, decimal? Score = null, string? Note = null, Decision? By = null, EvaluationRater? Rater = null);

/// <summary>Who speaks for a party; what is given must all hold.</summary>
/// <param name="Role">Role, or null for any.</param>
/// <param name="Department">Department or unit such as TOWN, or null for any.</param>
/// <param name="Area">District or town, or null for any.</param>
public sealed record EvaluationRater(string? Role = null, string? Department = null, string? Area = null)
{
    /// <summary>Whether an actor may speak for the party.</summary>
    public bool Admits(Actor actor) =>
        (Role is null || actor.Is(Role)) && (Department is null || actor.Department == Department) && (Area is null || actor.Area?.StartsWith(Area, StringComparison.Ordinal) == true);
}

/// <summary>Weighted evaluation of a target or a department for a period. Its weights are data; a figure stands only when every party has spoken.</summary>
public sealed record Evaluation : SupervisionRecord
{
    /// <summary>What is evaluated.</summary>
    public required EvaluationSubject Subject { get; init; }

    /// <summary>Id of the target, or code of the department.</summary>
    public required string SubjectId { get; init; }

    /// <summary>Period, such as 2026-Q4.</summary>
    public required string Period { get; init; }

    /// <summary>The parties.</summary>
    public required IReadOnlyList<EvaluationPart> Parts { get; init; }

    /// <summary>Departments that see it: the one that is evaluated, or those that look after the target.</summary>
    public IReadOnlyList<string> Departments { get; init; } = [];

    /// <summary>Score below which the target counts as a risk in the draw; null where none follows.</summary>
    public decimal? RiskBelow { get; init; }

    /// <summary>The weighted score, 0 to 100; null while a party is missing.</summary>
    public decimal? Score => Parts.All(p => p.Score is not null) ? Math.Round(Parts.Sum(p => p.Weight * p.Score!.Value) / 100, 2) : null;

    /// <inheritdoc/>
    protected override string StateKey => Score is null ? "Open" : "Complete";

    /// <inheritdoc/>
    protected override string? KindKey => Subject.ToString();

    /// <inheritdoc/>
    protected override string? ReferenceKey => $"{Subject}|{Area}|{SubjectId}|{Period}";
}

/// <summary>Opens an evaluation.</summary>
/// <param name="Subject">What is evaluated.</param>
/// <param name="SubjectId">Id of the target, or code of the department.</param>
/// <param name="Period">Period.</param>
/// <param name="Weights">Parties with their weights; they make 100.</param>
/// <param name="RiskBelow">Score below which a target is marked as a risk, 0 to 100, or null.</param>
/// <param name="Raters">Who speaks for each party, by role, department or area.</param>
/// <param name="Area">District or town of a department; null for that of who asks. A target's evaluation lies where the target does.</param>
public sealed record OpenEvaluation(
    EvaluationSubject Subject, string SubjectId, string Period, IReadOnlyDictionary<string, int> Weights, IReadOnlyDictionary<string, EvaluationRater>? Raters = null, decimal? RiskBelow = null, string? Area = null);

/// <summary>What a party says.</summary>
/// <param name="Party">Which party.</param>
/// <param name="Score">0 to 100.</param>
/// <param name="Note">Why; required below 60.</param>
public sealed record GiveScore(string Party, decimal Score, string? Note = null);

/// <summary>Evaluations. A target's complete score sets or takes off a tag, which the weight factors of scenarios read at the next draw.</summary>
/// <param name="session">The session.</param>
public sealed class EvaluationService(ISupervisionSession session)
{
    /// <summary>Tag of a target that its evaluation marks as a risk; a weight factor of this code raises its chance.</summary>
    public const string RiskTag = "EVALUATED_LOW";

    /// <summary>Opens an evaluation.</summary>
    /// <exception cref="RuleViolationException"><c>weights</c>, <c>rater-missing</c>, <c>risk-below</c>, <c>field-missing</c>, <c>target-unknown</c> (also where it lies outside the actor's area), <c>evaluation-exists</c>.</exception>
    public async ValueTask<Evaluation> OpenAsync(OpenEvaluation command, CancellationToken cancellationToken = default)
    {
        if (command.Weights.Count < 1 || command.Weights.Values.Any(w => w is < 1 or > 100) || command.Weights.Values.Sum() != 100)
        {
            throw Refusal.Invalid("weights", "weights", "各方权重须为1至100的整数且合计为100，请更正。");
        }

        if (command.Weights.Keys.FirstOrDefault(party => command.Raters?.GetValueOrDefault(party) is not { } rater || rater is { Role: null, Department: null, Area: null }) is { } nobody)
        {
            throw Refusal.Invalid("rater-missing", $"raters.{nobody}", $"请写明由谁代表“{nobody}”打分：角色、单位或者区域至少一项。");
        }

        if (command.RiskBelow is < 0 or > 100)
        {
            throw Refusal.Invalid("risk-below", "riskBelow", "风险线应在0至100之间，请更正。");
        }

        var target = command.Subject == EvaluationSubject.Target ? await session.FindAsync<TargetRecord>(command.SubjectId, cancellationToken) : null;
        if (command.Subject == EvaluationSubject.Target
            && (target is null || (session.Actor.Area is { } own && target.Area?.StartsWith(own, StringComparison.Ordinal) != true)))
        {
            throw Refusal.NotFound("target-unknown", "subjectId", $"检查对象“{command.SubjectId}”不在名录中或者不在您的管理范围内，请核对。");
        }

        var id = session.NewId();
        var opened = new Evaluation
        {
            Id = id,
            CaseKey = id,
            Area = target is null ? command.Area ?? session.Actor.Area : target.Area,
            TargetId = target?.Id,
            Department = command.Subject == EvaluationSubject.Department ? command.SubjectId : null,
            Created = session.Cause(),
            Subject = command.Subject,
            SubjectId = command.SubjectId,
            Period = Refusal.Text(command.Period, "period", "评价周期"),
            Parts = [.. command.Weights.OrderBy(w => w.Key, StringComparer.Ordinal).Select(w => new EvaluationPart(w.Key, w.Value, Rater: command.Raters![w.Key]))],
            Departments = target is null ? [command.SubjectId] : [.. target.Target.Departments],
            RiskBelow = target is null ? null : command.RiskBelow,
        };
        return (await session.ListAsync<Evaluation>(new AggregateFilter { Reference = opened.Index.Reference, Take = 1 }, cancellationToken)).Count > 0
            ? throw Refusal.Conflict("evaluation-exists", "period", "该对象在本周期已有评价，请在原评价中打分。")
            : session.Add(opened, "evaluation.opened", ("subject", command.SubjectId));
    }

    /// <summary>Takes what a party says; who is evaluated does not rate itself, and nobody speaks for two parties. The last score settles the tag of a target.</summary>
    /// <exception cref="RuleViolationException"><c>party-unknown</c>, <c>score</c>, <c>own-evaluation</c>, <c>not-your-party</c>, <c>score-given</c>, <c>one-party-only</c>, <c>field-missing</c>.</exception>
    public async ValueTask<Evaluation> ScoreAsync(string id, GiveScore command, CancellationToken cancellationToken = default)
    {
        var evaluation = await session.GetAsync<Evaluation>(id, "id", "评价", cancellationToken);
        var part = evaluation.Parts.FirstOrDefault(p => p.Party == command.Party)
            ?? throw Refusal.Invalid("party-unknown", "party", $"“{command.Party}”不是本次评价的评价方，请从{string.Join("、", evaluation.Parts.Select(p => p.Party))}中选择。");
        if (evaluation.Subject == EvaluationSubject.Department && session.Actor.Department == evaluation.SubjectId)
        {
            throw Refusal.Forbidden("own-evaluation", "actor", "被评价的部门不能给自己打分。");
        }

        if (part.Rater is { } rater && !rater.Admits(session.Actor))
        {
            throw Refusal.Forbidden("not-your-party", "party", $"您不代表“{command.Party}”，不能为其打分，请由该方的人员打分。");
        }

        if (command.Score is < 0 or > 100)
        {
            throw Refusal.Invalid("score", "score", "分数应在0至100之间。");
        }

        if (part.Score is not null)
        {
            throw Refusal.Conflict("score-given", "party", $"“{command.Party}”已经打分，不能更改。");
        }

        if (evaluation.Parts.FirstOrDefault(p => p.By?.By == session.Actor.Id) is { } spoken)
        {
            throw Refusal.Conflict("one-party-only", "party", $"您已代表“{spoken.Party}”打分，一人只能代表一方，请由“{command.Party}”的人员打分。");
        }

        var note = command.Score < 60 ? Refusal.Text(command.Note, "note", "低于60分的理由") : command.Note;
        var by = new Decision(session.Actor.Id, session.Actor.Name, session.Now, note ?? "打分");
        var scored = session.Update(
            evaluation with { Parts = [.. evaluation.Parts.Select(p => p.Party == command.Party ? p with { Score = command.Score, Note = note, By = by } : p)] },
            "evaluation.scored", ("party", command.Party), ("complete", evaluation.Parts.Count(p => p.Score is null) == 1 ? "true" : "false"));
        if (scored is { Score: { } score, RiskBelow: { } below, TargetId: { } targetId } && await session.FindAsync<TargetRecord>(targetId, cancellationToken) is { } record)
        {
            var tags = record.Target.Tags.Remove(RiskTag);
            session.Save(record with { Target = record.Target with { Tags = score < below ? tags.Add(RiskTag) : tags }, Changed = session.Cause() });
        }

        return scored;
    }
}
