using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Workflows.Storage.Model;

/// <summary>Keeps models with different aggregates apart in EF Core's cache of models.</summary>
internal sealed class AggregateModelCacheKey : IModelCacheKeyFactory
{
    public object Create(DbContext context, bool designTime) =>
        (context.GetType(), ((WorkflowsDbContext)context).Aggregates, designTime);
}
