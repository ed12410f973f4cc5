using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Workflows.Storage.Model;
using Workflows.Supervision.Guards;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;

namespace Workflows.Host.Simulation.People;

/// <summary>What a person of the simulation knows when a step comes up: the step, the records of the case, the story and its own chance.</summary>
internal sealed class StepContext(WorkflowsDbContext reading, WorkTask task, CaseStory story, SimulatedPeople people, OfficeHours hours, Scenario scenario, Chance chance, DateTimeOffset now)
{
    /// <summary>The step.</summary>
    public WorkTask Task => task;

    /// <summary>What is going to happen in the case.</summary>
    public CaseStory Story => story;

    /// <summary>Everybody.</summary>
    public SimulatedPeople People => people;

    /// <summary>When people work.</summary>
    public OfficeHours Hours => hours;

    /// <summary>The scenario.</summary>
    public Scenario Scenario => scenario;

    /// <summary>Chance of this step.</summary>
    public Chance Chance => chance;

    /// <summary>Now, UTC.</summary>
    public DateTimeOffset Now => now;

    /// <summary>The case.</summary>
    public ValueTask<Case> CaseAsync() => FindAsync<Case>(task.CaseId!);

    /// <summary>The plan.</summary>
    public ValueTask<InspectionPlan> PlanAsync() => FindAsync<InspectionPlan>(task.PlanId!);

    /// <summary>The lead.</summary>
    public ValueTask<Lead> LeadAsync() => FindAsync<Lead>(task.Subject["leadId"]);

    /// <summary>Ids of the targets of the roster that the scenario may check, in an order that this step's chance gives.</summary>
    public async ValueTask<IReadOnlyList<string>> TargetsAsync()
    {
        var rows = await reading.Set<AggregateRow<TargetRecord>>().AsNoTracking().Where(row => row.State == nameof(TargetStatus.Normal)).Select(row => row.Body).ToListAsync();
        var today = ShanghaiTime.DateOf(now);
        return chance.Shuffle(rows.Select(Read<TargetRecord>)
            .Where(row => row.Id.StartsWith(SimulatedDistrict.Code, StringComparison.Ordinal) && !row.Target.IsAdHoc && TargetGuard.Concerns(scenario, row.Target.Kind.ToString(), row.Target.Tags) && !(row.Target.ValidTo < today))
            .Select(row => row.Id).Order(StringComparer.Ordinal));
    }

    /// <summary>The latest team.</summary>
    public async ValueTask<InspectionTeam> TeamAsync() => (await AllAsync<InspectionTeam>())[^1];

    /// <summary>A record by its id, or null.</summary>
    public async ValueTask<T?> TryFindAsync<T>(string id)
        where T : class, IAggregate => await reading.Set<AggregateRow<T>>().AsNoTracking().Where(row => row.Id == id).Select(row => row.Body).FirstOrDefaultAsync() is { } body ? Read<T>(body) : null;

    /// <summary>A record by its id.</summary>
    public async ValueTask<T> FindAsync<T>(string id)
        where T : class, IAggregate
    {
        return Read<T>(await reading.Set<AggregateRow<T>>().AsNoTracking().Where(row => row.Id == id).Select(row => row.Body).FirstAsync());
    }

    /// <summary>All records of a type in the case, in order of creation.</summary>
    public async ValueTask<IReadOnlyList<T>> AllAsync<T>()
        where T : class, IAggregate
    {
        var rows = await reading.Set<AggregateRow<T>>().AsNoTracking().Where(row => row.CaseId == task.CaseId).Select(row => new { row.CreatedAt, row.Id, row.Body }).ToListAsync();
        return [.. rows.OrderBy(row => row.CreatedAt).ThenBy(row => row.Id, StringComparer.Ordinal).Select(row => Read<T>(row.Body))];
    }

    /// <summary>Records of a type that other cases hold about the same target.</summary>
    public async ValueTask<IReadOnlyList<T>> OfOtherCasesAsync<T>()
        where T : class, IAggregate
    {
        var rows = await reading.Set<AggregateRow<T>>().AsNoTracking().Where(row => row.TargetId == task.TargetId && row.CaseId != task.CaseId).Select(row => row.Body).ToListAsync();
        return [.. rows.Select(Read<T>)];
    }

    /// <summary>Officers of a department in the team.</summary>
    public async ValueTask<IReadOnlyList<TeamMember>> OfficersAsync(string department) => [.. (await TeamAsync()).OfficersOf(department)];

    private static T Read<T>(string body) => JsonSerializer.Deserialize<T>(body, SupervisionJson.Options)!;
}
