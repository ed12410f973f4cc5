namespace Workflows.Supervision.Projects;

/// <summary>A project as it is registered.</summary>
public sealed record NewProject
{
    /// <summary>Scenario whose milestones it follows.</summary>
    public required string Scenario { get; init; }

    /// <summary>Number of the registration, unique; becomes the id of the target. At most 100 characters.</summary>
    public required string Number { get; init; }

    /// <summary>Name, such as 某小区3幢501室装修; at most 100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Address; at most 200 characters.</summary>
    public required string Address { get; init; }

    /// <summary>Division code of the town, nine digits.</summary>
    public required string TownCode { get; init; }

    /// <summary>Tags, such as 住宅装修项目 and 顶层.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Owner; at most 60 characters.</summary>
    public required string Owner { get; init; }

    /// <summary>Telephone of the owner; documents print it.</summary>
    public required string Phone { get; init; }

    /// <summary>Contractor, at most 100 characters, or null.</summary>
    public string? Contractor { get; init; }

    /// <summary>Target id of the property firm in the roster of the same district, or null.</summary>
    public string? CaretakerId { get; init; }

    /// <summary>First day of the works.</summary>
    public required DateOnly StartsOn { get; init; }

    /// <summary>Last day of the works as planned; within five years of the first.</summary>
    public required DateOnly EndsOn { get; init; }

    /// <summary>Milestones that were reached before the project came into this register.</summary>
    public IReadOnlyList<string> Reached { get; init; } = [];

    /// <summary>Items that were in order at patrols before the project came into this register.</summary>
    public IReadOnlyList<string> Passed { get; init; } = [];
}

/// <summary>A confirmation that a milestone was reached.</summary>
/// <param name="By">Who confirms: 业主, 物业 or 网格.</param>
public sealed record MilestoneConfirmation(string By);
