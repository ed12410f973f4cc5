using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Workflows.Activities.Deadlines;
using Workflows.Host.Access;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Reading;
using Workflows.Host.Idempotency;
using Workflows.Host.Json;
using Workflows.Host.Limits;
using Workflows.Storage.Definitions;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Deadlines;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Publication;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;

namespace Workflows.Host.Api.Calendars;

/// <summary>What the calendar is made of.</summary>
/// <param name="Version">Digest of all that decides a count.</param>
/// <param name="Years">Years with a published notice.</param>
/// <param name="Overlays">Local overlays.</param>
internal sealed record CalendarView(string Version, IReadOnlyList<PublishedYear> Years, IReadOnlyList<CalendarOverlay> Overlays);

/// <summary>What loading a calendar moved.</summary>
/// <param name="Years">Years with a published notice now.</param>
/// <param name="Recounted">Running clocks that were counted again.</param>
/// <param name="Moved">How many of them have another last day.</param>
/// <param name="Moves">Clocks that changed: another last day, or the doubt is gone; the first 2,000.</param>
/// <param name="DryRun">Whether nothing was loaded: what stands here is what would be.</param>
internal sealed record CalendarLoaded(IReadOnlyList<PublishedYear> Years, int Recounted, int Moved, IReadOnlyList<ClockMove> Moves, bool DryRun = false);

/// <summary>What a version of the calendar moved when it was loaded.</summary>
/// <param name="Version">The version.</param>
/// <param name="At">When it was loaded, UTC.</param>
/// <param name="Moves">The moves.</param>
internal sealed record CalendarMoves(string Version, DateTimeOffset At, IReadOnlyList<ClockMove> Moves);

/// <summary>日历: holidays and make-up workdays by year, local overlays, and the recount of what was provisional.</summary>
internal static class CalendarRoutes
{
    private const int MostClocks = 100_000;
    private const int MostShown = 2_000;
    private const int MostFacts = 500;
    private static readonly string[] Readers = [.. RouteAccess.CaseReaders, Role.Administrator, Role.Analyst];

    /// <summary>Maps the routes under <c>/api/calendar</c>.</summary>
    public static void MapCalendar(this IEndpointRouteBuilder api)
    {
        var calendar = api.MapGroup("/calendar").WithTags("日历");
        calendar.MapGet("", ViewAsync).For(Readers).WithSummary("已加载的年度放假安排和地方调整");
        calendar.MapGet("/moves", MovesAsync).For(Role.Administrator, Role.Supervisor, Role.DepartmentHead)
            .WithSummary("各版日历加载时移动的期限、公示期限、节点日期和线索办理期限（version 可只看一版）；督办人和部门负责人只看自己管辖范围内的");
        calendar.MapPost("", LoadAsync).For(Role.Administrator).Idempotent().Accepts<object>("application/json").Produces<CalendarLoaded>()
            .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(RequestLimits.BodyBytes))
            .WithSummary("加载年度放假安排或地方调整（calendars/china.json 的格式），并重算暂定期限；dryRun=true 只列出会移动的期限，不作任何改变");
    }

    private static async Task<CalendarView> ViewAsync(ChangeGate gate, CancellationToken cancellationToken)
    {
        // The calendar in force is that of the next stimulus; an empty one tells it.
        var result = await gate.SendAsync(
            new DomainCommand { Key = gate.NewKey(), CaseKey = "calendar", Execute = static (session, _, _) => ValueTask.FromResult<object?>(session.Calendar) }, cancellationToken);
        var calendar = (WorkCalendar)result.Value!;
        return new CalendarView(calendar.Version, calendar.PublishedYears, calendar.Overlays);
    }

    private static async Task<IResult> LoadAsync(
        HttpContext context, CalendarStore calendars, ChangeGate gate, AggregateReader rows, CancellationToken cancellationToken, bool dryRun = false)
    {
        using var reader = new StreamReader(context.Request.Body);
        var (json, actor) = (await reader.ReadToEndAsync(cancellationToken), context.User.ToActor());
        if (dryRun)
        {
            var trial = await TrialAsync(json, gate, cancellationToken);
            var (tried, would) = await RecountAllAsync(trial, actor, gate, rows, cancellationToken);
            return Results.Json(Loaded(trial.PublishedYears, tried, would) with { DryRun = true }, HostJson.Options);
        }

        var years = await gate.RefusingAsync(async () => await calendars.LoadAsync(json, gate.NewKey(), actor, ChangeGate.FirstStepOf(context), cancellationToken));
        var (counted, moves) = await RecountAllAsync(null, actor, gate, rows, cancellationToken);
        return await gate.CommandAsync(
            context, CalendarRecount.MovesFamily,
            (session, _) =>
            {
                CalendarRecount.KeepMoves(session, moves);
                return ValueTask.FromResult(Loaded(years, counted, moves));
            },
            cancellationToken);
    }

    // The calendar as it would be with the file.
    private static async Task<WorkCalendar> TrialAsync(string json, ChangeGate gate, CancellationToken cancellationToken)
    {
        var result = await gate.SendAsync(
            new DomainCommand
            {
                Key = gate.NewKey(),
                CaseKey = "calendar",
                Execute = (session, _, _) =>
                {
                    using var file = new MemoryStream(Encoding.UTF8.GetBytes(json));
                    return ValueTask.FromResult<object?>(session.Calendar.Load(file, ShanghaiTime.DateOf(session.Now)));
                },
            },
            cancellationToken);
        return (WorkCalendar)result.Value!;
    }

    // All that is provisional is counted again, under the calendar in force or under one that is tried.
    private static async Task<(int Counted, IReadOnlyList<ClockMove> Moves)> RecountAllAsync(WorkCalendar? trial, Actor actor, ChangeGate gate, AggregateReader rows, CancellationToken cancellationToken)
    {
        var provisional = (await rows.ListAsync<DeadlineClock>(query => query.Where(row => row.State != "Ended"), MostClocks, cancellationToken)).Where(clock => clock.Clock.Provisional).ToList();
        var entries = await rows.ListAsync<PublicationEntry>(query => query.Where(row => row.State == nameof(PublicationState.Prepared)), MostClocks, cancellationToken);
        var projects = (await rows.ListAsync<Lead>(query => query.Where(row => row.Kind == nameof(TriggerKind.Milestone) && row.State == nameof(LeadState.Dispatched)), MostClocks, cancellationToken))
            .Where(lead => lead.Milestones.Count > 0).ToList();
        var waiting = (await rows.ListAsync<Lead>(query => query.Where(row => row.State != nameof(LeadState.Closed) && row.State != nameof(LeadState.Merged)), MostClocks, cancellationToken))
            .Where(lead => lead.Wait is { Term.Provisional: true }).ToList();
        var families = provisional.Select(clock => (clock.CaseKey, clock.Id, Sort: 0)).Concat(entries.Select(entry => (entry.CaseKey, entry.Id, Sort: 1))).Concat(projects.Select(lead => (lead.CaseKey, lead.Id, Sort: 2)))
            .Concat(waiting.Select(lead => (lead.CaseKey, lead.Id, Sort: 3)));
        var moves = new List<ClockMove>();
        // Each family is recounted under its own lock; a request that is sent again finds them counted and moves nothing twice.
        foreach (var family in families.GroupBy(one => one.CaseKey, StringComparer.Ordinal))
        {
            var result = await gate.SendAsync(
                new DomainCommand
                {
                    Key = gate.NewKey(),
                    Actor = actor,
                    CaseKey = family.Key,
                    Execute = async (session, services, token) => await RecountAsync(session, services, trial, family.Key, family.ToLookup(one => one.Sort, one => one.Id), token),
                },
                cancellationToken);
            moves.AddRange((IReadOnlyList<ClockMove>)result.Value!);
        }

        return (provisional.Count + waiting.Count, [.. moves.OrderBy(move => move.After).ThenBy(move => move.ClockId, StringComparer.Ordinal)]);
    }

    private static CalendarLoaded Loaded(IReadOnlyList<PublishedYear> years, int counted, IReadOnlyList<ClockMove> moves) =>
        new(years, counted, moves.Count(move => move.Before != move.After), [.. moves.Take(MostShown)]);

    // What each version of the calendar moved, the latest first; the audit chain keeps it.
    private static async Task<IReadOnlyList<CalendarMoves>> MovesAsync(WorkflowsDbContext database, Viewer viewer, AggregateReader rows, string? version, CancellationToken cancellationToken)
    {
        var facts = await database.Set<AuditEntryRow>().AsNoTracking()
            .Where(row => row.CaseKey == CalendarRecount.MovesFamily && row.Kind == CalendarRecount.MovesKind).OrderByDescending(row => row.Sequence).Take(MostFacts).ToListAsync(cancellationToken);
        var sees = viewer.Actor.Is(Role.Administrator) ? static _ => true : await SightAsync(facts, viewer, rows, cancellationToken);
        return [.. facts.Select(row => (row.At, Read: CalendarRecount.ReadMoves(JsonSerializer.Deserialize<Dictionary<string, string?>>(row.Data, SupervisionJson.Options) ?? [])))
            .Where(fact => version is null || fact.Read.Version == version).GroupBy(fact => fact.Read.Version, StringComparer.Ordinal)
            .Select(group => new CalendarMoves(group.Key, group.Min(fact => fact.At), [.. group.Reverse().SelectMany(fact => fact.Read.Moves).Where(sees)])).Where(moved => moved.Moves.Count > 0 || viewer.Actor.Is(Role.Administrator))];
    }

    // A clock of a case is in sight where the case is and the department is; what has no case by its area and department.
    private static async Task<Func<ClockMove, bool>> SightAsync(IReadOnlyList<AuditEntryRow> facts, Viewer viewer, AggregateReader rows, CancellationToken cancellationToken)
    {
        var moves = facts.SelectMany(row => CalendarRecount.ReadMoves(JsonSerializer.Deserialize<Dictionary<string, string?>>(row.Data, SupervisionJson.Options) ?? []).Moves);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in moves.Select(move => move.CaseId).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            if (await rows.FindAsync<Case>(id, cancellationToken) is { } one && viewer.Sight.Sees(one))
                seen.Add(id);
        }

        return move => move.CaseId is { } caseId ? seen.Contains(caseId) && viewer.Sight.SeesDepartment(move.Department)
            : move.Area is { } area && viewer.Sight.SeesArea(area) && viewer.Sight.SeesDepartment(move.Department);
    }

    // Limits, ladders and steps of the diagram that wait for these clocks look at them again.
    private static async ValueTask<IReadOnlyList<ClockMove>> RecountAsync(
        ISupervisionSession opened, IServiceProvider services, WorkCalendar? trial, string family, ILookup<int, string> parts, CancellationToken cancellationToken)
    {
        var session = trial is null ? opened : new TrialSession(opened, trial);
        var recount = trial is null ? services.GetRequiredService<CalendarRecount>()
            : new CalendarRecount(session, new ClockService(session), new NoticeService(session), services.GetRequiredService<IScenarioCatalogue>());
        var moves = await recount.RunAsync([.. parts[0]], cancellationToken);
        foreach (var subject in moves.Where(move => move.Before != move.After).Select(move => move.CaseId ?? move.PlanId ?? family).Distinct())
            session.Signal(DeadlineChanged.SignalFor(family, subject));
        return [.. moves, .. await recount.RunDaysAsync([.. parts[1]], [.. parts[2]], cancellationToken), .. await recount.RunLeadsAsync([.. parts[3]], cancellationToken)];
    }
}
