using Workflows.Supervision.Inspections;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Planning;

/// <summary>The rosters as they are stored, read through the session of the stimulus.</summary>
/// <param name="session">The session.</param>
public sealed class StoredRosterDirectory(ISupervisionSession session) : IRosterDirectory
{
    /// <inheritdoc/>
    public async ValueTask<OfficerStanding?> FindOfficerAsync(string officerId, CancellationToken cancellationToken = default) =>
        await session.FindAsync<OfficerRecord>(officerId, cancellationToken) is { Officer: { } officer }
            ? new OfficerStanding(
                officer.Id, officer.Name, officer.Department, officer.CertificateNumber, officer.CertificateValidTo, officer.DeclaredRelations, officer.Status == OfficerStatus.Active)
            : null;

    /// <inheritdoc/>
    public async ValueTask<TargetSnapshot?> FindTargetAsync(string targetId, CancellationToken cancellationToken = default) =>
        await session.FindAsync<TargetRecord>(targetId, cancellationToken) is { Target: { } target }
            ? new TargetSnapshot
            {
                Id = target.Id,
                Name = target.Name,
                Kind = target.Kind.ToString(),
                IsIndividual = target.Kind == TargetKind.Person,
                CreditCode = target.Kind == TargetKind.Person ? null : target.Id,
                Address = target.Address,
                Area = target.TownCode,
                Representative = target.Representative,
                Phone = target.Phone,
                Tags = target.Tags,
                ImportedCreditClass = target.Credit?.Class,
            }
            : null;

    /// <inheritdoc/>
    public async ValueTask<Organ?> FindOrganAsync(string department, string? area, CancellationToken cancellationToken = default)
    {
        var district = area is { Length: >= 6 } ? area[..6] : area;
        return await session.FindAsync<DepartmentRecord>($"{district}/{department}", cancellationToken) is { } found
            ? new Organ
            {
                Department = found.Unit.Code,
                Name = found.Unit.Name,
                NumberName = found.Unit.OrganShortName,
                Contact = found.Contact,
                Phone = found.Phone,
                Address = found.Address,
                Reconsideration = found.Reconsideration,
                Court = found.Court,
            }
            : null;
    }
}
