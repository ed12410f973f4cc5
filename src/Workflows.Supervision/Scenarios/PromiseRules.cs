using Workflows.Supervision.Time;

namespace Workflows.Supervision.Scenarios;

/// <summary>守法承诺: what a scenario asks its parties to promise.</summary>
/// <param name="Texts">The promises, one a paragraph of the letter.</param>
/// <param name="Items">Items of the checklist that they cover; empty for all.</param>
/// <param name="Term">How long a promise holds.</param>
public sealed record PromiseRules(IReadOnlyList<string> Texts, IReadOnlyList<string> Items, LegalPeriod Term);

/// <summary>How a target stands to what it promised.</summary>
public enum PromiseStanding
{
    /// <summary>It promised, and nothing was found since that it had promised to avoid.</summary>
    Kept,

    /// <summary>Something was found that it had promised to avoid.</summary>
    Broken,
}
