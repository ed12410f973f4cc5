namespace Workflows.EndToEnd.Simulations;

/// <summary>Each scenario of <c>workflow-definitions</c> runs by its files alone.</summary>
public sealed class EveryScenarioTests
{
    public static TheoryData<string> Scenarios =>
        new(Directory.GetDirectories(Repository.Find("workflow-definitions")).Select(Path.GetFileName).Where(name => name != "esports-hotel").Order(StringComparer.Ordinal)!);

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task It_brings_cases_to_closure_in_its_own_words(string scenario)
    {
        using var scratch = new ScratchFolder();
        var folder = Path.Combine(scratch.Path, "out");
        await SimulatedQuarter.RunAsync(folder, scenario, seed: 7, targets: 12, days: 90);
        var report = SimulatedQuarter.Report(folder);
        foreach (var empty in new[] { "incidents", "refused", "unknownKinds", "deadLetters" })
            Assert.Equal("[]", report.GetProperty(empty).GetRawText());
        var cases = SimulatedQuarter.Lines(folder, "cases.jsonl");
        Assert.Equal(12, cases.Count(c => c.GetProperty("planId").ValueKind == System.Text.Json.JsonValueKind.String));
        if (File.Exists(Path.Combine(Repository.Find("workflow-definitions", scenario), "lead.json")))
        {
            // No lead without an end or a wait with a name.
            var leads = SimulatedQuarter.Lines(folder, "leads.jsonl");
            Assert.Equal(12, leads.Count);
            Assert.All(leads, l => Assert.True(l.GetProperty("state").GetString() is "Closed" or "Merged" || l.GetProperty("wait").GetProperty("name").GetString()!.Length > 0));
            Assert.Contains(leads, l => l.GetProperty("state").GetString() == "Closed");
        }

        // Nothing is said to nobody: behind the word of a diagram stands a department, a role or a party.
        var told = SimulatedQuarter.Lines(folder, "audit.jsonl").Where(line => line.TryGetProperty("kind", out var kind) && kind.GetString() == "notice.sent")
            .Select(line => line.GetProperty("data").GetProperty("recipient").GetString()!).ToList();
        Assert.NotEmpty(told);
        Assert.All(told, recipient => Assert.Matches("^(department:[A-Z]{2,8}(/role:[a-z-]+)?|role:[a-z-]+|party:.+)$", recipient));
        Assert.Contains(cases, c => c.GetProperty("state").GetString() == "Closed");
        Assert.All(cases.Where(c => c.GetProperty("state").GetString() != "Closed"), c => Assert.NotEmpty(c.GetProperty("waits").EnumerateArray()));
        var codes = System.Text.Json.JsonDocument.Parse(await File.ReadAllTextAsync(Repository.Find("workflow-definitions", scenario, "scenario.json")))
            .RootElement.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("code").GetString()!.Split('-')[0]).Distinct();
        var orders = Directory.GetFiles(Path.Combine(folder, "documents"), "rectification-order-*.html");
        Assert.NotEmpty(orders);
        Assert.All(orders, order => Assert.Contains(codes, code => File.ReadAllText(order).Contains($"检查事项：{code}-", StringComparison.Ordinal)));
    }
}
