using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Merging;

/// <summary>What the list says from a day on.</summary>
public sealed record MergeRuleVersion
{
    /// <summary>First day on which it is in force.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day on which it is in force, or null for as long as no later version begins.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Name of the matter, such as 电竞酒店综合检查.</summary>
    public required string Name { get; init; }

    /// <summary>Departments whose checks are merged; two or more, joined by <c>;</c> so that versions compare as values.</summary>
    public required string Departments { get; init; }

    /// <summary>Tag that the target must have, or null for every target.</summary>
    public string? TargetTag { get; init; }

    /// <summary>Whether checks must be merged (应合尽合): an undecided proposal keeps the visit from beginning.</summary>
    public bool IsMandatory { get; init; }

    /// <summary>Days by which windows of visits may lie apart and still be merged; 0 to 365.</summary>
    public int WindowDays { get; init; }

    /// <summary>The departments one by one.</summary>
    public IReadOnlyList<string> DepartmentCodes() => Departments.Split(';');
}

/// <summary>涉企综合查一次清单: matters whose checks by several departments are made in one visit, in one district or city, with all versions.</summary>
public sealed record MergeRule : SupervisionRecord
{
    /// <summary>Code of the entry.</summary>
    public required string Code { get; init; }

    /// <summary>Versions in order of their first days.</summary>
    public required IReadOnlyList<MergeRuleVersion> Versions { get; init; }

    /// <summary>Id of an entry in an area.</summary>
    public static string IdOf(string area, string code) => $"{area}/{code}";

    /// <summary>The version that is in force on a day, or null.</summary>
    public MergeRuleVersion? On(DateOnly day) => Versions.LastOrDefault(v => v.From <= day) is { } version && (version.To is null || day <= version.To) ? version : null;

    /// <summary>The entry with a version added, or replaced where one begins on the same day.</summary>
    public MergeRule With(MergeRuleVersion version) => this with { Versions = [.. Versions.Where(v => v.From != version.From).Append(version).OrderBy(v => v.From)] };

    /// <inheritdoc/>
    protected override string StateKey => "Known";

    /// <inheritdoc/>
    protected override string? KindKey => Code;
}
