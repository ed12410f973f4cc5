using System.Text.Json;
using Workflows.Host.Api.Reading;
using Workflows.Storage.Model;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Time;

namespace Workflows.Host.Api.Visits.Field;

/// <summary>Finds the visits of an officer and packs what is needed for one.</summary>
internal sealed class KitPacker(AggregateReader rows, WorkflowsDbContext database, Viewer viewer, IScenarioCatalogue scenarios, TimeProvider clock)
{
    private const int MostVisits = 500;
    private static readonly string[] GoingOn = [nameof(VisitState.Planned), nameof(VisitState.Arrived)];

    /// <summary>Visits ahead in whose team the officer is, by day.</summary>
    public async ValueTask<FieldDay> AheadAsync(CancellationToken cancellationToken)
    {
        if (viewer.Actor.OfficerId is not { } officer)
            return new FieldDay(clock.GetUtcNow(), []);
        var area = viewer.Actor.Area;
        // A team names its members in its body alone; whom it only has on standby falls out below.
        var named = JsonSerializer.Serialize(officer, StorageJson.Options);
        var teamsOfOfficer = database.Set<AggregateRow<InspectionTeam>>().Where(team => team.Body.Contains(named));
        var visits = await rows.LatestAsync<Visit>(
            query => query.Where(row => GoingOn.Contains(row.State) && (area == null || row.Area == null || row.Area.StartsWith(area)) && teamsOfOfficer.Any(team => team.CaseId == row.CaseId)),
            MostVisits, cancellationToken);
        var teamIds = visits.Select(v => v.TeamId).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var teams = (await rows.ListAsync<InspectionTeam>(query => query.Where(row => teamIds.Contains(row.Id)), MostVisits, cancellationToken))
            .Where(t => t.Members.Any(m => m.OfficerId == officer)).Select(t => t.Id).ToHashSet(StringComparer.Ordinal);
        var own = visits.Where(v => v.TeamId is { } team && teams.Contains(team)).ToList();
        var caseIds = own.Select(v => v.CaseId).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var cases = (await rows.ListAsync<Case>(query => query.Where(row => caseIds.Contains(row.Id)), MostVisits, cancellationToken)).ToDictionary(c => c.Id, StringComparer.Ordinal);
        var ahead = new List<VisitAhead>();
        foreach (var visit in own)
        {
            if (visit.CaseId is not { } id || !cases.TryGetValue(id, out var one) || !viewer.Sight.Sees(one) || one.State != CaseState.Open)
                continue;
            var title = (await scenarios.FindAsync(one.PackageVersionId, cancellationToken))?.Scenario.Title ?? one.ScenarioCode;
            ahead.Add(new VisitAhead(one.Id, visit.Id, one.Number, title, one.Target.Name, one.Target.Address, visit.PlannedOn, visit.State, one.LeadDepartment));
        }

        return new FieldDay(clock.GetUtcNow(), [.. ahead.OrderBy(v => v.PlannedOn).ThenBy(v => v.CaseNumber, StringComparer.Ordinal)]);
    }

    /// <summary>The last visit of a case in sight with everything for the door.</summary>
    public async ValueTask<VisitKit> PackAsync(Case one, CancellationToken cancellationToken)
    {
        if (await rows.OfCaseAsync<Visit>(one.Id, cancellationToken) is not [.., var visit])
            throw Viewer.NotFound("上门安排");
        var package = await scenarios.RequireAsync(one.PackageVersionId, cancellationToken);
        var team = visit.TeamId is { } teamId ? await rows.FindAsync<InspectionTeam>(teamId, cancellationToken) : null;
        var findings = await rows.OfCaseAsync<Finding>(one.Id, cancellationToken);
        var day = visit.ArrivedAt is { } arrived ? ShanghaiTime.DateOf(arrived) : visit.PlannedOn;
        var departments = one.Departments.Select(d => new KitDepartment(
            d.Code, package.Scenario.Department(d.Code)?.Name ?? d.Organ, d.Organ, d.Attends, package.Scenario.Department(d.Code)?.SealedRecords == true)).ToList();
        var taking = one.Departments.Select(d => d.Code).ToHashSet(StringComparer.Ordinal);
        return new VisitKit(
            RowRules.Redacted(visit, findings, viewer.Actor),
            one with { Target = RowRules.Masked(one.Target) },
            package.Scenario.Title,
            team,
            departments,
            [.. package.Scenario.Items.Where(i => taking.Contains(i.SupervisingDepartment) && i.AppliesTo(one.Target.Tags)).Select(i => Item(i, one, day, package.Law, package.Scenario))],
            [.. departments.Select(d => StateOf(d.Code, visit))],
            await PreviousAsync(one, visit, cancellationToken),
            package.Scenario.HomesGuarded);
    }

    private static SectionState StateOf(string department, Visit visit) =>
        visit.SectionsInWork?.FirstOrDefault(s => s.Section.Department == department) is { } work
            ? new SectionState(department, work.Version, work.Section.Items.Count, VisitSections.IsSigned(work.Section), work.At, work.By)
            : new SectionState(department, 0, 0, visit.Sections.Any(s => s.Department == department), null, null);

    private static KitItem Item(ScenarioItem listed, Case one, DateOnly day, ILegalCitations law, Scenario scenario)
    {
        var item = listed.For(one.Target.Tags) ?? listed;
        return new KitItem(
            item.Code, item.Title, item.SupervisingDepartment, item.Methods, item.Severity, item.Guidance, item.FindingWording, item.PenaltyClause,
            Cite(item.Violates, day, law), Cite(item.Penalises, day, law), item.OnSpot, item.OnSpotAction, item.Correction, item.Proof,
            item.StopMeasure, item.MinorsInvolved, item.IsFiledAtOnce, item.Wording, item.AskedWhen,
            [.. listed.Variants.Where(v => v.VariantTags.Count == 0 || v.VariantTags.Any(one.Target.Tags.Contains))
                .Select(v => new KitVariant(v.VariantCode!, v.Title, v.FindingWording, v.Severity, v.OnSpot))],
            item.OccupiedRooms && scenario.OccupiedRoomsGuarded, item.Group, item.InsideHome && scenario.HomesGuarded);
    }

    private static List<Citation> Cite(IReadOnlyList<string> codes, DateOnly day, ILegalCitations law) => [.. codes.Select(code => law.Find(code, day)).OfType<Citation>()];

    private async ValueTask<PreviousVisit?> PreviousAsync(Case one, Visit visit, CancellationToken cancellationToken)
    {
        var (target, id, before) = (one.Target.Id, visit.Id, visit.Created.At);
        var latest = await rows.LatestAsync<Visit>(
            query => query.Where(row => row.TargetId == target && row.State == nameof(VisitState.Recorded) && row.Id != id && row.CreatedAt <= before), 1, cancellationToken);
        if (latest.Count == 0 || latest[0] is not { CaseId: { } caseId } earlier || await rows.FindAsync<Case>(caseId, cancellationToken) is not { } last || !viewer.Sight.Sees(last))
            return null;
        // A finding under seal or of a minor is not told by way of the next visit.
        var shown = RowRules.Redacted(earlier, await rows.OfCaseAsync<Finding>(caseId, cancellationToken), viewer.Actor);
        return new PreviousVisit(
            ShanghaiTime.DateOf(earlier.ArrivedAt ?? earlier.Created.At), last.Number,
            shown.Sections.SelectMany(s => s.Items).ToDictionary(i => i.ItemCode, i => new PreviousAnswer(i.Answer, i.Facts), StringComparer.Ordinal));
    }
}
