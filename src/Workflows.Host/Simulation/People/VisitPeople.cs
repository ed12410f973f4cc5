using System.Security.Cryptography;
using System.Text;
using Workflows.Activities.Inspections;
using Workflows.Activities.Rectification;
using Workflows.Host.Simulation.Pictures;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leniency;
using Workflows.Supervision.Projects;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Host.Simulation.People;

/// <summary>The team at the door and in the house, and what follows at once: education and leniency.</summary>
internal static class VisitPeople
{
    public static IEnumerable<(string Kind, StepRule Rule)> Rules =>
    [
        ("visit.arrive", new StepRule(WhenAsync, ArriveAsync)),
        ("visit.second", new StepRule(SecondWhen, SecondAsync)),
        ("visit.record", StepRule.At(static step => step.Now.AddMinutes(60 + step.Chance.Next(60)), RecordAsync)),
        ("finding.education", StepRule.Ordinary(_ => Handing.Of("", new EducationGiven("已当场向当事人说明法律规定和改正要求，当事人表示理解并承诺不再发生。")))),
        ("leniency.propose", StepRule.Ordinary(ProposeAsync)),
        ("leniency.review", StepRule.Ordinary(_ => Handing.Decision(LeniencyService.Agreed, "事实清楚，符合不予处罚条件。"))),
        ("leniency.decide", StepRule.Ordinary(step => Handing.Decision(
            step.Story.Lenient ? LeniencyService.Granted : LeniencyService.Rejected, step.Story.Lenient ? "同意不予处罚。" : "不足以认定危害后果轻微，不适用。"))),
    ];

    // Visits spread over the window of the plan; a late one comes after it.
    private static async ValueTask<DateTimeOffset?> WhenAsync(StepContext step)
    {
        if (step.Story.Late.ContainsKey(step.Task.Kind))
        {
            return StepRule.Usual(step);
        }

        // A case of a lead has no window: its visit follows in a day or two.
        if (step.Task.PlanId is null)
        {
            return StepRule.Usual(step);
        }

        var plan = await step.PlanAsync();
        var tomorrow = ShanghaiTime.DateOf(step.Now).AddDays(1);
        var first = plan.VisitFrom > tomorrow ? plan.VisitFrom : tomorrow;
        var room = Math.Max(1, step.Hours.Calendar.WorkingDaysBetween(first, plan.VisitTo) - (step.Story.Door == DoorStory.Open ? 0 : 2));
        var day = step.Hours.Calendar.AddWorkingDays(first.AddDays(-1), 1 + step.Chance.Next(room));
        return step.Hours.On(day, step.Chance.Next(240));
    }

    private static ValueTask<DateTimeOffset?> SecondWhen(StepContext step) =>
        new(step.Hours.On(step.Hours.Calendar.AddWorkingDays(ShanghaiTime.DateOf(step.Now), 1), 200 + step.Chance.Next(120)));

    private static async ValueTask<Handing?> ArriveAsync(StepContext step) => step.Story.Door switch
    {
        DoorStory.NotFound or DoorStory.FoundLater or DoorStory.RefusedLater => NotFound(step, null),
        DoorStory.Gone => Handing.Of("登记已注销或迁出", new ArrivalReport { GoneReason = $"登记机关查询：该对象已于{ShanghaiTime.DateOf(step.Now).AddDays(-90):yyyy年M月d日}注销登记" }, await LeaderAsync(step)),
        DoorStory.Refused => Handing.Of(
            "拒绝检查", (await PresentAsync(step, true)) with { Refusal = Refusal(step) }, await LeaderAsync(step)),
        _ => Handing.Of("已到场", await PresentAsync(step), await LeaderAsync(step)),
    };

    private static ReportRefusal Refusal(StepContext step) => new(
        "负责人不在，不便检查", true, Name(step, "V"), null, "店员锁闭大门，不让检查人员进入", "说明法律规定和后果后仍然拒绝", "样例值班经理", "店长", "样例见证人", OutsideHome: true);

    private static async ValueTask<Handing?> SecondAsync(StepContext step) => step.Story.Door switch
    {
        DoorStory.FoundLater => Handing.Of("已到场", await PresentAsync(step), await LeaderAsync(step)),
        DoorStory.RefusedLater => Handing.Of("拒绝检查", (await PresentAsync(step, true)) with { Refusal = Refusal(step) }, await LeaderAsync(step)),
        _ => NotFound(step, "属地网格员核实：该场所已停业两个月以上"),
    };

    /// <summary>The consent with which a home is entered; null where the scenario's targets are none.</summary>
    internal static HomeEntry? Consent(StepContext step) => step.Scenario.HomesGuarded ? new HomeEntry(new EntryConsent("样例业主", "业主", step.Now)) : null;

    private static Handing NotFound(StepContext step, string? grid)
    {
        var photo = Upload(step, 1, "大门照片");
        return Handing.Of(
            grid is null ? "找不到对象" : "仍未找到",
            new ArrivalReport { NotFound = new ReportNotFound("大门紧闭，门牌和登记地址一致，无人应答", [photo.Id], grid) }, null, [photo]);
    }

    private static async ValueTask<ArrivalReport> PresentAsync(StepContext step, bool last = false)
    {
        var (matter, team) = (await step.CaseAsync(), await step.TeamAsync());
        var absent = step.Story.OneAbsent ? matter.Departments.LastOrDefault(d => d.Attends && d.Code != matter.LeadDepartment)?.Code : null;
        var present = matter.Departments.Where(d => d.Attends && d.Code != absent);
        return new ArrivalReport
        {
            Arrival = new VisitArrival(
                [.. present.Select(d => new Attendance(d.Code, [.. team.OfficersOf(d.Code).Select(o => o.OfficerId)], []))],
                absent is null ? null : new Dictionary<string, string> { [absent] = "临时应急任务" }, HomeEntry: Consent(step)),
            Certificates = new CertificatesShown(Name(step, "XZ"), "不申请回避"),
            Identification = PartyPapers.Of(step, matter, last),
        };
    }

    private static async ValueTask<Handing?> RecordAsync(StepContext step)
    {
        var (matter, team) = (await step.CaseAsync(), await step.TeamAsync());
        var visit = (await step.AllAsync<Visit>())[^1];
        var (uploads, sections) = (new List<Evidence>(), new List<VisitSection>());
        foreach (var attendance in visit.Attendances)
        {
            sections.Add(new VisitSection
            {
                Department = attendance.Department,
                Items = [.. step.Scenario.Items
                    .Where(i => i.SupervisingDepartment == attendance.Department && i.AppliesTo(matter.Target.Tags))
                    .Select(i => Result(step, i, matter.Target.Tags, uploads))],
                Signatures = [.. team.OfficersOf(attendance.Department).Select(o => new OfficerSignature(o.OfficerId, o.Name, o.CertificateNumber!, step.Now))],
            });
        }

        var papers = PartyPapers.Of(step, matter, last: true);
        var record = new VisitRecord(sections, papers?.UnknownReason is not null ? PartyPapers.Absent : new PartySignature
        {
            PersonName = papers?.Name ?? matter.Target.Representative ?? "样例值班经理", Capacity = "负责人", Statement = "检查情况属实", SignedAt = step.Now,
        });
        var minors = step.Story.Breaches.Any(b => step.Scenario.Item(b.Item)?.MinorsInvolved == true);
        var minor = minors ? new MinorProtectionNotice(step.Now, step.Now, [.. uploads.Select(u => u.Id)]) : null;
        return Handing.Of("", new SignedRecord { Record = record, Minor = minor, Identification = papers }, await LeaderAsync(step), uploads);
    }

    private static ItemResult Result(StepContext step, ScenarioItem item, IReadOnlyList<string> tags, List<Evidence> uploads)
    {
        if (step.Story.Breaches.FirstOrDefault(b => b.Item == item.Code) is not { } breach)
        {
            return new ItemResult { ItemCode = item.Code, Answer = ItemAnswer.Compliant };
        }

        var before = Upload(step, uploads.Count + 1, $"{item.Code}改正前照片");
        uploads.Add(before);
        OnTheSpotFix? fix = null;
        if (breach.Fixed && item.For(tags)!.OnSpot != OnSpotPossibility.No)
        {
            var after = Upload(step, uploads.Count + 1, $"{item.Code}改正后照片");
            uploads.Add(after);
            fix = new OnTheSpotFix(step.Now, before.Id, after.Id, item.OnSpotAction ?? item.Correction);
        }

        return new ItemResult { ItemCode = item.Code, Answer = ItemAnswer.NonCompliant, Facts = item.For(tags)!.FindingWording, EvidenceIds = [before.Id], Fix = fix, RoomEntry = item.OccupiedRooms ? new RoomEntry(RoomEntryGround.GuestConsent, "样例住客（房间号见照片）") : null };
    }

    private static async ValueTask<Handing?> ProposeAsync(StepContext step)
    {
        var findings = (await step.AllAsync<Finding>())
            .Where(f => f.PenaltyDepartment == step.Task.Department && f is { Fix: not null, IsFiledAtOnce: false, Disposition: not Disposition.Lenient }).ToList();
        var earlier = (await step.OfOtherCasesAsync<Finding>()).Select(f => f.ItemCode).ToHashSet(StringComparer.Ordinal);
        foreach (var kind in new[] { LeniencyKind.FirstOffence, LeniencyKind.MinorOffence })
        {
            var fitting = findings.Where(f => step.Scenario.Item(f.ItemCode)?.As(f.VariantCode) is { } item
                && LeniencyService.UnmetConditions(kind, f, item, "无", !earlier.Contains(f.ItemCode)).Count == 0).Select(f => f.Id).ToArray();
            if (fitting.Length > 0)
            {
                return Handing.Of(
                    "", new ProposeLeniency(step.Task.CaseId!, kind, fitting, "无", "已当场教育并签署守法承诺书。", true), await step.OfficerOfAsync(step.Task.Department!));
            }
        }

        return null;
    }

    // First officer of the leading department in the team: writes the record.
    private static async ValueTask<Actor> LeaderAsync(StepContext step) => await step.OfficerOfAsync((await step.CaseAsync()).LeadDepartment);

    /// <summary>The first officer of a department in the team.</summary>
    internal static async ValueTask<Actor> OfficerOfAsync(this StepContext step, string department) =>
        step.People.Officer((await step.OfficersAsync(department))[0].OfficerId);

    /// <summary>A number as other systems give them.</summary>
    internal static string Name(StepContext step, string kind) => $"{kind}{ShanghaiTime.DateOf(step.Now):yyyyMMdd}{step.Chance.Next(1_000_000):000000}";

    /// <summary>A photograph for the case.</summary>
    internal static Evidence Upload(StepContext step, int ordinal, string title) => Taken(step, Convert.ToHexStringLower(step.Chance.Bytes())[..16], ordinal, title);

    /// <summary>A photograph from the spot of a lead; it takes nothing from the chance of the step.</summary>
    internal static Evidence OnSpot(StepContext step, int ordinal) => Taken(
        step, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"spot|{step.Task.Id}")))[..16], ordinal, "现场照片");

    private static Evidence Taken(StepContext step, string id, int ordinal, string title)
    {
        var picture = SamplePicture.Of(title, step.Task.CaseId ?? step.Task.CaseKey);
        return new Evidence
        {
            Id = id,
            CaseKey = step.Task.CaseKey,
            CaseId = step.Task.CaseId,
            PlanId = step.Task.PlanId,
            TargetId = step.Task.TargetId,
            Area = step.Task.Area,
            Created = new Cause(step.Task.TaskActivityId, "simulation", "样例上传", step.Now),
            Ordinal = ordinal,
            Kind = "photo",
            Title = title,
            TakenAt = step.Now,
            Place = "检查现场",
            Sha256 = picture.Sha256,
            Length = picture.Content.Length,
            MediaType = SamplePicture.MediaType,
        };
    }
}
