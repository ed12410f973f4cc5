using Workflows.Supervision.Inspections;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Tests.Sessions;

namespace Workflows.Supervision.Tests.Inspections;

/// <summary>Items that an answer opens: asked where it is given, and missing only there.</summary>
public sealed class AskedItemTests
{
    private readonly World _world = new();

    [Fact]
    public async Task An_item_that_no_answer_has_opened_is_not_missing_from_the_record()
    {
        var one = await _world.OpenCaseAsync();
        var visit = await _world.ArrivedAsync(one);

        var result = await (await RecordingAsync()).RecordAsync(visit.Id, Without("EH-07", _world.Record(one, new Dictionary<string, ItemResult>())));

        Assert.Equal([VisitOutcome.NoProblem], result.Outcomes);
    }

    [Fact]
    public async Task An_item_that_an_answer_has_opened_is()
    {
        var one = await _world.OpenCaseAsync();
        var visit = await _world.ArrivedAsync(one);
        var record = _world.Record(one, new Dictionary<string, ItemResult> { ["EH-06"] = World.Breach("EH-06") });
        var recording = await RecordingAsync();

        var refusal = await Refused.WithAsync("item-missing", RefusalKind.Invalid, () => recording.RecordAsync(visit.Id, Without("EH-07", record)).AsTask());

        Assert.Contains("EH-07", refusal.Message, StringComparison.Ordinal);
    }

    private static VisitRecord Without(string item, VisitRecord record) =>
        record with { Sections = [.. record.Sections.Select(section => section with { Items = [.. section.Items.Where(one => one.ItemCode != item)] })] };

    // EH-07 is asked only where EH-06 is not met.
    private async Task<VisitRecording> RecordingAsync()
    {
        var scenario = _world.Scenario with
        {
            Items = [.. _world.Scenario.Items.Select(item => item.Code == "EH-07" ? item with { AskedWhen = new AskedWhen("EH-06", [ItemAnswer.NonCompliant]) } : item)],
        };
        return new VisitRecording(_world.Session, new Altered((await _world.FindAsync("v1"))! with { Scenario = scenario }));
    }

    private sealed class Altered(ScenarioPackage package) : IScenarioCatalogue
    {
        public ValueTask<ScenarioPackage?> FindAsync(string packageVersionId, CancellationToken cancellationToken = default) => new(package);
    }
}
