using System.Globalization;
using System.Text.Json;
using Workflows.Supervision.CaseFilings;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Projects;
using Workflows.Supervision.Publication;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;

namespace Workflows.Supervision.Deadlines;

/// <summary>A running clock that a newly loaded calendar counts otherwise.</summary>
/// <param name="ClockId">The clock.</param>
/// <param name="CaseId">Case, or null.</param>
/// <param name="PlanId">Plan, or null.</param>
/// <param name="Department">Department whose matter it is, or null.</param>
/// <param name="RuleCode">Code of its rule.</param>
/// <param name="HeldBy">Who is held by it.</param>
/// <param name="Before">Last day before.</param>
/// <param name="After">Last day now; the same where only the doubt is gone.</param>
/// <param name="Provisional">Whether a further calendar may still move it.</param>
/// <param name="Area">Division code of the place, or null.</param>
/// <param name="LeadId">Lead, or null.</param>
public sealed record ClockMove(
    string ClockId, string? CaseId, string? PlanId, string? Department, string RuleCode, string HeldBy, DateOnly Before, DateOnly After, bool Provisional, string? Area = null, string? LeadId = null);

/// <summary>
/// 暂定期限重算: counts the running clocks of a family again with the calendar now in force. What shows a last day shows the new one, except papers that were
/// served: they stay as printed, and of the printed and the counted day the later binds. Whoever is held by a clock that moved is told.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="clocks">Clocks.</param>
/// <param name="notices">Messages.</param>
/// <param name="scenarios">Scenarios, for days that no clock counts.</param>
public sealed class CalendarRecount(ISupervisionSession session, ClockService clocks, NoticeService notices, IScenarioCatalogue scenarios)
{
    /// <summary>Family under which the list of all moves is kept, and kind of its facts.</summary>
    public const string MovesFamily = "calendar", MovesKind = "calendar.recounted";

    private const string PublishRule = "公示期限", MilestoneRule = "节点预定日期", LeadRule = "线索办理期限";
    private const int MovesInFact = 200;

    /// <summary>Kind of the message to whoever is held.</summary>
    public const string NoticeKind = "期限调整";

    /// <summary>Counts these clocks again; gives those that changed, in the order given.</summary>
    /// <param name="clockIds">Clocks of one case or plan.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async ValueTask<IReadOnlyList<ClockMove>> RunAsync(IReadOnlyList<string> clockIds, CancellationToken cancellationToken = default)
    {
        var moves = new List<ClockMove>();
        foreach (var id in clockIds)
        {
            if (await session.FindAsync<DeadlineClock>(id, cancellationToken) is { } before && await clocks.RecountAsync(id, cancellationToken) is { } after)
            {
                moves.Add(new ClockMove(id, after.CaseId, after.PlanId, after.Department, after.Clock.RuleCode, after.HeldBy, before.Clock.Due, after.Clock.Due, after.Clock.Provisional, after.Area));
                await ShowAsync(after, cancellationToken);
            }
        }

        foreach (var move in moves.Where(m => m.Before != m.After && m.CaseId is not null).DistinctBy(m => (m.HeldBy, m.After)))
        {
            await notices.SendAsync(move.CaseId!, [move.HeldBy], NoticeKind, move.After, cancellationToken: cancellationToken);
        }

        return moves;
    }

    /// <summary>Counts again by when results that are not yet published must be, and on which day milestones that nobody has confirmed are expected.</summary>
    /// <param name="entries">Ids of publication entries of one family.</param>
    /// <param name="projects">Ids of projects of the family.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async ValueTask<IReadOnlyList<ClockMove>> RunDaysAsync(IReadOnlyList<string> entries, IReadOnlyList<string> projects, CancellationToken cancellationToken = default)
    {
        var moves = new List<ClockMove>();
        foreach (var id in entries)
        {
            if (await session.FindAsync<PublicationEntry>(id, cancellationToken) is { State: PublicationState.Prepared } entry
                && await session.FindAsync<Case>(entry.CaseId!, cancellationToken) is { TaskEndedAt: { } ended } one)
            {
                var within = (await scenarios.RequireAsync(one.PackageVersionId, cancellationToken)).Scenario.Publication.Within;
                var due = LegalDeadline.Compute(ShanghaiTime.DateOf(ended), within, session.Calendar);
                if (due.Due != entry.PublishBy)
                {
                    moves.Add(new ClockMove(entry.Id, entry.CaseId, entry.PlanId, one.LeadDepartment, PublishRule, $"department:{one.LeadDepartment}", entry.PublishBy, due.Due, false, entry.Area));
                    session.Update(entry with { PublishBy = due.Due }, "publication.recounted", ("before", Text(entry.PublishBy)), ("due", Text(due.Due)));
                }
            }
        }

        foreach (var id in projects)
        {
            if (await session.FindAsync<Lead>(id, cancellationToken) is { TargetId: { } target, Dispatch.PackageVersionId: { } package } lead && !lead.State.IsEnded()
                && (await session.FindAsync<TargetRecord>(target, cancellationToken))?.Target.Project is { } project)
            {
                var rules = (await scenarios.RequireAsync(package, cancellationToken)).Scenario.Milestones.ToDictionary(m => m.Code, StringComparer.Ordinal);
                var milestones = lead.Milestones.Select(m => m is { Before: false, ConfirmedAt: null } && rules.GetValueOrDefault(m.Code) is { } rule
                    ? m with { PlannedOn = ProjectRegister.PlannedOn(rule, ShanghaiTime.DateOf(lead.Created.At), project.StartsOn, project.EndsOn, session.Calendar) } : m).ToList();
                var moved = lead.Milestones.Zip(milestones).Where(pair => pair.First.PlannedOn != pair.Second.PlannedOn).ToList();
                if (moved.Count > 0)
                {
                    moves.AddRange(moved.Select(pair => new ClockMove($"{lead.Id}#{pair.First.Code}", null, null, lead.Department, MilestoneRule, $"party:{lead.CaretakerId ?? target}", pair.First.PlannedOn, pair.Second.PlannedOn, false, lead.Area, lead.Id)));
                    session.Update(lead with { Milestones = milestones }, "project.recounted", ("milestones", string.Join(' ', moved.Select(pair => pair.First.Code))));
                }
            }
        }

        return moves;
    }

    /// <summary>Counts the waits of leads again that are counted in working days and were provisional; minutes, hours and the deadlines of others stay. Whoever has to act is told.</summary>
    /// <param name="leads">Ids of leads of one family.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async ValueTask<IReadOnlyList<ClockMove>> RunLeadsAsync(IReadOnlyList<string> leads, CancellationToken cancellationToken = default)
    {
        var moves = new List<ClockMove>();
        foreach (var id in leads)
        {
            if (await session.FindAsync<Lead>(id, cancellationToken) is not { Wait: { Term: { Provisional: true } term } wait } lead || lead.State.IsEnded())
            {
                continue;
            }

            var due = LeadClocks.Within(term.WorkingDays, term.From, session.Calendar);
            var before = ShanghaiTime.DateOf(wait.DueAt.AddTicks(-1));
            if (due.PassedAt == wait.DueAt && due.Provisional)
            {
                continue;
            }

            moves.Add(new ClockMove($"{lead.Id}#{wait.Key}", null, null, lead.Department, LeadRule, wait.Owner, before, due.Due, due.Provisional, lead.Area, lead.Id));
            var moved = due.PassedAt == wait.DueAt ? wait : session.WaitOf(lead.Id, wait.Name, wait.Owner, due.PassedAt) with { LateSince = wait.LateSince };
            session.Update(lead with { Wait = moved with { Term = term with { Provisional = due.Provisional } } }, "lead.recounted", ("wait", wait.Name), ("before", Text(before)), ("due", Text(due.Due)));
            if (due.Due != before)
            {
                session.Tell(lead, wait.Owner, NoticeKind);
            }
        }

        return moves;
    }

    /// <summary>Keeps what a calendar moved with its version, in the audit chain of calendars; <see cref="ReadMoves"/> reads it back.</summary>
    public static void KeepMoves(ISupervisionSession session, IReadOnlyList<ClockMove> moves)
    {
        foreach (var (part, chunk) in moves.Chunk(MovesInFact).Index())
        {
            session.Audit(new AuditFact(MovesFamily, MovesKind, new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["version"] = session.Calendar.Version,
                ["part"] = (part + 1).ToString(CultureInfo.InvariantCulture),
                ["moves"] = JsonSerializer.Serialize(chunk, SupervisionJson.Options),
            }));
        }
    }

    /// <summary>The moves of a fact that <see cref="KeepMoves"/> left, with the version of the calendar that made them.</summary>
    public static (string Version, IReadOnlyList<ClockMove> Moves) ReadMoves(IReadOnlyDictionary<string, string?> data) =>
        (data.GetValueOrDefault("version") ?? "", data.GetValueOrDefault("moves") is { } json ? JsonSerializer.Deserialize<List<ClockMove>>(json, SupervisionJson.Options) ?? [] : []);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // Records that repeat the last day of their clock.
    private async ValueTask ShowAsync(DeadlineClock clock, CancellationToken ct)
    {
        var due = clock.Clock.Due;
        switch (clock.Subject.Split(':', 2))
        {
            case ["order", var item] when await session.FindAsync<RectificationOrder>(item.Split('#')[0], ct) is { } order:
                session.Save(order with { Items = [.. order.Items.Select(i => i.ClockId == clock.Id && i.IsOpen ? i with { Due = due } : i)] });
                break;
            case ["filing", var filingId] when await session.FindAsync<CaseFiling>(filingId, ct) is { } filing:
                session.Save(filing with { DecideBy = due });
                break;
            default:
                break;
        }
    }
}
