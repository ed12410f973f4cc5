using Workflows.Supervision.Inspections;

namespace Workflows.Supervision.Planning;

/// <summary>The rosters as services look things up in them; reads through the session's transaction.</summary>
public interface IRosterDirectory
{
    /// <summary>An officer, or null.</summary>
    ValueTask<OfficerStanding?> FindOfficerAsync(string officerId, CancellationToken cancellationToken = default);

    /// <summary>A target as it is now, or null.</summary>
    ValueTask<TargetSnapshot?> FindTargetAsync(string targetId, CancellationToken cancellationToken = default);

    /// <summary>The organ of a department in an area, or null.</summary>
    /// <param name="department">Code of the department.</param>
    /// <param name="area">Division code of district or town; the organ of the district serves its towns.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    ValueTask<Organ?> FindOrganAsync(string department, string? area, CancellationToken cancellationToken = default);
}

/// <summary>An officer as the rules see one.</summary>
/// <param name="Id">Id in the roster.</param>
/// <param name="Name">Name.</param>
/// <param name="Department">Home department.</param>
/// <param name="CertificateNumber">Enforcement certificate, or null.</param>
/// <param name="CertificateValidTo">Its last day, or null.</param>
/// <param name="Relations">Ids of targets to which a relation is declared.</param>
/// <param name="InService">Whether the officer serves (not suspended, not left).</param>
public sealed record OfficerStanding(
    string Id, string Name, string Department, string? CertificateNumber, DateOnly? CertificateValidTo, IReadOnlyList<string> Relations, bool InService);

/// <summary>An organ with what its documents print.</summary>
public sealed record Organ
{
    /// <summary>Code of the department.</summary>
    public required string Department { get; init; }

    /// <summary>Full name, such as 宁波市海曙区消防救援大队.</summary>
    public required string Name { get; init; }

    /// <summary>Short name in document numbers, such as 甬海曙消.</summary>
    public required string NumberName { get; init; }

    /// <summary>Contact person or desk.</summary>
    public string? Contact { get; init; }

    /// <summary>Telephone.</summary>
    public string? Phone { get; init; }

    /// <summary>监督电话.</summary>
    public string? SupervisionPhone { get; init; }

    /// <summary>Address.</summary>
    public string? Address { get; init; }

    /// <summary>行政复议机关.</summary>
    public string? Reconsideration { get; init; }

    /// <summary>Court for 行政诉讼.</summary>
    public string? Court { get; init; }
}
