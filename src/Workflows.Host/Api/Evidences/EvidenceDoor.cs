using Workflows.Host.Api.Leads;
using Workflows.Host.Api.Reading;
using Workflows.Supervision.Evidences;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Time;
using Workflows.Supervision.Transfers;

namespace Workflows.Host.Api.Evidences;

/// <summary>Who sees which evidence: those of its case or its lead, and departments with which an agreement in force shares it or to which it was handed over. What is out of sight does not exist (404).</summary>
internal sealed class EvidenceDoor(AggregateReader rows, Viewer viewer, TimeProvider clock)
{
    private const int MostAgreements = 2_000;

    /// <summary>The evidence as this person may see it.</summary>
    public async ValueTask<Evidence> FindAsync(string id, CancellationToken cancellationToken)
    {
        var evidence = await rows.FindAsync<Evidence>(id, cancellationToken);
        if (evidence is null || !EvidenceGuard.MaySee(viewer.Actor, evidence))
            throw Viewer.NotFound("证据");
        var isOwn = evidence.CaseId is { } caseId
            ? await rows.FindAsync<Case>(caseId, cancellationToken) is { } one && viewer.Sight.Sees(one)
            : await rows.FindAsync<Lead>(evidence.CaseKey, cancellationToken) is { } lead && LeadDoor.Sees(lead, viewer);
        return isOwn || IsShared(evidence, await AgreementsAsync(cancellationToken)) || await WasHandedOverAsync(evidence, cancellationToken) ? evidence : throw Viewer.NotFound("证据");
    }

    /// <summary>Evidence on a target that other departments share with the own one.</summary>
    public async ValueTask<IReadOnlyList<Evidence>> SharedAsync(string targetId, CancellationToken cancellationToken)
    {
        var agreements = await AgreementsAsync(cancellationToken);
        return [.. (await rows.ListAsync<Evidence>(query => query.Where(row => row.TargetId == targetId), MostAgreements, cancellationToken))
            .Where(evidence => EvidenceGuard.MaySee(viewer.Actor, evidence) && IsShared(evidence, agreements))];
    }

    // 移送: who received a matter reads the evidence on its list, without any part in the case.
    private async ValueTask<bool> WasHandedOverAsync(Evidence evidence, CancellationToken cancellationToken) =>
        viewer.Actor.Department is { } own && viewer.Sight.SeesArea(evidence.Area)
        && (await rows.ListAsync<CaseTransfer>(query => query.Where(row => row.CaseId == evidence.CaseId), MostAgreements, cancellationToken))
            .Any(transfer => transfer.ReceiverDepartment == own && transfer.Handover is not null && transfer.State != TransferState.Returned && transfer.Evidence.Any(line => line.EvidenceId == evidence.Id));

    /// <summary>Whether an agreement shares it with the own department; what equipment recorded only once it has passed its reviews.</summary>
    public bool IsShared(Evidence evidence, IReadOnlyList<CooperationAgreement> agreements) =>
        evidence is { Sealed: false, Holder: { } holder } && (evidence.Origin != EvidenceOrigin.Monitoring || evidence.Review is { IsPassed: true }) && viewer.Sight.SeesArea(evidence.Area)
        && viewer.Actor.Department is { } own && own != holder
        && agreements.Any(a => (a.Area is null || evidence.Area?.StartsWith(a.Area, StringComparison.Ordinal) == true)
            && a.Permits(CooperationPermission.Evidence, holder, own, ShanghaiTime.DateOf(clock.GetUtcNow())));

    /// <summary>Agreements that nobody has ended.</summary>
    public ValueTask<IReadOnlyList<CooperationAgreement>> AgreementsAsync(CancellationToken cancellationToken) =>
        rows.ListAsync<CooperationAgreement>(query => query.Where(row => row.State == "InForce"), MostAgreements, cancellationToken);
}
