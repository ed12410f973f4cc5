namespace Workflows.EndToEnd.Simulations;

public sealed class PostgresSimulationTests
{
    [Fact]
    public async Task A_simulation_on_PostgreSQL_writes_the_same_bytes_as_on_SQLite()
    {
        using var scratch = new ScratchFolder();
        var folders = new[] { "sqlite", "postgres" }.ToDictionary(store => store, store => Path.Combine(scratch.Path, store));
        foreach (var (store, folder) in folders)
            await SimulatedQuarter.RunAsync(folder, "esports-hotel", seed: 7, targets: 3, days: 25, store);
        var files = Files(folders["sqlite"]);
        Assert.Contains("timeline.jsonl", files);
        Assert.Equal(files, Files(folders["postgres"]));
        Assert.All(files, file => Assert.Equal(File.ReadAllBytes(Path.Combine(folders["sqlite"], file)), File.ReadAllBytes(Path.Combine(folders["postgres"], file))));
    }

    private static string[] Files(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal)];
}
