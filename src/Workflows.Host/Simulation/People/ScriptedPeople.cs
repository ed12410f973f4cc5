namespace Workflows.Host.Simulation.People;

/// <summary>
/// What people do otherwise than usual, so that a test can tell one case exactly: the story of each case by its number in the order in
/// which cases come up, and rules by kind of step that come before the ordinary ones.
/// </summary>
internal sealed class ScriptedPeople
{
    /// <summary>The story of the n-th case, from 0; null for the deck's.</summary>
    public Func<int, CaseStory?>? Story { get; init; }

    /// <summary>Rules by kind of step.</summary>
    public IReadOnlyDictionary<string, StepRule> Rules { get; init; } = new Dictionary<string, StepRule>();
}
