using Workflows.Engine.Activities;
using Workflows.Engine.Definitions;
using Workflows.Host.Simulation;
using Workflows.Host.Simulation.Output;
using Workflows.Storage.Model.Rows;
using Workflows.Supervision.Deadlines;
using Workflows.Supervision.Documents;
using Workflows.Supervision.Inspections;

namespace Workflows.Host.Trials.Results;

/// <summary>Everything that can be asked of a simulated trial, in files of its folder.</summary>
internal sealed class SimulationResults
{
    private readonly string _folder;
    private readonly HashSet<string> _documents;

    private SimulationResults(string folder, IEnumerable<string> documents) => (_folder, _documents) = (folder, documents.ToHashSet(StringComparer.Ordinal));

    /// <summary>The timeline.</summary>
    public required LineFile<TimelineStep> Timeline { get; init; }

    /// <summary>The cases.</summary>
    public required LineFile<TrialCase> Cases { get; init; }

    /// <summary>The documents.</summary>
    public required LineFile<TrialDocument> Documents { get; init; }

    /// <summary>Whom it bothers.</summary>
    public required LineFile<TrialWorkload> People { get; init; }

    /// <summary>Limits, rungs and due dates.</summary>
    public required LineFile<TrialLimit> Limits { get; init; }

    /// <summary>The same, counted.</summary>
    public required LineFile<LimitTotal> LimitTotals { get; init; }

    /// <summary>Activities and ports.</summary>
    public required LineFile<TrialBranch> Coverage { get; init; }

    /// <summary>Problems.</summary>
    public required LineFile<TrialProblem> Problems { get; init; }

    /// <summary>All of it in numbers.</summary>
    public required TrialSummary Summary { get; init; }

    /// <summary>Path of the text of a document, or null when the trial issued none with this id.</summary>
    public string? HtmlOf(string documentId) => _documents.Contains(documentId) ? HtmlPath(_folder, documentId) : null;

    /// <summary>Path of the data of a document, or null when the trial issued none with this id.</summary>
    public string? ModelOf(string documentId) => _documents.Contains(documentId) ? ModelPath(_folder, documentId) : null;

    /// <summary>Reads the trial's database once and writes the lists.</summary>
    /// <param name="world">The world in which it ran.</param>
    /// <param name="run">The run.</param>
    /// <param name="folder">Folder of the trial.</param>
    /// <param name="realCases">Real case by label of the target; empty where there is none.</param>
    /// <param name="assumptions">What had to be assumed.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static async Task<SimulationResults> WriteAsync(
        SimulationWorld world, SimulationRun run, string folder, IReadOnlyDictionary<string, string> realCases, IReadOnlyList<TrialProblem> assumptions, CancellationToken cancellationToken)
    {
        var rows = await SimulationRows.ReadAsync(world.Store, cancellationToken);
        var timeline = await Simulation.Output.Timeline.ReadAsync(rows, run, cancellationToken);
        var journal = await rows.RowsAsync<JournalRow>(cancellationToken);
        var diagrams = world.Package.Definitions.Select(text => Diagram.Of(WorkflowDefinition.Parse(text))).ToList();
        var documents = await rows.AllAsync<OfficialDocument>(cancellationToken);
        foreach (var document in documents)
        {
            await File.WriteAllTextAsync(HtmlPath(folder, document.Id), document.Html, cancellationToken);
            await File.WriteAllTextAsync(ModelPath(folder, document.Id), document.Model, cancellationToken);
        }

        var limits = TrialLimitLines.Of(rows, timeline, journal, diagrams.ToDictionary(d => d.DefinitionId, StringComparer.Ordinal), await rows.AllAsync<StepLimit>(cancellationToken), run.End);
        var branches = BranchLines.Of(diagrams, rows, timeline, journal, world.Service<ActivityRegistry>());
        var problems = (IReadOnlyList<TrialProblem>)[.. ProblemLines.Of(rows, run, await rows.RowsAsync<DeadLetterRow>(cancellationToken), run.End), .. assumptions];
        var notices = (await rows.RowsAsync<OutboxRow>(cancellationToken)).Where(row => row.Channel == "notice").OrderBy(row => row.CreatedAt).ThenBy(row => row.Id, StringComparer.Ordinal)
            .Select(row => (row.Recipient, row.CreatedAt)).ToList();
        Task<LineFile<T>> List<T>(string name, IEnumerable<T> lines) => LineFile<T>.WriteAsync(Path.Combine(folder, name + ".jsonl"), lines, cancellationToken);
        return new SimulationResults(folder, documents.Select(document => document.Id))
        {
            Timeline = await List("timeline", TrialTimeline.Of(timeline, rows, world.People)),
            Cases = await List("cases", rows.Cases.Select(matter => CaseOf(matter, rows, run, realCases))),
            Documents = await List("documents", documents.Select(document => new TrialDocument(
                document.Id, document.Number, document.Form, document.Title, document.Organ, document.IssuedOn, document.Created.At, rows.Names.GetValueOrDefault(document.CaseKey),
                document.Department, document.Created.ActivityId, document.Html.Length))),
            People = await List("people", WorkloadLines.Of(rows.Tasks, notices, world.People.ById, run.End)),
            Limits = await List("limits", limits),
            LimitTotals = await List("limit-totals", TrialLimitLines.Totals(limits)),
            Coverage = await List("coverage", branches),
            Problems = await List("problems", problems),
            Summary = new TrialSummary(
                rows.Plans.Count, rows.Cases.Count, rows.Cases.Count(matter => matter.State == CaseState.Closed), run.Answers, timeline.Count, documents.Count, limits.Count(limit => limit.Broken),
                branches.Count(branch => branch.NeverTaken), problems.Count(problem => problem.Kind == "incident"), run.Refused.Count, problems.Count(problem => !ProblemLines.IsInTime(problem, run.End)),
                Counts(rows.Cases.Select(matter => matter.Outcome ?? "")), Counts(documents.Select(document => document.Form))),
        };
    }

    private static TrialCase CaseOf(Case matter, SimulationRows rows, SimulationRun run, IReadOnlyDictionary<string, string> realCases)
    {
        var instance = rows.Instances.GetValueOrDefault(matter.RootInstanceId);
        return new TrialCase(
            matter.Number, matter.RootInstanceId, instance?.DefinitionId, matter.TargetId, run.Stories.GetValueOrDefault(matter.Id)?.Name, matter.State.ToString(), matter.Stage, matter.Outcome,
            matter.Created.At, matter.ClosedAt, instance?.IncidentCount ?? 0, realCases.GetValueOrDefault(matter.TargetId ?? ""));
    }

    private static SortedDictionary<string, int> Counts(IEnumerable<string> names) =>
        new(names.GroupBy(name => name).ToDictionary(group => group.Key, group => group.Count()), StringComparer.Ordinal);

    private static string ModelPath(string folder, string documentId) => Path.Combine(folder, documentId + ".model.json");

    private static string HtmlPath(string folder, string documentId) => Path.Combine(folder, documentId + ".html");
}
