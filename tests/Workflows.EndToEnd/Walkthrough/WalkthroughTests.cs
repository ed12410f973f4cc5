namespace Workflows.EndToEnd.Walkthrough;

public sealed class WalkthroughTests
{
    [Fact]
    public async Task The_walkthrough_runs_as_written_from_the_plan_to_publication()
    {
        await using var service = await ServiceProcess.StartAsync();
        var (exit, output, error) = await service.RunAsync(string.Join('\n', ShellDocument.Read("walkthrough.md").Select(block => block.Commands)));
        Assert.True(exit == 0, $"{output}\n{error}");
        string[] expected =
        [
            "\"code\": \"roster-errors\"", "\"line\": 3", "\"column\": \"镇街代码\"", """{"rowsRead":1,"rowsTaken":1,"rowsInError":0}""",
            "\"state\": \"Committed\"", "\"publicValue\": null", "完好：核对了",
            "责令改正", "\"owner\":\"department:HEA\"", "\"colour\":\"黄牌\",\"department\":\"HEA\"", "order.overdue", "card.given  ReinspectionLadder",
            "\"state\":\"Closed\"", "完好：核对了",
        ];
        var at = 0;
        foreach (var text in expected)
        {
            var found = output.IndexOf(text, at, StringComparison.Ordinal);
            Assert.True(found >= 0, $"“{text}” was not printed (in this order):\n{output}\n{error}");
            at = found;
        }
    }
}
