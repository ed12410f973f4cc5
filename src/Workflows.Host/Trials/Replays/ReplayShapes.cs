namespace Workflows.Host.Trials.Replays;

/// <summary>What became of a case that was replayed, by name as callers read it.</summary>
internal static class ReplayOutcome
{
    /// <summary>The same steps by the same ports, and the same waits at the end.</summary>
    public const string Same = "same";

    /// <summary>Another way.</summary>
    public const string Differs = "differs";

    /// <summary>It could not be replayed, for a reason that is named.</summary>
    public const string NotReplayed = "not-replayed";
}

/// <summary>A place where the draft goes another way than the case did.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Kind"><c>connection</c> (same port, leading elsewhere), <c>port</c> (left by another port), <c>missing</c> (the draft did not come to it), <c>added</c> (only the draft came to it) or <c>wait</c> (they wait elsewhere at the end).</param>
/// <param name="ActivityId">Activity.</param>
/// <param name="ActivityName">Its name, or null.</param>
/// <param name="RealPort">Port or ports by which it was left in the real case, joined by 、; null when it was not.</param>
/// <param name="DraftPort">The same in the draft.</param>
/// <param name="RealNext">Activities to which the port led in the real case.</param>
/// <param name="DraftNext">The same in the draft.</param>
internal sealed record Departure(
    DateTimeOffset At, string Kind, string ActivityId, string? ActivityName, string? RealPort, string? DraftPort, IReadOnlyList<string> RealNext, IReadOnlyList<string> DraftNext);

/// <summary>A step that a person did.</summary>
/// <param name="ActivityId">Activity.</param>
/// <param name="Kind">Kind of step.</param>
/// <param name="Title">Title.</param>
/// <param name="Department">Department, or null.</param>
/// <param name="Outcome">Outcome, or null.</param>
/// <param name="At">When, UTC.</param>
internal sealed record HistoryStep(string ActivityId, string Kind, string Title, string? Department, string? Outcome, DateTimeOffset At);

/// <summary>A due date that is another one under the draft.</summary>
/// <param name="Kind"><c>limit</c> (step of the diagram) or <c>task</c> (human step).</param>
/// <param name="ActivityId">Activity.</param>
/// <param name="Name">Rule or title.</param>
/// <param name="Department">Department, or null.</param>
/// <param name="StartedAt">When it began to run in the real case, UTC.</param>
/// <param name="RealDue">First instant at which it had passed in the real case, UTC.</param>
/// <param name="DraftDue">The same under the draft, UTC.</param>
internal sealed record DueDifference(string Kind, string ActivityId, string Name, string? Department, DateTimeOffset StartedAt, DateTimeOffset RealDue, DateTimeOffset DraftDue);

/// <summary>A real case against the draft.</summary>
/// <param name="CaseId">Id of the real case.</param>
/// <param name="Number">Its number.</param>
/// <param name="OpenedAt">When it was opened, UTC.</param>
/// <param name="Finished">Whether its workflow had ended.</param>
/// <param name="Outcome"><c>same</c>, <c>differs</c> or <c>not-replayed</c>.</param>
/// <param name="Code">Why it could not be replayed, in kebab case, or null.</param>
/// <param name="Message">The same for people, or null.</param>
/// <param name="Decisions">Human steps of its history.</param>
/// <param name="Fed">Those that found their place in the draft.</param>
/// <param name="First">The first departure, or null.</param>
/// <param name="Departures">The departures in order of time; at most 20.</param>
/// <param name="NoPlace">Steps of its history for which the draft has no place; at most 20.</param>
/// <param name="Assumed">Steps that only the draft asks for and that were answered in the ordinary way so that history could go on; at most 20.</param>
/// <param name="DueDates">Due dates that differ; at most 50.</param>
internal sealed record ReplayedCase(
    string CaseId, string Number, DateTimeOffset OpenedAt, bool Finished, string Outcome, string? Code, string? Message, int Decisions, int Fed, Departure? First,
    IReadOnlyList<Departure> Departures, IReadOnlyList<HistoryStep> NoPlace, IReadOnlyList<HistoryStep> Assumed, IReadOnlyList<DueDifference> DueDates);

/// <summary>How many cases depart first at a place.</summary>
internal sealed record DepartureCount(string Kind, string ActivityId, string? RealPort, string? DraftPort, int Cases);

/// <summary>What a replay came to, in numbers.</summary>
/// <param name="Cases">Cases that were taken.</param>
/// <param name="InPeriod">Cases of the scenario in the period.</param>
/// <param name="Same">Cases that go the same way.</param>
/// <param name="Differs">Cases that go another way.</param>
/// <param name="NotReplayed">Cases that could not be replayed.</param>
/// <param name="DueDatesDiffer">Cases of which some due date differs.</param>
/// <param name="NoPlace">Cases with a step for which the draft has no place.</param>
/// <param name="First">Where they depart first, most cases first; at most 20.</param>
internal sealed record ReplaySummary(int Cases, int InPeriod, int Same, int Differs, int NotReplayed, int DueDatesDiffer, int NoPlace, IReadOnlyList<DepartureCount> First);

/// <summary>Everything that can be asked of a replay.</summary>
/// <param name="Cases">Case by case, in order of opening.</param>
/// <param name="Summary">In numbers.</param>
internal sealed record ReplayResults(LineFile<ReplayedCase> Cases, ReplaySummary Summary);
