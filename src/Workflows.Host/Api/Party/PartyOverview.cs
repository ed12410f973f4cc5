using Workflows.Host.Api.Reading;
using Workflows.Host.Api.Visits;
using Workflows.Storage.Definitions;
using Workflows.Supervision.Evidences;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;

namespace Workflows.Host.Api.Party;

/// <summary>One thing that an order asks for, as the party needs to know it.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Ordinal">Its number within the order, from 1.</param>
/// <param name="Title">Title of the item of the checklist.</param>
/// <param name="Organ">Organ that ordered it.</param>
/// <param name="Requirement">What is to be done.</param>
/// <param name="ProofWanted">How it is proved.</param>
/// <param name="State">How far it is.</param>
/// <param name="Due">Last day, or null for what is to be done at once.</param>
/// <param name="DaysLeft">Days left after today, working days where the period is in them; negative when it is late; null without a last day.</param>
/// <param name="WorkingDays">Whether <see cref="DaysLeft"/> counts working days.</param>
/// <param name="LongestExtension">Most days that may be asked for more, in the same unit; null where none may be.</param>
internal sealed record PartyItem(
    string OrderId, int Ordinal, string Title, string Organ, string Requirement, string ProofWanted, RectificationItemState State, DateOnly? Due, int? DaysLeft, bool WorkingDays,
    int? LongestExtension);

/// <summary>The visit, once the officers have shown who they are: before that it is a surprise.</summary>
/// <param name="ArrivedAt">When they arrived, UTC.</param>
/// <param name="State">How far it has come.</param>
/// <param name="Organs">Organs with officers and certificate numbers.</param>
/// <param name="Rating">What the party thought of it, or null.</param>
internal sealed record PartyVisit(DateTimeOffset? ArrivedAt, VisitState State, IReadOnlyList<PartyOrgan> Organs, VisitRating? Rating);

/// <summary>An organ that came.</summary>
/// <param name="Organ">Full name.</param>
/// <param name="Officers">Officers with their certificate numbers.</param>
internal sealed record PartyOrgan(string Organ, IReadOnlyList<ScannedOfficer> Officers);

/// <summary>A file that the party handed in.</summary>
/// <param name="Id">The piece of evidence.</param>
/// <param name="Title">What the party called it.</param>
/// <param name="MediaType">Kind of file.</param>
/// <param name="Length">Bytes.</param>
/// <param name="At">When it was received, UTC.</param>
internal sealed record PartyFile(string Id, string Title, string MediaType, long Length, DateTimeOffset At);

/// <summary>A sample with its result, once the party has been told of it.</summary>
/// <param name="Ordinal">Number within the visit.</param>
/// <param name="Product">What was sampled.</param>
/// <param name="Number">抽样单编号.</param>
/// <param name="ReportNumber">Number of the report.</param>
/// <param name="Detail">What the laboratory found.</param>
/// <param name="ToldOn">Day on which the party was told.</param>
/// <param name="MayAsk">Whether a second test may still be asked for; the service decides on the request itself.</param>
/// <param name="Asked">Day on which it was asked for, or null.</param>
/// <param name="Passed">Result of the second test; null until then.</param>
internal sealed record PartySample(int Ordinal, string Product, string Number, string ReportNumber, string Detail, DateOnly ToldOn, bool MayAsk, DateOnly? Asked, bool? Passed);

/// <summary>What a party needs beside its papers: which day it is, what is left to be done, who came.</summary>
internal sealed class PartyOverview(AggregateReader rows, IScenarioCatalogue scenarios, CalendarReader calendars, TimeProvider clock)
{
    /// <summary>Today in the district.</summary>
    public DateOnly Today => ShanghaiTime.DateOf(clock.GetUtcNow());

    /// <summary>What the check is about.</summary>
    public async ValueTask<string> TitleAsync(Case one, CancellationToken cancellationToken) => (await scenarios.RequireAsync(one.PackageVersionId, cancellationToken)).Scenario.Title;

    /// <summary>What the party is asked to promise; null where its scenario asks nothing, its promise still holds, or the case is over.</summary>
    public async ValueTask<PartyPromiseAsked?> PromiseAsync(Case one, CancellationToken cancellationToken)
    {
        if (one.State != CaseState.Open || (await scenarios.RequireAsync(one.PackageVersionId, cancellationToken)).Scenario.Promise is not { } rules)
            return null;
        var given = await rows.OfCaseAsync<PartyStatement>(one.Id, cancellationToken);
        return given.Any(statement => statement.Promise?.ValidTo >= Today) ? null : new PartyPromiseAsked(rules.Texts, rules.Term);
    }

    /// <summary>What the party may still report as put right by itself: the items that hold for it, until a check is recorded.</summary>
    public async ValueTask<IReadOnlyList<PartyChecklistItem>> ChecklistAsync(Case one, CancellationToken cancellationToken)
    {
        if (one.State != CaseState.Open || (await rows.OfCaseAsync<Visit>(one.Id, cancellationToken)).Any(visit => visit.State is VisitState.Recorded))
            return [];
        var taking = one.Departments.Select(d => d.Code).ToHashSet(StringComparer.Ordinal);
        return [.. (await scenarios.RequireAsync(one.PackageVersionId, cancellationToken)).Scenario.Items
            .Where(item => taking.Contains(item.SupervisingDepartment) && item.AppliesTo(one.Target.Tags)).Select(item => new PartyChecklistItem(item.Code, item.Title))];
    }

    /// <summary>Each item of the served orders, the most urgent first.</summary>
    public async ValueTask<IReadOnlyList<PartyItem>> ItemsAsync(Case one, IReadOnlyList<RectificationOrder> orders, CancellationToken cancellationToken)
    {
        var titles = (await scenarios.RequireAsync(one.PackageVersionId, cancellationToken)).Scenario.Items.ToDictionary(i => i.Code, i => i.Title, StringComparer.Ordinal);
        var (calendar, today) = (await calendars.ReadAsync(cancellationToken), Today);
        return [.. orders.SelectMany(order => order.Items.Select(item => Of(order, item, titles.GetValueOrDefault(item.ItemCode, item.ItemCode), calendar, today)))
            .OrderBy(item => item.Due ?? DateOnly.MinValue).ThenBy(item => item.OrderId, StringComparer.Ordinal).ThenBy(item => item.Ordinal)];
    }

    /// <summary>The last visit at which certificates were shown, or null.</summary>
    public async ValueTask<PartyVisit?> VisitAsync(Case one, CancellationToken cancellationToken)
    {
        if ((await rows.OfCaseAsync<Visit>(one.Id, cancellationToken)).LastOrDefault(v => v.CertificatesShownAt is not null) is not { } visit)
            return null;
        var team = visit.TeamId is { } id ? await rows.FindAsync<InspectionTeam>(id, cancellationToken) : null;
        return new PartyVisit(
            visit.ArrivedAt, visit.State,
            [.. one.Departments.Where(d => d.Attends).Select(d => new PartyOrgan(d.Organ, [.. (team?.OfficersOf(d.Code) ?? []).Select(m => new ScannedOfficer(m.Name, m.CertificateNumber ?? ""))]))],
            visit.Rating);
    }

    /// <summary>Samples that failed and of which the party was told.</summary>
    public async ValueTask<IReadOnlyList<PartySample>> SamplesAsync(Case one, CancellationToken cancellationToken) =>
        [.. (await rows.OfCaseAsync<Visit>(one.Id, cancellationToken)).LastOrDefault(v => v.Samples.Any(s => s.Report is { Passed: false }))?.Samples
            .Where(s => s is { Report.Passed: false, ToldOn: not null })
            .Select(s => new PartySample(
                s.Ordinal, s.Product, s.Number, s.Report!.Number, s.Report.Detail, s.ToldOn!.Value, s is { Retest: null, Report.Microbial: false, BackupKept: true }, s.Retest?.AskedOn, s.RetestReport?.Passed)) ?? []];

    /// <summary>The party's own files, in order.</summary>
    public async ValueTask<IReadOnlyList<PartyFile>> FilesAsync(Case one, CancellationToken cancellationToken) =>
        [.. (await rows.OfCaseAsync<Evidence>(one.Id, cancellationToken)).Where(e => e.Origin == EvidenceOrigin.Party)
            .Select(e => new PartyFile(e.Id, e.Title, e.MediaType, e.Length, e.TakenAt))];

    private static PartyItem Of(RectificationOrder order, RectificationItem item, string title, WorkCalendar calendar, DateOnly today)
    {
        var inWorkingDays = item.Period is { Unit: PeriodUnit.WorkingDays };
        var left = item.Due is not { } due ? (int?)null : inWorkingDays ? calendar.WorkingDaysBetween(today, due) : due.DayNumber - today.DayNumber;
        // 延期: asked for before expiry, once, at most the original length.
        var extends = item is { IsOpen: true, Extended: false, Due: { } last } && today <= last && order.State == OrderState.Served;
        return new PartyItem(order.Id, item.Ordinal, title, order.Organ, item.Requirement, item.ProofWanted, item.State, item.Due, left, inWorkingDays, extends ? item.Period?.Length : null);
    }
}
