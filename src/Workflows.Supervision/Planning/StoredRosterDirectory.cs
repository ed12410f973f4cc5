using Workflows.Supervision.Catalogues;
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
                CreditCode = target.Kind == TargetKind.Person ? null : target.IsAdHoc ? target.CreditCode : target.Id,
                // No roster holds the numbers of identity documents; nobody has seen the papers of whoever a lead led to.
                Identity = target.Kind == TargetKind.Person || target is { IsAdHoc: true, CreditCode: null } ? PartyIdentity.Pending : null,
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
        var ofDistrict = await session.FindAsync<DepartmentRecord>($"{(area is { Length: >= 6 } ? area[..6] : area)}/{department}", cancellationToken);
        // A town acts in its own name and with numbers of its own where the roster has its organ; what that row does not say of contacts is the district's.
        var found = department == Delegation.TownDepartment && area is { Length: >= 9 }
            ? await session.FindAsync<DepartmentRecord>($"{area[..9]}/{department}", cancellationToken) ?? ofDistrict
            : ofDistrict;
        return found is null ? null : new Organ
        {
            Department = found.Unit.Code,
            Name = found.Unit.Name,
            NumberName = found.Unit.OrganShortName,
            Contact = found.Contact ?? ofDistrict?.Contact,
            Phone = found.Phone ?? ofDistrict?.Phone,
            Address = found.Address ?? ofDistrict?.Address,
            Reconsideration = found.Reconsideration ?? ofDistrict?.Reconsideration,
            Court = found.Court ?? ofDistrict?.Court,
        };
    }
}
