using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Workflows.Storage.Model;

namespace Workflows.Storage.SqlServer;

/// <summary>Lets <c>dotnet ef migrations add NAME -p src/Workflows.Storage.SqlServer</c> build the model.</summary>
[SuppressMessage("Reliability", "CA2000", Justification = "The tool ends with the process.")]
internal sealed class SqlServerDesignTime : IDesignTimeDbContextFactory<WorkflowsDbContext>
{
    public WorkflowsDbContext CreateDbContext(string[] args)
    {
        // The tool ends with the process; nothing is opened.
        var store = new SqlServerStore("Server=localhost;Database=design_time");
        var options = new DbContextOptionsBuilder<WorkflowsDbContext>();
        store.Configure(options);
        return new WorkflowsDbContext(options.Options, DomainAggregates.Map(), store.Gate);
    }
}
