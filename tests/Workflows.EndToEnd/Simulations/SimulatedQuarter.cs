using System.Text.Json;
using Workflows.EndToEnd.CommandLine;

namespace Workflows.EndToEnd.Simulations;

/// <summary>The files of one simulation, read once for many tests.</summary>
public sealed class SimulatedQuarter : IAsyncLifetime
{
    private readonly ScratchFolder _scratch = new();

    /// <summary>As many cases as there are stories, so that each happens.</summary>
    public const int Targets = 80;

    public string Folder => Path.Combine(_scratch.Path, "out");

    public async Task InitializeAsync() => await RunAsync(Folder, "esports-hotel", seed: 7, targets: Targets);

    public Task DisposeAsync()
    {
        _scratch.Dispose();
        return Task.CompletedTask;
    }

    public IReadOnlyList<JsonElement> Lines(string name) => Lines(Folder, name);

    internal static async Task RunAsync(string folder, string scenario, int seed, int targets, int days = 90, string store = "sqlite")
    {
        var printed = await Terminal.RunAsync(
            "simulate", scenario, "--from", "2026-12-01", "--days", $"{days}", "--seed", $"{seed}", "--targets", $"{targets}", "--store", store, "--out", folder);
        Assert.Equal((0, ""), (printed.Exit, printed.Error));
    }

    internal static IReadOnlyList<JsonElement> Lines(string folder, string name) =>
        [.. File.ReadLines(Path.Combine(folder, name)).Select(line =>
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.Clone();
        })];

    internal static JsonElement Report(string folder)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "report.json")));
        return json.RootElement.Clone();
    }
}
