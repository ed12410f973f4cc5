using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Activities.Documents;
using Workflows.Engine;
using Workflows.Engine.Activities;
using Workflows.Engine.Bursts;
using Workflows.Engine.Definitions;
using Workflows.Engine.Journal;
using Workflows.Engine.State;
using Workflows.Supervision.Documents;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Projects;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Tests;
using Workflows.Supervision.Tests.Sessions;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;

namespace Workflows.Activities.Tests.Scenarios;

/// <summary>One case run by its diagram on virtual time: the real engine, activities, domain, templates and calendar; people are scripted by the test.</summary>
public sealed class CaseRun : IServiceProvider, IBurstObserver, IScenarioCatalogue, IDocumentTemplates, IDrawSecretSource, ILeadFlows
{
    public const string District = "330203";

    private const string Hotel = "esports-hotel";

    private static readonly ConcurrentDictionary<string, (ScenarioPackage Package, CompiledWorkflow Shipped)> s_shipped = new();

    private static readonly DocumentTemplateSet Templates = new(Directory
        .EnumerateFiles(Path.Combine(RepositoryFiles.Root, "templates"), "*" + DocumentTemplateSet.FileExtension)
        .ToDictionary(f => Path.GetFileName(f)[..^DocumentTemplateSet.FileExtension.Length], File.ReadAllText));

    private static readonly ActivityRegistry Registry = new ActivityRegistry().RegisterFrom(typeof(IssueDocumentStep).Assembly);
    private static readonly WorkflowEngine Engine = new(Registry);

    private readonly ScenarioPackage _package;
    private readonly CompiledWorkflow _workflow;
    private readonly Dictionary<Type, object> _services = [];
    private WorkflowState? _state;
    private int _stimuli;
    private string _leadId = "lead-1";

    public CaseRun(WorkflowDefinition? definition = null, string scenario = Hotel)
    {
        (_package, var shipped) = s_shipped.GetOrAdd(scenario, static name => (
            ScenarioPackageReader.Read(Bytes($"{name}/scenario.json"), Bytes("legal-bases.json")).Package!, Engine.Compile(Definition(name))));
        _workflow = definition is null ? shipped : Engine.Compile(definition);
        Session.ActivityId = null;
        Session.Now = ShanghaiTime.At(new DateOnly(2026, 12, 1), new TimeOnly(9, 0));
    }

    public InMemorySession Session { get; } = new();

    public List<(DateTimeOffset At, JournalRecord Entry)> Journal { get; } = [];

    public Scenario Scenario => _package.Scenario;

    public string CaseId { get; private set; } = "";

    public WorkflowState State => _state!;

    public Case Case => Now(Session.FindAsync<Case>(CaseId))!;

    public string Lead => Scenario.Lead.Code;

    public IReadOnlyList<string> Tags { get; init; } = ["专业电竞酒店", "集中空调"];

    public static WorkflowDefinition Definition(string scenario = Hotel) => WorkflowDefinition.Parse(Encoding.UTF8.GetString(Bytes($"{scenario}/case.json")));

    /// <summary>Opens the case of one drawn target and starts its diagram.</summary>
    public async Task<CaseRun> StartAsync(params string[] departments)
    {
        var present = departments.Length > 0 ? departments
            : [.. Scenario.Departments.Where(d => d.Role is DepartmentRole.Lead or DepartmentRole.Participating).Select(d => d.Code)];
        var cause = Session.CauseNow();
        PutRosters(present);
        Session.Save(new InspectionPlan
        {
            Id = "plan-1", CaseKey = "plan-1", PlanId = "plan-1", Department = Lead, Area = District, Created = cause, Title = "样例计划", AnnualItem = new AnnualPlanItem(2026, "A1", $"{Scenario.Name}联合抽查"),
            ScenarioCode = Scenario.Code, PackageVersionId = "v1", LeadDepartment = Lead, Departments = [.. present.Select(d => new PlanDepartment { Code = d, Name = d })], DrawCount = 1, AlternateCount = 0,
            VisitFrom = new DateOnly(2026, 12, 1), VisitTo = new DateOnly(2026, 12, 11), State = PlanState.Confirmed,
            Draw = new Supervision.Planning.DrawOutcome
            {
                DrawFileId = "draw-1", Sha256 = "", At = Session.Now, Targets = ["91330203MA00000001"],
                Officers = [.. present.Select(d => new DrawnOfficers("91330203MA00000001", d, [$"{d}1", $"{d}2"], [$"{d}3", $"{d}4"]))],
            },
        });
        return await OpenAsync(new OpenCase { PlanId = "plan-1", TargetId = "91330203MA00000001", RootInstanceId = "case-1" });
    }

    /// <summary>Opens the case of a target that stands on no roster, as a lead does, and starts its diagram.</summary>
    public async Task<CaseRun> StartAdHocAsync(RosterTarget target, params string[] departments)
    {
        PutRosters(departments);
        Session.Save(TargetRecord.Of(target, Session.CauseNow()));
        return await OpenAsync(new OpenCase { TargetId = target.Id, PackageVersionId = "v1", Trigger = Supervision.Inspections.TriggerKind.VideoAI, RootInstanceId = "case-1", Departments = departments });
    }

    private async Task<CaseRun> OpenAsync(OpenCase command)
    {
        CaseId = (await Get<CaseService>().OpenAsync(command)).Id;
        Take(await Engine.StartAsync(_workflow, new StartWorkflow
        {
            InstanceId = "case-1", CorrelationId = CaseId, Input = new Dictionary<string, JsonNode?> { ["caseId"] = CaseId, ["leadDepartment"] = Lead },
        }, Context()));
        return this;
    }

    /// <summary>The target and the officers of some departments, before anything has happened.</summary>
    public void PutRosters(IReadOnlyList<string> present)
    {
        var cause = Session.CauseNow();
        Session.Save(TargetRecord.Of(new RosterTarget
        {
            Id = "91330203MA00000001", Name = "样例电竞酒店001号", Kind = Enum.Parse<TargetKind>(Scenario.TargetKind), Address = "样例路1号", TownCode = "330203009", District = District, Departments = [.. present],
            Credit = new CreditClassification("B", "样例", new DateOnly(2026, 1, 1)), Tags = [.. Tags], Representative = "样例人甲", Phone = "0574-00000000",
        }, cause));
        foreach (var code in present.Concat(["CMD", "GUI"]))
        {
            var unit = Scenario.Department(code);
            Session.Save(DepartmentRecord.Of(new Department(code, $"宁波市海曙区{unit?.Name ?? code}", $"甬海曙{unit?.NumberName ?? code}", District), cause) with
            {
                Contact = "值班室", Phone = "0574-00000001", Address = "样例街2号", Reconsideration = "宁波市海曙区人民政府", Court = "宁波市海曙区人民法院",
            });
            for (var n = 1; n <= 4; n++)
            {
                Session.Save(OfficerRecord.Of(new RosterOfficer
                {
                    Id = $"{code}{n}", Name = $"执法员{code}{n}", Department = code, CertificateNumber = $"Z{code}{n}", CertificateValidTo = new DateOnly(2027, 12, 31),
                }, District, cause));
            }
        }
    }

    /// <summary>The diagram that a scenario has for its leads.</summary>
    public static WorkflowDefinition LeadDefinition(string scenario) => WorkflowDefinition.Parse(Encoding.UTF8.GetString(Bytes($"{scenario}/lead.json")));

    /// <summary>The diagram that a scenario has for its projects.</summary>
    public static WorkflowDefinition ProjectDefinition(string scenario) => WorkflowDefinition.Parse(Encoding.UTF8.GetString(Bytes($"{scenario}/project.json")));

    /// <summary>A diagram by its file.</summary>
    public static WorkflowDefinition Named(string file) => WorkflowDefinition.Parse(Encoding.UTF8.GetString(Bytes(file)));

    /// <summary>The lead that the run carries through.</summary>
    public Lead TheLead => Now(Session.FindAsync<Lead>(_leadId))!;

    /// <summary>Registers a project and starts its diagram.</summary>
    public async Task<CaseRun> StartProjectAsync(NewProject project)
    {
        PutRosters([.. Scenario.Departments.Select(d => d.Code)]);
        Session.Save(TargetRecord.Of(new RosterTarget { Id = "WY-1", Name = "样例物业企业", Address = "样例路2号", TownCode = "330203009", District = District, Representative = "样例人乙", Phone = "0574-00000002" }, Session.CauseNow()));
        var lead = await Get<ProjectRegister>().RegisterAsync(project);
        _leadId = lead.Id;
        Take(await Engine.StartAsync(_workflow, new StartWorkflow { InstanceId = lead.Dispatch!.InstanceId!, CorrelationId = lead.Id, Input = new Dictionary<string, JsonNode?>() }, Context()));
        return this;
    }

    /// <summary>Somebody confirms a milestone; the diagram hears of it where it waits.</summary>
    public async Task ConfirmAsync(string milestone, string by = "物业")
    {
        await Get<ProjectRegister>().ConfirmAsync(_leadId, milestone, new MilestoneConfirmation(by));
        if (_state!.Bookmarks.FirstOrDefault(b => b.Name == ProjectRegister.ConfirmedStimulus && b.ActivityId == "Await" + milestone) is { } waiting)
        {
            Take(await Engine.ResumeAsync(_workflow, _state, new ResumeBookmark(waiting.Id, new Dictionary<string, JsonNode?>()), Context()));
        }
    }

    /// <summary>Dispatches a lead to its diagram, as the dispatcher does.</summary>
    public async Task<CaseRun> StartLeadAsync(NewLead given, string department)
    {
        PutRosters([.. Scenario.Departments.Select(d => d.Code)]);
        Session.Save(new Lead
        {
            Id = "lead-1", CaseKey = "lead-1", Area = given.Area, Department = department, TargetId = given.TargetId, Created = Session.CauseNow(), Trigger = given.Trigger, Source = given.Source,
            Place = new LeadPlace(given.Area, null, given.Address, given.Latitude, given.Longitude), MatterCode = given.MatterCode, Text = given.Text, OccurredAt = given.OccurredAt, ReceivedAt = Session.Now,
            Sensing = given.Sensing, State = LeadState.Dispatched, Dispatch = new LeadDispatch(Session.Now, [], "lead-flow-1", "v1"), Steps = [new LeadStep(Session.Now, "dispatcher", "调度员", "派发", LeadState.Dispatched, department, null)],
        });
        Take(await Engine.StartAsync(_workflow, new StartWorkflow { InstanceId = "lead-flow-1", CorrelationId = "lead-1", Input = new Dictionary<string, JsonNode?>() }, Context()));
        return this;
    }

    /// <summary>The open task of a kind, of a department where several are.</summary>
    public WorkTask Task(string kind, string? department = null) =>
        Tasks().FirstOrDefault(t => t.Kind == kind && (department is null || t.Department == department))
        ?? throw new InvalidOperationException($"no open task {kind} {department}; open: {string.Join(", ", Tasks().Select(t => $"{t.Kind}/{t.Department}"))}; incidents: {string.Join(" | ", State.Incidents.Select(i => $"{i.ActivityId}: {i.Message}"))}");

    public IReadOnlyList<WorkTask> Tasks() => Now(Session.ListAsync<WorkTask>(new AggregateFilter { States = [nameof(TaskState.Open)] }));

    public IReadOnlyList<T> All<T>()
        where T : class, IAggregate => Now(Session.ListAsync<T>(new AggregateFilter()));

    /// <summary>A person completes a step.</summary>
    public async Task DoAsync(string kind, Actor actor, string? outcome, object? data = null, string? department = null)
    {
        var task = Task(kind, department);
        Session.Actor = actor;
        try
        {
            Take(await Engine.ResumeAsync(_workflow, _state!, new ResumeBookmark(task.BookmarkId!, new Dictionary<string, JsonNode?>
            {
                ["outcome"] = outcome,
                ["data"] = data is null ? new JsonObject() : JsonSerializer.SerializeToNode(data, SupervisionJson.Options),
            }), Context()));
        }
        finally
        {
            Session.Actor = Actor.Clock;
        }
    }

    /// <summary>What the instance waits for at a bookmark has happened.</summary>
    public async Task ResumeAsync(string bookmarkId) => Take(await Engine.ResumeAsync(_workflow, _state!, new ResumeBookmark(bookmarkId, new Dictionary<string, JsonNode?>()), Context()));

    /// <summary>Moves the clock; whatever falls due on the way happens at its own time.</summary>
    public async Task UntilAsync(DateTimeOffset instant)
    {
        while (_state!.Bookmarks.Where(b => b.DueAt <= instant).OrderBy(b => b.DueAt).ThenBy(b => b.Id, StringComparer.Ordinal).FirstOrDefault() is { } due)
        {
            if (due.DueAt > Session.Now)
            {
                Session.Now = due.DueAt!.Value;
            }

            Take(await Engine.ResumeAsync(_workflow, _state, new ResumeBookmark(due.Id, new Dictionary<string, JsonNode?>()), Context()));
        }

        Session.Now = instant;
    }

    public Task UntilAsync(int month, int day, int hour = 10, int year = 2026) => UntilAsync(ShanghaiTime.At(new DateOnly(year, month, day), new TimeOnly(hour, 0)));

    /// <summary>Every completion in the order in which it happened: time, activity and ports.</summary>
    public IReadOnlyList<string> Completed() => [.. Journal.Where(j => j.Entry.EventName == "Completed")
        .Select(j => $"{j.At.ToOffset(ShanghaiTime.Offset):MM-dd HH:mm} {j.Entry.ActivityId} {string.Join('+', j.Entry.Payload?["Outcomes"]?.AsArray().Select(o => o!.GetValue<string>()) ?? [])}".TrimEnd())];

    public object? GetService(Type serviceType)
    {
        if (serviceType.IsInstanceOfType(this))
        {
            return this;
        }

        if (serviceType == typeof(ISupervisionSession))
        {
            return Session;
        }

        if (serviceType == typeof(IRosterDirectory))
        {
            serviceType = typeof(StoredRosterDirectory);
        }

        if (serviceType == typeof(IDocumentRenderer))
        {
            return _services.TryGetValue(serviceType, out var renderer) ? renderer : _services[serviceType] = new ScribanDocumentRenderer(TimeProvider.System);
        }

        if (_services.TryGetValue(serviceType, out var known))
        {
            return known;
        }

        var constructor = serviceType.GetConstructors()[0];
        return _services[serviceType] = constructor.Invoke([.. constructor.GetParameters().Select(p => GetService(p.ParameterType))]);
    }

    public T Get<T>() => (T)GetService(typeof(T))!;

    public void Executing(string activityId, string activityInstanceId) => Session.ActivityId = activityId;

    public void Executed(string activityId, string activityInstanceId, bool faulted) => Session.ActivityId = null;

    ValueTask<ScenarioPackage?> IScenarioCatalogue.FindAsync(string packageVersionId, CancellationToken cancellationToken) => new(_package);

    ValueTask<DocumentTemplateSet?> IDocumentTemplates.FindAsync(string packageVersionId, CancellationToken cancellationToken) => new(Templates);

    ValueTask<LeadFlow?> ILeadFlows.FindAsync(string scenario, CancellationToken cancellationToken) => new(new LeadFlow("v1", "v1-lead"));

    ValueTask<LeadFlow?> ILeadFlows.FindPlanAsync(string scenario, CancellationToken cancellationToken) => new(new LeadFlow("v1", "v1-plan"));

    ValueTask<LeadFlow?> ILeadFlows.FindProjectAsync(string scenario, CancellationToken cancellationToken) => new(new LeadFlow("v1", "v1-project"));

    byte[] IDrawSecretSource.Create(string drawId) => new byte[32];

    private static byte[] Bytes(string file) => File.ReadAllBytes(Path.Combine(RepositoryFiles.Root, "workflow-definitions", file));

    // The session over dictionaries never waits.
    private static T Now<T>(ValueTask<T> read) => read.AsTask().GetAwaiter().GetResult();

    private BurstContext Context() => new()
    {
        Now = Session.Now,
        Ids = new IdSource($"stimulus-{++_stimuli}"),
        Services = this,
        Observer = this,
        Refuses = e => e is RuleViolationException && Session.Actor.IsPerson,
    };

    private void Take(Burst burst)
    {
        _state = WorkflowState.Deserialize(burst.State.Serialize());
        Journal.AddRange(burst.Journal.Select(j => (Session.Now, j)));
    }
}
