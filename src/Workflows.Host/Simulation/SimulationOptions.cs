using Workflows.Engine.Bursts;
using Workflows.Host.Packages;
using Workflows.Host.Simulation.People;
using Workflows.Storage.Model.Rows;

namespace Workflows.Host.Simulation;

/// <summary>What is simulated.</summary>
internal sealed record SimulationOptions
{
    /// <summary>Longest simulation in days.</summary>
    public const int MostDays = 1100;

    /// <summary>Most targets that are drawn.</summary>
    public const int MostTargets = 5000;

    /// <summary>The package under test: diagrams, scenario data, law and templates.</summary>
    public required PackageFiles Package { get; init; }

    /// <summary>Home folder, for calendars and the division of Ningbo.</summary>
    public required string Home { get; init; }

    /// <summary>First day, Asia/Shanghai.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Days that are simulated, the first included.</summary>
    public required int Days { get; init; }

    /// <summary>Seed of everything that is left to chance.</summary>
    public required long Seed { get; init; }

    /// <summary>Targets that are drawn over the whole time, each in one case.</summary>
    public int Targets { get; init; } = 60;

    /// <summary>What the people do otherwise than usual; null for nothing.</summary>
    public ScriptedPeople? Script { get; init; }

    /// <summary>Who may be inspected and who inspects; null for the made-up district.</summary>
    public SimulatedRosters? Rosters { get; init; }

    /// <summary>The plans that are opened; null for one a month.</summary>
    public IReadOnlyList<PlanOpening>? Plans { get; init; }

    /// <summary>The reports that come in; null for those of the calendar of leads, none where plans or people are told.</summary>
    public IReadOnlyList<LeadOpening>? Leads { get; init; }

    /// <summary>Calendar files in order of loading; null for those of the home folder.</summary>
    public IReadOnlyList<CalendarRow>? Calendars { get; init; }

    /// <summary>Budget of one burst; null for one that no sound diagram meets.</summary>
    public BurstLimits? Limits { get; init; }
}
