using System.Text.Json;
using Workflows.Supervision.Documents;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Service;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Supervision.Tests.Sessions;

/// <summary>The shipped scenario, a small roster, and short ways to a point in the life of a case.</summary>
public sealed class World : IScenarioCatalogue, IRosterDirectory, IDocumentTemplates, IDocumentRenderer
{
    public static readonly string[] Present = ["CUL", "PSB", "FIR", "HEA", "MKT"];

    private static readonly ScenarioPackage Shipped = ScenarioPackageReader.Read(
        File.ReadAllBytes(Path.Combine(RepositoryFiles.Root, "workflow-definitions/esports-hotel/scenario.json")),
        File.ReadAllBytes(Path.Combine(RepositoryFiles.Root, "workflow-definitions/legal-bases.json"))).Package!;

    public InMemorySession Session { get; } = new();

    public Dictionary<string, OfficerStanding> Officers { get; } = Present.SelectMany(d => Enumerable.Range(1, 3).Select(n => Standing(d, n))).ToDictionary(o => o.Id);

    public TargetSnapshot Target { get; set; } = new()
    {
        Id = "T001", Name = "样例酒店一", Kind = "Premises", CreditCode = "91330203MA00000001", Address = "样例路1号", Representative = "样例人甲", Phone = "0574-00000000",
        Area = "330203", Tags = ["专业电竞酒店", "集中空调"], ImportedCreditClass = "B",
    };

    public bool RenderingFails { get; set; }

    /// <summary>The scenario with its law; the shipped one unless a test changes it.</summary>
    public ScenarioPackage Package { get; set; } = Shipped;

    public Scenario Scenario => Package.Scenario;

    public ValueTask<ScenarioPackage?> FindAsync(string packageVersionId, CancellationToken cancellationToken = default) => ValueTask.FromResult<ScenarioPackage?>(packageVersionId == "v1" ? Package : null);

    public ValueTask<OfficerStanding?> FindOfficerAsync(string officerId, CancellationToken cancellationToken = default) => ValueTask.FromResult(Officers.GetValueOrDefault(officerId));

    public ValueTask<TargetSnapshot?> FindTargetAsync(string targetId, CancellationToken cancellationToken = default) => ValueTask.FromResult(targetId == Target.Id ? Target : null);

    public ValueTask<Organ?> FindOrganAsync(string department, string? area, CancellationToken cancellationToken = default) => ValueTask.FromResult<Organ?>(new Organ
    {
        Department = department, Name = $"宁波市海曙区{Scenario.Department(department)?.Name ?? department}", NumberName = $"甬海曙{Scenario.Department(department)?.NumberName ?? department}",
        Contact = "值班室", Phone = "0574-00000001", Address = "样例街2号", Reconsideration = "宁波市海曙区人民政府", Court = "宁波市海曙区人民法院",
    });

    ValueTask<DocumentTemplateSet?> IDocumentTemplates.FindAsync(string packageVersionId, CancellationToken cancellationToken) =>
        ValueTask.FromResult<DocumentTemplateSet?>(new DocumentTemplateSet(FormCatalogue.All.ToDictionary(f => f.Key, f => $"template of {f.Key}")));

    public RenderedDocument Render(DocumentTemplateSet templates, string scenario, string form, JsonElement model) => RenderingFails
        ? throw new RuleViolationException(RefusalKind.Invalid, "template-failed", form, "模板错误")
        : new RenderedDocument($"<html>{model.GetRawText()}</html>", form, templates.Sha256(scenario, form), []);

    public DocumentIssuing Issuing => new(Session, new DocumentModelBuilder(Session, this, this), this, this);

    public RecordPapers Papers => new(Session, this, Issuing);

    public OrderService Orders => new(Session, this);

    public StopMeasureService Measures => new(Session, this, Papers);

    public static Actor Officer(string department, int n = 1) =>
        new() { Id = $"user-{department}{n}", Name = $"执法员{department}{n}", Roles = [Role.Inspector], Department = department, OfficerId = $"{department}{n}" };

    public static Actor Head(string department) => new() { Id = $"head-{department}", Name = $"负责人{department}", Roles = [Role.DepartmentHead], Department = department };

    public static Actor Assistant(string department) => new() { Id = $"assistant-{department}", Name = "辅助员", Roles = [Role.Assistant], Department = department };

    public static Actor WithRole(string role, string? department = null) => new() { Id = $"user-{role}", Name = $"人员{role}", Roles = [role], Department = department };

    public static Actor Party(string target = "T001") => new() { Id = $"party:{target}", Name = "当事人", Roles = [Role.Party] };

    public World As(Actor actor)
    {
        Session.Actor = actor;
        return this;
    }

    public World On(int year, int month, int day, int hour = 10)
    {
        Session.Now = Workflows.Supervision.Time.ShanghaiTime.At(new DateOnly(year, month, day), new TimeOnly(hour, 0));
        return this;
    }

    public async Task<Case> OpenCaseAsync(string instance = "root-1", TriggerKind trigger = TriggerKind.MonthlyPlan, string? exception = null) =>
        await new CaseService(Session, this, this).OpenAsync(new OpenCase
        {
            TargetId = Target.Id, PackageVersionId = "v1", Trigger = trigger, RootInstanceId = instance, Departments = [.. Present], FrequencyException = exception is null ? null : new Decision("head-CUL", "负责人CUL", Session.Now, exception),
        });

    public static IReadOnlyList<TeamChoice> Pairs(params string[] except) =>
        [.. Present.Except(except).SelectMany(d => new[] { new TeamChoice($"{d}1", d), new TeamChoice($"{d}2", d) })];

    public async Task<Visit> ArrivedAsync(Case one, params string[] absent)
    {
        As(Officer("CUL"));
        var day = Workflows.Supervision.Time.ShanghaiTime.DateOf(Session.Now);
        var team = await new TeamService(Session, this).FormAsync(new FormTeam(one.Id, day, Pairs(), null));
        var visits = new VisitService(Session, this);
        var visit = await visits.PlanAsync(one.Id, day, team.Id, null);
        await visits.ArriveAsync(visit.Id, new VisitArrival([.. Present.Except(absent).Select(d => new Attendance(d, [$"{d}1", $"{d}2"], []))]));
        return await visits.ShowCertificatesAsync(visit.Id, new CertificatesShown("CODE1", "不申请回避"));
    }

    public VisitRecord Record(Case one, IReadOnlyDictionary<string, ItemResult> found, params string[] absent) => new(
        [.. Present.Except(absent).Select(d => new VisitSection
        {
            Department = d,
            Items = [.. Scenario.Items.Where(i => i.SupervisingDepartment == d && i.AppliesTo(one.Target.Tags)).Select(i => found.GetValueOrDefault(i.Code) ?? new ItemResult { ItemCode = i.Code, Answer = ItemAnswer.Compliant })],
            Signatures = [Signature(d, 1), Signature(d, 2)],
        })],
        new PartySignature { PersonName = "样例人乙", Capacity = "店长", SignedAt = Session.Now });

    public OfficerSignature Signature(string department, int n) => new($"{department}{n}", $"执法员{department}{n}", $"Z{department}{n}", Session.Now);

    public static ItemResult Breach(string code, bool fixedOnSpot = false, DateTimeOffset at = default) => new()
    {
        ItemCode = code, Answer = ItemAnswer.NonCompliant, Facts = $"现场发现{code}不符合要求", EvidenceIds = ["E1"],
        RoomEntry = code is "EH-05" or "EH-08" or "EH-10" ? new RoomEntry(RoomEntryGround.GuestConsent, "样例住客") : null,
        Fix = fixedOnSpot ? new OnTheSpotFix(at, "E1", "E2", "当场整改完毕") : null,
    };

    /// <summary>A case whose visit found these breaches; codes with <c>+</c> were put right on the spot.</summary>
    public async Task<(Case Case, VisitResult Result)> VisitedAsync(params string[] codes)
    {
        var one = await OpenCaseAsync();
        var visit = await ArrivedAsync(one);
        var found = codes.ToDictionary(c => c.TrimEnd('+'), c => Breach(c.TrimEnd('+'), c.EndsWith('+'), Session.Now));
        return (one, await new VisitRecording(Session, this).RecordAsync(visit.Id, Record(one, found)));
    }

    /// <summary>A case whose orders are issued and served today.</summary>
    public async Task<(Case Case, List<RectificationOrder> Orders)> ServedAsync(params string[] codes)
    {
        var (one, _) = await VisitedAsync(codes);
        var package = await Orders.PrepareAsync(new PrepareOrders(one.Id));
        var orders = new List<RectificationOrder>();
        foreach (var id in package.OrderIds)
        {
            var order = (await Session.FindAsync<RectificationOrder>(id))!;
            await As(Head(order.Department!)).Orders.ApproveAsync(id, null);
            var document = await As(Officer(order.Department!)).Issuing.IssueAsync(new IssueDocument("rectification-order", id));
            await Orders.MarkIssuedAsync(id, document);
            var proof = await new ServiceRecording(Session, this).RecordAsync(new RecordService(one.Id, [document.Id], ServiceMethod.Direct,
                new ServiceDetails { ReceiverName = "样例人乙", ReceivedAt = Session.Now }, [$"{order.Department}1", $"{order.Department}2"]));
            orders.Add(await Orders.MarkServedAsync(id, proof.ServedOn));
        }

        return (one, orders);
    }

    public async Task<string> EvidenceAsync(Case one) =>
        (await new PartyService(Session, this).KeepEvidenceAsync(one.Id, "照片", "整改后照片", new string('a', 64), 10, "image/jpeg")).Id;

    private static OfficerStanding Standing(string department, int n) =>
        new($"{department}{n}", $"执法员{department}{n}", department, $"Z{department}{n}", new DateOnly(2027, 12, 31), [], true);
}

/// <summary>Short form of asserting a refusal by its code.</summary>
public static class Refused
{
    public static async Task<RuleViolationException> WithAsync(string code, RefusalKind kind, Func<Task> act)
    {
        var refusal = await Assert.ThrowsAsync<RuleViolationException>(act);
        Assert.Equal((code, kind), (refusal.Code, refusal.Kind));
        Assert.Matches("[\u4e00-\u9fff]", refusal.Message);
        return refusal;
    }
}
