using Workflows.Host.Api.Reading;
using Workflows.Host.Paging;
using Workflows.Supervision.Evidences;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Evidences;

/// <summary>A piece of evidence in a list, with what its page says of it.</summary>
/// <param name="Evidence">The record with hash, origin and custody.</param>
/// <param name="TargetName">Name of the target.</param>
/// <param name="CaseNumber">Number of its case where that is in sight; null for what an agreement shares.</param>
/// <param name="Joint">Whether the own department takes part in its case; else an agreement shares it.</param>
/// <param name="Decided">What the own department decided last, or null.</param>
internal sealed record EvidenceRow(Evidence Evidence, string TargetName, string? CaseNumber, bool Joint, EvidenceRecognition? Decided);

/// <summary>A decision on evidence, with what it was about.</summary>
/// <param name="Recognition">The decision.</param>
/// <param name="Title">What the evidence shows.</param>
/// <param name="TargetName">Name of the target.</param>
internal sealed record RecognitionRow(EvidenceRecognition Recognition, string Title, string TargetName);

/// <summary>Lists of evidence: of other departments to decide on, recorded by equipment to review, and what was decided.</summary>
internal sealed class EvidenceLists(AggregateReader rows, Viewer viewer, EvidenceDoor door)
{
    private const int MostOfPage = 5_000;

    /// <summary>Evidence of other departments on which the own one may decide: of cases in which both take part, or shared by an agreement in force.</summary>
    public async Task<Page<EvidenceRow>> OfferedAsync(PageRequest page, string? targetId, CancellationToken cancellationToken)
    {
        var own = viewer.Actor.Department;
        var found = await rows.PageAsync<Evidence, Evidence>(
            page, query => query.Where(row => row.CaseId != null && (targetId == null || row.TargetId == targetId)),
            one => own is not null && one is { Sealed: false, CopyOf: null, Holder: { } holder } && holder != own && EvidenceGuard.MaySee(viewer.Actor, one) && viewer.Sight.SeesArea(one.Area),
            static one => one, cancellationToken);
        var cases = await CasesAsync(found.Items.Select(one => one.CaseId), cancellationToken);
        var agreements = await door.AgreementsAsync(cancellationToken);
        var decided = await DecidedAsync(cases.Keys, cancellationToken);
        return new Page<EvidenceRow>(
            [
                .. from one in found.Items
                   let of = cases.GetValueOrDefault(one.CaseId!)
                   let joint = of is not null && of.Departments.Any(unit => unit.Code == own)
                   where of is not null && (joint || door.IsShared(one, agreements))
                   select new EvidenceRow(one, of.Target.Name, viewer.Sight.Sees(of) ? of.Number : null, joint, decided.LastOrDefault(decision => decision.EvidenceId == one.Id && decision.By == own)),
            ],
            found.Next);
    }

    /// <summary>What equipment recorded in cases in sight.</summary>
    public async Task<Page<EvidenceRow>> MonitoringAsync(PageRequest page, CancellationToken cancellationToken)
    {
        var found = await rows.PageAsync<Evidence, Evidence>(
            page, static query => query.Where(row => row.CaseId != null), one => one is { Origin: EvidenceOrigin.Monitoring, CopyOf: null } && EvidenceGuard.MaySee(viewer.Actor, one),
            static one => one, cancellationToken);
        var cases = await CasesAsync(found.Items.Select(one => one.CaseId), cancellationToken);
        return new Page<EvidenceRow>(
            [
                .. from one in found.Items
                   let of = cases.GetValueOrDefault(one.CaseId!)
                   where of is not null && viewer.Sight.Sees(of)
                   select new EvidenceRow(one, of.Target.Name, of.Number, of.Departments.Any(unit => unit.Code == viewer.Actor.Department), null),
            ],
            found.Next);
    }

    /// <summary>Decisions of the own department and on its evidence; of all where departments do not bound the sight.</summary>
    public async Task<Page<RecognitionRow>> RecognitionsAsync(PageRequest page, CancellationToken cancellationToken)
    {
        var sight = viewer.Sight;
        var found = await rows.PageAsync<EvidenceRecognition, EvidenceRecognition>(
            page, static query => query,
            one => sight.SeesArea(one.Area) && (sight.AllDepartments || (sight.Department is { } own && (one.By == own || one.Holder == own))), static one => one, cancellationToken);
        var cases = await CasesAsync(found.Items.Select(one => one.CaseId), cancellationToken);
        var ids = found.Items.Select(one => one.EvidenceId).Distinct(StringComparer.Ordinal).ToList();
        var evidence = (await rows.ListAsync<Evidence>(query => query.Where(row => ids.Contains(row.Id)), MostOfPage, cancellationToken)).ToDictionary(one => one.Id, StringComparer.Ordinal);
        return new Page<RecognitionRow>(
            [
                .. from one in found.Items
                   let of = evidence.GetValueOrDefault(one.EvidenceId)
                   where of is not null && EvidenceGuard.MaySee(viewer.Actor, of)
                   select new RecognitionRow(one, of.Title, cases.GetValueOrDefault(one.CaseId ?? "")?.Target.Name ?? ""),
            ],
            found.Next);
    }

    private async Task<Dictionary<string, Case>> CasesAsync(IEnumerable<string?> wanted, CancellationToken cancellationToken)
    {
        var ids = wanted.OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        return ids.Count == 0 ? [] : (await rows.ListAsync<Case>(query => query.Where(row => ids.Contains(row.Id)), MostOfPage, cancellationToken)).ToDictionary(one => one.Id, StringComparer.Ordinal);
    }

    private async Task<IReadOnlyList<EvidenceRecognition>> DecidedAsync(IEnumerable<string> cases, CancellationToken cancellationToken)
    {
        var ids = cases.ToList();
        return ids.Count == 0 ? [] : await rows.ListAsync<EvidenceRecognition>(query => query.Where(row => row.CaseId != null && ids.Contains(row.CaseId)), MostOfPage, cancellationToken);
    }
}
