using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Workflows.Engine.Bursts;
using Workflows.Host.CommandLine;
using Workflows.Host.Composition;
using Workflows.Host.Identity;
using Workflows.Storage.Definitions;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Postgres;
using Workflows.Storage.Providers;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Benchmarks;

/// <summary>What is measured.</summary>
/// <param name="Store"><c>sqlite</c> or <c>postgres</c>.</param>
/// <param name="Count">Reports.</param>
/// <param name="Clients">Clients that send at the same time.</param>
/// <param name="HomeFolder">Folder of the definitions.</param>
internal sealed record LeadsOrder(string Store, int Count, int Clients, string HomeFolder);

/// <summary>
/// Sends a crowd of reports over HTTP to a service of its own, on a database of its own, while the timers of other workflows fire, and then reads back what was
/// stored, linked and made to wait.
/// </summary>
internal static class LeadsLine
{
    private const int TickingInstances = 50;
    private const int TicksEach = 120;
    private const int PageSize = 200;
    private const string Password = "password-of-the-bench";

    /// <summary>Measures.</summary>
    /// <returns>One JSON line, and whether everything is as it must be.</returns>
    public static async Task<(string Line, bool Sound)> MeasureAsync(LeadsOrder order, CancellationToken cancellationToken)
    {
        if (order.Count is < 20 or > 100_000 || order.Count % 20 != 0 || order.Clients is < 1 or > 200)
            throw new BadInputException("--count、--clients：条数应为20的倍数，至多100000；并发应为1至200。");
        var folder = Directory.CreateTempSubdirectory("workflows-bench-").FullName;
        try
        {
            if (order.Store == "sqlite")
                return await OnAsync(order, folder, null, cancellationToken);
            if (order.Store != "postgres")
                throw new BadInputException($"--store：不认识“{order.Store}”，请写 sqlite 或 postgres。");
            await using var cluster = await PrivateCluster.StartAsync(durable: true, cancellationToken: cancellationToken);
            return await OnAsync(order, folder, await cluster.CreateDatabaseAsync("leads", cancellationToken: cancellationToken), cancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(string, bool)> OnAsync(LeadsOrder order, string folder, string? connection, CancellationToken cancellationToken)
    {
        var settings = new ServeSettings
        {
            DataFolder = folder, Connection = connection, HomeFolder = order.HomeFolder, Urls = "http://127.0.0.1:0", AdministratorPassword = Password,
        };
        await using var application = WorkflowsApplication.Build(settings, builder => builder.Logging.ClearProviders());
        await StartUp.PrepareAsync(application.Services, TextWriter.Null, cancellationToken);
        await application.StartAsync(cancellationToken);
        try
        {
            using var client = new HttpClient { BaseAddress = new Uri(application.Urls.First()) };
            await SignInAsDispatcherAsync(client, cancellationToken);
            await StartTickingAsync(application.Services, cancellationToken);
            var crowd = new LeadCrowd(order.Count, application.Services.GetRequiredService<TimeProvider>().GetUtcNow());
            var began = Stopwatch.GetTimestamp();
            var sent = await SendAsync(client, crowd.Reports, order.Clients, cancellationToken);
            var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            return await ReportAsync(order, crowd, sent, seconds, await ReadBackAsync(client, cancellationToken), application.Services, cancellationToken);
        }
        finally
        {
            await application.StopAsync(CancellationToken.None);
        }
    }

    private static async Task<(string, bool)> ReportAsync(
        LeadsOrder order, LeadCrowd crowd, IReadOnlyList<(HttpStatusCode Status, double Milliseconds)> sent, double seconds, IReadOnlyList<JsonObject> leads, IServiceProvider services, CancellationToken cancellationToken)
    {
        var byNumber = leads.ToDictionary(lead => lead["externalNumber"]!.GetValue<string>(), StringComparer.Ordinal);
        bool Linked(string one, string other) => byNumber.TryGetValue(one, out var lead) && byNumber.TryGetValue(other, out var pair)
            && lead["links"]!.AsArray().Any(link => link!["leadId"]!.GetValue<string>() == pair["id"]!.GetValue<string>());
        var linked = crowd.NearPairs.Count(pair => Linked(pair.One, pair.Other) && Linked(pair.Other, pair.One));
        var nameless = leads.Count(lead => lead["state"]!.GetValue<string>() is not ("Closed" or "Merged") && (lead["wait"]?["owner"] is null || lead["wait"]!["dueAt"] is null));
        await using var scope = services.CreateAsyncScope();
        var ticks = await scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>().Set<ActivityExecutionRow>()
            .CountAsync(row => row.ActivityType == "Elsa.Delay" && row.Status == "Completed", cancellationToken);
        var refused = sent.Count(answer => answer.Status != HttpStatusCode.Created);
        var ordered = sent.Select(answer => answer.Milliseconds).Order().ToList();
        var figures = new
        {
            Bench = "leads",
            order.Store,
            order.Clients,
            Sent = sent.Count,
            Refused = refused,
            ExactDuplicates = crowd.Exact,
            Stored = leads.Count,
            NearPairs = crowd.NearPairs.Count,
            LinkedPairs = linked,
            WithLinks = leads.Count(lead => lead["links"]!.AsArray().Count > 0),
            WithoutNamedWait = nameless,
            Seconds = Math.Round(seconds, 2),
            LeadsPerSecond = BenchmarkLine.Rate(sent.Count / seconds),
            P50Ms = Math.Round(ordered[ordered.Count / 2], 2),
            P99Ms = Math.Round(ordered[ordered.Count * 99 / 100], 2),
            TimersFired = ticks,
            GreatestTimerLatenessMs = Math.Round(services.GetRequiredService<StoreProvider>().Meter.GreatestLateness.TotalMilliseconds, 1),
        };
        var sound = refused == 0 && leads.Count == sent.Count - crowd.Exact && linked == crowd.NearPairs.Count && nameless == 0;
        return (BenchmarkLine.Of(figures), sound);
    }

    // Each client takes the next report as soon as it has its answer.
    private static async Task<IReadOnlyList<(HttpStatusCode Status, double Milliseconds)>> SendAsync(HttpClient client, IReadOnlyList<CrowdReport> reports, int clients, CancellationToken cancellationToken)
    {
        var queue = new ConcurrentQueue<(int Index, CrowdReport Report)>(reports.Select((report, index) => (index, report)));
        var answers = new ConcurrentBag<(HttpStatusCode, double)>();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(async _ =>
        {
            while (queue.TryDequeue(out var next))
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "/api/leads") { Content = JsonContent.Create(next.Report.Body) };
                request.Headers.Add("Idempotency-Key", $"bench-lead-{next.Index}");
                var began = Stopwatch.GetTimestamp();
                using var answer = await client.SendAsync(request, cancellationToken);
                await answer.Content.ReadAsByteArrayAsync(cancellationToken);
                answers.Add((answer.StatusCode, Stopwatch.GetElapsedTime(began).TotalMilliseconds));
            }
        }));
        return [.. answers];
    }

    private static async Task<IReadOnlyList<JsonObject>> ReadBackAsync(HttpClient client, CancellationToken cancellationToken)
    {
        var leads = new List<JsonObject>();
        for (string? after = ""; after is not null;)
        {
            var page = (await client.GetFromJsonAsync<JsonObject>($"/api/leads?take={PageSize}&after={after}", cancellationToken))!;
            leads.AddRange(page["items"]!.AsArray().Select(lead => (JsonObject)lead!));
            after = page["next"]?.GetValue<string>();
        }

        return leads;
    }

    private static async Task SignInAsDispatcherAsync(HttpClient client, CancellationToken cancellationToken)
    {
        await SignInAsync(FirstAdministrator.UserName);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/users")
        {
            Content = JsonContent.Create(new { userName = "bench", name = "bench", password = Password, roles = new[] { Role.Dispatcher }, department = "CMD" }),
        };
        request.Headers.Add("Idempotency-Key", "bench-user");
        using (var created = await client.SendAsync(request, cancellationToken))
            created.EnsureSuccessStatusCode();
        await SignInAsync("bench");

        async Task SignInAsync(string userName)
        {
            using var answer = await client.PostAsJsonAsync("/api/session", new { userName, password = Password }, cancellationToken);
            answer.EnsureSuccessStatusCode();
            var session = (await answer.Content.ReadFromJsonAsync<JsonObject>(cancellationToken))!;
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session["accessToken"]!.GetValue<string>());
        }
    }

    private static async Task StartTickingAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        static JsonObject Delay(int number) => new()
        {
            ["id"] = $"d{number}",
            ["type"] = "Elsa.Delay",
            ["timeSpan"] = new JsonObject { ["typeName"] = "TimeSpan", ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = "00:00:01" } },
        };
        var definition = new JsonObject
        {
            ["definitionId"] = "ticking",
            ["name"] = "ticking",
            ["root"] = new JsonObject { ["id"] = "root", ["type"] = "Elsa.Sequence", ["activities"] = new JsonArray([.. Enumerable.Range(0, TicksEach).Select(Delay)]) },
        };
        await services.GetRequiredService<DefinitionStore>().SaveAsync(definition.ToJsonString(), true, "bench", "bench-ticking", Actor.Clock, cancellationToken);
        var gate = services.GetRequiredService<IStimulusGate>();
        await Task.WhenAll(Enumerable.Range(0, TickingInstances).Select(number => gate.SendAsync(
            new StartWorkflow { Key = $"ticking-{number}", Workflow = new WorkflowReference("ticking") }, cancellationToken).AsTask()));
    }
}
