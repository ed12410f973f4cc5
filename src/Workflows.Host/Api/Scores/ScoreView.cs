using Workflows.Supervision.Scoring;

namespace Workflows.Host.Api.Scores;

/// <summary>One change of a 监管评分.</summary>
/// <param name="Id">Number of the change, from 1.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Points">Points added or taken.</param>
/// <param name="Ceiling">Points that are left at most from then on, or null.</param>
/// <param name="Standing">Points after it.</param>
/// <param name="Repaired">Whether it fell after an objection and no longer counts.</param>
/// <param name="Hidden">Whether it comes from a case that the reader may not see; all that follows is null then.</param>
/// <param name="CaseId">Case that it comes from, or null; never for the party.</param>
/// <param name="Reason">Why.</param>
/// <param name="Objection">What the party says against it, or null.</param>
/// <param name="ObjectionAnswer">The answer to that, or null.</param>
internal sealed record ScoreEntry(
    int Id, DateTimeOffset At, int Points, int? Ceiling, int Standing, bool Repaired, bool Hidden, string? CaseId, string? Reason, string? Objection, string? ObjectionAnswer);

/// <summary>监管评分 of a target with all that moved it; ours, never the imported 信用风险分类.</summary>
/// <param name="TargetId">The target.</param>
/// <param name="Points">Points now, 0 to 100; 100 where no case has been counted.</param>
/// <param name="Grade">A from 90, B from 75, C from 60, D below.</param>
/// <param name="Changes">What moved it, oldest first.</param>
internal sealed record ScoreView(string TargetId, int Points, string Grade, IReadOnlyList<ScoreEntry> Changes)
{
    /// <summary>The score as the party reads it: all of it is its own.</summary>
    public static ScoreView OfParty(SupervisionScore score) => Of(score.TargetId!, score, static _ => true, names: false);

    /// <summary>The score as somebody of the authorities reads it.</summary>
    /// <param name="targetId">The target.</param>
    /// <param name="score">Its score, or null where no case has been counted.</param>
    /// <param name="sees">Whether the reader sees a case.</param>
    public static ScoreView OfReader(string targetId, SupervisionScore? score, Func<string, bool> sees) => Of(targetId, score, change => change.CaseId is null || sees(change.CaseId), names: true);

    private static ScoreView Of(string targetId, SupervisionScore? score, Func<ScoreChange, bool> shows, bool names)
    {
        var changes = score?.Changes ?? [];
        var standings = SupervisionScore.Standings(changes);
        var points = score?.Points ?? SupervisionScore.Full;
        return new ScoreView(targetId, points, SupervisionScore.GradeOf(points), [.. changes.Select((change, at) => shows(change)
            ? new ScoreEntry(change.Id, change.At, change.Points, change.Ceiling, standings[at], change.Repaired, false, names ? change.CaseId : null, change.Reason, change.Objection, change.ObjectionAnswer)
            : new ScoreEntry(change.Id, change.At, change.Points, change.Ceiling, standings[at], change.Repaired, true, null, null, null, null))]);
    }
}
