using Workflows.Host.Api.Reading;
using Workflows.Storage.Definitions;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Projects;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;

namespace Workflows.Host.Api.Estates;

/// <summary>What the firm or committee of an estate has to report and has reported.</summary>
internal sealed class EstateOverview(AggregateReader rows, IScenarioCatalogue scenarios, CalendarReader calendars, TimeProvider clock)
{
    // Live projects of one town; a town of Ningbo has some hundreds at a time.
    private const int MostProjects = 2000;
    private const int MostDuties = 200;
    private const int ShownReports = 50;
    private const int DefaultDays = 5;

    /// <summary>The page of a link.</summary>
    public async Task<EstateView> OfAsync(PartyLink link, CancellationToken cancellationToken)
    {
        var today = ShanghaiTime.DateOf(clock.GetUtcNow());
        var town = await rows.FindAsync<TownRecord>(link.Area!, cancellationToken);
        return new EstateView(
            link.Estate!.Name, link.Estate.Capacity, town?.Town.Name ?? link.Area!, link.Estate.Places, today, link.ExpiresAt,
            await DutiesAsync(link, today, cancellationToken), await ReportsAsync(link, cancellationToken));
    }

    private async Task<IReadOnlyList<EstateDuty>> DutiesAsync(PartyLink link, DateOnly today, CancellationToken cancellationToken)
    {
        if (link.TargetId is null)
            return [];
        var running = await rows.LatestAsync<Lead>(
            query => query.Where(row => row.Kind == nameof(TriggerKind.Milestone) && row.State == nameof(LeadState.Dispatched) && row.Area != null && row.Area.StartsWith(link.Area!)), MostProjects, cancellationToken);
        var calendar = await calendars.ReadAsync(cancellationToken);
        var duties = new List<EstateDuty>();
        foreach (var project in running.Where(project => EstateLinks.AnswersFor(link, project)))
        {
            var within = project.Dispatch?.PackageVersionId is { } version && await scenarios.FindAsync(version, cancellationToken) is { } package
                ? package.Scenario.Limit(LimitNames.MilestoneConfirmation, LegalPeriod.WorkingDays(DefaultDays)) : LegalPeriod.WorkingDays(DefaultDays);
            duties.Add(new EstateDuty(project.Id, project.Text, project.Place.Address, Milestones(project, within, calendar, today)));
        }

        return [.. duties.OrderBy(duty => duty.Milestones.Where(m => m.MayConfirm).Select(m => m.ReportBy).DefaultIfEmpty(DateOnly.MaxValue).First()).ThenBy(duty => duty.Id, StringComparer.Ordinal).Take(MostDuties)];
    }

    private static List<EstateMilestone> Milestones(Lead project, LegalPeriod within, WorkCalendar calendar, DateOnly today)
    {
        var milestones = new List<EstateMilestone>();
        var next = project.Milestones.FirstOrDefault(m => m is { Before: false, ConfirmedAt: null });
        // The days of one that is expected before the one in front of it was reported count from that report.
        var before = ShanghaiTime.DateOf(project.ReceivedAt);
        foreach (var one in project.Milestones)
        {
            var by = LegalDeadline.Compute(one.PlannedOn > before ? one.PlannedOn : before, within, calendar).Due;
            var state = one.Before || one.ConfirmedAt is not null ? EstateMilestoneState.Done
                : one != next || today < one.PlannedOn ? EstateMilestoneState.Ahead
                : today > by ? EstateMilestoneState.Late : EstateMilestoneState.Due;
            milestones.Add(new EstateMilestone(one.Code, one.Title, one.PlannedOn, by, state, one == next, one.ConfirmedAt, one.ConfirmedBy));
            before = one.ConfirmedAt is { } confirmed ? ShanghaiTime.DateOf(confirmed) : before;
        }

        return milestones;
    }

    private async Task<IReadOnlyList<EstateReport>> ReportsAsync(PartyLink link, CancellationToken cancellationToken)
    {
        string[] ids = [.. link.Reports.TakeLast(ShownReports)];
        var found = ids.Length == 0 ? [] : await rows.ListAsync<Lead>(query => query.Where(row => ids.Contains(row.Id)), ids.Length, cancellationToken);
        return
        [
            .. found.OrderByDescending(lead => lead.ReceivedAt).Select(lead => new EstateReport(
                lead.Id, lead.ReceivedAt, lead.Place.Address, lead.Text, lead.Photos?.Count ?? 0,
                lead.State switch
                {
                    LeadState.Closed or LeadState.Merged => EstateReportStage.Closed,
                    LeadState.Received or LeadState.Triaged or LeadState.Returned => EstateReportStage.Received,
                    _ => EstateReportStage.Handled,
                },
                lead.Closing?.At, lead.Closing?.Reply)),
        ];
    }
}
