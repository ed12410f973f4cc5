using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Workflows.Storage.Commit;
using Workflows.Storage.Model;
using Workflows.Storage.SqlServer;
using Workflows.Storage.Tests.Stores;

namespace Workflows.Storage.Tests.Conformance;

/// <summary>No SQL Server runs here: its migrations are checked by their script. Where WORKFLOWS_TEST_SQLSERVER is set, the whole suite runs as well.</summary>
public sealed class SqlServerTests
{
    [Fact]
    public void The_migrations_script_creates_every_table_of_the_model()
    {
        using WorkflowsDbContext context = new StoreModel(new SqlServerStore("Server=none;Database=none"), DomainAggregates.Shared).CreateContext();
        string script = context.GetService<IMigrator>().GenerateScript();
        IRelationalModel model = context.GetService<IDesignTimeModel>().Model.GetRelationalModel();
        Assert.NotEmpty(model.Tables);
        Assert.All(model.Tables, t => Assert.Contains($"CREATE TABLE [{t.Name}]", script, StringComparison.Ordinal));
        Assert.False(context.Database.HasPendingModelChanges());
    }

    [SqlServerFact]
    public async Task It_passes_the_conformance_suite()
    {
        var fixture = new SqlServerFixture();
        var failures = new List<string>();
        foreach (MethodInfo test in typeof(StoreConformance).GetMethods().Where(m => m.IsDefined(typeof(FactAttribute))))
        {
            try
            {
                await (Task)test.Invoke(new Suite(fixture), null)!;
            }
            catch (Exception e)
            {
                failures.Add($"{test.Name}: {e.Message}");
            }
        }
        Assert.Empty(failures);
    }

    private sealed class Suite(SqlServerFixture fixture) : StoreConformance(fixture);

    /// <summary>Runs only where a SQL Server is given.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class SqlServerFactAttribute : FactAttribute
    {
        public SqlServerFactAttribute()
        {
            if (SqlServerFixture.Connection is null)
                Skip = "Set WORKFLOWS_TEST_SQLSERVER to the connection string of a database that may be emptied.";
        }
    }
}
