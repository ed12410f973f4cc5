using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Supervision.Deadlines;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leniency;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Service;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Host.Trials.History;

/// <summary>
/// What a real case left behind, read once. It stays in memory: what leaves a trial are ids, outcomes and times of it, and what the
/// people of the trial hand in is made anew under neutral labels.
/// </summary>
internal sealed class CaseHistory
{
    private readonly Dictionary<Type, IReadOnlyList<SupervisionRecord>> _records = [];

    private CaseHistory(Case matter, InspectionPlan? plan) => (Case, Plan) = (matter, plan);

    /// <summary>The case.</summary>
    public Case Case { get; }

    /// <summary>Its plan, or null.</summary>
    public InspectionPlan? Plan { get; }

    /// <summary>Its human steps, in order of creation.</summary>
    public IReadOnlyList<WorkTask> Tasks => All<WorkTask>();

    /// <summary>Its workflow instances without their states; empty where they were not asked for.</summary>
    public IReadOnlyList<WorkflowInstanceRow> Instances { get; private set; } = [];

    /// <summary>Their journal in order of time; empty where it was not asked for.</summary>
    public IReadOnlyList<JournalRow> Journal { get; private set; } = [];

    /// <summary>Their waits; empty where they were not asked for.</summary>
    public IReadOnlyList<BookmarkRow> Waits { get; private set; } = [];

    /// <summary>Its records of a type, in order of creation.</summary>
    public IReadOnlyList<T> All<T>()
        where T : SupervisionRecord => _records.TryGetValue(typeof(T), out var records) ? [.. records.Cast<T>()] : [];

    /// <summary>The record of a type that a step brought, by the instant at which it was done; null when there is none.</summary>
    public T? BroughtBy<T>(WorkTask step)
        where T : SupervisionRecord
    {
        var made = All<T>().Where(record => record.Created.At == step.EndedAt).ToList();
        return made.FirstOrDefault(record => record.Created.ActivityId == step.TaskActivityId && (step.Department is null || record.Department == step.Department))
            ?? made.FirstOrDefault(record => record.Created.ActivityId == step.TaskActivityId) ?? made.FirstOrDefault();
    }

    /// <summary>Cases of a scenario that were opened in a period, earliest first.</summary>
    /// <param name="database">The service's own database; it is only read.</param>
    /// <param name="scenario">Code of the scenario.</param>
    /// <param name="from">First instant.</param>
    /// <param name="to">First instant after the period.</param>
    /// <param name="area">Area in which they lie; null for the whole city.</param>
    /// <param name="most">Most cases.</param>
    /// <param name="withFlow">Whether instances, journal and waits are wanted.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>The cases, and how many there are in the period altogether.</returns>
    public static async Task<(IReadOnlyList<CaseHistory> Cases, int Total)> ReadAsync(
        WorkflowsDbContext database, string scenario, DateTimeOffset from, DateTimeOffset to, string? area, int most, bool withFlow, CancellationToken cancellationToken)
    {
        var wanted = database.Set<AggregateRow<Case>>().AsNoTracking()
            .Where(row => row.Kind == scenario && row.CreatedAt >= from && row.CreatedAt < to && (area == null || row.Area != null && row.Area.StartsWith(area)));
        var total = await wanted.CountAsync(cancellationToken);
        var cases = (await wanted.OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).Take(most).Select(row => row.Body).ToListAsync(cancellationToken)).Select(Read<Case>).ToList();
        var planIds = cases.Select(matter => matter.PlanId).OfType<string>().Distinct().ToArray();
        var plans = (await database.Set<AggregateRow<InspectionPlan>>().AsNoTracking().Where(row => planIds.Contains(row.Id)).Select(row => row.Body).ToListAsync(cancellationToken))
            .Select(Read<InspectionPlan>).ToDictionary(plan => plan.Id, StringComparer.Ordinal);
        var histories = cases.Select(matter => new CaseHistory(matter, matter.PlanId is { } id ? plans.GetValueOrDefault(id) : null)).ToList();
        var ids = cases.Select(matter => matter.Id).ToArray();
        await LoadAsync<WorkTask>(database, histories, ids, cancellationToken);
        await LoadAsync<InspectionTeam>(database, histories, ids, cancellationToken);
        await LoadAsync<Visit>(database, histories, ids, cancellationToken);
        await LoadAsync<Finding>(database, histories, ids, cancellationToken);
        await LoadAsync<Recusal>(database, histories, ids, cancellationToken);
        await LoadAsync<LeniencyDecision>(database, histories, ids, cancellationToken);
        await LoadAsync<RectificationOrder>(database, histories, ids, cancellationToken);
        await LoadAsync<RectificationProof>(database, histories, ids, cancellationToken);
        await LoadAsync<ExtensionRequest>(database, histories, ids, cancellationToken);
        await LoadAsync<Reinspection>(database, histories, ids, cancellationToken);
        await LoadAsync<ProofOfService>(database, histories, ids, cancellationToken);
        await LoadAsync<Interview>(database, histories, ids, cancellationToken);
        await LoadAsync<Consultation>(database, histories, ids, cancellationToken);
        await LoadAsync<DeadlineClock>(database, histories, ids, cancellationToken);
        await LoadAsync<StepLimit>(database, histories, ids, cancellationToken);
        if (withFlow)
            await LoadFlowAsync(database, histories, cancellationToken);
        return (histories, total);
    }

    /// <summary>Human steps of plans themselves, by plan.</summary>
    public static async Task<ILookup<string, WorkTask>> PlanStepsAsync(WorkflowsDbContext database, IReadOnlyCollection<string> planIds, CancellationToken cancellationToken) =>
        (await database.Set<AggregateRow<WorkTask>>().AsNoTracking().Where(row => row.CaseId == null && row.PlanId != null && planIds.Contains(row.PlanId))
            .OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).Select(row => row.Body).ToListAsync(cancellationToken))
        .Select(Read<WorkTask>).ToLookup(task => task.PlanId!, StringComparer.Ordinal);

    private static async Task LoadAsync<T>(WorkflowsDbContext database, List<CaseHistory> histories, string[] ids, CancellationToken cancellationToken)
        where T : SupervisionRecord
    {
        var rows = await database.Set<AggregateRow<T>>().AsNoTracking().Where(row => row.CaseId != null && ids.Contains(row.CaseId))
            .OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).Select(row => row.Body).ToListAsync(cancellationToken);
        var byCase = rows.Select(Read<T>).ToLookup(record => record.CaseId!, StringComparer.Ordinal);
        foreach (var history in histories)
            history._records[typeof(T)] = [.. byCase[history.Case.Id]];
    }

    private static async Task LoadFlowAsync(WorkflowsDbContext database, List<CaseHistory> histories, CancellationToken cancellationToken)
    {
        var keys = histories.Select(history => history.Case.CaseKey).ToArray();
        var instances = await database.Set<WorkflowInstanceRow>().AsNoTracking().Where(row => keys.Contains(row.CaseKey)).OrderBy(row => row.CreatedAt).ThenBy(row => row.Id)
            .Select(row => new WorkflowInstanceRow
            {
                Id = row.Id, CaseKey = row.CaseKey, DefinitionId = row.DefinitionId, DefinitionVersionId = row.DefinitionVersionId, DefinitionVersion = row.DefinitionVersion, Status = row.Status,
                SubStatus = row.SubStatus, IncidentCount = row.IncidentCount, CreatedAt = row.CreatedAt, UpdatedAt = row.UpdatedAt, FinishedAt = row.FinishedAt,
            }).ToListAsync(cancellationToken);
        foreach (var history in histories)
        {
            history.Instances = [.. instances.Where(row => row.CaseKey == history.Case.CaseKey)];
            var ids = history.Instances.Select(row => row.Id).ToArray();
            history.Journal = [.. (await database.Set<JournalRow>().AsNoTracking().Where(row => ids.Contains(row.InstanceId)).ToListAsync(cancellationToken)).OrderBy(row => row.Timestamp).ThenBy(row => row.Sequence)];
            history.Waits = await database.Set<BookmarkRow>().AsNoTracking().Where(row => ids.Contains(row.InstanceId)).OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);
        }
    }

    private static T Read<T>(string body) => JsonSerializer.Deserialize<T>(body, SupervisionJson.Options)!;
}
