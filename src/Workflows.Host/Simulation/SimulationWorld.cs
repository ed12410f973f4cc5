using System.Text.Json.Nodes;
using System.Text.Json;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Workflows.Activities.Planning;
using Workflows.Engine.Bursts;
using Workflows.Engine.Definitions;
using Workflows.Host.CommandLine;
using Workflows.Host.Composition;
using Workflows.Host.Packages;
using Workflows.Storage.Commit;
using Workflows.Storage.Definitions;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Model;
using Workflows.Storage.Providers;
using Workflows.Storage.Sessions;
using Workflows.Storage.Stimuli;
using Workflows.Storage;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;

namespace Workflows.Host.Simulation;

/// <summary>The real engine, activities and store on a virtual clock, with a district, its calendar and the package under test.</summary>
internal sealed class SimulationWorld : IAsyncDisposable
{
    private static readonly BurstLimits Ample = new(2_000_000, TimeSpan.FromHours(1), TimeProvider.System);

    private readonly SimulationOptions _options;
    private readonly IServiceProvider _services;
    private readonly ServiceProvider? _ownServices;
    private readonly Lazy<WorkflowsDbContext> _reading;

    /// <param name="options">What is simulated.</param>
    /// <param name="store">An empty database; the world does not dispose it.</param>
    /// <exception cref="BadInputException">The scenario cannot be read.</exception>
    public SimulationWorld(SimulationOptions options, StoreProvider store)
    {
        _options = options;
        Clock = new VirtualClock(ShanghaiTime.StartOf(options.From));
        Watch = new TaskWatch();
        Package = options.Package;
        Scenario = ScenarioOf(Package);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSupervision();
        // Nothing else waits for the writer here, and the record is the same.
        services.AddSingleton(LargeDraw.Never);
        services.AddSingleton<IDrawSecretSource>(new SeededSecrets(options.Seed));
        services.AddScoped(provider => new TaskService(Watch.Over(provider.GetRequiredService<ISupervisionSession>())));
        var limits = options.Limits ?? Ample;
        services.AddWorkflowsStorage(_ => store, new PumpOptions { Deterministic = true, BatchLimits = limits, SlowLimits = limits });
        _services = _ownServices = services.BuildServiceProvider();
        Store = _services.GetRequiredService<StoreModel>();
        _reading = new Lazy<WorkflowsDbContext>(OpenReading);
        Pump = _services.GetRequiredService<StimulusPump>();
        Calendar = options.Calendars is { } files ? CalendarOf(files) : HomeFolder.ReadCalendar(options.Home, options.From);
        Hours = new OfficeHours(Calendar);
        Rosters = options.Rosters ?? new SimulatedDistrict(Scenario, options, Math.Max(10, 6 + (options.Targets / 12))).Rosters;
        People = new SimulatedPeople(Rosters.Officers, Rosters.Departments.Select(d => d.Code), SimulatedDistrict.Code, options.From.AddDays(options.Days));
    }

    /// <param name="options">What is simulated, with the rosters that the district has.</param>
    /// <param name="ground">The district, in which rosters, calendar and packages lie already; others may live in it at the same time.</param>
    /// <exception cref="BadInputException">The scenario cannot be read.</exception>
    public SimulationWorld(SimulationOptions options, SimulationGround ground)
    {
        _options = options;
        _services = ground.Services;
        (Clock, Watch, People, PackageVersionId) = (ground.Clock, ground.Watch, ground.People, ground.PackageVersionId);
        Package = options.Package;
        Scenario = ScenarioOf(Package);
        Store = _services.GetRequiredService<StoreModel>();
        _reading = new Lazy<WorkflowsDbContext>(OpenReading);
        Pump = _services.GetRequiredService<StimulusPump>();
        Calendar = HomeFolder.ReadCalendar(options.Home, options.From);
        Hours = new OfficeHours(Calendar);
        Rosters = options.Rosters ?? throw new ArgumentException("A district that is there has its rosters.", nameof(options));
    }

    /// <summary>The clock.</summary>
    public VirtualClock Clock { get; }

    /// <summary>The package under test.</summary>
    public PackageFiles Package { get; }

    /// <summary>Its scenario.</summary>
    public Scenario Scenario { get; }

    /// <summary>The database.</summary>
    public StoreModel Store { get; }

    /// <summary>Where people look things up: one connection that stays open, because a new one would read the whole schema before its first row.</summary>
    public WorkflowsDbContext Reading => _reading.Value;

    /// <summary>The pump.</summary>
    public StimulusPump Pump { get; }

    /// <summary>Hears of steps.</summary>
    public TaskWatch Watch { get; }

    /// <summary>The calendar in force.</summary>
    public WorkCalendar Calendar { get; }

    /// <summary>When people work.</summary>
    public OfficeHours Hours { get; }

    /// <summary>The rosters.</summary>
    public SimulatedRosters Rosters { get; }

    /// <summary>Everybody.</summary>
    public SimulatedPeople People { get; }

    /// <summary>Version under which the package was published.</summary>
    public string PackageVersionId { get; private set; } = "";

    /// <summary>Whether the package has a diagram for leads.</summary>
    public bool HasLeads => Package.Texts.ContainsKey("lead.json");

    /// <summary>Whether the package has a diagram for registered projects.</summary>
    public bool HasProjects => Package.Texts.ContainsKey("project.json");

    /// <summary>A service of the host.</summary>
    public T Service<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Migrates, loads the calendar and the rosters, and publishes the package.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await Service<StoreMigrator>().MigrateAsync(cancellationToken);
        await CommandAsync("calendars", "calendar", session => PutCalendars((IRowSession)session, session.Now));
        await CommandAsync("rosters", $"roster:{SimulatedDistrict.Code}", PutRosters);
        await CommandAsync("package", $"package:{Scenario.Code}", PutPackage);
    }

    /// <summary>Changes the domain under a key that the seed gives.</summary>
    public ValueTask<StimulusResult> CommandAsync(string name, string caseKey, Action<ISupervisionSession> change, Actor? actor = null) => Pump.SendAsync(new DomainCommand
    {
        Key = Key(name),
        CaseKey = caseKey,
        Actor = actor ?? Actor.Clock,
        Execute = (session, _, _) =>
        {
            change(session);
            return new ValueTask<object?>((object?)null);
        },
    });

    /// <summary>Lets a service of the domain do something under a key that the seed gives.</summary>
    public async ValueTask<TResult> ServiceAsync<TService, TResult>(
        string name, string caseKey, Actor actor, Func<TService, CancellationToken, ValueTask<TResult>> act, CancellationToken cancellationToken)
        where TService : notnull => (TResult)(await Pump.SendAsync(
            new DomainCommand
            {
                Key = Key(name), CaseKey = caseKey, Actor = actor, Execute = async (_, services, token) => await act(services.GetRequiredService<TService>(), token),
            },
            cancellationToken)).Value!;

    /// <summary>Key of a stimulus; ids and randomness follow from it.</summary>
    public string Key(string name) => $"simulation|{_options.Seed}|{name}";

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_reading.IsValueCreated)
        {
            await Reading.DisposeAsync();
        }

        if (_ownServices is not null)
        {
            await _ownServices.DisposeAsync();
        }
    }

    private static Scenario ScenarioOf(PackageFiles package)
    {
        var reading = PackageCatalogue.Read(package);
        return reading.Package?.Scenario ?? throw new BadInputException($"SCENARIO：{string.Join('；', reading.Problems.Take(5))}");
    }

    private WorkflowsDbContext OpenReading()
    {
        var context = Store.CreateContext();
        context.Database.OpenConnection();
        return context;
    }

    private static WorkCalendar CalendarOf(IReadOnlyList<CalendarRow> files)
    {
        var calendar = WorkCalendar.WeekendsOnly;
        foreach (var file in files)
        {
            using var json = new MemoryStream(Encoding.UTF8.GetBytes(file.Body));
            calendar = calendar.Load(json, ShanghaiTime.DateOf(file.LoadedAt));
        }

        return calendar;
    }

    private void PutCalendars(IRowSession rows, DateTimeOffset now)
    {
        foreach (var file in _options.Calendars ?? [])
        {
            rows.Put(file.Id, new CalendarRow { Id = file.Id, LoadedAt = file.LoadedAt, Body = file.Body });
        }

        foreach (var path in _options.Calendars is null ? HomeFolder.CalendarFiles(_options.Home) : [])
        {
            var id = Path.GetFileName(path);
            rows.Put(id, new CalendarRow { Id = id, LoadedAt = now, Body = InputFile.ReadText(path, "calendars") });
        }
    }

    private void PutRosters(ISupervisionSession session)
    {
        var cause = CauseOf(session);
        foreach (var town in Rosters.Towns)
        {
            session.Save(TownRecord.Of(town, cause));
        }

        foreach (var department in Rosters.Departments)
        {
            session.Save(DepartmentRecord.Of(department, cause) with
            {
                Contact = "值班室", Phone = "0574-00000000", Address = "宁波市海曙区样例路1号", Reconsideration = "宁波市海曙区人民政府", Court = "宁波市海曙区人民法院",
            });
        }

        PutTargets(session, Rosters.Targets);
        foreach (var matter in HasLeads ? LeadCalendar.Catalogue(Scenario, cause) : [])
        {
            session.Save(matter);
        }

        foreach (var officer in Rosters.Officers)
        {
            session.Save(OfficerRecord.Of(officer, SimulatedDistrict.Code, cause));
        }
    }

    /// <summary>Stores targets of the roster, new or changed.</summary>
    public static void PutTargets(ISupervisionSession session, IEnumerable<RosterTarget> targets)
    {
        foreach (var target in targets)
        {
            session.Save(TargetRecord.Of(target, CauseOf(session)));
        }
    }

    private static Cause CauseOf(ISupervisionSession session) => new(null, "simulation", "样例名录", session.Now);

    private void PutPackage(ISupervisionSession session)
    {
        var rows = (IRowSession)session;
        PackageVersionId = $"{Scenario.Code}-{Package.Hash[..16]}";
        rows.Put(PackageVersionId, new PackageRow
        {
            VersionId = PackageVersionId, Name = Scenario.Code, Version = 1, Hash = Package.Hash, IsPublished = true, Source = "files", CreatedAt = session.Now, PublishedAt = session.Now,
            Files = JsonSerializer.Serialize(Package.Texts, StorageJson.Options),
        });
        foreach (var text in Package.Definitions)
        {
            WorkflowDefinition definition;
            try
            {
                definition = WorkflowDefinition.Parse(text);
            }
            catch (DefinitionFormatException e)
            {
                throw new BadInputException($"SCENARIO：{e.Message}");
            }

            var versionId = PackageVersions.DefinitionVersion(PackageVersionId, definition.DefinitionId);
            JsonObject json = definition.ToJson();
            (json["id"], json["version"], json["isLatest"], json["isPublished"]) = (versionId, 1, true, true);
            var body = json.ToJsonString(StorageJson.Options);
            rows.Put(versionId, new WorkflowDefinitionRow
            {
                VersionId = versionId, DefinitionId = definition.DefinitionId, Version = 1, Name = definition.Name ?? definition.DefinitionId, IsPublished = true, IsLatest = true,
                Hash = DefinitionStore.HashOf(body), PackageVersionId = PackageVersionId, Source = "files", CreatedAt = session.Now, PublishedAt = session.Now, Json = body,
            });
        }
    }
}
