using System.Text;
using Workflows.Engine.State;
using Workflows.Host.Simulation;
using Workflows.Host.Simulation.Output;
using Workflows.Storage.Model.Rows;
using Workflows.Supervision.Work;

namespace Workflows.Host.Trials.Results;

/// <summary>What an analyst has to look at: faults of the diagram first, then what waits at the end.</summary>
internal static class ProblemLines
{
    private const int MostMessage = 500;
    private const string OpenWait = "open-wait";

    /// <summary>The lines by kind, each kind in order of time.</summary>
    public static IReadOnlyList<TrialProblem> Of(SimulationRows rows, SimulationRun run, IReadOnlyList<DeadLetterRow> letters, DateTimeOffset end) =>
        [.. Incidents(rows), .. letters.OrderBy(letter => letter.CreatedAt).ThenBy(letter => letter.Id, StringComparer.Ordinal).Select(letter => Letter(letter, rows)), .. Refusals(rows, run), .. Waits(rows, end)];

    /// <summary>Whether it only waits, in time, because the run ended before it: listed, but nothing is wrong with it.</summary>
    public static bool IsInTime(TrialProblem problem, DateTimeOffset end) => problem.Kind == OpenWait && problem.Due >= end;

    private static IEnumerable<TrialProblem> Incidents(SimulationRows rows) => rows.Instances.Values.Where(row => row.IncidentCount > 0)
        .SelectMany(row => WorkflowState.Deserialize(Encoding.UTF8.GetBytes(row.State)).Incidents.Select(incident => new TrialProblem(
            "incident", row.DefinitionId, incident.ActivityId, rows.Names.GetValueOrDefault(row.CaseKey), null, null, null, incident.Timestamp, null, Short(incident.Message))))
        .OrderBy(problem => problem.At).ThenBy(problem => problem.Case, StringComparer.Ordinal);

    private static TrialProblem Letter(DeadLetterRow letter, SimulationRows rows) => new(
        "dead-letter", rows.Instances.GetValueOrDefault(letter.InstanceId ?? letter.CaseKey)?.DefinitionId, null, rows.Names.GetValueOrDefault(letter.CaseKey), letter.Kind, null, null, letter.CreatedAt, null, Short(letter.Error));

    private static IEnumerable<TrialProblem> Refusals(SimulationRows rows, SimulationRun run)
    {
        var cases = rows.Cases.ToDictionary(matter => matter.Id, StringComparer.Ordinal);
        foreach (var kind in run.UnknownKinds)
        {
            var first = rows.Tasks.First(task => task.Kind == kind);
            yield return new TrialProblem(
                "unknown-step", rows.Instances.GetValueOrDefault(first.InstanceId)?.DefinitionId, first.TaskActivityId, rows.Names.GetValueOrDefault(first.CaseKey), kind, WorkloadLines.OwnerOf(first),
                first.DueAt, first.Created.At, null, $"试运行的人员不认识“{first.Title}”这类步骤，从其出口中任选了一个。");
        }

        foreach (var refused in run.Refused)
        {
            var matter = refused.CaseId is { } id ? cases.GetValueOrDefault(id) : null;
            yield return new TrialProblem(
                refused.Code == "nobody" ? "nobody" : "refused", matter is null ? null : rows.Instances.GetValueOrDefault(matter.RootInstanceId)?.DefinitionId,
                refused.ActivityId.Length > 0 ? refused.ActivityId : null, matter?.Number, refused.Kind, null, null, refused.At, refused.Code, Short(refused.Message));
        }
    }

    private static IEnumerable<TrialProblem> Waits(SimulationRows rows, DateTimeOffset end)
    {
        var tasks = rows.Tasks.Where(task => task is { State: TaskState.Open, BookmarkId: not null }).ToDictionary(task => task.BookmarkId!, StringComparer.Ordinal);
        return rows.Waits.Where(wait => wait.WaitName is not null).OrderBy(wait => wait.CreatedAt).ThenBy(wait => wait.Id, StringComparer.Ordinal).Select(wait =>
        {
            var due = wait.DueAt ?? tasks.GetValueOrDefault(wait.Id)?.DueAt;
            return new TrialProblem(
                OpenWait, rows.Instances.GetValueOrDefault(wait.InstanceId)?.DefinitionId, wait.ActivityId, rows.Names.GetValueOrDefault(wait.CaseKey), wait.WaitName, wait.WaitOwner, due, wait.CreatedAt, null,
                due is null ? "试运行结束时仍在等待，没有到期时间。" : due < end ? "试运行结束时仍在等待，已经到期。" : "试运行结束时仍在等待，尚未到期。");
        });
    }

    private static string Short(string? message) => message is null ? "" : message.Length <= MostMessage ? message : message[..MostMessage] + "…";
}
