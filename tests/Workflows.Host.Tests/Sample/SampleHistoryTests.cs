using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Host.Composition;
using Workflows.Host.Notifications;
using Workflows.Host.Sample.History;
using Workflows.Host.Simulation;
using Workflows.Host.Tests.Serving;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Outbox;
using Workflows.Supervision.Documents;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Evidences;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Messages;
using Workflows.Supervision.Oversight;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.StuckMatters;
using Workflows.Supervision.TaskForces;
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
        // Whatever the operator has named, a history that is only played is told to nobody.
        using var outside = new Listener();
        await SampleHistory.EnsureAsync(
            Settings() with
            {
                WebhookAddress = outside.Address, WebhookSecret = "secret-of-the-tests-0", DingTalkAddress = outside.Address, WeComAddress = outside.Address, SmsAddress = outside.Address,
            },
            TextWriter.Null, CancellationToken.None);
        Assert.Equal(0, outside.Connections);
        Assert.Equal(["evidence", "push-key.pem", "sample-users.txt", "workflows.db"], _folder.EnumerateFileSystemInfos().Select(entry => entry.Name).Order());

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

        // Nor are the office's own pages empty: who is away, a task force, what observers wrote, what cannot get done, what a supervisor wants to be told.
        Assert.Equal((1, 1, 2, 2, 2), (await CountAsync<Deputy>(reader), await CountAsync<TaskForce>(reader), await CountAsync<OversightNote>(reader), await CountAsync<StuckRequest>(reader), await CountAsync<MessageSubscription>(reader)));

        // What departments share: an agreement in force beside one that was ended, evidence accepted and rejected, and a recording that waits for its second review.
        Assert.Equal(["Ended", "InForce"], (await reader.Set<AggregateRow<CooperationAgreement>>().AsNoTracking().Select(row => row.State).ToListAsync()).Order());
        Assert.Equal(["Accepted", "Rejected"], (await reader.Set<AggregateRow<EvidenceRecognition>>().AsNoTracking().Select(row => row.State).ToListAsync()).Order());

        // Each photograph lies there, under the hash and with the length of its record, and is a picture; leads and patrols name theirs.
        var photographs = (await reader.Set<AggregateRow<Evidence>>().AsNoTracking().Select(row => row.Body).ToListAsync())
            .Select(body => JsonSerializer.Deserialize<Evidence>(body, SupervisionJson.Options)!).ToList();
        Assert.True(photographs.Count >= 50, "too few photographs");
        Assert.Equal((true, false), Assert.Single(photographs, piece => piece.Origin == EvidenceOrigin.Monitoring).Review is { } review ? (review.LegalPassed, review.TechnicalPassed) : default);
        foreach (var kept in photographs.GroupBy(piece => (piece.Sha256, piece.Length, piece.MediaType)))
        {
            var file = await File.ReadAllBytesAsync(Path.Combine(_folder.FullName, "evidence", kept.Key.Sha256[..2], kept.Key.Sha256));
            Assert.Equal((Convert.ToHexStringLower(SHA256.HashData(file)), (long)file.Length, "image/jpeg"), kept.Key);
            Assert.True(file is [0xFF, 0xD8, 0xFF, ..], "no picture");
        }

        var ofLeads = (await reader.Set<AggregateRow<Lead>>().AsNoTracking().Select(row => row.Body).ToListAsync()).Select(body => JsonSerializer.Deserialize<Lead>(body, SupervisionJson.Options)!)
            .SelectMany(lead => (lead.Settlement?.EvidenceIds ?? []).Concat(lead.Patrols.SelectMany(patrol => patrol.EvidenceIds))).ToList();
        Assert.NotEmpty(ofLeads);
        Assert.Superset(ofLeads.ToHashSet(), photographs.Select(piece => piece.Id).ToHashSet());

        // Who acted stands in the audit trail; each is an account of the file or a party.
        var accounts = (await File.ReadAllLinesAsync(Path.Combine(_folder.FullName, "sample-users.txt"))).Skip(1).Select(line => line.Split('\t')[0]).ToHashSet();
        var actors = await reader.Set<AuditEntryRow>().AsNoTracking().Select(row => row.Actor).Distinct().ToListAsync();
        Assert.True(actors.Count(actor => accounts.Contains(actor)) >= 20, "too few accounts have acted");

        // Nor does anything wait to be told.
        var waiting = await reader.Set<OutboxRow>().AsNoTracking().Where(row => row.NextAttemptAt != null).Select(row => row.Channel).Distinct().ToListAsync();
        Assert.All(["webhook", "notice-webhook", "dingtalk", "wecom", "sms", "http", "task"], channel => Assert.DoesNotContain(channel, waiting));
        Assert.False(await reader.Set<OutboxRow>().AsNoTracking().AnyAsync(row => row.Channel == "dingtalk" || row.Channel == "wecom" || row.Channel == "sms"));

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
    public async Task While_a_history_is_played_no_request_of_a_diagram_leaves_the_machine()
    {
        await using var application = WorkflowsApplication.Build(Settings(), builder => SampleHistory.Adjust(builder, _folder.FullName, new TaskWatch()));
        var channel = Assert.Single(application.Services.GetServices<IOutboxChannel>(), one => one.Name == "http");
        Assert.IsNotType<HttpChannel>(channel);
        using var outside = new Listener();
        var body = JsonSerializer.Serialize(new { url = outside.Address, method = "POST" });
        var answer = await channel.DeliverAsync(new OutboxItem("1", "http", outside.Address.ToString(), "POST", body, "case", null, null, "bookmark", 0, Now), CancellationToken.None);
        Assert.Equal(("connect", 0), (answer.Input["error"]?.GetValue<string>() ?? answer.Input["Error"]!.GetValue<string>(), outside.Connections));
    }

    [Fact]
    public void Sealed_settings_name_no_way_out()
    {
        var all = typeof(ServeSettings).GetProperties().Where(property => property.PropertyType == typeof(Uri) && property.Name is not (nameof(ServeSettings.PublicAddress) or nameof(ServeSettings.VapidContact))).ToList();
        Assert.True(all.Count >= 4);
        var named = Settings() with
        {
            WebhookAddress = new Uri("https://a.example"), DingTalkAddress = new Uri("https://b.example"), WeComAddress = new Uri("https://c.example"), SmsAddress = new Uri("https://d.example"),
        };
        Assert.All(all, property => Assert.NotNull(property.GetValue(named)));
        Assert.All(all, property => Assert.Null(property.GetValue(named.Sealed())));
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

    private static Task<int> CountAsync<T>(WorkflowsDbContext reader)
        where T : class, IAggregate => reader.Set<AggregateRow<T>>().CountAsync();

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

    // Counts who knocks; answers nobody.
    private sealed class Listener : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private int _connections;

        public Listener()
        {
            _listener.Start();
            _ = TakeAsync();
        }

        public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/send");

        public int Connections => Volatile.Read(ref _connections);

        public void Dispose() => _listener.Dispose();

        private async Task TakeAsync()
        {
            try
            {
                while (true)
                {
                    using var knocking = await _listener.AcceptTcpClientAsync();
                    Interlocked.Increment(ref _connections);
                }
            }
            catch (Exception over) when (over is SocketException or ObjectDisposedException)
            {
                // The test is over.
            }
        }
    }

    // The first line is said before anything is played.
    private sealed class FirstLine(CancellationTokenSource interruption) : StringWriter
    {
        public override async Task WriteLineAsync(string? value) => await interruption.CancelAsync();
    }
}
