using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Rosters;

/// <summary>检查对象 as stored.</summary>
public sealed record TargetRecord : SupervisionRecord
{
    /// <summary>The row of the roster.</summary>
    public required RosterTarget Target { get; init; }

    /// <summary>Stores a row; its name and address are shown everywhere and keep nothing that nobody sees.</summary>
    public static TargetRecord Of(RosterTarget target, Cause cause) => new()
    {
        Id = target.Id,
        CaseKey = $"roster:{target.District}",
        Area = target.TownCode,
        TargetId = target.Id,
        Created = cause,
        Target = target with { Name = PlainText.Of(target.Name), Address = PlainText.Of(target.Address) },
    };

    /// <inheritdoc/>
    protected override string StateKey => Target.Status.ToString();

    /// <inheritdoc/>
    protected override string? KindKey => Target.Kind.ToString();
}

/// <summary>执法人员 as stored.</summary>
public sealed record OfficerRecord : SupervisionRecord
{
    /// <summary>The row of the roster.</summary>
    public required RosterOfficer Officer { get; init; }

    /// <summary>Stores a row.</summary>
    /// <param name="officer">The row.</param>
    /// <param name="district">Division code of the district whose roster it is.</param>
    /// <param name="cause">What caused it.</param>
    public static OfficerRecord Of(RosterOfficer officer, string district, Cause cause) => new()
    {
        Id = officer.Id,
        CaseKey = $"roster:{district}",
        Area = officer.ServingTown ?? district,
        Department = officer.Department,
        Created = cause,
        Officer = officer,
    };

    /// <inheritdoc/>
    protected override string StateKey => Officer.Status.ToString();

    /// <inheritdoc/>
    protected override DateTimeOffset? DueKey => Officer.CertificateValidTo is { } day ? Time.ShanghaiTime.PassedAt(day) : null;
}

/// <summary>部门 with the organ that acts in a district, as stored.</summary>
public sealed record DepartmentRecord : SupervisionRecord
{
    /// <summary>The row of the roster.</summary>
    public required Department Unit { get; init; }

    /// <summary>Desk that answers for it, or null.</summary>
    public string? Contact { get; init; }

    /// <summary>Telephone, or null.</summary>
    public string? Phone { get; init; }

    /// <summary>Address, or null.</summary>
    public string? Address { get; init; }

    /// <summary>行政复议机关, or null.</summary>
    public string? Reconsideration { get; init; }

    /// <summary>Court for 行政诉讼, or null.</summary>
    public string? Court { get; init; }

    /// <summary>Stores a row.</summary>
    public static DepartmentRecord Of(Department unit, Cause cause) => new()
    {
        Id = $"{unit.District}/{unit.Code}",
        CaseKey = $"roster:{unit.District}",
        Area = unit.District,
        Department = unit.Code,
        Created = cause,
        Unit = unit,
    };

    /// <summary>Whether it is the organ of one town, whose code then stands in place of the district's; elsewhere the code of a department means that of the district.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsOfTown => Unit.District.Length > 6;

    /// <inheritdoc/>
    protected override string StateKey => "Active";
}

/// <summary>镇街 as stored.</summary>
public sealed record TownRecord : SupervisionRecord
{
    /// <summary>The row of the roster.</summary>
    public required Town Town { get; init; }

    /// <summary>Stores a row.</summary>
    public static TownRecord Of(Town town, Cause cause) => new()
    {
        Id = town.Code,
        CaseKey = $"roster:{town.District}",
        Area = town.Code,
        Created = cause,
        Town = town,
    };

    /// <inheritdoc/>
    protected override string StateKey => "Active";
}
