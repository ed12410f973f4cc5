using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Planning;

/// <summary>What is known of one target beyond roster, findings and score.</summary>
/// <param name="Alarms">Days of alarms there.</param>
/// <param name="Unconfirmed">Planned days of milestones that nobody has confirmed.</param>
/// <param name="OfContractor">Findings at the other projects of its contractor.</param>
/// <param name="CaretakerTags">Tags of whoever looks after the place.</param>
internal sealed record RiskFacts(IReadOnlyList<DateOnly> Alarms, IReadOnlyList<DateOnly> Unconfirmed, IReadOnlyList<Finding> OfContractor, IReadOnlyList<string> CaretakerTags)
{
    /// <summary>Nothing is known.</summary>
    public static RiskFacts None { get; } = new([], [], [], []);
}

/// <summary>Reads them for all targets of a draw at once, and only what a factor of the scenario asks for.</summary>
internal sealed class RiskFactsReader
{
    private readonly ILookup<string?, Lead> _alarms;
    private readonly ILookup<string?, Lead> _projects;
    private readonly ILookup<string, string> _ofContractor;
    private readonly Dictionary<string, RosterTarget> _targets;
    private readonly ILookup<string?, Finding> _findings;

    private RiskFactsReader(IEnumerable<Lead> alarms, IEnumerable<Lead> projects, IReadOnlyList<RosterTarget> targets, ILookup<string?, Finding> findings)
    {
        _alarms = alarms.ToLookup(l => l.TargetId, StringComparer.Ordinal);
        _projects = projects.ToLookup(l => l.TargetId, StringComparer.Ordinal);
        _ofContractor = targets.Where(t => t.Project?.Contractor is not null).ToLookup(t => t.Project!.Contractor!, t => t.Id, StringComparer.Ordinal);
        _targets = targets.ToDictionary(t => t.Id, StringComparer.Ordinal);
        _findings = findings;
    }

    /// <summary>Reads what the factors of a scenario need in an area; one reading for each kind of data.</summary>
    public static async ValueTask<RiskFactsReader> ReadAsync(
        ISupervisionSession session, Scenario scenario, string? area, IReadOnlyList<RosterTarget> targets, ILookup<string?, Finding> findings, CancellationToken cancellationToken)
    {
        var sources = scenario.Draw.Factors.Select(f => f.When).OfType<FactorSource>().ToList();
        var alarms = sources.Any(s => s.Alarms is not null)
            ? await session.ListAsync<Lead>(new AggregateFilter { AreaPrefix = area, Kinds = TriggerKinds.Alarms }, cancellationToken)
            : [];
        var projects = sources.Any(s => s.MilestoneLate is not null)
            ? await session.ListAsync<Lead>(new AggregateFilter { AreaPrefix = area, Kinds = [nameof(TriggerKind.Milestone)], States = [nameof(LeadState.Dispatched)] }, cancellationToken)
            : [];
        return new RiskFactsReader(alarms, projects, targets, findings);
    }

    /// <summary>What is known of one target.</summary>
    public RiskFacts Of(RosterTarget target) => new(
        [.. _alarms[target.Id].Select(l => ShanghaiTime.DateOf(l.OccurredAt ?? l.ReceivedAt))],
        [.. _projects[target.Id].SelectMany(l => l.Milestones).Where(m => m is { ConfirmedAt: null, Before: false }).Select(m => m.PlannedOn)],
        target.Project?.Contractor is { } contractor ? [.. _ofContractor[contractor].Where(id => id != target.Id).SelectMany(id => _findings[id])] : [],
        target.Project?.CaretakerId is { } caretaker && _targets.TryGetValue(caretaker, out var firm) ? [.. firm.Tags] : []);
}
