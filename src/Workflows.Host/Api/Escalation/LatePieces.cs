using Workflows.Supervision.Deadlines;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Host.Api.Escalation;

/// <summary>Which clocks and steps are one piece of work. A step says by itself that it is late: the clock that gives its due time is not a second row.</summary>
internal static class LatePieces
{
    /// <summary>Whether the party is held, not a unit.</summary>
    public static bool IsOfParty(string? owner) => owner?.StartsWith("party:", StringComparison.Ordinal) == true;

    /// <summary>The clocks for which no step stands: those of parties, and those of units without an open step that took its due time from them.</summary>
    /// <param name="clocks">Running clocks.</param>
    /// <param name="limits">Running limits of diagrams: they join a clock to its steps.</param>
    /// <param name="steps">Open steps with a due time.</param>
    public static IReadOnlyList<DeadlineClock> WithoutStep(IReadOnlyList<DeadlineClock> clocks, IReadOnlyList<StepLimit> limits, IReadOnlyList<WorkTask> steps)
    {
        var limitOf = limits.Where(limit => limit.ClockId is not null).ToDictionary(limit => limit.ClockId!, limit => limit.Id, StringComparer.Ordinal);
        var stands = steps.Select(step => step.LimitId).OfType<string>().ToHashSet(StringComparer.Ordinal);
        // Clocks of the domain, such as that of a filing, and steps that count their own days have no limit in common: one matter, unit and instant join them.
        var all = steps.Select(step => PieceOf(step, step.DueAt!.Value)).ToHashSet();
        var own = steps.Where(step => step.LimitId is null).Select(step => PieceOf(step, step.DueAt!.Value)).ToHashSet();
        return [.. clocks.Where(clock => IsOfParty(clock.HeldBy) || !HasStep(clock))];

        bool HasStep(DeadlineClock clock)
        {
            var piece = PieceOf(clock, clock.Clock.PassedAt!.Value);
            return limitOf.TryGetValue(clock.Id, out var limit) ? stands.Contains(limit) || own.Contains(piece) : all.Contains(piece);
        }
    }

    private static (string Matter, string? Department, DateTimeOffset DueAt) PieceOf(SupervisionRecord record, DateTimeOffset dueAt) =>
        (record.CaseId ?? record.PlanId ?? record.CaseKey, record.Department, dueAt);
}
