using Workflows.Host.Tests.Journeys;
using Workflows.Host.Tests.Leads;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;
using Workflows.Host.Tests.Stores;
using Workflows.Host.Tests.Visits;
using Workflows.Supervision.CaseFilings;
using Workflows.Supervision.Evidences;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Host.Tests.Measures;

/// <summary>The history on SQLite.</summary>
public sealed class MeasureHistory : SampleService
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await KnownHistory.BuildAsync(this);
    }
}

/// <summary>The history on PostgreSQL.</summary>
public sealed class PostgresMeasureHistory : PostgresSample
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await KnownHistory.BuildAsync(this);
    }
}

/// <summary>
/// A district with a history that is known in full: two joint visits of five departments by plan, one with a breach and a scanned code; a visit of one department and
/// one of two a year before; two checks that share a trip and make it; four leads closed, one of them by transfer. Then 45 days pass in which nobody does anything: the order is overdue.
/// </summary>
internal static class KnownHistory
{
    /// <summary>Makes the history through the API; what lies back is put there through the gate.</summary>
    public static async Task BuildAsync(ServiceUnderTest service)
    {
        var desk = new CheckDesk(service);
        var scanned = new DistrictJourney(service);
        await scanned.PlanAsync();
        await scanned.DrawAsync();
        await ScanAsync(service, scanned);
        await scanned.VisitAsync("EH-20");
        await scanned.OrderAsync();
        var clean = new DistrictJourney(service);
        await clean.PlanAsync();
        await clean.DrawAsync();
        await clean.VisitAsync("none");
        await desk.ChangeAsync((session, _) =>
        {
            session.Save(Past("single-visit", session.Now.AddDays(-40), "330203001", "FIR"));
            // Two recordings may be used; one waits for its technical review, one has failed it, one is the copy of the first in another case.
            session.Save(Recording("off-site-1", session, technical: true));
            session.Save(Recording("off-site-2", session, technical: true));
            session.Save(Recording("off-site-waits", session, technical: null));
            session.Save(Recording("off-site-failed", session, technical: false));
            session.Save(Recording("off-site-copy", session, technical: true) with { CopyOf = "off-site-1" });
            // Mon 1 June 2026: a working day, eight, and twenty with the Dragon Boat holiday of Fri 19 June between; a sealed one and one of a scenario without ways do not count.
            session.Save(Filed("filing-simple", session, ProcedureKind.Simple, 2));
            session.Save(Filed("filing-fast", session, ProcedureKind.Fast, 11));
            session.Save(Filed("filing-ordinary", session, ProcedureKind.Ordinary, 30));
            session.Save(Filed("filing-sealed", session, ProcedureKind.Fast, 11) with { Sealed = true });
            session.Save(Filed("filing-without-ways", session, ProcedureKind.Fast, 11) with { Procedure = null });
            session.Save(Past("visit-of-last-year", session.Now.AddYears(-1).AddDays(-40), "330203001", "FIR", "HEA"));
            return ValueTask.FromResult("");
        });
        var target = await desk.TargetAsync("B", "宠物用品及美容店");
        await desk.OpenAsync("cul.head", target, "SpecialCampaign", departments: ["CUL", "FIR"]);
        await desk.OpenAsync("agr.head", target, "SpecialCampaign", scenario: "pet-shop");
        await AcceptAsync(service, target);
        // The trip is made: both checks end with a record on the same day.
        await desk.ChangeAsync(async (session, token) =>
        {
            foreach (var one in await session.ListAsync<Case>(new AggregateFilter { TargetId = target }, token))
                session.Save(Past($"trip-{one.Id}", session.Now.AddHours(-2), "330203002", one.LeadDepartment) with { CaseId = one.Id, Attendances = [new Attendance(one.LeadDepartment, [], [])] });
            return "";
        });
        var people = new LeadPeople(service);
        foreach (var response in new[] { "Service", "Service", "Management", "Enforcement" })
        {
            var lead = await people.AcceptedAsync();
            await people.DoAsync("hea.head", lead, "close", new { outcome = "已处置", reason = "样例处置", @class = response });
            if (response == "Enforcement")
            {
                await desk.ChangeAsync(async (session, token) =>
                {
                    var one = (await session.FindAsync<Lead>(lead, token))!;
                    session.Save(one with { Transfer = new LeadTransfer("样例机关", "无管辖权", null, session.Now) });
                    return "";
                });
            }

            if (response == "Management")
            {
                await desk.ChangeAsync(async (session, token) =>
                {
                    var one = (await session.FindAsync<Lead>(lead, token))!;
                    session.Save(one with { Closing = one.Closing! with { InGrid = true } });
                    return "";
                });
            }
        }

        await people.PassAsync("P45D");
    }

    private static Visit Past(string id, DateTimeOffset at, string area, params string[] departments) => new()
    {
        Id = id, CaseKey = id, Area = area, Created = new Cause(null, "test", "样例", at), Ordinal = 1, PlannedOn = DateOnly.FromDateTime(at.UtcDateTime), State = VisitState.Recorded,
        ArrivedAt = at, EndedAt = at.AddHours(1), Attendances = [.. departments.Select(d => new Attendance(d, [$"{d}-01", $"{d}-02"], []))],
    };

    private static CaseFiling Filed(string id, ISupervisionSession session, ProcedureKind way, int concludedInJune) => new()
    {
        Id = id, CaseKey = id, Area = "330203001", Department = "MKT", Created = new Cause(null, "test", "样例", new DateTimeOffset(2026, 5, 31, 1, 0, 0, TimeSpan.Zero)), FindingIds = [], Organ = "样例机关", Reason = "样例", HandlerId = "MKT-01",
        FileBy = new DateOnly(2026, 6, 1), FiledOn = new DateOnly(2026, 6, 1), ConcludedAt = new DateTimeOffset(2026, 6, concludedInJune, 2, 0, 0, TimeSpan.Zero), DecideBy = new DateOnly(2026, 6, 15), LimitRule = "APL-60",
        Limit = LegalPeriod.WorkingDays(10), Procedure = new FilingProcedure(way, way.ToString(), null, null, true, new ProcedureGrounds()), State = FilingState.Concluded,
    };

    private static Evidence Recording(string id, ISupervisionSession session, bool? technical) => new()
    {
        Id = id, CaseKey = id, Area = "330203001", Created = new Cause(null, "test", "样例", session.Now), Ordinal = 1, Kind = "视频", Title = "样例监控", TakenAt = session.Now, Sha256 = new string('a', 64), MediaType = "video/mp4",
        Holder = "ECO", Origin = EvidenceOrigin.Monitoring, Monitoring = new MonitoringSource("CAM-1", "样例路口", new DateOnly(2026, 1, 1)),
        Review = new MonitoringReview(new Decision("law", "法制", session.Now, "合法"), true, technical is null ? null : new Decision("tech", "技术", session.Now, "核验"), technical == true),
    };

    private static async Task ScanAsync(ServiceUnderTest service, DistrictJourney journey)
    {
        using var officer = await service.SamplePersonAsync(await journey.LeaderAsync());
        using var shown = await officer.PostAsync($"/api/cases/{journey.CaseId}/visit-code", "code-of-history", new { });
        using var anybody = service.Anonymous();
        using var scan = await anybody.PostAsync(new Uri($"/api{(await shown.SucceededAsync())["path"]}/scans", UriKind.Relative), null);
        await scan.SucceededAsync();
    }

    private static async Task AcceptAsync(ServiceUnderTest service, string target)
    {
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        using var proposals = await dispatcher.GetAsync(new Uri($"/api/merges?targetId={target}", UriKind.Relative));
        var proposal = (await proposals.SucceededAsync())["items"]!.AsArray()[^1]!;
        using var accepted = await dispatcher.PostAsync($"/api/merges/{proposal["id"]!.GetValue<string>()}/accept", "merge-of-history", new { });
        await accepted.SucceededAsync();
    }
}
