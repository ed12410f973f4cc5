using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Host.Composition;
using Workflows.Host.Sample.History;
using Workflows.Host.Tests.Serving;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Supervision.Documents;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Work;

namespace Workflows.Host.Tests.Sample;

public sealed class SampleHistoryTests : IDisposable
{
    // A Wednesday, eleven in the morning in Beijing.
    private static readonly DateTimeOffset Now = new(2026, 11, 18, 3, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("workflows-history-");

    [Fact]
    public async Task The_history_ends_now_with_something_in_every_stage_done_by_the_districts_own_accounts()
    {
        await SampleHistory.EnsureAsync(Settings(), TextWriter.Null, CancellationToken.None);
        Assert.Equal(["sample-users.txt", "workflows.db"], _folder.EnumerateFileSystemInfos().Select(entry => entry.Name).Order());

        await using var application = WorkflowsApplication.Build(Settings());
        await using var scope = application.Services.CreateAsyncScope();
        var reader = scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>();
        var cases = await reader.Set<AggregateRow<Case>>().AsNoTracking().ToListAsync();
        Assert.True(cases.Count(row => row.State == nameof(CaseState.Closed)) >= 15, "too few closed cases");
        Assert.True(cases.Count(row => row.State == nameof(CaseState.Open)) >= 25, "too few open cases");
        Assert.Equal(7, cases.Select(row => row.Kind).Distinct().Count());

        var tasks = await reader.Set<AggregateRow<WorkTask>>().AsNoTracking().ToListAsync();
        string[] kinds = [.. tasks.Where(row => row.State == nameof(TaskState.Open)).Select(row => row.Kind!).Distinct()];
        foreach (var kind in new[] { "visit.arrive", "order.approve", "reinspection.record", "filing.decide", "publication.review" })
            Assert.Contains(kind, kinds);
        Assert.Contains(tasks, row => row.State == nameof(TaskState.Open) && row.DueAt < Now);
        Assert.Contains(tasks, row => row.State == nameof(TaskState.Open) && row.DueAt > Now);

        var cards = (await reader.Set<AggregateRow<WarningCard>>().AsNoTracking().ToListAsync()).Select(row => row.Body).ToList();
        Assert.Contains(cards, body => body.Contains("\"黄牌\"", StringComparison.Ordinal));
        Assert.Contains(cards, body => body.Contains("\"红牌\"", StringComparison.Ordinal));
        Assert.NotEmpty(await reader.Set<AggregateRow<SupervisionOrder>>().AsNoTracking().ToListAsync());
        Assert.True(await reader.Set<AggregateRow<OfficialDocument>>().AsNoTracking().CountAsync() >= 100, "too few documents");
        Assert.True((await reader.Set<AggregateRow<Lead>>().AsNoTracking().Select(row => row.State).ToListAsync()).Distinct().Count() >= 3, "leads in too few states");

        // Who acted stands in the audit trail; each is an account of the file or a party.
        var accounts = (await File.ReadAllLinesAsync(Path.Combine(_folder.FullName, "sample-users.txt"))).Skip(1).Select(line => line.Split('\t')[0]).ToHashSet();
        var actors = await reader.Set<AuditEntryRow>().AsNoTracking().Select(row => row.Actor).Distinct().ToListAsync();
        Assert.True(actors.Count(actor => accounts.Contains(actor)) >= 20, "too few accounts have acted");

        // Time has not been passed, and what comes next is still to come.
        Assert.All(await reader.Set<AggregateRow<WorkTask>>().AsNoTracking().Select(row => row.CreatedAt).ToListAsync(), at => Assert.True(at <= Now));
        var timers = await reader.Set<BookmarkRow>().AsNoTracking().Where(row => row.FireAt != null).Select(row => row.FireAt).ToListAsync();
        Assert.NotEmpty(timers);
        Assert.All(timers, at => Assert.True(at > Now));
        Assert.False(await reader.Set<WorkflowInstanceRow>().AsNoTracking().AnyAsync(row => row.IncidentCount > 0));

        // It happens once.
        var before = File.GetLastWriteTimeUtc(Path.Combine(_folder.FullName, "sample-users.txt"));
        await SampleHistory.EnsureAsync(Settings(), TextWriter.Null, CancellationToken.None);
        Assert.Equal(before, File.GetLastWriteTimeUtc(Path.Combine(_folder.FullName, "sample-users.txt")));
    }

    [Fact]
    public async Task Whoever_interrupts_it_has_no_district_yet()
    {
        using var interruption = new CancellationTokenSource();
        await using var output = new FirstLine(interruption);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SampleHistory.EnsureAsync(Settings(), output, interruption.Token));
        Assert.Empty(_folder.EnumerateFileSystemInfos());
    }

    [Fact]
    public async Task Without_being_asked_for_nothing_is_played()
    {
        await SampleHistory.EnsureAsync(Settings() with { PlaysHistory = false }, TextWriter.Null, CancellationToken.None);
        Assert.Empty(_folder.EnumerateFileSystemInfos());
    }

    [Theory]
    [InlineData(null, null, null, true)]
    [InlineData(null, null, "none", false)]
    [InlineData(null, "empty", null, false)]
    [InlineData("Host=somewhere", null, null, false)]
    [InlineData("Host=somewhere", "sample", null, false)]
    public void Only_a_new_sample_district_in_the_data_folder_has_a_history(string? connection, string? district, string? history, bool plays)
    {
        var settings = ServeSettings.FromEnvironment(name => name switch
        {
            "WORKFLOWS_CONNECTION" => connection,
            "WORKFLOWS_DISTRICT" => district,
            "WORKFLOWS_SAMPLE_HISTORY" => history,
            _ => null,
        });
        Assert.Equal(plays, settings.PlaysHistory);
    }

    [Fact]
    public void A_history_cannot_be_asked_for_elsewhere()
    {
        var refused = Assert.ThrowsAny<Exception>(() => ServeSettings.FromEnvironment(name => name switch
        {
            "WORKFLOWS_CONNECTION" => "Host=somewhere",
            "WORKFLOWS_SAMPLE_HISTORY" => "lived",
            _ => null,
        }));
        Assert.StartsWith("WORKFLOWS_SAMPLE_HISTORY：", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private ServeSettings Settings() => new()
    {
        DataFolder = _folder.FullName,
        HomeFolder = ServiceUnderTest.HomeFolder(),
        AdministratorPassword = ServiceUnderTest.AdministratorPassword,
        WallClock = new StandingClock(),
        CreatesSample = true,
        PlaysHistory = true,
    };

    private sealed class StandingClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }

    // The first line is said before anything is played.
    private sealed class FirstLine(CancellationTokenSource interruption) : StringWriter
    {
        public override async Task WriteLineAsync(string? value) => await interruption.CancelAsync();
    }
}
