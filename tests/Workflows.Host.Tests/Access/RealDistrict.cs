using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Host.Api.Reading;
using Workflows.Host.Tests.Journeys;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;
using Workflows.Host.Tests.Visits;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Supervision.CaseFilings;
using Workflows.Supervision.Deadlines;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Host.Tests.Access;

/// <summary>A sample district in which one case has come to an overdue order, with everything that hangs on it.</summary>
public sealed class RealDistrict : SampleService
{
    private const string Letter = "dead-letter-of-the-case";

    /// <summary>Ids and numbers that tell of the case, by what they are.</summary>
    public IReadOnlyDictionary<string, string> Ids { get; private set; } = new Dictionary<string, string>();

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        var journey = new DistrictJourney(this);
        await journey.PlanAsync();
        var planTask = await journey.TaskAsync("cul.head", "plan.approve");
        await journey.DrawAsync();
        await journey.VisitAsync("EH-20");
        await journey.OrderAsync();
        using var officer = await SamplePersonAsync(await journey.LeaderAsync());
        using var form = new MultipartFormDataContent { { new StringContent("照片"), "kind" }, { new StringContent("现场照片"), "title" } };
        using var photo = new ByteArrayContent([0xff, 0xd8, 0xff]);
        photo.Headers.ContentType = new("image/jpeg");
        form.Add(photo, "file", "photo.jpg");
        using var upload = new HttpRequestMessage(HttpMethod.Post, $"/api/cases/{journey.CaseId}/evidence") { Content = form };
        upload.Headers.Add("Idempotency-Key", "real-evidence");
        using var uploaded = await officer.SendAsync(upload);
        var evidence = (await uploaded.SucceededAsync())["id"]!.GetValue<string>();
        using var linked = await officer.PostAsync($"/api/cases/{journey.CaseId}/party-links", "real-link", new { validDays = 30 });
        var link = await linked.SucceededAsync();
        using var party = Anonymous();
        using var stated = await party.PostAsync($"/api/party/{link["token"]}/statements", "real-statement", new { text = "样例陈述" });
        var statement = (await stated.SucceededAsync())["id"]!.GetValue<string>();
        using var health = await SamplePersonAsync("hea.head");
        var finding = (await journey.StoryAsync("hea.head"))["findings"]![0]!["id"]!.GetValue<string>();
        using var sent = await health.PostAsync($"/api/cases/{journey.CaseId}/transfers", "real-transfer",
            new { kind = "ToDepartment", receiver = "样例机关", reason = "无管辖权", summary = "样例摘要", findingIds = new[] { finding }, evidenceIds = new[] { evidence } });
        var transfer = (await sent.SucceededAsync())["id"]!.GetValue<string>();
        using var dispatcher = await SamplePersonAsync("dispatcher");
        using var moved = await dispatcher.PostAsync("/api/sample/clock", "real-overdue", new { advance = "P45D" });
        await moved.SucceededAsync();
        using var reported = await dispatcher.PostAsync("/api/leads", "real-lead", new { trigger = "Report", source = "窗口", area = "330203001", text = "样例举报内容" });
        var lead = (await reported.SucceededAsync())["leadId"]!.GetValue<string>();
        using var filed = await dispatcher.PostAsync("/api/stuck-matters", "real-stuck", new { subject = "Lead", subjectId = lead, text = "样例反映内容" });
        var stuck = (await filed.SucceededAsync())["id"]!.GetValue<string>();
        using var called = await dispatcher.PostAsync($"/api/cases/{journey.CaseId}/consultations", "real-consultation", new { reason = "样例会商事由" });
        var consultation = (await called.SucceededAsync())["id"]!.GetValue<string>();
        var (note, evaluation) = await OverseenAsync(journey.CaseId);
        var merge = await MergeAsync(dispatcher);
        using var registered = await dispatcher.PostAsync("/api/projects", "real-project", new
        {
            scenario = "home-renovation", number = "样例装修-0001", name = "样例小区3幢501室装修", address = "样例路1号", townCode = "330203001", owner = "样例业主", phone = "00000000",
            startsOn = "2027-03-01", endsOn = "2027-06-30",
        });
        var project = (await registered.SucceededAsync())["id"]!.GetValue<string>();
        using var bound = await dispatcher.PostAsync("/api/estate-links", "real-estate-link", new { capacity = "居委会", area = "330203001", places = new[] { "样例小区" }, name = "样例社区居委会" });
        var estateLink = (await bound.SucceededAsync())["linkId"]!.GetValue<string>();
        var story = await journey.StoryAsync("supervisor");
        var instance = story["case"]!["caseKey"]!.GetValue<string>();
        await BreakAsync(instance);
        Ids = new Dictionary<string, string>
        {
            ["instance"] = instance,
            ["lead"] = lead,
            ["estateLink"] = estateLink,
            ["stuckMatter"] = stuck,
            ["letter"] = Letter,
            ["plan"] = journey.PlanId,
            ["case"] = journey.CaseId,
            ["number"] = story["case"]!["number"]!.GetValue<string>(),
            ["planTask"] = planTask,
            ["task"] = First(story, "tasks", task => task["state"]!.GetValue<string>() == "Open"),
            ["document"] = First(story, "documents"),
            ["publication"] = First(story, "publications"),
            ["filing"] = await FilingAsync(journey.CaseId, instance),
            ["order"] = First(story, "orders"),
            ["consultation"] = consultation,
            ["evidence"] = evidence,
            ["partyLink"] = link["linkId"]!.GetValue<string>(),
            ["statement"] = statement,
            ["transfer"] = transfer,
            ["card"] = First(story, "cards"),
            ["oversightNote"] = note,
            ["evaluation"] = evaluation,
            ["merge"] = merge,
            ["project"] = project,
            ["deputy"] = await DeputyAsync(journey),
            ["taskForce"] = await TaskForceAsync(journey),
            ["limit"] = await LimitAsync(journey.CaseId),
        };
    }

    private async Task<(string Note, string Evaluation)> OverseenAsync(string caseId)
    {
        using var observer = await PersonAsync("auditor", null, "330203");
        using var noted = await observer.PostAsync("/api/oversight-notes", "real-note", new { subject = "Case", subjectId = caseId, text = "样例监督意见" });
        using var supervisor = await SamplePersonAsync("supervisor");
        using var evaluated = await supervisor.PostAsync("/api/evaluations", "real-evaluation", new
        {
            subject = "Department", subjectId = "HEA", period = "2027-Q1", weights = new Dictionary<string, int> { ["甲"] = 50, ["乙"] = 50 }, area = "330203",
            raters = new Dictionary<string, object> { ["甲"] = new { department = "TOWN", area = "330203001" }, ["乙"] = new { department = "TOWN", area = "330203002" } },
        });
        return ((await noted.SucceededAsync())["id"]!.GetValue<string>(), (await evaluated.SucceededAsync())["id"]!.GetValue<string>());
    }

    private async Task<string> DeputyAsync(DistrictJourney journey)
    {
        var accounts = await journey.ListAsync("dispatcher", "/api/deputies/candidates");
        string IdOf(string name) => accounts.Single(account => account!["name"]!.GetValue<string>() == name)!["id"]!.GetValue<string>();
        var today = await journey.TodayAsync();
        using var dispatcher = await SamplePersonAsync("dispatcher");
        using var named = await dispatcher.PostAsync("/api/deputies", "real-deputy", new { accountId = IdOf("样例文旅负责人"), deputyId = IdOf("样例文旅公示审核员"), from = today, to = today.AddDays(30), reason = "样例事由" });
        return (await named.SucceededAsync())["id"]!.GetValue<string>();
    }

    private async Task<string> TaskForceAsync(DistrictJourney journey)
    {
        var today = await journey.TodayAsync();
        using var guidance = await SamplePersonAsync("gui.head");
        using var formed = await guidance.PostAsync("/api/task-forces", "real-task-force", new
        {
            name = "样例专班", decision = new { purpose = "样例任务", from = today, to = today.AddDays(30), leaderId = "CUL-01", members = new[] { "CUL-01", "FIR-01" } },
        });
        return (await formed.SucceededAsync())["id"]!.GetValue<string>();
    }

    private async Task<string> LimitAsync(string caseId)
    {
        await using var scope = Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<AggregateReader>().OfCaseAsync<StepLimit>(caseId, default))[0].Id;
    }

    private async Task<string> MergeAsync(HttpClient dispatcher)
    {
        var desk = new CheckDesk(this);
        var target = await desk.TargetAsync("B");
        await desk.OpenAsync("cul.head", target, "SpecialCampaign", departments: ["CUL", "FIR"]);
        await desk.OpenAsync("cul.head", target, "SpecialCampaign", departments: ["CUL", "HEA"]);
        using var proposals = await dispatcher.GetAsync(new Uri($"/api/merges?targetId={target}", UriKind.Relative));
        return (await proposals.SucceededAsync())["items"]!.AsArray()[^1]!["id"]!.GetValue<string>();
    }

    // Nothing fails by itself in the sample: an incident and a dead letter of the case are written as the pump would.
    private async Task<string> FilingAsync(string caseId, string family) => (await new CheckDesk(this).ChangeAsync((session, _) =>
    {
        session.Save(new CaseFiling
        {
            Id = "real-filing", CaseKey = family, CaseId = caseId, Area = "330203", Department = "HEA", Created = new Cause(null, "test", "test", session.Now), FindingIds = [], Organ = "样例机关", Reason = "样例立案",
            HandlerId = "HEA-01", FileBy = new DateOnly(2027, 1, 4), LimitRule = "APL-60", Limit = LegalPeriod.CalendarDays(90), State = FilingState.InProgress,
        });
        return new ValueTask<string>("real-filing");
    }))!;

    private async Task BreakAsync(string instance)
    {
        await using var scope = Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>();
        (await database.Set<WorkflowInstanceRow>().SingleAsync(row => row.Id == instance)).IncidentCount = 1;
        database.Add(new DeadLetterRow { Id = Letter, Kind = "Unreadable", CaseKey = instance, InstanceId = instance, Body = "{}", Error = "broken", CreatedAt = Now });
        await database.SaveChangesAsync();
    }

    private static string First(JsonObject story, string kind, Func<JsonNode, bool>? which = null) =>
        story[kind]!.AsArray().FirstOrDefault(row => which?.Invoke(row!) ?? true)?["id"]!.GetValue<string>()
        ?? throw new InvalidOperationException($"The case has come to no {kind}: {story.ToJsonString()}");
}
