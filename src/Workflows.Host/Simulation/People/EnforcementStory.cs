using Workflows.Supervision.Enforcement;

namespace Workflows.Host.Simulation.People;

/// <summary>
/// What a party does that is told to take something down, and how review and court see it. A story names steps that the law knows, never a diagram's own: whoever draws another order of them meets
/// the same parties.
/// </summary>
internal sealed record EnforcementStory
{
    /// <summary>Name for the report.</summary>
    public required string Name { get; init; }

    /// <summary>What the other authority says, or null for one of the answers that let the procedure go on.</summary>
    public string? Confirmed { get; init; }

    /// <summary>Steps at which the party says, once at each, that it has done what is demanded.</summary>
    public IReadOnlyList<EnforcementStage> Performed { get; init; } = [];

    /// <summary>How often that turns out not to be so.</summary>
    public int EmptyWords { get; init; }

    /// <summary>What the party chooses in the period that a step began; a period that is not named passes.</summary>
    public IReadOnlyDictionary<EnforcementStage, string> Choices { get; init; } = new Dictionary<EnforcementStage, string>();

    /// <summary>What review and court say, one after the other; the last stands for all that follow.</summary>
    public IReadOnlyList<string> Remedies { get; init; } = [EnforcementProcedure.FinallyUpheld];

    /// <summary>Whether it cannot wait for the day in the end.</summary>
    public bool Emergency { get; init; }

    /// <summary>Working days by which hearing the party is late; 0 for in time.</summary>
    public int HeardLate { get; init; }
}
