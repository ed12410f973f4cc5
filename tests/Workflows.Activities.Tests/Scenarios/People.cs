using Workflows.Activities.Documents;
using Workflows.Activities.Inspections;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Service;
using Workflows.Supervision.Sessions;

namespace Workflows.Activities.Tests.Scenarios;

/// <summary>The people of a run, and what they usually hand in.</summary>
internal static class People
{
    public static Actor Officer(string department, int n = 1) =>
        new() { Id = $"user-{department}{n}", Name = $"执法员{department}{n}", Roles = [Role.Inspector], Department = department, OfficerId = $"{department}{n}", Area = CaseRun.District };

    public static Actor With(string role, string department) => new() { Id = $"{role}-{department}", Name = $"{department}{role}", Roles = [role], Department = department, Area = CaseRun.District };

    public static Actor Head(string department) => With(Role.DepartmentHead, department);

    public static Actor Party { get; } = new() { Id = "party:91330203MA00000001", Name = "当事人", Roles = [Role.Party] };

    public static ArrivalReport Arrived(CaseRun run, params string[] absent) => new()
    {
        Arrival = new VisitArrival([.. run.Case.Departments.Where(d => d.Attends && !absent.Contains(d.Code)).Select(d => new Attendance(d.Code, [$"{d.Code}1", $"{d.Code}2"], []))]),
        Certificates = new CertificatesShown("AC-0001", "不申请回避"),
    };

    public static SignedRecord Record(CaseRun run, string[] absent, params ItemResult[] found) => new()
    {
        Record = new VisitRecord(
            [.. run.Case.Departments.Where(d => d.Attends && !absent.Contains(d.Code)).Select(d => new VisitSection
            {
                Department = d.Code,
                Items = [.. run.Scenario.Items.Where(i => i.SupervisingDepartment == d.Code && i.AppliesTo(run.Case.Target.Tags))
                    .Select(i => found.FirstOrDefault(f => f.ItemCode == i.Code) ?? new ItemResult { ItemCode = i.Code, Answer = ItemAnswer.Compliant })],
                Signatures = [Signature(run, d.Code, 1), Signature(run, d.Code, 2)],
            })],
            new PartySignature { PersonName = "样例人乙", Capacity = "店长", Statement = "无异议", SignedAt = run.Session.Now }),
    };

    public static OfficerSignature Signature(CaseRun run, string department, int n) => new($"{department}{n}", $"执法员{department}{n}", $"Z{department}{n}", run.Session.Now);

    public static ItemResult Breach(CaseRun run, string code, bool fixedOnSpot = false) => new()
    {
        ItemCode = code, Answer = ItemAnswer.NonCompliant, Facts = $"现场发现{run.Scenario.Item(code)!.FindingWording}", EvidenceIds = ["E1"],
        RoomEntry = run.Scenario.Item(code)!.OccupiedRooms ? new RoomEntry(RoomEntryGround.Police, "样例民警（警号000001）") : null,
        Fix = fixedOnSpot ? new OnTheSpotFix(run.Session.Now, "E1", "E2", "当场整改完毕") : null,
    };

    public static ServiceReport Served(CaseRun run, string department) => new(
        ServiceMethod.Direct, new ServiceDetails { Addressee = "样例电竞酒店001号", Place = "样例路1号", ReceiverName = "样例人乙", ReceiverRelation = "店长", ReceivedAt = run.Session.Now }, [$"{department}1", $"{department}2"]);

    /// <summary>From the start to the signed record.</summary>
    public static async Task VisitAsync(this CaseRun run, string[] absent, params ItemResult[] found)
    {
        await run.DoAsync("team.recusal-declaration", Officer(run.Lead), "无需回避");
        await run.DoAsync("visit.approve", Head(run.Lead), "批准", new { note = "同意" });
        await run.DoAsync("visit.arrive", Officer(run.Lead), "已到场", Arrived(run, absent));
        await run.DoAsync("visit.record", Officer(run.Lead), null, Record(run, absent, found));
    }
}
