using Workflows.Activities.Inspections;
using Workflows.Host.Simulation.People;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Work;

namespace Workflows.Host.Trials.History;

/// <summary>The team and its visit as they really went: who came, what was found on each item, in neutral words.</summary>
internal static class RecordedVisit
{
    /// <summary>A declaration of no relation, or of one of an officer of the same department as the real one.</summary>
    public static async ValueTask<Handing?> DeclarationAsync(StepContext step, CaseHistory history, WorkTask real, string outcome)
    {
        if (outcome != "申请回避")
            return new Handing(outcome);
        var department = history.BroughtBy<Recusal>(real)?.Department;
        var member = (await step.TeamAsync()).Members.LastOrDefault(m => !m.IsAssistant && (department is null || m.Department == department));
        return member is null ? null : Handing.Of(outcome, new RecusalDeclaration(member.OfficerId, member.Department, "与检查对象有利害关系"), step.People.Officer(member.OfficerId));
    }

    /// <summary>What happened at the door. A department that the real case did not have comes.</summary>
    public static async ValueTask<Handing?> ArrivalAsync(StepContext step, CaseHistory history, string outcome)
    {
        var (matter, team) = (await step.CaseAsync(), await step.TeamAsync());
        if (outcome is "找不到对象" or "仍未找到")
        {
            var photo = VisitPeople.Upload(step, 1, "现场照片");
            return Handing.Of(outcome, new ArrivalReport { NotFound = new ReportNotFound("无人应答", [photo.Id], outcome == "仍未找到" ? "网格已核实" : null) }, Leader(step, team, matter), [photo]);
        }

        if (outcome == "登记已注销或迁出")
            return Handing.Of(outcome, new ArrivalReport { GoneReason = "登记已注销" }, Leader(step, team, matter));
        if (history.All<Visit>() is not [.., var visit])
            return null;
        var absent = visit.Absent.Select(a => a.Department).ToHashSet(StringComparer.Ordinal);
        var present = matter.Departments.Where(d => d.Attends && !absent.Contains(d.Code)).ToList();
        return Handing.Of(outcome, new ArrivalReport
        {
            Arrival = new VisitArrival(
                [.. present.Select(d => new Attendance(d.Code, [.. team.OfficersOf(d.Code).Select(o => o.OfficerId)], []))],
                absent.ToDictionary(code => code, _ => "当时缺席", StringComparer.Ordinal), HomeEntry: visit.HomeEntry ?? VisitPeople.Consent(step)),
            Certificates = new CertificatesShown("行政行为码", "不申请回避"),
            Refusal = outcome == "拒绝检查" ? new ReportRefusal("当事人不同意", true, "影像", null, "拒绝进入", "说明法律后仍然拒绝", "在场人员", "值班人员", "见证人", OutsideHome: true) : null,
        }, present.Any(d => d.Code == matter.LeadDepartment) ? Leader(step, team, matter) : null);
    }

    /// <summary>The record: the real answer to each item that both scenarios have, 符合 for an item that only the draft has.</summary>
    public static async ValueTask<Handing?> RecordAsync(StepContext step, CaseHistory history)
    {
        if (history.All<Visit>().LastOrDefault(v => v.Sections.Count > 0) is not { } real)
            return null;
        var (matter, team) = (await step.CaseAsync(), await step.TeamAsync());
        var visit = (await step.AllAsync<Visit>())[^1];
        var answers = real.Sections.SelectMany(section => section.Items).GroupBy(item => item.ItemCode).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        var uploads = new List<Evidence>();
        var sections = visit.Attendances.Select(attendance => new VisitSection
        {
            Department = attendance.Department,
            Items = [.. step.Scenario.Items.Where(item => item.AppliesTo(matter.Target.Tags) && WrittenBy(item, answers, visit, matter) == attendance.Department)
                .Select(item => Result(step, item, attendance.Department, answers.GetValueOrDefault(item.Code), uploads))],
            Signatures = [.. team.OfficersOf(attendance.Department).Select(o => new OfficerSignature(o.OfficerId, o.Name, o.CertificateNumber!, step.Now))],
        }).ToList();
        var party = real.Party is { SignedAt: null }
            ? new PartySignature { PersonName = "在场人员", RefusalReason = "拒绝签名", WitnessName = "见证人", VideoNumber = "影像" }
            : new PartySignature { PersonName = "在场人员", Capacity = "负责人", Statement = "检查情况属实", SignedAt = step.Now };
        var minor = real.MinorNotice is null ? null : new MinorProtectionNotice(step.Now, step.Now, []);
        return Handing.Of("", new SignedRecord { Record = new VisitRecord(sections, party), Minor = minor }, Leader(step, team, matter), uploads);
    }

    // The own department's section, or that of the department which fixed the facts for one that was not there.
    private static string? WrittenBy(ScenarioItem item, Dictionary<string, ItemResult> answers, Visit visit, Case matter)
    {
        if (visit.Attendances.Any(a => a.Department == item.SupervisingDepartment))
            return item.SupervisingDepartment;
        var away = visit.Absent.Any(a => a.Department == item.SupervisingDepartment) || matter.Departments.Any(d => d.Code == item.SupervisingDepartment && !d.Attends);
        return away ? answers.GetValueOrDefault(item.Code)?.FactsFixedBy : null;
    }

    private static ItemResult Result(StepContext step, ScenarioItem item, string section, ItemResult? real, List<Evidence> uploads)
    {
        var result = new ItemResult
        {
            ItemCode = item.Code, Answer = real?.Answer ?? ItemAnswer.Compliant, FactsFixedBy = section == item.SupervisingDepartment ? null : section,
            Facts = real?.Answer == ItemAnswer.NotChecked ? "当时未检查" : null,
        };
        if (result.Answer != ItemAnswer.NonCompliant)
            return result;
        var variant = item.As(real!.VariantCode) is null ? null : real.VariantCode;
        var kind = item.As(variant) ?? item;
        var before = VisitPeople.Upload(step, uploads.Count + 1, $"{item.Code}照片");
        uploads.Add(before);
        OnTheSpotFix? fix = null;
        if (real.Fix is not null && kind.OnSpot != OnSpotPossibility.No)
        {
            var after = VisitPeople.Upload(step, uploads.Count + 1, $"{item.Code}改正后照片");
            uploads.Add(after);
            fix = new OnTheSpotFix(step.Now, before.Id, after.Id, kind.OnSpotAction ?? kind.Correction);
        }

        return result with { VariantCode = variant, Facts = kind.FindingWording, EvidenceIds = [before.Id], Fix = fix };
    }

    private static Workflows.Supervision.Sessions.Actor? Leader(StepContext step, InspectionTeam team, Case matter) =>
        team.OfficersOf(matter.LeadDepartment).FirstOrDefault() is { } officer ? step.People.Officer(officer.OfficerId) : null;
}
