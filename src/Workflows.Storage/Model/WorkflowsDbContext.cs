using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Providers;

namespace Workflows.Storage.Model;

/// <summary>
/// The model: Identity, workflows, deliveries, the audit trail and one table for each aggregate of the domain.
/// It serves migrations, queries and Identity; the hot writes go through the commit.
/// </summary>
public sealed class WorkflowsDbContext : IdentityDbContext<WorkflowUser>
{
    private readonly AggregateMap _aggregates;
    private readonly WriteGate _gate;

    /// <summary>Creates a context.</summary>
    /// <param name="options">Options with the provider.</param>
    /// <param name="aggregates">Aggregates that have tables.</param>
    /// <param name="gate">The gate that all writers of the database pass.</param>
    public WorkflowsDbContext(DbContextOptions<WorkflowsDbContext> options, AggregateMap aggregates, WriteGate gate)
        : base(options)
    {
        _aggregates = aggregates;
        _gate = gate;
    }

    internal AggregateMap Aggregates => _aggregates;

    /// <inheritdoc/>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        using WriteGate.Turn turn = await _gate.EnterAsync(cancellationToken);
        return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicksConverter>();
    }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        ModelTables.Workflows(builder);
        ModelTables.Alterations(builder);
        ModelTables.Deliveries(builder);
        ModelTables.Supervision(builder);
        ModelTables.Leads(builder);
        foreach (AggregateTable table in _aggregates.Tables)
            ModelTables.Aggregate(builder, table);
        SnakeCaseNames.Apply(builder);
    }
}
