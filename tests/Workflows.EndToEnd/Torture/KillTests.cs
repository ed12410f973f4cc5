using Workflows.EndToEnd.CommandLine;

namespace Workflows.EndToEnd.Torture;

public class KillTests
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Nothing_acknowledged_is_lost_and_nothing_is_done_twice(string store)
    {
        var printed = await Terminal.RunAsync("torture", "kill", "--store", store, "--seed", "5", "--kills", "2");
        Assert.True(printed.Exit == 0, printed.Output + printed.Error);
        Assert.Contains("audit", printed.Lines[^1], StringComparison.Ordinal);
        Assert.EndsWith("0 faults", printed.Lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("oracle", "2")]
    [InlineData("sqlite", "0")]
    public async Task What_makes_no_sense_is_refused(string store, string kills) =>
        (await Terminal.RunAsync("torture", "kill", "--store", store, "--seed", "5", "--kills", kills)).Refusal();
}
