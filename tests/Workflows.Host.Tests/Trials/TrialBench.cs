using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Host.Tests.Journeys;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;
using Workflows.Host.Trials;
using Workflows.Storage.Definitions;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Tests.Trials;

/// <summary>A sample district with one real case of no findings that has gone as far as its publication, and trials on it.</summary>
public sealed class TrialBench : SampleService
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(8);

    public string CaseId { get; private set; } = "";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        var journey = new DistrictJourney(this);
        await journey.PlanAsync();
        await journey.DrawAsync();
        await journey.VisitAsync("none");
        CaseId = journey.CaseId;
    }

    public Task<HttpClient> AnalystAsync() => SamplePersonAsync("analyst");

    /// <summary>Starts a trial and waits for its end.</summary>
    public async Task<JsonObject> RunAsync(string path, object body)
    {
        using var analyst = await AnalystAsync();
        using var answer = await analyst.PostAsync(path, "trial-" + Guid.NewGuid(), body);
        var asked = await answer.JsonAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, asked.ToJsonString());
        var id = asked["id"]!.GetValue<string>();
        await Services.GetRequiredService<TrialDesk>().Find(id).Ended.WaitAsync(Longest);
        return await GetAsync($"/api/trials/{id}");
    }

    /// <summary>Runs a trial that has to succeed and gives its id.</summary>
    public async Task<string> DoneAsync(string path, object body)
    {
        var trial = await RunAsync(path, body);
        Assert.True(trial["state"]!.GetValue<string>() == "done", trial.ToJsonString());
        return trial["id"]!.GetValue<string>();
    }

    public async Task<JsonObject> GetAsync(string path)
    {
        using var analyst = await AnalystAsync();
        using var answer = await analyst.GetAsync(new Uri(path, UriKind.Relative));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!.AsObject();
    }

    /// <summary>All pages of a list.</summary>
    public async Task<List<JsonObject>> ListAsync(string path)
    {
        var items = new List<JsonObject>();
        string? after = null;
        do
        {
            var page = await GetAsync($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}take=200{(after is null ? "" : "&after=" + after)}");
            items.AddRange(page["items"]!.AsArray().Select(item => item!.AsObject()));
            after = page["next"]?.GetValue<string>();
        }
        while (after is not null);
        return items;
    }

    /// <summary>Saves the two diagrams as drafts, as Studio does, one of them changed.</summary>
    public async Task DraftAsync(string file, Action<JsonObject> edit)
    {
        foreach (var name in new[] { "plan.json", "case.json" })
        {
            var definition = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(HomeFolder(), "workflow-definitions", "esports-hotel", name)))!.AsObject();
            if (name == file)
                edit(definition["root"]!.AsObject());
            await Services.GetRequiredService<DefinitionStore>().SaveAsync(definition.ToJsonString(), publish: false, "studio", "draft-" + Guid.NewGuid(), Actor.Clock);
        }
    }

    /// <summary>For each table of the service's own database how many rows it has and a hash over all of them.</summary>
    public async Task<SortedDictionary<string, string>> FingerprintAsync()
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(DataFolder, "workflows.db"), Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        await connection.OpenAsync();
        var prints = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var table in await ColumnAsync(connection, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"))
        {
            var rows = (await RowsAsync(connection, $"SELECT * FROM \"{table}\"")).Order(StringComparer.Ordinal).ToList();
            prints[table] = $"{rows.Count} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', rows))))}";
        }

        return prints;
    }

    public static JsonObject Chart(JsonObject root, string activity) =>
        Charts(root).Single(chart => chart["activities"]!.AsArray().Any(one => one!["id"]!.GetValue<string>() == activity));

    public static JsonObject Activity(JsonObject root, string activity) =>
        Chart(root, activity)["activities"]!.AsArray().Single(one => one!["id"]!.GetValue<string>() == activity)!.AsObject();

    public static JsonObject Connection(JsonObject root, string activity, string port) =>
        Chart(root, activity)["connections"]!.AsArray().Single(one => one!["source"]!["activity"]!.GetValue<string>() == activity && one["source"]!["port"]!.GetValue<string>() == port)!.AsObject();

    private static IEnumerable<JsonObject> Charts(JsonObject chart) =>
        [chart, .. chart["activities"]!.AsArray().SelectMany(a => new[] { a as JsonObject, a!["body"] as JsonObject }).Where(c => c?["activities"] is JsonArray).SelectMany(c => Charts(c!))];

    private static async Task<List<string>> ColumnAsync(SqliteConnection connection, string sql) => [.. (await RowsAsync(connection, sql)).Select(row => row.TrimEnd('\u001f'))];

    private static async Task<List<string>> RowsAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text comes from the schema of the test's own database.
        command.CommandText = sql;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            var row = new StringBuilder();
            for (var i = 0; i < reader.FieldCount; i++)
                row.Append(await reader.IsDBNullAsync(i) ? "∅" : reader.GetValue(i) is byte[] bytes ? Convert.ToHexString(bytes) : Convert.ToString(reader.GetValue(i), System.Globalization.CultureInfo.InvariantCulture)).Append('\u001f');
            rows.Add(row.ToString());
        }

        return rows;
    }
}
