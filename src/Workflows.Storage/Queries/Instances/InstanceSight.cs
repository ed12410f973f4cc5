using Workflows.Storage.Model;
using Workflows.Storage.Sessions;
using Workflows.Supervision.Sessions;

namespace Workflows.Storage.Queries.Instances;

/// <summary>
/// Which instances a person sees. Who keeps the workflows sees all of them, which show ids and outcomes only; others see those whose family
/// belongs to a case or plan of their area and, unless they oversee departments, of their department.
/// </summary>
public sealed class InstanceSight
{
    private readonly string? _area;
    private readonly string? _department;
    private readonly bool _all;

    private InstanceSight(bool all, string? area, string? department)
    {
        _all = all;
        _area = area;
        _department = department;
    }

    /// <summary>Everything.</summary>
    public static InstanceSight Everything { get; } = new(true, null, null);

    /// <summary>What a person sees.</summary>
    public static InstanceSight Of(Actor actor) => actor.Is(Role.Analyst) || actor.Is(Role.Administrator)
        ? Everything
        : new InstanceSight(false, actor.Area, actor.Is(Role.Supervisor) ? null : actor.Department ?? "");

    internal SqlConditions Bound(SqlConditions conditions, AggregateMap aggregates)
    {
        if (_all)
            return conditions;
        string inner = "";
        if (_area is not null)
        {
            conditions.Parameters.Add(conditions.Sql.Value("@v_area", AggregateSql.Prefix(_area)));
            inner += " AND (s.area IS NULL OR s.area LIKE @v_area)";
        }
        if (_department is not null)
        {
            conditions.Parameters.Add(conditions.Sql.Value("@v_department", _department));
            inner += " AND s.department = @v_department";
        }
        // Departments take part by their shares; who oversees them sees the matter itself.
        IEnumerable<string> tables = aggregates.Tables.Where(t => _department is null ? t.IsMatter : t.IsShare)
            .Select(t => $"EXISTS (SELECT 1 FROM {t.Name} s WHERE s.case_key = a.case_key{inner})").DefaultIfEmpty("1 = 0");
        return conditions.Raw($" AND ({string.Join(" OR ", tables)})");
    }
}
