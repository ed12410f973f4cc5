using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Workflows.Host.Api.Catalogues;
using Workflows.Host.Api.Rosters;
using Workflows.Host.Composition;
using Workflows.Host.Packages;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;

namespace Workflows.Host.Sample;

/// <summary>
/// The sample district: made in an empty database where the operator named none, told by a row of that database ever after.
/// The row keeps how far its clock runs ahead.
/// </summary>
internal sealed class SampleDistrict(WorkflowsDbContext database, SamplePeople people, RosterDesk rosters, CatalogueDesk catalogues, ServeSettings settings, DistrictClock clock)
{
    /// <summary>Id of the row that makes a database a sample district; its expression is the offset of the clock in ticks.</summary>
    public const string MarkId = "sample-district-clock";

    private const string MarkKind = "Clock";

    /// <summary>Whether this database is a sample district.</summary>
    public Task<bool> ExistsAsync(CancellationToken cancellationToken) =>
        database.Set<ScheduleRow>().AsNoTracking().AnyAsync(row => row.Id == MarkId, cancellationToken);

    /// <summary>Creates the district.</summary>
    /// <param name="output">Where the operator reads who can sign in.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task CreateAsync(TextWriter output, CancellationToken cancellationToken)
    {
        var divisions = await File.ReadAllTextAsync(Path.Combine(settings.HomeFolder, "sample", "ningbo-divisions.json"), cancellationToken);
        var scenarios = Scenarios();
        var files = new SampleRosters(divisions, scenarios, ShanghaiTime.DateOf(clock.GetUtcNow()));
        await ImportAsync(RosterKind.Departments, files.DepartmentsCsv(), cancellationToken);
        await ImportAsync(RosterKind.Towns, files.TownsCsv(), cancellationToken);
        await ImportAsync(RosterKind.Targets, files.TargetsCsv(), cancellationToken);
        await ImportAsync(RosterKind.Officers, files.OfficersCsv(), cancellationToken);
        foreach (var department in SampleRosters.Departments)
        {
            await rosters.SetContactAsync(
                $"{SampleRosters.District}/{department.Code}",
                new OrganContact($"样例{department.Label}联系人", "0574-00000000", $"宁波市海曙区样例路{department.Code}号", "宁波市海曙区人民政府", "宁波市海曙区人民法院"),
                Actor.Clock, cancellationToken);
        }

        await ImportAsync(CatalogueKind.Matters, "catalogue-matters.csv", cancellationToken);
        await ImportAsync(CatalogueKind.Delegations, "catalogue-delegations.csv", cancellationToken);
        // All the accounts in one commit instead of four hundred.
        await using var accounts = await database.Database.BeginTransactionAsync(cancellationToken);
        var path = await people.CreateAsync(settings.DataFolder);
        await accounts.CommitAsync(cancellationToken);
        // Written last: a district that was cut short is no district yet.
        database.Add(new ScheduleRow { Id = MarkId, Kind = MarkKind, Expression = "0", CreatedAt = clock.GetUtcNow() });
        await database.SaveChangesAsync(cancellationToken);
        await output.WriteLineAsync($"样例辖区：宁波市海曙区，{SampleRosters.Hotels + (scenarios.Count * SampleRosters.TargetsPerScenario)}个样例检查对象，时钟可用 POST /api/sample/clock 拨快。");
        await output.WriteLineAsync($"样例账号和密码：{path}（仅本机当前用户可读）");
    }

    /// <summary>Sets the clock as it stood when the service was stopped.</summary>
    public async Task RestoreClockAsync(CancellationToken cancellationToken)
    {
        if (await database.Set<ScheduleRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Id == MarkId, cancellationToken) is { } mark)
            clock.RunAhead(TimeSpan.FromTicks(long.Parse(mark.Expression, CultureInfo.InvariantCulture)));
    }

    /// <summary>Writes how far the clock shall run ahead, before it does.</summary>
    public async Task KeepClockAsync(TimeSpan ahead, CancellationToken cancellationToken)
    {
        var mark = await database.Set<ScheduleRow>().FirstAsync(row => row.Id == MarkId, cancellationToken);
        mark.Expression = ahead.Ticks.ToString(CultureInfo.InvariantCulture);
        await database.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Counts what has come up in the district since an instant.</summary>
    public async Task<ClockEffects> SetOffAsync(DateTimeOffset since, CancellationToken cancellationToken) => new(
        await SinceAsync<Notice>(since, cancellationToken), await SinceAsync<WarningCard>(since, cancellationToken),
        await SinceAsync<SupervisionOrder>(since, cancellationToken), await SinceAsync<WorkTask>(since, cancellationToken));

    private Task<int> SinceAsync<T>(DateTimeOffset since, CancellationToken cancellationToken)
        where T : class, IAggregate => database.Set<AggregateRow<T>>().AsNoTracking().CountAsync(row => row.CreatedAt > since, cancellationToken);

    // The hotels stand in the rosters by themselves; every other scenario of the home folder brings its own targets.
    private List<Scenario> Scenarios() =>
    [
        .. PackageFiles.ReadAll(settings.HomeFolder).Where(package => package.Name != "esports-hotel")
            .Select(package => ScenarioReader.Read(Encoding.UTF8.GetBytes(package.Texts["scenario.json"])).Scenario)
            .OfType<Scenario>().Where(SampleRosters.HasDepartmentsOf),
    ];

    private async Task ImportAsync(RosterKind kind, string csv, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(csv));
        var (report, _) = await rosters.ImportAsync(kind, stream, new RosterOrder(), cancellationToken);
        if (report.RowsInError > 0 || report.Problems.Count > 0)
            throw new InvalidOperationException("The sample's own roster was refused: " + report.Problems[0]);
    }

    private async Task ImportAsync(CatalogueKind kind, string file, CancellationToken cancellationToken)
    {
        await using var csv = File.OpenRead(Path.Combine(settings.HomeFolder, "sample", file));
        var (report, _) = await catalogues.ImportAsync(kind, csv, dryRun: false, acceptGood: false, Actor.Clock, null, cancellationToken);
        if (report.RowsInError > 0 || report.Problems.Count > 0)
            throw new InvalidOperationException("The sample's own catalogue was refused: " + report.Problems[0]);
    }
}
