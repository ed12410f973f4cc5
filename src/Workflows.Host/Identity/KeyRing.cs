using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;

namespace Workflows.Host.Identity;

/// <summary>Keeps the keys of data protection in the database, so that every node and every restart reads the same tokens.</summary>
internal sealed class KeyRing(IServiceScopeFactory scopes) : IXmlRepository
{
    /// <inheritdoc/>
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var scope = scopes.CreateScope();
        var database = scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>();
        return [.. database.Set<DataProtectionKeyRow>().AsNoTracking().Select(row => row.Xml).ToList().Select(XElement.Parse)];
    }

    /// <inheritdoc/>
    public void StoreElement(XElement element, string friendlyName)
    {
        using var scope = scopes.CreateScope();
        var database = scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>();
        database.Add(new DataProtectionKeyRow { Id = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
        // The interface is synchronous; the asynchronous path is the one that passes the write gate.
        database.SaveChangesAsync().GetAwaiter().GetResult();
    }
}
