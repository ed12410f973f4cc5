using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Workflows.Storage.Commit;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Host.Simulation.Output;

/// <summary>What the database holds at the end, in an order that no database decides.</summary>
internal sealed class SimulationRows
{
    private readonly StoreModel _store;

    private SimulationRows(StoreModel store) => _store = store;

    /// <summary>Cases in order of creation.</summary>
    public IReadOnlyList<Case> Cases { get; private set; } = [];

    /// <summary>Plans in order of creation.</summary>
    public IReadOnlyList<InspectionPlan> Plans { get; private set; } = [];

    /// <summary>Leads in order of creation.</summary>
    public IReadOnlyList<Lead> Leads { get; private set; } = [];

    /// <summary>Human steps in order of creation.</summary>
    public IReadOnlyList<WorkTask> Tasks { get; private set; } = [];

    /// <summary>Instances by id.</summary>
    public IReadOnlyDictionary<string, WorkflowInstanceRow> Instances { get; private set; } = new Dictionary<string, WorkflowInstanceRow>();

    /// <summary>Waits, ordered by instance, time and activity.</summary>
    public IReadOnlyList<BookmarkRow> Waits { get; private set; } = [];

    /// <summary>Number of the case, or name of the plan or lead, by case key.</summary>
    public IReadOnlyDictionary<string, string> Names { get; private set; } = new Dictionary<string, string>();

    /// <summary>Reads what several files need.</summary>
    public static async Task<SimulationRows> ReadAsync(StoreModel store, CancellationToken cancellationToken)
    {
        var rows = new SimulationRows(store);
        rows.Cases = await rows.AllAsync<Case>(cancellationToken);
        rows.Plans = await rows.AllAsync<InspectionPlan>(cancellationToken);
        rows.Tasks = await rows.AllAsync<WorkTask>(cancellationToken);
        await using var context = store.CreateContext();
        rows.Instances = (await context.Set<WorkflowInstanceRow>().AsNoTracking().ToListAsync(cancellationToken)).ToDictionary(row => row.Id, StringComparer.Ordinal);
        rows.Waits = [.. (await context.Set<BookmarkRow>().AsNoTracking().ToListAsync(cancellationToken))
            .OrderBy(row => row.InstanceId, StringComparer.Ordinal).ThenBy(row => row.CreatedAt).ThenBy(row => row.ActivityId, StringComparer.Ordinal).ThenBy(row => row.Id, StringComparer.Ordinal)];
        rows.Leads = await rows.AllAsync<Lead>(cancellationToken);
        rows.Names = rows.Cases.Select(c => (c.CaseKey, Name: c.Number)).Concat(rows.Plans.Select(p => (p.CaseKey, Name: p.Title))).Concat(rows.Leads.Select(l => (l.CaseKey, Name: $"线索{l.ExternalNumber}")))
            .DistinctBy(pair => pair.CaseKey).ToDictionary(pair => pair.CaseKey, pair => pair.Name, StringComparer.Ordinal);
        return rows;
    }

    /// <summary>All records of a type in order of creation.</summary>
    public async Task<IReadOnlyList<T>> AllAsync<T>(CancellationToken cancellationToken)
        where T : class, IAggregate
    {
        await using var context = _store.CreateContext();
        var rows = await context.Set<AggregateRow<T>>().AsNoTracking().Select(row => new { row.CreatedAt, row.Id, row.Body }).ToListAsync(cancellationToken);
        return [.. rows.OrderBy(row => row.CreatedAt).ThenBy(row => row.Id, StringComparer.Ordinal).Select(row => JsonSerializer.Deserialize<T>(row.Body, SupervisionJson.Options)!)];
    }

    /// <summary>All rows of a table.</summary>
    public async Task<List<T>> RowsAsync<T>(CancellationToken cancellationToken)
        where T : class
    {
        await using var context = _store.CreateContext();
        return await context.Set<T>().AsNoTracking().ToListAsync(cancellationToken);
    }
}
