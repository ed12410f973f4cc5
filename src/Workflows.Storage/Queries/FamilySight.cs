using System.Data.Common;
using Workflows.Storage.Commit;
using Workflows.Storage.Model;
using Workflows.Storage.Queries.Instances;
using Workflows.Storage.Sessions;
using Workflows.Supervision.Sessions;

namespace Workflows.Storage.Queries;

/// <summary>
/// The row-level rule for what hangs on the domain by its family alone: instances, waits, timers, letters. All of it shows ids and outcomes
/// only. A person sees the families of the cases and plans of its area and, unless it oversees departments, of its department.
/// </summary>
public sealed class FamilySight
{
    private readonly string? _area;
    private readonly string? _department;
    private readonly bool _all;

    private FamilySight(bool all, string? area, string? department)
    {
        _all = all;
        _area = area;
        _department = department;
    }

    /// <summary>Everything: for the service itself.</summary>
    public static FamilySight Everything { get; } = new(true, null, null);

    /// <summary>What a reader of workflows sees; who keeps the workflows sees all of them.</summary>
    public static FamilySight Of(Actor actor) => actor.Is(Role.Analyst) || actor.Is(Role.Administrator)
        ? Everything
        : new FamilySight(false, actor.Area, actor.Is(Role.Supervisor) ? null : actor.Department ?? "");

    /// <summary>What a person who operates the service sees: every department of its area, or everything where it serves no area.</summary>
    public static FamilySight OfOperator(Actor actor) => actor.Area is { } area ? new FamilySight(false, area, null) : Everything;

    /// <summary>The rule as conditions on the column <c>case_key</c> of the table <c>a</c>, preceded by AND; empty for everything.</summary>
    internal string Condition(StoreModel store, List<DbParameter> parameters)
    {
        if (_all)
            return "";
        string inner = "";
        if (_area is not null)
        {
            parameters.Add(store.Dialect.Value("@v_area", AggregateSql.Prefix(_area)));
            inner += " AND (s.area IS NULL OR s.area LIKE @v_area)";
        }
        if (_department is not null)
        {
            parameters.Add(store.Dialect.Value("@v_department", _department));
            inner += " AND s.department = @v_department";
        }
        // Departments take part by their shares; who oversees them sees the matter itself.
        IEnumerable<string> tables = store.Aggregates.Tables.Where(t => _department is null ? t.IsMatter : t.IsShare)
            .Select(t => $"EXISTS (SELECT 1 FROM {t.Name} s WHERE s.case_key = a.case_key{inner})").DefaultIfEmpty("1 = 0");
        return $" AND ({string.Join(" OR ", tables)})";
    }

    /// <summary>The rule added to <paramref name="conditions"/>.</summary>
    internal SqlConditions Bound(SqlConditions conditions, StoreModel store) => conditions.Raw(Condition(store, conditions.Parameters));
}
