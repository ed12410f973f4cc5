using Workflows.Host.Simulation.People;

namespace Workflows.Host.Sample.History;

/// <summary>
/// What happens in the cases of the history: as in ordinary months most things go well, and of what does not each stage has something that stands
/// open at the end. How far a case comes is not told here: time and the diagram decide it.
/// </summary>
internal static class HistoryStories
{
    // Nobody gets to it before the history ends.
    private const int Neglected = 60;
    private const int Recent = 20;
    private const int Settled = 45;

    private static readonly BreachWish OnSpot = new(BreachSort.OnSpot);
    private static readonly BreachWish Lenient = new(BreachSort.Lenient);
    private static readonly BreachWish Term = new(BreachSort.Term);
    private static readonly BreachWish CorrectFirst = new(BreachSort.CorrectFirst);
    private static readonly BreachWish Stop = new(BreachSort.Stop);
    private static readonly BreachWish Filed = new(BreachSort.FiledAtOnce);

    private static readonly CaseStory[] Old =
    [
        new() { Name = "no-violation" },
        new() { Name = "fixed-on-the-spot", Wishes = [OnSpot with { Count = 2 }] },
        new() { Name = "proof-accepted", Wishes = [Term with { Count = 2 }], Correction = CorrectionStory.ProofAccepted },
        new() { Name = "handler-late", Wishes = [Term with { Count = 2 }], Correction = CorrectionStory.AtReinspection, Late = Days("reinspection.record", 7) },
        new() { Name = "overdue-filed", Wishes = [CorrectFirst], Correction = CorrectionStory.Never },
        new() { Name = "lenient", Wishes = [Lenient] },
        new() { Name = "serious-violation", Wishes = [Filed], Correction = CorrectionStory.AtReinspection },
        new() { Name = "extension-granted", Wishes = [Term], Extension = ExtensionStory.Granted, Correction = CorrectionStory.AtReinspection },
        new() { Name = "no-violation" },
        new() { Name = "order-late", Wishes = [Term, OnSpot], Correction = CorrectionStory.ProofAccepted, Late = Days("order.approve", 6) },
    ];

    private static readonly CaseStory[] UnderWay =
    [
        new() { Name = "reinspection-neglected", Wishes = [Term], Correction = CorrectionStory.AtReinspection, Late = Days("reinspection.record", Neglected) },
        new() { Name = "visit-neglected", Late = Days("visit.arrive", Neglected) },
        new() { Name = "put-right-at-reinspection", Wishes = [Term with { Count = 3 }], Correction = CorrectionStory.AtReinspection },
        new() { Name = "order-neglected", Wishes = [Term], Correction = CorrectionStory.ProofAccepted, Late = Days("order.approve", Neglected) },
        new() { Name = "filing-neglected", Wishes = [Filed], Correction = CorrectionStory.AtReinspection, Late = Days("filing.decide", Neglected) },
        new() { Name = "never-put-right", Wishes = [CorrectFirst], Correction = CorrectionStory.Never },
        new() { Name = "publication-neglected", Wishes = [OnSpot], Late = Days("publication.review", Neglected) },
        new() { Name = "stopped", Wishes = [Stop], Correction = CorrectionStory.AtReinspection },
        new() { Name = "no-violation" },
    ];

    private static readonly CaseStory[] New =
    [
        new() { Name = "order-draft-neglected", Wishes = [Term], Correction = CorrectionStory.ProofAccepted, Late = Days("order.prepare", Neglected) },
        new() { Name = "no-violation" },
        new() { Name = "put-right-at-reinspection", Wishes = [Term with { Count = 2 }], Correction = CorrectionStory.AtReinspection },
        new() { Name = "record-neglected", Wishes = [OnSpot], Late = Days("visit.record", Neglected) },
        new() { Name = "lenient", Wishes = [Lenient] },
        new() { Name = "proof-accepted", Wishes = [Term], Correction = CorrectionStory.ProofAccepted },
        new() { Name = "serious-violation", Wishes = [Filed, Term], Correction = CorrectionStory.AtReinspection },
    ];

    /// <summary>The stories of a plan's cases.</summary>
    /// <param name="daysAgo">How many days before the end the plan was opened.</param>
    /// <param name="count">Its cases.</param>
    /// <param name="turn">Where the row of stories begins, so that scenarios differ.</param>
    public static IEnumerable<CaseStory> Of(int daysAgo, int count, int turn)
    {
        var row = daysAgo < Recent ? New : daysAgo < Settled ? UnderWay : Old;
        return Enumerable.Range(0, count).Select(number => row[(number + (turn * 2)) % row.Length]);
    }

    private static Dictionary<string, int> Days(string kind, int workingDays) => new() { [kind] = workingDays };
}
