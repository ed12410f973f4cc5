using System.Data.Common;
using System.Globalization;
using System.Text;
using Workflows.Storage.Commit;
using Workflows.Storage.Providers;

namespace Workflows.Storage.Queries.Instances;

/// <summary>Conditions of one query over the table <c>a</c>, joined by AND, with their parameters.</summary>
internal sealed class SqlConditions(SqlDialect sql)
{
    private readonly StringBuilder _text = new("1 = 1");
    private int _next;

    public List<DbParameter> Parameters { get; } = [];

    public SqlDialect Sql => sql;

    public SqlConditions Raw(string conditions)
    {
        _text.Append(conditions);
        return this;
    }

    public SqlConditions Equal(string column, object? value)
    {
        if (value is not null)
            _text.Append(" AND a.").Append(column).Append(" = ").Append(Add(value));
        return this;
    }

    public SqlConditions OneOf(string column, IReadOnlyList<string>? values, bool not = false)
    {
        if (values is null)
            return this;
        string name = Name();
        Parameters.Add(sql.List(name, values));
        _text.Append(not ? " AND NOT (" : " AND (").Append(sql.In("a." + column, name)).Append(')');
        return this;
    }

    public SqlConditions Compare(string column, string sign, long value)
    {
        _text.Append(" AND a.").Append(column).Append(' ').Append(sign).Append(' ').Append(Add(value));
        return this;
    }

    /// <summary>A part of one of the columns, without regard to case; what the term holds stands for itself.</summary>
    public SqlConditions Contains(string? term, params string[] columns)
    {
        if (string.IsNullOrWhiteSpace(term))
            return this;
        string escaped = term.Trim().ToLowerInvariant().Replace("~", "~~", StringComparison.Ordinal).Replace("%", "~%", StringComparison.Ordinal)
            .Replace("_", "~_", StringComparison.Ordinal).Replace("[", "~[", StringComparison.Ordinal);
        string name = Add($"%{escaped}%");
        _text.Append(" AND (").AppendJoin(" OR ", columns.Select(c => $"LOWER(a.{c}) LIKE {name} ESCAPE '~'")).Append(')');
        return this;
    }

    public Statement Select(string columns, string table, string? orderBy = null, Stretch? stretch = null)
    {
        string text = $"SELECT {columns} FROM {table} a WHERE {_text}{(orderBy is null ? "" : " ORDER BY " + orderBy)}";
        if (stretch is not { } part)
            return new Statement(text, [.. Parameters]);
        Parameters.Add(sql.Value("@skip", part.Skip));
        Parameters.Add(sql.Value("@take", part.Take));
        return new Statement(sql.Page(text, "@skip", "@take"), [.. Parameters]);
    }

    public Statement Count(string table) => new($"SELECT COUNT(*) FROM {table} a WHERE {_text}", [.. Parameters]);

    public Statement Grouped(string columns, string table, string groupBy, string orderBy) =>
        new($"SELECT {columns} FROM {table} a WHERE {_text} GROUP BY {groupBy} ORDER BY {orderBy}", [.. Parameters]);

    private string Add(object value)
    {
        string name = Name();
        Parameters.Add(sql.Value(name, value));
        return name;
    }

    private string Name() => string.Create(CultureInfo.InvariantCulture, $"@q{_next++}");
}
