using Workflows.Host.Api.Reading;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Scenarios;

namespace Workflows.Host.Api.Visits;

/// <summary>What the party sees of a visit when it scans the code.</summary>
/// <param name="CaseNumber">Number of the case.</param>
/// <param name="TargetName">Whom the visit is to.</param>
/// <param name="Title">What is checked, such as 电竞酒店综合检查.</param>
/// <param name="PlannedOn">Appointed day.</param>
/// <param name="ArrivedAt">When the team arrived, UTC, or null.</param>
/// <param name="VisitOfYear">How many checks of the leading organ this makes in the year.</param>
/// <param name="Organs">Organs that attend, each with officers, legal basis and items.</param>
/// <param name="State">How far the visit has come.</param>
/// <param name="Outcome">What it came to; null while it goes on.</param>
/// <param name="Problems">Problems found; null while it goes on.</param>
/// <param name="FirstScannedAt">When the code was first scanned, UTC, or null.</param>
/// <param name="Complaint">Where to complain of the check.</param>
internal sealed record ScannedVisit(
    string CaseNumber, string TargetName, string Title, DateOnly PlannedOn, DateTimeOffset? ArrivedAt, int VisitOfYear, IReadOnlyList<ScannedOrgan> Organs,
    VisitState State, string? Outcome, IReadOnlyList<ScannedProblem>? Problems, DateTimeOffset? FirstScannedAt, string Complaint);

/// <summary>An organ at the door.</summary>
/// <param name="Organ">Full name.</param>
/// <param name="Officers">Officers with their certificate numbers.</param>
/// <param name="Bases">Provisions on which the check rests.</param>
/// <param name="Items">Items of the checklist.</param>
internal sealed record ScannedOrgan(string Organ, IReadOnlyList<ScannedOfficer> Officers, IReadOnlyList<string> Bases, IReadOnlyList<string> Items);

/// <summary>An officer at the door.</summary>
/// <param name="Name">Name.</param>
/// <param name="CertificateNumber">Number of the enforcement certificate.</param>
internal sealed record ScannedOfficer(string Name, string CertificateNumber);

/// <summary>A problem that was found.</summary>
/// <param name="Item">Item of the checklist.</param>
/// <param name="Disposition">What follows.</param>
internal sealed record ScannedProblem(string Item, Disposition Disposition);

/// <summary>Puts together what a scanned code shows. Sealed records and what concerns a minor are never in it.</summary>
internal sealed class VisitWindow(AggregateReader rows, IScenarioCatalogue scenarios)
{
    /// <summary>The visit behind a code, or null.</summary>
    public async ValueTask<ScannedVisit?> FindAsync(VisitCode code, CancellationToken cancellationToken)
    {
        if (await rows.FindAsync<Visit>(code.VisitId, cancellationToken) is not { CaseId: { } caseId } visit || await rows.FindAsync<Case>(caseId, cancellationToken) is not { } one)
            return null;
        var package = await scenarios.RequireAsync(one.PackageVersionId, cancellationToken);
        var team = visit.TeamId is { } teamId ? await rows.FindAsync<InspectionTeam>(teamId, cancellationToken) : null;
        var over = visit.State is VisitState.Recorded or VisitState.Refused or VisitState.NotFound;
        var findings = (await rows.OfCaseAsync<Finding>(caseId, cancellationToken)).Where(f => f.VisitId == visit.Id).ToList();
        var open = findings.Where(f => !f.Sealed && !f.ConcernsMinor).ToList();
        return new ScannedVisit(
            one.Number, one.Target.Name, package.Scenario.Title, visit.PlannedOn, visit.ArrivedAt, one.VisitOfYear,
            [.. one.Departments.Where(d => d.Attends).Select(d => Organ(d, one, visit, team, package))],
            visit.State,
            !over ? null : one.Target.Identity == PartyIdentity.Unknown ? VisitOutcome.Unknown : visit.State switch { VisitState.Refused => VisitOutcome.Refused, VisitState.NotFound => VisitOutcome.NotFound, _ => string.Join("、", VisitRecording.OutcomesOf(open)) },
            over ? [.. open.Select(f => new ScannedProblem(f.ItemTitle, f.Disposition))] : null,
            code.Scans is [var first, ..] ? first : null,
            "对本次检查有意见的，可拨打12345或者向本级司法行政部门（行政执法监督）反映。");
    }

    private static ScannedOrgan Organ(CaseDepartment department, Case one, Visit visit, InspectionTeam? team, ScenarioPackage package)
    {
        var items = package.Scenario.Items.Where(i => i.SupervisingDepartment == department.Code && i.AppliesTo(one.Target.Tags)).ToList();
        return new ScannedOrgan(
            department.Organ,
            [.. (team?.OfficersOf(department.Code) ?? []).Select(m => new ScannedOfficer(m.Name, m.CertificateNumber ?? ""))],
            [.. items.SelectMany(i => i.Violates).Distinct(StringComparer.Ordinal).Select(c => package.Law.Find(c, visit.PlannedOn)?.Text).OfType<string>().Distinct(StringComparer.Ordinal)],
            [.. items.Select(i => i.Title)]);
    }
}
