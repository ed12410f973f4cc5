using Microsoft.EntityFrameworkCore;
using Workflows.Engine.Definitions;
using Workflows.Engine.Journal;
using Workflows.Host.Packages;
using Workflows.Host.Simulation;
using Workflows.Host.Simulation.Output;
using Workflows.Host.Trials.History;
using Workflows.Host.Trials.Results;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Sqlite;
using Workflows.Supervision.Deadlines;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;

namespace Workflows.Host.Trials.Replays;

/// <summary>Replays the real history of cases against a package and compares, case by case.</summary>
/// <param name="plan">What was asked for.</param>
/// <param name="package">The package.</param>
/// <param name="area">Area whose cases may be read; null for the whole city.</param>
/// <param name="now">Until when running cases are followed, UTC.</param>
/// <param name="home">Home folder.</param>
/// <param name="scopes">For reading the service's own database.</param>
internal sealed class ReplayTrial(ReplayPlan plan, PackageFiles package, string? area, DateTimeOffset now, string home, IServiceScopeFactory scopes) : ITrialWork
{
    private const int OfficersPerDepartment = 8;
    private const int MostLines = 20;
    private const int MostDueDates = 50;

    /// <inheritdoc/>
    public async Task<object> RunAsync(Trial trial, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>();
        var (histories, total) = await CaseHistory.ReadAsync(
            database, plan.Scenario, ShanghaiTime.StartOf(plan.CasesFrom), ShanghaiTime.StartOf(plan.CasesTo.AddDays(1)), area, plan.Max, withFlow: true, cancellationToken);
        var replayed = Label(histories);
        var versions = histories.SelectMany(history => history.Instances).Select(row => row.DefinitionVersionId).Distinct().ToArray();
        var diagrams = (await database.Set<WorkflowDefinitionRow>().AsNoTracking().Where(row => versions.Contains(row.VersionId)).Select(row => new { row.VersionId, row.Json }).ToListAsync(cancellationToken))
            .ToDictionary(row => row.VersionId, row => Diagram.Of(WorkflowDefinition.Parse(row.Json)), StringComparer.Ordinal);
        var drafts = package.Definitions.Select(text => Diagram.Of(WorkflowDefinition.Parse(text))).ToDictionary(diagram => diagram.DefinitionId, StringComparer.Ordinal);
        replayed.ForEach(one => Examine(one, diagrams, drafts));
        var scenario = PackageCatalogue.Read(package).Package!.Scenario;
        // The trial's own set-up happens before the first case.
        var from = histories.Count == 0 ? plan.CasesFrom : ShanghaiTime.DateOf(histories[0].Case.Created.At).AddDays(-1);
        var options = new SimulationOptions
        {
            Package = package, Home = home, From = from, Days = Math.Max(1, ShanghaiTime.DateOf(now).DayNumber - from.DayNumber + 1), Seed = 1, Limits = TrialLimits.Burst,
            Rosters = NeutralPlaces.Rosters(scenario, histories.SelectMany(history => history.Case.Departments).Select(department => department.Code), home, from, OfficersPerDepartment),
            Calendars = await SimulationTrial.CalendarsAsync(database, cancellationToken),
        };
        await using var store = new SqliteStore(Path.Combine(trial.Folder, "trial.db"), durable: false);
        await using var world = new SimulationWorld(options, store);
        await world.PrepareAsync(cancellationToken);
        var start = ShanghaiTime.StartOf(from);
        trial.Tells(() => (Math.Clamp((world.Clock.GetUtcNow() - start) / (now - start), 0, 1), world.Clock.GetUtcNow()));
        await new ReplayRun(world, replayed, drafts).RunAsync(now, cancellationToken);
        var cases = await CompareAsync(world, replayed, diagrams, drafts, cancellationToken);
        return new ReplayResults(await LineFile<ReplayedCase>.WriteAsync(Path.Combine(trial.Folder, "replay.jsonl"), cases, cancellationToken), SummaryOf(cases, total));
    }

    private static List<ReplayedHistory> Label(IReadOnlyList<CaseHistory> histories)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        string LabelOf(string target) => labels.TryGetValue(target, out var known) ? known : labels[target] = NeutralPlaces.TargetLabel(labels.Count + 1);
        return [.. histories.Select(history => new ReplayedHistory(history, LabelOf(history.Case.TargetId ?? history.Case.Id)))];
    }

    private static void Examine(ReplayedHistory one, Dictionary<string, Diagram> diagrams, Dictionary<string, Diagram> drafts)
    {
        var history = one.History;
        if (history.Instances.Count == 0 || history.Instances[0].Id != history.Case.RootInstanceId)
            one.Stop("no-instance", "案件的流程实例已不存在，没有可以回放的历史。");
        else if (!diagrams.ContainsKey(history.Instances[0].DefinitionVersionId))
            one.Stop("no-definition", "案件所用的流程版本已不存在，无法对照。");
        else if (history.Journal.Count == 0)
            one.Stop("no-journal", "案件的流转记录已不存在，没有可以回放的历史。");
        else if (history.Instances.Count > 1)
            one.Stop("several-instances", "案件由多个流程实例组成，无法逐步对照。");
        else if (history.Instances[0].IncidentCount > 0)
            one.Stop("incidents", $"案件办理中发生过{history.Instances[0].IncidentCount}次运行事故，无法对照。");
        else if (history.Instances[0].SubStatus == "Cancelled")
            one.Stop("cancelled", "案件的流程实例已被取消，无法对照。");
        else if (history.Journal.Any(row => row.ActivityType is "Supervision.FormTeams" or "Supervision.SubstituteOfficer" && Timeline.PortsOf(row).Contains("人员不足")))
            one.Stop("officers-short", "当时因人员不足另行补充，当时的执法人员名录没有保存，无法重现。");
        else if (!drafts.ContainsKey(history.Instances[0].DefinitionId))
            one.Stop("definition-missing", $"此版本中没有流程“{history.Instances[0].DefinitionId}”。");
    }

    private async Task<List<ReplayedCase>> CompareAsync(
        SimulationWorld world, List<ReplayedHistory> replayed, Dictionary<string, Diagram> diagrams, Dictionary<string, Diagram> drafts, CancellationToken cancellationToken)
    {
        var rows = await SimulationRows.ReadAsync(world.Store, cancellationToken);
        var journal = (await rows.RowsAsync<JournalRow>(cancellationToken)).OrderBy(row => row.Timestamp).ThenBy(row => row.Sequence).ToLookup(row => row.InstanceId, StringComparer.Ordinal);
        var limits = (await rows.AllAsync<StepLimit>(cancellationToken)).ToLookup(limit => limit.CaseId, StringComparer.Ordinal);
        var tasks = rows.Tasks.ToLookup(task => task.CaseId, StringComparer.Ordinal);
        var waits = rows.Waits.ToLookup(wait => wait.InstanceId, StringComparer.Ordinal);
        var cases = new List<ReplayedCase>();
        foreach (var one in replayed)
        {
            var history = one.History;
            if (one.Stopped is null && rows.Instances.GetValueOrDefault(history.Case.RootInstanceId)?.IncidentCount > 0)
                one.Stop("draft-incident", "回放时草稿的流程发生运行事故：请先试运行草稿并查看事故。");
            if (one.Stopped is not null)
            {
                cases.Add(Line(one, ReplayOutcome.NotReplayed, [], []));
                continue;
            }

            var root = history.Instances[0];
            var real = new CaseFlow(diagrams[root.DefinitionVersionId], history.Journal, history.Waits);
            var draft = new CaseFlow(drafts[root.DefinitionId], [.. journal[root.Id]], [.. waits[root.Id]]);
            var departures = ReplayComparison.Departures(real, draft, root.FinishedAt ?? now, root.FinishedAt is null);
            var dueDates = ReplayComparison.DueDates(history.All<StepLimit>(), [.. limits[history.Case.Id]], history.Tasks, [.. tasks[history.Case.Id]]);
            cases.Add(Line(one, departures.Count == 0 && one.NoPlace.Count == 0 ? ReplayOutcome.Same : ReplayOutcome.Differs, departures, dueDates));
        }

        return cases;
    }

    private static ReplayedCase Line(ReplayedHistory one, string outcome, IReadOnlyList<Departure> departures, IReadOnlyList<DueDifference> dueDates) => new(
        one.History.Case.Id, one.History.Case.Number, one.History.Case.Created.At, one.History.Instances is [{ FinishedAt: not null }, ..], outcome, one.Stopped?.Code, one.Stopped?.Message,
        one.Decisions.Count, one.Fed, departures.Count > 0 ? departures[0] : null, [.. departures.Take(MostLines)], [.. one.NoPlace.Take(MostLines)], [.. one.Assumed], [.. dueDates.Take(MostDueDates)]);

    private static ReplaySummary SummaryOf(List<ReplayedCase> cases, int total) => new(
        cases.Count, total, cases.Count(one => one.Outcome == ReplayOutcome.Same), cases.Count(one => one.Outcome == ReplayOutcome.Differs), cases.Count(one => one.Outcome == ReplayOutcome.NotReplayed),
        cases.Count(one => one.DueDates.Count > 0), cases.Count(one => one.NoPlace.Count > 0),
        [.. cases.Select(one => one.First).OfType<Departure>().GroupBy(first => (first.Kind, first.ActivityId, first.RealPort, first.DraftPort))
            .Select(group => new DepartureCount(group.Key.Kind, group.Key.ActivityId, group.Key.RealPort, group.Key.DraftPort, group.Count()))
            .OrderByDescending(count => count.Cases).ThenBy(count => count.ActivityId, StringComparer.Ordinal).Take(MostLines)]);
}
