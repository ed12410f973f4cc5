using Workflows.Supervision.Rosters;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Leads;

/// <summary>
/// 临时对象: a person, unit or site that stands on no roster and became known by a lead. Evidence comes first: without it there is nobody to open a case for. It bears what is
/// known, and is never drawn.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="scenarios">Scenarios by package version.</param>
public sealed class AdHocTargets(ISupervisionSession session, IScenarioCatalogue scenarios)
{
    /// <summary>Id of the target that is made for a lead.</summary>
    public static string IdOf(string leadId) => $"adhoc-{leadId}";

    /// <summary>The target of a lead: that of the roster, or one that is made for it.</summary>
    /// <param name="lead">A lead that was settled on the spot.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>Id of the target; null where there is neither a target of the roster nor evidence of another.</returns>
    public async ValueTask<string?> OfAsync(Lead lead, CancellationToken cancellationToken = default)
    {
        if (lead.TargetId is { } known)
        {
            return known;
        }

        if (lead.Settlement is not { EvidenceIds.Count: > 0 } settled)
        {
            return null;
        }

        // The item by which it became known has to apply to it.
        var item = settled.ItemCode is { } code && lead.Dispatch?.PackageVersionId is { } package ? (await scenarios.RequireAsync(package, cancellationToken)).Scenario.Item(code) : null;
        var person = settled.Person;
        var target = new RosterTarget
        {
            Id = IdOf(lead.Id),
            Name = person?.Name ?? "身份待查的当事人",
            Kind = person is { IsOrganisation: false } or null ? TargetKind.Person : TargetKind.Premises,
            Address = lead.Place.Address ?? "住址待查",
            TownCode = lead.Place.Area,
            District = lead.Place.District,
            Tags = [.. item?.TargetTags ?? [], .. lead.Zone is { } zone ? [zone] : Array.Empty<string>()],
            // Papers print both; what is not known yet is said to be so.
            Representative = person?.Name ?? "身份待查",
            Phone = person?.Phone ?? "待查",
            IsAdHoc = true,
        };
        session.Save(TargetRecord.Of(target, session.Cause()));
        session.Audit(new AuditFact(lead.CaseKey, "target.ad-hoc", new Dictionary<string, string?>(StringComparer.Ordinal) { ["target"] = target.Id, ["lead"] = lead.Id }));
        return target.Id;
    }
}
