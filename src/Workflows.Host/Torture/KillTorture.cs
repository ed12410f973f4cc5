using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Workflows.Host.CommandLine;
using Workflows.Host.Simulation;
using Workflows.Storage.Audit;
using Workflows.Storage.Model;
using Workflows.Storage.Postgres;
using Workflows.Supervision.Audit;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Torture;

/// <summary>What a torture found.</summary>
/// <param name="Faults">What must not be: lost, doubled, answered otherwise, a broken audit chain, or too few kills that mattered.</param>
/// <param name="Summary">One line.</param>
internal sealed record TortureVerdict(IReadOnlyList<string> Faults, string Summary);

/// <summary>Kills the service again and again while requests are unanswered, and compares in the end what it has with what it said.</summary>
internal sealed class KillTorture : IAsyncDisposable
{
    private const int Clients = 8;
    private const int ShortestMs = 150;
    private const int LongestMs = 900;
    private const double NeededShare = 0.75;

    private readonly string _folder;
    private readonly PrivateCluster? _cluster;
    private readonly Dictionary<string, string> _settings;
    private readonly AnswerLog _log;
    private readonly PlanDriver _driver;
    private readonly Chance _chance;
    private readonly TextWriter _progress;

    private KillTorture(string folder, PrivateCluster? cluster, Dictionary<string, string> settings, long seed, TextWriter progress)
    {
        (_folder, _cluster, _settings, _progress) = (folder, cluster, settings, progress);
        _log = new AnswerLog(Path.Combine(folder, "answers.jsonl"));
        _driver = new PlanDriver(seed, Path.Combine(folder, "data"), _log);
        _chance = new Chance(seed, "torture");
    }

    /// <summary>Prepares an empty database of its own.</summary>
    /// <param name="store"><c>sqlite</c> or <c>postgres</c>.</param>
    /// <param name="seed">Seed of the moments of the kills.</param>
    /// <param name="home">Home folder of the service.</param>
    /// <param name="progress">Receives one line for each kill and the service's complaints.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<KillTorture> CreateAsync(string store, long seed, string home, TextWriter progress, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("workflows-torture-").FullName;
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["WORKFLOWS_HOME"] = home,
            ["WORKFLOWS_DATA"] = Path.Combine(folder, "data"),
            ["WORKFLOWS_DISTRICT"] = "sample",
            ["WORKFLOWS_SAMPLE_HISTORY"] = "none",
            ["WORKFLOWS_REQUESTS_PER_MINUTE"] = "100000000",
            // Nobody signs in as administrator here; the password is as good as none and never printed.
            ["WORKFLOWS_ADMIN_PASSWORD"] = Convert.ToHexString(RandomNumberGenerator.GetBytes(16)) + "-aA1",
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
        };
        PrivateCluster? cluster = null;
        if (store == "postgres")
        {
            cluster = await PrivateCluster.StartAsync(durable: true, cancellationToken: cancellationToken);
            settings["WORKFLOWS_CONNECTION"] = await cluster.CreateDatabaseAsync("torture", cancellationToken: cancellationToken);
        }

        return new KillTorture(folder, cluster, settings, seed, progress);
    }

    /// <summary>Runs it.</summary>
    public async Task<TortureVerdict> RunAsync(int kills, CancellationToken cancellationToken)
    {
        var whileUnanswered = 0;
        var done = 0;
        // A kill that met no unanswered request proves nothing; it is repeated, though not for ever.
        while (done < kills || (whileUnanswered < kills * NeededShare && done < 2 * kills))
        {
            done++;
            using var child = await ServedChild.StartAsync(_settings, _progress, cancellationToken);
            await _driver.SignInAsync(child.Address, cancellationToken);
            var known = _log.Answers.Count;
            await _driver.ReplayAsync(child.Address, cancellationToken);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var clients = Enumerable.Range(0, Clients).Select(_ => Task.Run(() => _driver.SendUntilAsync(child.Address, stop.Token), CancellationToken.None)).ToArray();
            await Task.Delay(TimeSpan.FromMilliseconds(ShortestMs + _chance.Next(LongestMs - ShortestMs)), TimeProvider.System, cancellationToken);
            var unanswered = _driver.InFlight;
            await child.KillAsync();
            await stop.CancelAsync();
            await Task.WhenAll(clients);
            whileUnanswered += unanswered > 0 ? 1 : 0;
            await _progress.WriteLineAsync($"第 {done} 次：终止时 {unanswered} 个请求未答复，新答复 {_log.Answers.Count - known} 个");
        }

        // The last life: everything is asked for once more, then the service ends and the database is looked at from outside.
        using (var last = await ServedChild.StartAsync(_settings, _progress, cancellationToken))
        {
            await _driver.SignInAsync(last.Address, cancellationToken);
            await _driver.ReplayAsync(last.Address, cancellationToken);
            await last.KillAsync();
        }

        return await JudgeAsync(kills, done, whileUnanswered, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _driver.Dispose();
        _log.Dispose();
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task<TortureVerdict> JudgeAsync(int kills, int done, int whileUnanswered, CancellationToken cancellationToken)
    {
        var faults = new List<string>(_driver.Faults);
        await using var store = await OpenStore.OpenAsync(_settings.GetValueOrDefault, creates: false, cancellationToken);
        var bodies = await store.Service<WorkflowsDbContext>().Set<AggregateRow<InspectionPlan>>().AsNoTracking().Select(row => row.Body).ToListAsync(cancellationToken);
        var plans = bodies.Select(body => System.Text.Json.JsonSerializer.Deserialize<InspectionPlan>(body, SupervisionJson.Options)!).ToLookup(plan => plan.Title, StringComparer.Ordinal);
        foreach (var key in _driver.Keys)
        {
            var found = plans[key].ToList();
            if (found.Count > 1)
            {
                faults.Add($"{key}：有 {found.Count} 个计划，重复办理。");
            }
            else if (_log.Answers.TryGetValue(key, out var planId) && found.All(plan => plan.Id != planId))
            {
                faults.Add($"{key}：已答复 {planId}，数据库中没有，答复过的丢失。");
            }
        }

        var report = await VerifyAuditAsync(store, cancellationToken);
        faults.AddRange(report.Problems.Select(problem => $"审计记录 {problem}"));
        if (whileUnanswered < kills * NeededShare)
        {
            faults.Add($"只有 {whileUnanswered} 次终止发生在请求未答复时，不足四分之三，试验不算数。");
        }

        return new TortureVerdict(faults, string.Create(
            CultureInfo.InvariantCulture,
            $"{done} kills, {whileUnanswered} while requests were unanswered; {_driver.Keys.Count} keys, {_log.Answers.Count} acknowledged, {plans.Count} effects; audit {report.Checked} entries {(report.IsIntact ? "intact" : "broken")}; {faults.Count} faults"));
    }

    private async Task<Supervision.VerificationReport> VerifyAuditAsync(OpenStore store, CancellationToken cancellationToken)
    {
        var path = Path.Combine(_folder, "audit.jsonl");
        await using (var file = File.Create(path))
        {
            await store.Service<AuditTrail>().ExportAsync(file, null, cancellationToken);
        }

        await using var export = File.OpenRead(path);
        return AuditVerifier.Verify(export);
    }
}
