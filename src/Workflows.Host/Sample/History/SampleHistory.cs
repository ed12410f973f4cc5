using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Workflows.Activities.Planning;
using Workflows.Engine.Bursts;
using Workflows.Host.Api.Evidences;
using Workflows.Host.CommandLine;
using Workflows.Host.Composition;
using Workflows.Host.Notifications;
using Workflows.Host.Packages;
using Workflows.Host.Simulation;
using Workflows.Host.Simulation.Pictures;
using Workflows.Storage.Model;
using Workflows.Storage.Outbox;
using Workflows.Storage.Providers;
using Workflows.Storage.Sqlite;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;

namespace Workflows.Host.Sample.History;

/// <summary>
/// Plays two months of work into a new sample district before it is served: the real engine, activities and store on virtual time, done by the
/// district's own accounts. It happens in a folder aside that takes the place of the data folder's database only when it is through, so that
/// whoever is interrupted starts from nothing again.
/// </summary>
internal static class SampleHistory
{
    private const int DaysBack = 61;
    private const long Seed = 20;
    private const string Aside = "sample-in-the-making";

    private static readonly BurstLimits Ample = new(2_000_000, TimeSpan.FromHours(1), TimeProvider.System);
    private static readonly TimeOnly FirstMorning = new(8, 0);

    /// <summary>Makes the district with its history where the settings ask for it and the data folder has no database yet.</summary>
    /// <param name="settings">Settings of the service that is about to start.</param>
    /// <param name="output">Where the operator reads how far it is, and who can sign in.</param>
    /// <param name="cancellationToken">Ends it early; nothing is left of it.</param>
    public static async Task EnsureAsync(ServeSettings settings, TextWriter output, CancellationToken cancellationToken)
    {
        var database = Path.Combine(settings.DataFolder, StoreSetup.FileName);
        if (!settings.PlaysHistory || File.Exists(database))
            return;
        var folder = Path.Combine(settings.DataFolder, Aside);
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        try
        {
            await using var said = new StringWriter();
            await PlayAsync(settings, folder, said, output, cancellationToken);
            await CloseAsync(Path.Combine(folder, StoreSetup.FileName), cancellationToken);
            Move(folder, settings.DataFolder);
            await output.WriteAsync(said.ToString().Replace(folder, settings.DataFolder, StringComparison.Ordinal));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A diagram that cannot be played must keep nobody from serving.
            await output.WriteLineAsync($"样例辖区：办理历史未能预置（{e.Message}），从没有案件的辖区开始。");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task PlayAsync(ServeSettings settings, string folder, StringWriter said, TextWriter progress, CancellationToken cancellationToken)
    {
        var end = settings.WallClock.GetUtcNow();
        var today = ShanghaiTime.DateOf(end);
        var calendar = HomeFolder.ReadCalendar(settings.HomeFolder, today);
        var start = new OfficeHours(calendar).Before(today.AddDays(-DaysBack), 0);
        var clock = new VirtualClock(ShanghaiTime.At(ShanghaiTime.DateOf(start), FirstMorning));
        var watch = new TaskWatch();
        // Nothing leaves the machine: whatever is told to other systems is told from the day of serving on.
        var staged = settings.Sealed() with { DataFolder = folder, WallClock = clock, LargeDraw = LargeDraw.Never };
        await using var application = WorkflowsApplication.Build(staged, builder => Adjust(builder, folder, watch));
        var services = application.Services;
        await progress.WriteLineAsync($"样例辖区：正在预置两个月的办理历史（{ShanghaiTime.DateOf(start):yyyy年M月d日}起），只在首次启动时进行……");
        await StartUp.FillAsync(services, said, cancellationToken);
        var rosters = await RostersAsync(services, cancellationToken);
        var people = new SimulatedPeople(rosters.Officers, await AccountsAsync(services, cancellationToken), today);
        var heads = await services.GetRequiredService<PackageCatalogue>().PublishedAsync(cancellationToken);
        var worlds = new List<SimulationWorld>();
        try
        {
            foreach (var package in Packages(settings.HomeFolder))
            {
                // What has problems was not published, and the log says why.
                if (heads.FirstOrDefault(head => head.Name == package.Name) is not { } published)
                    continue;
                var ground = new SimulationGround(services, clock, watch, people, published.VersionId);
                worlds.Add(new SimulationWorld(Options(settings, package, start, today, rosters, worlds.Count), ground));
            }

            var runs = worlds.Select((world, ordinal) => new SimulationRun(
                world, HistoryOpenings.Told(world, Options(settings, world.Package, start, today, rosters, ordinal), ordinal, end))).ToList();
            if (runs.Count > 0)
            {
                await KeepPicturesAsync(services.GetRequiredService<EvidenceFiles>(), cancellationToken);
                await new DistrictHistory(worlds, runs, progress).PlayAsync(end, cancellationToken);
                await new OfficeLife(worlds[0]).PlayAsync(cancellationToken);
                await new SharedEvidence(worlds[0]).PlayAsync(cancellationToken);
                await new NeighbourLife(worlds[0]).PlayAsync(cancellationToken);
            }
        }
        finally
        {
            foreach (var world in worlds)
                await world.DisposeAsync();
        }
    }

    private static SimulationOptions Options(ServeSettings settings, PackageFiles package, DateTimeOffset start, DateOnly today, SimulatedRosters rosters, int ordinal) => new()
    {
        Package = package,
        Home = settings.HomeFolder,
        From = ShanghaiTime.DateOf(start),
        Days = today.DayNumber - ShanghaiTime.DateOf(start).DayNumber + 1,
        Seed = (Seed * 100) + ordinal,
        Rosters = rosters,
    };

    // The photographs of the visits: whoever opens one sees a picture that is marked as drawn, and its hash is that of the record.
    private static async Task KeepPicturesAsync(EvidenceFiles files, CancellationToken cancellationToken)
    {
        foreach (var picture in SamplePicture.All)
            await files.KeepAsync(picture.Sha256, (kept, token) => kept.WriteAsync(picture.Content, token).AsTask(), cancellationToken);
    }

    // One thread and one order, nothing in the background, nothing to the network, and no flush to disk for what is thrown away when it is interrupted.
    internal static void Adjust(WebApplicationBuilder builder, string folder, TaskWatch watch)
    {
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        var services = builder.Services;
        services.AddSingleton<StoreProvider>(_ => new SqliteStore(Path.Combine(folder, StoreSetup.FileName), durable: false));
        services.AddSingleton(new PumpOptions { Deterministic = true, BatchLimits = Ample, SlowLimits = Ample });
        services.Remove(services.Single(service => service.ImplementationType == typeof(HttpChannel)));
        services.AddSingleton<IOutboxChannel, UnsentRequests>();
        services.Replace(ServiceDescriptor.Singleton<IDrawSecretSource>(new SeededSecrets(Seed)));
        services.Replace(ServiceDescriptor.Scoped(provider => new TaskService(watch.Over(provider.GetRequiredService<ISupervisionSession>()))));
    }

    private static IEnumerable<PackageFiles> Packages(string home) => PackageFiles.ReadAll(home)
        .Where(package => PackageCatalogue.Read(package).Package is { Scenario: { } scenario } && package.Texts.ContainsKey("plan.json") && SampleRosters.HasDepartmentsOf(scenario));

    private static async Task<SimulatedRosters> RostersAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        var reader = scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>();
        return new SimulatedRosters(
            [.. (await AllAsync<TownRecord>(reader, cancellationToken)).Select(record => record.Town).Where(town => town.District == SampleRosters.District)],
            [.. (await AllAsync<DepartmentRecord>(reader, cancellationToken)).Select(record => record.Unit)],
            [.. (await AllAsync<TargetRecord>(reader, cancellationToken)).Select(record => record.Target)],
            [.. (await AllAsync<OfficerRecord>(reader, cancellationToken)).Select(record => record.Officer)]);
    }

    private static async Task<IEnumerable<T>> AllAsync<T>(WorkflowsDbContext reader, CancellationToken cancellationToken)
        where T : class, IAggregate
    {
        var bodies = await reader.Set<AggregateRow<T>>().AsNoTracking().OrderBy(row => row.Id).Select(row => row.Body).ToListAsync(cancellationToken);
        return bodies.Select(body => System.Text.Json.JsonSerializer.Deserialize<T>(body, SupervisionJson.Options)!);
    }

    // Whoever takes part in the work; analysts, auditors and assistants look on.
    private static async Task<IReadOnlyList<Actor>> AccountsAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        string[] acting = [Role.Inspector, Role.DepartmentHead, Role.LegalReviewer, Role.PublicationReviewer, Role.Dispatcher, Role.Supervisor];
        await using var scope = services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<WorkflowUser>>();
        var accounts = new List<Actor>();
        foreach (var user in await users.Users.AsNoTracking().OrderBy(user => user.UserName).ToListAsync(cancellationToken))
        {
            IReadOnlyList<string> roles = [.. (await users.GetRolesAsync(user)).Order(StringComparer.Ordinal)];
            if (roles.Intersect(acting).Any())
                accounts.Add(new Actor { Id = user.Id, Name = user.DisplayName, Roles = roles, Department = user.Department, Area = user.Area, OfficerId = user.OfficerId });
        }

        return accounts;
    }

    // Everything in one file and on the disk: whoever closes last writes back what is still in the log, and readers cannot.
    private static async Task CloseAsync(string database, CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Pooling = false }.ToString());
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    // The database comes last: with it, and not before, the district is there.
    private static void Move(string from, string to)
    {
        foreach (var entry in Directory.EnumerateFileSystemEntries(from).Where(entry => Path.GetFileName(entry) != StoreSetup.FileName))
        {
            var place = Path.Combine(to, Path.GetFileName(entry));
            if (Directory.Exists(place))
                Directory.Delete(place, recursive: true);
            if (Directory.Exists(entry))
                Directory.Move(entry, place);
            else
                File.Move(entry, place, overwrite: true);
        }

        File.Move(Path.Combine(from, StoreSetup.FileName), Path.Combine(to, StoreSetup.FileName));
    }
}
