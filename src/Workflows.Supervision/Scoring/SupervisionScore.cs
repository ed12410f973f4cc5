using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Scoring;

/// <summary>监管评分: ours, with objection and repair; never called 信用等级 and kept apart from the imported 信用风险分类.</summary>
public sealed record SupervisionScore : SupervisionRecord
{
    /// <summary>Points with which every target begins.</summary>
    public const int Full = 100;

    /// <summary>Points now, 0 to 100.</summary>
    public required int Points { get; init; }

    /// <summary>What moved it, oldest first.</summary>
    public required IReadOnlyList<ScoreChange> Changes { get; init; }

    /// <summary>Points after each change, in the order in which things happened: a score is never more than full, a ceiling holds from its day on, and what was repaired does not count.</summary>
    public static IReadOnlyList<int> Standings(IReadOnlyList<ScoreChange> changes)
    {
        var (points, standings) = (Full, new List<int>(changes.Count));
        foreach (var change in changes)
        {
            points = change.Repaired ? points : Math.Clamp(Math.Min(points + change.Points, change.Ceiling ?? Full), 0, Full);
            standings.Add(points);
        }

        return standings;
    }

    /// <summary>Class of a number of points: A from 90, B from 75, C from 60, D below (scenarios.md 3). A class of this score, never a 信用等级.</summary>
    public static string GradeOf(int points) => points switch
    {
        >= 90 => "A",
        >= 75 => "B",
        >= 60 => "C",
        _ => "D",
    };

    /// <inheritdoc/>
    protected override string StateKey => Changes.Any(c => c.Objection is not null && c.ObjectionAnswer is null) ? "Objected" : "Current";

    /// <inheritdoc/>
    protected override string? ReferenceKey => TargetId;
}

/// <summary>One change of a score.</summary>
/// <param name="Id">Number of the change, from 1.</param>
/// <param name="CaseId">Case it comes from, or null.</param>
/// <param name="Points">Points added or taken.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Objection">Objection of the party, or null.</param>
/// <param name="ObjectionAnswer">Answer to it, or null.</param>
/// <param name="Repaired">Whether it was repaired and no longer counts.</param>
/// <param name="Ceiling">Points that are left at most from then on, or null.</param>
public sealed record ScoreChange(
    int Id, string? CaseId, int Points, string Reason, DateTimeOffset At, string? Objection = null, string? ObjectionAnswer = null, bool Repaired = false, int? Ceiling = null);
