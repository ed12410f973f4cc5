using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Workflows.Host.Sample;
using Workflows.Host.Simulation;

namespace Workflows.Host.Torture;

/// <summary>
/// Sends plans as a signed-in dispatcher would: each request has a key of its own, and its effect (a plan, its frozen rosters, its
/// workflow and its first step) bears the key in its title.
/// </summary>
/// <param name="seed">Seed of the run.</param>
/// <param name="dataFolder">Data folder of the service, where the sample people's passwords stand.</param>
/// <param name="log">Where acknowledgements are written down.</param>
internal sealed class PlanDriver(long seed, string dataFolder, AnswerLog log) : IDisposable
{
    private const string Dispatcher = "dispatcher";

    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromMinutes(2) };
    private readonly List<string> _faults = [];
    private readonly List<string> _keys = [];
    private readonly Lock _lock = new();
    private int _inFlight;

    /// <summary>Requests that are not answered yet.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>Every key that was sent.</summary>
    public IReadOnlyList<string> Keys => _keys;

    /// <summary>What must not have happened.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Signs in.</summary>
    public async Task SignInAsync(Uri address, CancellationToken cancellationToken)
    {
        var people = await File.ReadAllLinesAsync(Path.Combine(dataFolder, SamplePeople.FileName), cancellationToken);
        var line = people.Select(l => l.Split('\t')).First(l => l[0] == Dispatcher);
        using var answer = await _client.PostAsJsonAsync(new Uri(address, "/api/session"), new { userName = line[0], password = line[1] }, cancellationToken);
        answer.EnsureSuccessStatusCode();
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("accessToken").GetString();
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Sends new plans until the token is cancelled or the service is gone.</summary>
    public async Task SendUntilAsync(Uri address, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            string key;
            lock (_lock)
            {
                key = string.Create(CultureInfo.InvariantCulture, $"torture-{seed}-{_keys.Count:00000}");
                _keys.Add(key);
            }

            if (!await SendAsync(address, key, CancellationToken.None))
            {
                return;
            }
        }
    }

    /// <summary>Sends every key once more: what was acknowledged must be answered as it was.</summary>
    public async Task ReplayAsync(Uri address, CancellationToken cancellationToken)
    {
        foreach (var key in _keys.ToArray())
        {
            if (!await SendAsync(address, key, cancellationToken))
            {
                Fault($"{key}：重发后没有得到答复。");
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<bool> SendAsync(Uri address, string key, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _inFlight);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "/api/plans")) { Content = new StringContent(Plan(key), Encoding.UTF8, "application/json") };
            request.Headers.Add("Idempotency-Key", key);
            using var answer = await _client.SendAsync(request, cancellationToken);
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            if (!answer.IsSuccessStatusCode)
            {
                Fault($"{key}：答复 {(int)answer.StatusCode} {text}");
                return true;
            }

            var planId = JsonDocument.Parse(text).RootElement.GetProperty("planId").GetString()!;
            if (log.Note(key, planId) is { } earlier)
            {
                Fault($"{key}：先答复 {earlier}，重发后答复 {planId}。");
            }

            return true;
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return false;
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }

    private void Fault(string fault)
    {
        lock (_lock)
        {
            _faults.Add(fault);
        }
    }

    private static string Plan(string key) => JsonSerializer.Serialize(new
    {
        title = key,
        annualItem = new { year = 2026, code = key, title = "故障试验" },
        scenarioCode = "esports-hotel",
        area = SimulatedDistrict.Code,
        leadDepartment = "CUL",
        departments = new[] { "CUL", "PSB", "FIR", "HEA", "MKT" }.Select(code => new { code, name = code }),
        drawCount = 3,
        visitFrom = "2027-01-04",
        visitTo = "2027-01-15",
    });
}
