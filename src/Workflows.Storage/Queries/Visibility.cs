using System.Data.Common;
using System.Globalization;
using Workflows.Storage.Commit;
using Workflows.Storage.Model;
using Workflows.Storage.Sessions;
using Workflows.Supervision.Sessions;

namespace Workflows.Storage.Queries;

/// <summary>
/// The row-level rule: which rows an actor may see. A department sees its own rows, those on which it has to act, and what the departments
/// of a joint case or plan share when it takes part in it; nobody sees beyond the area it serves; a party sees what concerns it.
/// </summary>
public sealed class Visibility
{
    private static readonly string[] AllDepartments = [Role.Supervisor, Role.Dispatcher, Role.PublicationReviewer, Role.Auditor, Role.Administrator];

    private readonly Actor? _actor;

    private Visibility(Actor? actor) => _actor = actor;

    /// <summary>For the service itself: everything.</summary>
    public static Visibility Everything { get; } = new(null);

    /// <summary>What an actor may see.</summary>
    public static Visibility Of(Actor actor) => new(actor.IsPerson ? actor : null);

    /// <summary>Conditions on the columns of <paramref name="alias"/>, each preceded by AND; empty for everything.</summary>
    internal string Condition(StoreModel store, string alias, List<DbParameter> parameters)
    {
        if (_actor is null)
            return "";
        SqlDialect sql = store.Dialect;
        string owners = $"{sql.In(alias + ".owner", "@v_owners")}";
        parameters.Add(sql.List("@v_owners", Owners(_actor)));
        if (_actor.Is(Role.Party))
        {
            parameters.Add(sql.Value("@v_target", _actor.Id.StartsWith("party:", StringComparison.Ordinal) ? _actor.Id["party:".Length..] : _actor.Id));
            return $" AND ({owners} OR {alias}.target_id = @v_target)";
        }
        string area = Area(sql, alias, parameters);
        if (AllDepartments.Any(_actor.Is))
            return area;
        if (_actor.Department is not { } department)
            return $" AND {owners}";
        parameters.Add(sql.Value("@v_department", department));
        return $" AND ({owners} OR {alias}.department = @v_department OR ({alias}.department IS NULL AND {Shared(store.Aggregates, alias)})){area}";
    }

    /// <summary>Conditions on instances or waits, whose only link to the domain is their family.</summary>
    internal string FamilyCondition(StoreModel store, string alias, List<DbParameter> parameters)
    {
        if (_actor is null || (_actor.Area is null && AllDepartments.Any(_actor.Is)))
            return "";
        if (store.Aggregates.Tables.All(t => !t.IsShare) || _actor.Is(Role.Party))
            return " AND 1 = 0";
        SqlDialect sql = store.Dialect;
        string inner = "";
        if (!AllDepartments.Any(_actor.Is))
        {
            parameters.Add(sql.Value("@v_department", _actor.Department ?? ""));
            inner = " AND s.department = @v_department";
        }
        inner += Area(sql, "s", parameters);
        IEnumerable<string> tables = store.Aggregates.Tables.Where(t => t.IsShare).Select(t =>
            $"EXISTS (SELECT 1 FROM {t.Name} s WHERE s.case_key = {alias}.case_key{inner})");
        return $" AND ({string.Join(" OR ", tables)})";
    }

    private string Area(SqlDialect sql, string alias, List<DbParameter> parameters)
    {
        if (_actor!.Area is not { } code)
            return "";
        parameters.Add(sql.Value("@v_area", AggregateSql.Prefix(code)));
        return string.Create(CultureInfo.InvariantCulture, $" AND ({alias}.area IS NULL OR {alias}.area LIKE @v_area)");
    }

    private static string Shared(AggregateMap aggregates, string alias)
    {
        string[] shares = [.. aggregates.Tables.Where(t => t.IsShare).SelectMany(t => new[]
        {
            $"EXISTS (SELECT 1 FROM {t.Name} s WHERE s.case_id = {alias}.case_id AND s.department = @v_department)",
            $"({alias}.case_id IS NULL AND EXISTS (SELECT 1 FROM {t.Name} s WHERE s.plan_id = {alias}.plan_id AND s.department = @v_department))",
        })];
        // Rows of no case and no plan, such as rosters, are common to all.
        return $"({string.Join(" OR ", shares.Append($"({alias}.case_id IS NULL AND {alias}.plan_id IS NULL)"))})";
    }

    private static List<string> Owners(Actor actor)
    {
        List<string> owners = [actor.Id];
        if (actor.OfficerId is { } officer)
            owners.Add(officer);
        if (actor.Department is { } department)
            owners.Add("department:" + department);
        owners.AddRange(actor.Roles.Select(r => "role:" + r));
        return owners;
    }
}
