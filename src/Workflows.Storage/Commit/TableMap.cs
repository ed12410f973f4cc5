using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Workflows.Storage.Commit;

/// <summary>How a column is carried to the database.</summary>
internal enum ColumnKind
{
    Text,
    Integer,
    Long,
    Flag,
}

/// <summary>A column of the model with the way to read its value from a row.</summary>
internal sealed record ColumnMap(string Name, ColumnKind Kind, bool IsKey, Func<object, object?> Value);

/// <summary>A table of the model as the commit writes it; taken from EF Core's metadata once.</summary>
internal sealed class TableMap
{
    private TableMap(string name, ColumnMap[] columns)
    {
        Name = name;
        Columns = columns;
        Keys = [.. columns.Where(c => c.IsKey)];
        Versioned = columns.Any(c => c.Name == "base_revision");
    }

    public string Name { get; }

    public IReadOnlyList<ColumnMap> Columns { get; }

    public IReadOnlyList<ColumnMap> Keys { get; }

    /// <summary>Whether a row may only follow the revision that was read.</summary>
    public bool Versioned { get; }

    public static TableMap Of(IEntityType entity)
    {
        var columns = new List<ColumnMap>();
        foreach (IProperty property in entity.GetProperties())
        {
            if (property is { ValueGenerated: ValueGenerated.OnAdd } && property.ClrType == typeof(long))
                continue;
            ValueConverter? converter = property.GetValueConverter() ?? property.FindTypeMapping()?.Converter;
            Type type = Nullable.GetUnderlyingType(converter?.ProviderClrType ?? property.ClrType) ?? converter?.ProviderClrType ?? property.ClrType;
            columns.Add(new ColumnMap(property.GetColumnName(), KindOf(type, property), property.IsPrimaryKey(), Getter(property.PropertyInfo!, converter)));
        }
        return new TableMap(entity.GetTableName()!, [.. columns]);
    }

    private static ColumnKind KindOf(Type type, IProperty property) =>
        type == typeof(string) ? ColumnKind.Text
        : type == typeof(int) ? ColumnKind.Integer
        : type == typeof(long) ? ColumnKind.Long
        : type == typeof(bool) ? ColumnKind.Flag
        : throw new NotSupportedException($"{property.DeclaringType.Name}.{property.Name}: the commit writes texts, numbers, flags and instants only.");

    private static Func<object, object?> Getter(PropertyInfo property, ValueConverter? converter)
    {
        ParameterExpression row = Expression.Parameter(typeof(object));
        Expression value = Expression.Convert(Expression.Property(Expression.Convert(row, property.DeclaringType!), property), typeof(object));
        Func<object, object?> read = Expression.Lambda<Func<object, object?>>(value, row).Compile();
        if (converter is null)
            return read;
        Func<object?, object?> convert = converter.ConvertToProvider;
        return r => read(r) is { } v ? convert(v) : null;
    }
}
