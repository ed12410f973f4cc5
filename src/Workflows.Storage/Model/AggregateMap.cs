using Workflows.Supervision.Sessions;

namespace Workflows.Storage.Model;

/// <summary>Which aggregates are stored, and in which table each. One line registers one more.</summary>
public sealed class AggregateMap
{
    private readonly Dictionary<Type, AggregateTable> _tables = [];

    /// <summary>The tables in order of registration.</summary>
    public IReadOnlyCollection<AggregateTable> Tables => _tables.Values;

    /// <summary>Registers a type.</summary>
    /// <typeparam name="T">Type of the aggregate.</typeparam>
    /// <param name="table">Name of its table, snake_case.</param>
    public AggregateMap Add<T>(string table)
        where T : class, IAggregate
    {
        _tables.Add(typeof(T), new AggregateTable(typeof(T), typeof(AggregateRow<T>), table, static (aggregate, baseRevision) => AggregateRow<T>.Of((T)aggregate, baseRevision)));
        return this;
    }

    /// <summary>
    /// Says that a department with a row of this type in a case or plan takes part in it, and therefore sees what its departments share
    /// (rows without a department): the row-level rule of joint tasks.
    /// </summary>
    /// <typeparam name="T">A registered type.</typeparam>
    public AggregateMap Shares<T>()
        where T : class, IAggregate
    {
        this[typeof(T)].IsShare = true;
        return this;
    }

    /// <summary>Says that rows of this type are what families of instances are about: a case, a plan.</summary>
    /// <typeparam name="T">A registered type.</typeparam>
    public AggregateMap Matters<T>()
        where T : class, IAggregate
    {
        this[typeof(T)].IsMatter = true;
        return this;
    }

    internal AggregateTable this[Type type] =>
        _tables.TryGetValue(type, out AggregateTable? table)
            ? table
            : throw new InvalidOperationException($"{type.Name} has no table: register it in {nameof(DomainAggregates)}.");
}

/// <summary>The table of one type of aggregate.</summary>
public sealed class AggregateTable
{
    internal AggregateTable(Type type, Type rowType, string name, Func<IAggregate, long, AggregateRow> toRow)
    {
        Type = type;
        RowType = rowType;
        Name = name;
        ToRow = toRow;
    }

    /// <summary>Type of the aggregate.</summary>
    public Type Type { get; }

    /// <summary>Name of the table.</summary>
    public string Name { get; }

    internal bool IsShare { get; set; }

    internal bool IsMatter { get; set; }

    internal Type RowType { get; }

    internal Func<IAggregate, long, AggregateRow> ToRow { get; }
}
