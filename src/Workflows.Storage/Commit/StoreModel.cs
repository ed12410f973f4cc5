using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Workflows.Storage.Model;
using Workflows.Storage.Providers;

namespace Workflows.Storage.Commit;

/// <summary>The database, its model and the maps of its tables: what all parts of the spine share.</summary>
public sealed class StoreModel
{
    private readonly DbContextOptions<WorkflowsDbContext> _options;
    private readonly ConcurrentDictionary<Type, TableMap> _tables = new();
    private readonly Lazy<IModel> _model;

    /// <summary>Creates the model of a store.</summary>
    /// <param name="provider">The database.</param>
    /// <param name="aggregates">Aggregates that have tables.</param>
    public StoreModel(StoreProvider provider, AggregateMap aggregates)
    {
        Provider = provider;
        Aggregates = aggregates;
        var options = new DbContextOptionsBuilder<WorkflowsDbContext>();
        provider.Configure(options);
        options.ReplaceService<Microsoft.EntityFrameworkCore.Infrastructure.IModelCacheKeyFactory, AggregateModelCacheKey>();
        _options = options.Options;
        _model = new Lazy<IModel>(() =>
        {
            using WorkflowsDbContext context = CreateContext();
            return context.Model;
        });
    }

    /// <summary>The database.</summary>
    public StoreProvider Provider { get; }

    /// <summary>Aggregates that have tables.</summary>
    public AggregateMap Aggregates { get; }

    /// <summary>A context for queries, Identity and migrations; the caller disposes it.</summary>
    public WorkflowsDbContext CreateContext() => new(_options, Aggregates, Provider.Gate);

    internal SqlDialect Dialect => Provider.Dialect;

    internal TableMap Table(Type row) => _tables.GetOrAdd(row, static (type, self) => TableMap.Of(
        self._model.Value.FindEntityType(type) ?? throw new InvalidOperationException($"{type.Name} is not part of the model.")), this);
}
