namespace Workflows.Supervision.Planning;

/// <summary>Draws up a plan.</summary>
public sealed record OpenPlan
{
    /// <summary>Title.</summary>
    public required string Title { get; init; }

    /// <summary>Item of the published annual plan.</summary>
    public required AnnualPlanItem AnnualItem { get; init; }

    /// <summary>Scenario.</summary>
    public required string ScenarioCode { get; init; }

    /// <summary>Package version to which the plan is pinned.</summary>
    public required string PackageVersionId { get; init; }

    /// <summary>Root instance of the workflow, or null.</summary>
    public string? RootInstanceId { get; init; }

    /// <summary>Division code of the district.</summary>
    public string? Area { get; init; }

    /// <summary>Department that leads.</summary>
    public required string LeadDepartment { get; init; }

    /// <summary>Departments.</summary>
    public required IReadOnlyList<PlanDepartment> Departments { get; init; }

    /// <summary>How many targets are drawn; 0 for the scenario's usual share (<see cref="PlanSize"/>).</summary>
    public required int DrawCount { get; init; }

    /// <summary>How many alternates follow.</summary>
    public int AlternateCount { get; init; }

    /// <summary>How chances are given.</summary>
    public WeightMode WeightMode { get; init; } = WeightMode.Weighted;

    /// <summary>First day of the visits.</summary>
    public required DateOnly VisitFrom { get; init; }

    /// <summary>Last day of the visits.</summary>
    public required DateOnly VisitTo { get; init; }

    /// <summary>Whether the party is told only on arrival.</summary>
    public bool Surprise { get; init; }

    /// <summary>Credit classes whose targets the plan is for, <c>-</c> for those without one; empty for all. So each class is patrolled at its own frequency.</summary>
    public IReadOnlyList<string> CreditClasses { get; init; } = [];

    /// <summary>People at the door above which the approver says why: the scenario's <c>headCountWarning</c> (practice.md 4).</summary>
    public int HeadCountLimit { get; init; } = 8;

    /// <summary>Task force (专班) from which the officers are drawn; null for the whole roster of the departments.</summary>
    public string? TaskForceId { get; init; }
}

/// <summary>The public value as it was typed in.</summary>
/// <param name="Value">The value, 1 to 2000 characters.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="WitnessName">Who witnessed it.</param>
/// <param name="WitnessCapacity">In what capacity.</param>
public sealed record EnterPublicValue(string Value, string Source, string WitnessName, string? WitnessCapacity);

/// <summary>The result of a draw, made in the burst or in a job.</summary>
/// <param name="DrawId">Id of the draw.</param>
/// <param name="Json">The exportable record, word for word.</param>
/// <param name="TargetRosterHash">Hash of the roster of targets that was used.</param>
/// <param name="OfficerRosterHash">Hash of the roster of officers that was used.</param>
/// <param name="Targets">Drawn targets in order.</param>
/// <param name="Alternates">Alternates in order.</param>
/// <param name="Officers">Drawn officers.</param>
public sealed record DrawResult(
    string DrawId,
    string Json,
    string TargetRosterHash,
    string OfficerRosterHash,
    IReadOnlyList<string> Targets,
    IReadOnlyList<string> Alternates,
    IReadOnlyList<DrawnOfficers> Officers);
