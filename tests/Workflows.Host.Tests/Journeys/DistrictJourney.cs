using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Activities.Documents;
using Workflows.Activities.Inspections;
using Workflows.Host.Tests.Serving;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Service;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Host.Tests.Journeys;

/// <summary>The people of the sample district at work, through the API alone.</summary>
public sealed class DistrictJourney(ServiceUnderTest service)
{
    public static readonly string[] Departments = ["CUL", "PSB", "FIR", "HEA", "MKT"];

    private static readonly Scenario Scenario = ScenarioPackageReader.Read(
        File.ReadAllBytes(Path.Combine(ServiceUnderTest.HomeFolder(), "workflow-definitions", "esports-hotel", "scenario.json")),
        File.ReadAllBytes(Path.Combine(ServiceUnderTest.HomeFolder(), "workflow-definitions", "legal-bases.json"))).Package!.Scenario;

    public string PlanId { get; private set; } = "";

    public string CaseId { get; private set; } = "";

    /// <summary>A plan for one hotel, up to the task that approves it.</summary>
    public async Task<DistrictJourney> PlanAsync()
    {
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        using var answer = await dispatcher.PostAsync("/api/plans", "plan-" + Guid.NewGuid(), NewPlan(await TodayAsync()));
        PlanId = (await answer.SucceededAsync())["planId"]!.GetValue<string>();
        return this;
    }

    /// <summary>Goes on with a plan that was made elsewhere.</summary>
    public void Take(string planId) => PlanId = planId;

    /// <summary>The district's date.</summary>
    public async Task<DateOnly> TodayAsync() =>
        DateOnly.Parse((await GetAsync("dispatcher", "/api/sample/clock"))["date"]!.GetValue<string>(), CultureInfo.InvariantCulture);

    /// <summary>What a dispatcher hands in to have a plan drawn up.</summary>
    public static object NewPlan(DateOnly today) => new
    {
        title = "样例电竞酒店联合抽查", annualItem = new { year = today.Year, code = "NB-EH-01", title = "电竞酒店联合抽查" }, scenarioCode = "esports-hotel", leadDepartment = "CUL",
        departments = Departments.Select(code => new { code, name = Scenario.Department(code)!.Name }), drawCount = 1, alternateCount = 1,
        visitFrom = today, visitTo = today.AddDays(30), area = "330203",
    };

    /// <summary>From the approval of the plan to its confirmed draw.</summary>
    /// <param name="head">Head of the lead department.</param>
    public async Task<DistrictJourney> DrawAsync(string head = "cul.head")
    {
        await DoAsync(head, "plan.approve", "批准", new { note = "同意" });
        // The public value has to come to be after the commitment.
        service.Clock.Advance(TimeSpan.FromMinutes(5));
        await DoAsync("dispatcher", "plan.public-value", null, new EnterPublicValue("305184", "见证人现场投掷的六位数字", "样例见证人", "区司法局派员"));
        await DoAsync(head, "plan.confirm-draw", "确认", new { note = "已核对" });
        var plan = await GetAsync(head, $"/api/plans/{PlanId}");
        CaseId = plan["caseIds"]!.AsArray() is [{ } drawn, ..] ? drawn.GetValue<string>() : throw new InvalidOperationException($"The confirmed plan has no case: {plan.ToJsonString()}");
        return this;
    }

    /// <summary>From the team to the signed record of a visit that found one breach.</summary>
    public async Task<DistrictJourney> VisitAsync(string breach)
    {
        await ArriveAsync();
        return await RecordAsync(breach);
    }

    /// <summary>From the team to the certificates shown at the door.</summary>
    public async Task ArriveAsync()
    {
        await DoAsync(await LeaderAsync(), "team.recusal-declaration", "无需回避");
        await DoAsync("cul.head", "visit.approve", "批准", new { note = "同意" });
        var team = await TeamAsync();
        await DoAsync(await LeaderAsync(), "visit.arrive", "已到场", new ArrivalReport
        {
            Arrival = new VisitArrival([.. Departments.Select(code => new Attendance(code, [.. team.OfficersOf(code).Select(officer => officer.OfficerId)], []))]),
            Certificates = new CertificatesShown("AC-0001", "不申请回避"),
        });
    }

    /// <summary>The signed record of a visit that found one breach.</summary>
    public async Task<DistrictJourney> RecordAsync(string breach, string evidence = "E1", string? facts = null)
    {
        var team = await TeamAsync();
        var matter = (await StoryAsync("cul.head"))["case"].Deserialize<Case>(SupervisionJson.Options)!;
        var now = service.Now;
        await DoAsync(await LeaderAsync(), "visit.record", null, new SignedRecord
        {
            Record = new VisitRecord(
                [.. Departments.Select(code => new VisitSection
                {
                    Department = code,
                    Items = [.. Scenario.Items.Where(item => item.SupervisingDepartment == code && item.AppliesTo(matter.Target.Tags)).Select(item => item.Code == breach
                        ? new ItemResult { ItemCode = item.Code, Answer = ItemAnswer.NonCompliant, Facts = facts ?? item.FindingWording, EvidenceIds = [evidence], RoomEntry = item.OccupiedRooms ? new RoomEntry(RoomEntryGround.GuestConsent, "样例住客") : null }
                        : new ItemResult { ItemCode = item.Code, Answer = ItemAnswer.Compliant })],
                    Signatures = [.. team.OfficersOf(code).Select(officer => new OfficerSignature(officer.OfficerId, officer.Name, officer.CertificateNumber!, now))],
                })],
                new PartySignature { PersonName = "样例人乙", Capacity = "店长", Statement = "无异议", SignedAt = now }),
        });
        return this;
    }

    /// <summary>The order of the department of the breach, issued and served.</summary>
    public async Task<DistrictJourney> OrderAsync()
    {
        await DoAsync(await LeaderAsync(), "order.prepare", null, new { });
        var order = (await ListAsync("supervisor", $"/api/cases/{CaseId}/orders"))[0]!;
        var department = order["department"]!.GetValue<string>();
        await DoAsync($"{department.ToLowerInvariant()}.head", "order.approve", "批准", new { note = "同意" });
        var officers = (await TeamAsync()).OfficersOf(department).Select(officer => officer.OfficerId).ToArray();
        await DoAsync(UserOf(officers[0]), "document.serve", "已送达", new ServiceReport(
            ServiceMethod.Direct,
            new ServiceDetails { Addressee = "样例电竞酒店", Place = "样例路1号", ReceiverName = "样例人乙", ReceiverRelation = "店长", ReceivedAt = service.Now },
            officers));
        return this;
    }

    /// <summary>Somebody completes the open task of a kind that waits for them.</summary>
    public async Task<JsonObject> DoAsync(string user, string kind, string? outcome, object? data = null)
    {
        using var person = await service.SamplePersonAsync(user);
        using var answer = await person.PostAsync($"/api/tasks/{await TaskAsync(user, kind)}/complete", "do-" + Guid.NewGuid(), Completion(outcome, data));
        return await answer.SucceededAsync();
    }

    /// <summary>Id of the open task of a kind that waits for somebody.</summary>
    public async Task<string> TaskAsync(string user, string kind)
    {
        var tasks = (await GetAsync(user, $"/api/tasks?mine&kind={kind}&take=100"))["items"]!.AsArray();
        return tasks.FirstOrDefault(task => task!["planId"]?.GetValue<string>() == PlanId)?["id"]!.GetValue<string>()
            ?? throw new InvalidOperationException($"No open {kind} for {user}: {(await GetAsync("cul.head", "/api/tasks?take=100")).ToJsonString()} {(await ListAsync("dispatcher", "/api/operations/incidents")).ToJsonString()}");
    }

    /// <summary>What a person hands in.</summary>
    public static JsonObject Completion(string? outcome, object? data) =>
        new() { ["outcome"] = outcome, ["data"] = data is null ? new JsonObject() : JsonSerializer.SerializeToNode(data, SupervisionJson.Options) };

    public async Task<JsonObject> GetAsync(string user, string path) => (await ReadAsync(user, path)).AsObject();

    public async Task<JsonArray> ListAsync(string user, string path) => (await ReadAsync(user, path)).AsArray();

    /// <summary>Everything about the case that a person sees.</summary>
    public Task<JsonObject> StoryAsync(string user) => GetAsync(user, $"/api/cases/{CaseId}");

    /// <summary>Text of the only document of the case in a form, as a person may read it.</summary>
    public async Task<string> PaperAsync(string user, string form)
    {
        var paper = Assert.Single((await GetAsync(user, $"/api/documents?caseId={CaseId}&form={form}"))["items"]!.AsArray())!;
        using var person = await service.SamplePersonAsync(user);
        return await person.GetStringAsync(new Uri($"/api/documents/{paper["id"]!.GetValue<string>()}/html", UriKind.Relative));
    }

    /// <summary>Officer of the lead department who goes first.</summary>
    public async Task<string> LeaderAsync() => UserOf((await TeamAsync()).OfficersOf("CUL").First().OfficerId);

    /// <summary>The team of the case, as the dispatcher sees it.</summary>
    public async Task<InspectionTeam> TeamAsync()
    {
        var story = await StoryAsync("dispatcher");
        return story["teams"]!.AsArray() is [{ } team, ..]
            ? team.Deserialize<InspectionTeam>(SupervisionJson.Options)!
            : throw new InvalidOperationException($"The case has no team: {story.ToJsonString()} {(await ListAsync("dispatcher", "/api/operations/incidents")).ToJsonString()}");
    }

    /// <summary>Account of an officer of the sample roster.</summary>
    public static string UserOf(string officerId) => officerId.ToLowerInvariant().Replace('-', '.');

    private async Task<JsonNode> ReadAsync(string user, string path)
    {
        using var person = await service.SamplePersonAsync(user);
        using var answer = await person.GetAsync(new Uri(path, UriKind.Relative));
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonNode.Parse(text)! : throw new InvalidOperationException($"{path} as {user}: {(int)answer.StatusCode} {text}");
    }
}
