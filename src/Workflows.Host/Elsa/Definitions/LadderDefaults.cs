using System.Text;
using System.Text.Json.Nodes;
using Workflows.Activities.Escalation;
using Workflows.Host.Packages;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Scenarios;

namespace Workflows.Host.Elsa.Definitions;

/// <summary>Ladder steps that an analyst saves without rungs get those of the scenario (<c>ladders</c> in <c>scenario.json</c>), so that the diagram says what will happen.</summary>
internal sealed class LadderDefaults(ScenarioDrafts scenarios)
{
    /// <summary>Fills what is empty.</summary>
    /// <param name="root">Root of the diagram as it is about to be stored; changed in place.</param>
    /// <param name="scenario">Code of the scenario that the diagram belongs to; null for a diagram of no scenario, which stays as it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task FillAsync(JsonNode? root, string? scenario, CancellationToken cancellationToken)
    {
        if (scenario is null || !DiagramLadder.HasEmpty(root))
            return;
        var file = (await scenarios.ReadAsync(scenario, null, cancellationToken)).Files.FirstOrDefault(one => one.Path == "scenario.json");
        if (file is null || ScenarioReader.ReadPublished(Encoding.UTF8.GetBytes(file.Text)).Scenario is not { Ladders: var ladders })
            return;
        DiagramLadder.FillEmpty(root, kind => RungText.Write(kind == LadderKind.Internal ? ladders.Internal : ladders.External));
    }
}
