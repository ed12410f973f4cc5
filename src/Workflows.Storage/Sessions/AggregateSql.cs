using System.Data.Common;
using System.Text;
using Workflows.Storage.Commit;
using Workflows.Supervision.Sessions;

namespace Workflows.Storage.Sessions;

/// <summary>A filter over the narrow columns as SQL, and the same filter in memory for changes that are not written yet.</summary>
internal static class AggregateSql
{
    /// <summary>Appends conditions, each preceded by AND.</summary>
    public static void Where(AggregateFilter filter, SqlDialect sql, StringBuilder text, List<DbParameter> parameters)
    {
        Equal("case_key", filter.CaseKey);
        Equal("case_id", filter.CaseId);
        Equal("plan_id", filter.PlanId);
        Equal("target_id", filter.TargetId);
        Equal("reference", filter.Reference);
        OneOf("department", filter.Departments);
        OneOf("owner", filter.Owners);
        OneOf("kind", filter.Kinds);
        OneOf("state", filter.States);
        if (filter.AreaPrefix is { } prefix)
        {
            text.Append(" AND area LIKE @area_prefix");
            parameters.Add(sql.Value("@area_prefix", Prefix(prefix)));
        }
        if (filter.DueBefore is { } due)
        {
            text.Append(" AND due_at < @due_before");
            parameters.Add(sql.Value("@due_before", due.UtcTicks));
        }
        if (filter.CreatedFrom is { } from)
        {
            text.Append(" AND created_at >= @created_from");
            parameters.Add(sql.Value("@created_from", from.UtcTicks));
        }

        void Equal(string column, string? value)
        {
            if (value is null)
                return;
            text.Append(" AND ").Append(column).Append(" = @").Append(column);
            parameters.Add(sql.Value("@" + column, value));
        }

        void OneOf(string column, IReadOnlyList<string>? values)
        {
            if (values is null)
                return;
            text.Append(" AND ").Append(sql.In(column, $"@{column}s"));
            parameters.Add(sql.List($"@{column}s", values));
        }
    }

    public static bool Matches(AggregateFilter filter, AggregateIndex index) =>
        (filter.CaseKey is null || filter.CaseKey == index.CaseKey)
        && (filter.CaseId is null || filter.CaseId == index.CaseId)
        && (filter.PlanId is null || filter.PlanId == index.PlanId)
        && (filter.TargetId is null || filter.TargetId == index.TargetId)
        && (filter.Reference is null || filter.Reference == index.Reference)
        && OneOf(filter.Departments, index.Department)
        && OneOf(filter.Owners, index.Owner)
        && OneOf(filter.Kinds, index.Kind)
        && OneOf(filter.States, index.State)
        && (filter.AreaPrefix is null || index.Area?.StartsWith(filter.AreaPrefix, StringComparison.Ordinal) == true)
        && (filter.DueBefore is null || index.DueAt < filter.DueBefore)
        && (filter.CreatedFrom is null || index.CreatedAt >= filter.CreatedFrom);

    // Codes hold letters and digits only; anything else must not become a wildcard.
    internal static string Prefix(string prefix) => prefix.Replace("%", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal) + "%";

    private static bool OneOf(IReadOnlyList<string>? values, string? value) => values is null || (value is not null && values.Contains(value, StringComparer.Ordinal));
}
