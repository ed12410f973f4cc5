using System.Text.Json;
using Workflows.Engine.State;
using Workflows.Supervision.Documents;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Inspections;
using Workflows.Storage.Model.Rows;

namespace Workflows.Host.Simulation.Output;

/// <summary>What a simulation came to.</summary>
internal sealed class SimulationReport
{
    /// <summary>The rows from which everything is told.</summary>
    public required SimulationRows Rows { get; init; }

    /// <summary>The content of <c>report.json</c>.</summary>
    public required object Content { get; init; }

    /// <summary>One line for the terminal.</summary>
    public required string Summary { get; init; }

    /// <summary>Counts and finds what a reader has to know first: incidents, refused answers, dead letters.</summary>
    public static async Task<SimulationReport> CreateAsync(SimulationWorld world, SimulationRun run, SimulationOptions options, CancellationToken cancellationToken)
    {
        var rows = await SimulationRows.ReadAsync(world.Store, cancellationToken);
        var documents = await rows.AllAsync<OfficialDocument>(cancellationToken);
        var cards = await rows.AllAsync<WarningCard>(cancellationToken);
        var letters = await rows.RowsAsync<DeadLetterRow>(cancellationToken);
        var incidents = Incidents(rows);
        var closed = rows.Cases.Count(c => c.State == CaseState.Closed);
        return new SimulationReport
        {
            Rows = rows,
            Content = new
            {
                Scenario = world.Scenario.Code,
                Package = world.Package.Hash,
                From = options.From,
                Days = options.Days,
                Seed = options.Seed,
                Targets = options.Targets,
                Plans = rows.Plans.Count,
                Cases = rows.Cases.Count,
                Closed = closed,
                Answers = run.Answers,
                States = Count(rows.Cases.Select(c => c.State.ToString())),
                Outcomes = Count(rows.Cases.Select(c => c.Outcome ?? "")),
                Stories = Count(run.Stories.Values.Select(s => s.Name)),
                Documents = Count(documents.Select(d => d.Form)),
                Cards = Count(cards.Select(c => c.Colour.ToString())),
                Tasks = Count(rows.Tasks.Select(t => $"{t.Kind} {t.State}")),
                Incidents = incidents,
                Refused = run.Refused,
                UnknownKinds = run.UnknownKinds,
                DeadLetters = letters.OrderBy(l => l.CreatedAt).ThenBy(l => l.Id, StringComparer.Ordinal).Select(l => new { l.Kind, l.CaseKey, l.Error }),
            },
            Summary = $"{rows.Plans.Count} 个计划，{rows.Cases.Count} 个案件，办结 {closed}，文书 {documents.Count}，预警牌 {cards.Count}，办理 {run.Answers} 步，事故 {incidents.Count}，被拒 {run.Refused.Count}",
        };
    }

    private static SortedDictionary<string, int> Count(IEnumerable<string> names)
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            counts[name] = counts.GetValueOrDefault(name) + 1;
        }

        return counts;
    }

    private static List<object> Incidents(SimulationRows rows) =>
        [.. rows.Instances.Values.Where(i => i.IncidentCount > 0).OrderBy(i => i.CreatedAt).ThenBy(i => i.Id, StringComparer.Ordinal)
            .SelectMany(i => WorkflowState.Deserialize(System.Text.Encoding.UTF8.GetBytes(i.State)).Incidents
                .Select(incident => (object)new { Case = rows.Names.GetValueOrDefault(i.CaseKey), incident.ActivityId, incident.Message, incident.Timestamp }))];
}
