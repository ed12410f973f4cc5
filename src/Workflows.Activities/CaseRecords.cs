using Workflows.Engine.Execution;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;

namespace Workflows.Activities;

/// <summary>Finds the records of the case on which an activity works; the latest one is the one in hand.</summary>
internal static class CaseRecords
{
    /// <summary>The team of the case, or null.</summary>
    public static ValueTask<InspectionTeam?> TeamAsync(ActivityExecutionContext context) => LatestAsync<InspectionTeam>(context, _ => true);

    /// <summary>The visit of the case, or null.</summary>
    public static ValueTask<Visit?> VisitAsync(ActivityExecutionContext context) => LatestAsync<Visit>(context, _ => true);

    /// <summary>All records of a type in the case, in order of creation.</summary>
    public static async ValueTask<IReadOnlyList<T>> AllAsync<T>(ActivityExecutionContext context)
        where T : class, IAggregate =>
        await context.Session().ListAsync<T>(new AggregateFilter { CaseId = context.SubjectId() }, context.CancellationToken);

    /// <summary>The latest record that meets a condition, or null.</summary>
    public static async ValueTask<T?> LatestAsync<T>(ActivityExecutionContext context, Func<T, bool> condition)
        where T : class, IAggregate => (await AllAsync<T>(context)).LastOrDefault(condition);

    /// <summary>The latest record that meets a condition.</summary>
    /// <exception cref="RuleViolationException"><c>record-missing</c>: the diagram came here too early.</exception>
    public static async ValueTask<T> RequireAsync<T>(ActivityExecutionContext context, Func<T, bool> condition, string what)
        where T : class, IAggregate =>
        await LatestAsync(context, condition)
        ?? throw new RuleViolationException(
            RefusalKind.Conflict, "record-missing", context.ActivityId, $"步骤“{context.ActivityName ?? context.ActivityId}”需要{what}，但是本案还没有，请检查流程图中的先后次序。");

    /// <summary>The scenario to which a case is pinned.</summary>
    public static ValueTask<ScenarioPackage> ScenarioAsync(this ActivityExecutionContext context, Case matter) =>
        context.GetRequiredService<IScenarioCatalogue>().RequireAsync(matter.PackageVersionId, context.CancellationToken);
}
