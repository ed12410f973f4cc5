using Workflows.Host.Simulation.People;

namespace Workflows.Host.Simulation;

/// <summary>What is simulated.</summary>
internal sealed record SimulationOptions
{
    /// <summary>Folder with <c>plan.json</c>, <c>case.json</c> and <c>scenario.json</c>.</summary>
    public required string ScenarioFolder { get; init; }

    /// <summary>Home folder, for templates, law, calendars and the division of Ningbo.</summary>
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
}
