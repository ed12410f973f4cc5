using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Workflows.Host.Api.Changes;
using Workflows.Host.Composition;
using Workflows.Host.Identity;
using Workflows.Storage.Postgres;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Planning;

namespace Workflows.Host.Tests.Serving;

/// <summary>The whole service in memory over a real database of its own: a SQLite file, unless a descendant names another. Ids and draws come from a seed.</summary>
public class ServiceUnderTest : IAsyncLifetime
{
    public const string AdministratorPassword = "administrator-of-tests";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("workflows-host-");
    private readonly Dictionary<string, (string Token, DateTimeOffset At)> _tokens = [];
    private WebApplication? _application;
    private string? _connection;
    private PrivateCluster? _cluster;

    public WallClock Clock { get; } = new();

    /// <summary>The machine's clock as the service has it.</summary>
    protected virtual TimeProvider Machine => Clock;

    /// <summary>Whether the database becomes the sample district.</summary>
    protected virtual bool CreatesSample => false;

    /// <summary>Name of a database in a PostgreSQL cluster of its own, Quartz's clustered tables included; null for a SQLite file in the data folder.</summary>
    protected virtual string? PostgresDatabase => null;

    /// <summary>Connection string of a database that somebody else made.</summary>
    protected virtual string? ForeignDatabase => null;

    /// <summary>Where ids and draws come from.</summary>
    protected virtual int Seed => 1;

    /// <summary>Eligible targets up to which a draw is made in the burst; null for the product's own bound.</summary>
    protected virtual int? DrawInBurst => null;

    /// <summary>Whether the service listens on a port of its own: Kestrel alone bounds the size of what is sent. Otherwise it answers in memory.</summary>
    protected virtual bool Listens => false;

    /// <summary>Last word on the settings.</summary>
    private protected virtual ServeSettings Decide(ServeSettings settings) => settings;

    /// <summary>Now, as the district has it; its clock may run ahead of <see cref="Clock"/>.</summary>
    public DateTimeOffset Now => Services.GetRequiredService<TimeProvider>().GetUtcNow();

    internal WebApplication Application => _application ?? throw new InvalidOperationException("Not started.");

    public IServiceProvider Services => Application.Services;

    public string DataFolder => _folder.FullName;

    /// <summary>Connection string by which another node reaches the same database.</summary>
    public string SharedConnection => _connection ?? "Data Source=" + Path.Combine(_folder.FullName, "workflows.db");

    public virtual async Task InitializeAsync()
    {
        _connection = ForeignDatabase;
        if (PostgresDatabase is { } name)
        {
            _cluster = await PrivateCluster.StartAsync(durable: false);
            _connection = await _cluster.CreateDatabaseAsync(name);
        }

        await StartAsync(_connection is null && ReferenceEquals(Machine, Clock) ? await FirstStart.CopyAsync(_folder, CreatesSample, Seed, Clock.GetUtcNow()) : FirstStart.None);
    }

    /// <summary>Stops the service and starts another over the same data.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync(FirstStart.None);
    }

    private async Task StartAsync(FirstStart begun)
    {
        var settings = new ServeSettings
        {
            DataFolder = _folder.FullName,
            Connection = _connection,
            HomeFolder = HomeFolder(),
            AdministratorPassword = AdministratorPassword,
            WallClock = Machine,
            CreatesSample = CreatesSample,
            RequestsPerMinute = 1_000_000,
        };
        if (DrawInBurst is { } most)
            settings = settings with { LargeDraw = new LargeDraw { MostInBurst = most } };
        if (Listens)
            settings = settings with { Urls = "http://127.0.0.1:0" };
        _application = WorkflowsApplication.Build(Decide(settings), builder =>
        {
            if (!Listens)
                builder.WebHost.UseTestServer();
            Calm(builder, new SeededKeys(Seed, begun.Keys), new SeededSecrets(Seed, begun.Secrets));
        });
        await StartUp.PrepareAsync(_application.Services, TextWriter.Null, CancellationToken.None);
        await _application.StartAsync();
    }

    /// <summary>Silent, with ids and draws from a seed.</summary>
    internal static void Calm(WebApplicationBuilder builder, SeededKeys keys, SeededSecrets secrets)
    {
        builder.Logging.ClearProviders();
        // Hashing as slowly as in service would take longer than most tests.
        builder.Services.Configure<PasswordHasherOptions>(options => options.IterationCount = 1_000);
        builder.Services.AddSingleton<StimulusKeys>(keys);
        builder.Services.AddSingleton<IDrawSecretSource>(secrets);
    }

    public virtual async Task DisposeAsync()
    {
        await StopAsync();
        if (_cluster is not null)
            await _cluster.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task StopAsync()
    {
        if (_application is not null)
        {
            // Disposing alone leaves Quartz running, on services that are gone.
            await _application.StopAsync();
            await _application.DisposeAsync();
        }
    }

    /// <summary>Waits for something that goes on by itself, looking after each batch that is committed; two minutes of real time are the guard against waiting for ever.</summary>
    public async Task UntilAsync(Func<Task<bool>> holds)
    {
        var pump = Services.GetRequiredService<StimulusPump>();
        using var guard = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            var next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            pump.BatchDone = _ => next.TrySetResult();
            if (await holds())
                return;
            await next.Task.WaitAsync(guard.Token);
        }
    }

    /// <summary>A client that is not signed in.</summary>
    public HttpClient Anonymous() => Listens ? new HttpClient { BaseAddress = new Uri(Application.Urls.Single()) } : Application.GetTestClient();

    /// <summary>A client signed in as the administrator.</summary>
    public Task<HttpClient> AdministratorAsync() => SignedInAsync(FirstAdministrator.UserName, AdministratorPassword);

    /// <summary>A client signed in as a new or known person with this role, department and area.</summary>
    public async Task<HttpClient> PersonAsync(string role, string? department = null, string? area = null, string? officerId = null)
    {
        var name = string.Join('.', new[] { role, department, area, officerId }.OfType<string>()).ToLowerInvariant();
        var password = "password-of-" + name;
        if (!_tokens.ContainsKey(name))
        {
            using var administrator = await AdministratorAsync();
            using var created = await administrator.PostAsync("/api/users", "create-" + name,
                new { userName = name, name, password, roles = new[] { role }, department, area, officerId });
            await created.SucceededAsync();
        }

        return await SignedInAsync(name, password);
    }

    public async Task<HttpClient> SignedInAsync(string userName, string password)
    {
        if (!_tokens.TryGetValue(userName, out var session) || Clock.GetUtcNow() - session.At > TimeSpan.FromMinutes(20))
        {
            // Sign-ins of one address are limited by the minute.
            Clock.Advance(TimeSpan.FromMinutes(1));
            using var anonymous = Anonymous();
            using var answer = await anonymous.PostAsJsonAsync("/api/session", new { userName, password });
            session = ((await answer.SucceededAsync())["accessToken"]!.GetValue<string>(), Clock.GetUtcNow());
            _tokens[userName] = session;
        }

        var client = Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session.Token);
        return client;
    }

    /// <summary>A client signed in as a person of the sample district.</summary>
    public async Task<HttpClient> SamplePersonAsync(string userName)
    {
        var line = (await File.ReadAllLinesAsync(Path.Combine(DataFolder, "sample-users.txt"))).Single(l => l.StartsWith(userName + "\t", StringComparison.Ordinal));
        return await SignedInAsync(userName, line.Split('\t')[1]);
    }

    /// <summary>Root of the repository: the definitions, templates, calendars and sample data of the product.</summary>
    public static string HomeFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Workflows.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("Workflows.slnx was not found above the tests.");
    }
}

internal static class Requests
{
    public static async Task<HttpResponseMessage> PostAsync(this HttpClient client, string path, string key, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", key);
        return await client.SendAsync(request);
    }

    /// <summary>The JSON of an answer that has to be a success; says which request failed and why where it is none.</summary>
    public static async Task<JsonObject> SucceededAsync(this HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{answer.RequestMessage!.Method} {answer.RequestMessage.RequestUri}: {(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!.AsObject();
    }

    public static async Task<JsonObject> JsonAsync(this HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonObject>())!;

    /// <summary>Checks status, code and field of a refusal and that its detail is Chinese.</summary>
    public static async Task RefusedAsync(this HttpResponseMessage answer, int status, string code, string field)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(status == (int)answer.StatusCode, $"{(int)answer.StatusCode} {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonNode.Parse(text)!.AsObject();
        Assert.Equal(code, problem["code"]!.GetValue<string>());
        Assert.Equal(field, problem["field"]!.GetValue<string>());
        Assert.Equal(status, problem["status"]!.GetValue<int>());
        Assert.Contains(problem["detail"]!.GetValue<string>(), c => c is >= '\u4e00' and <= '\u9fff');
    }
}
