using Workflows.Storage.Queries;
using Workflows.Storage.Queries.Instances;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Operations;

/// <summary>Instances that need an operator, within the operator's sight.</summary>
internal static class FaultyInstances
{
    /// <summary>Those with incidents, the newest first.</summary>
    public static async Task<CountedPage<InstanceRow>> FaultedAsync(this InstanceReader instances, Actor actor, Stretch stretch, CancellationToken cancellationToken)
    {
        var page = await instances.PageAsync(new InstanceSelection { HasIncidents = true }, FamilySight.OfOperator(actor), InstanceOrder.Created, descending: true, stretch, cancellationToken);
        return new CountedPage<InstanceRow>([.. page.Items.Select(Row)], page.TotalCount);
    }

    /// <summary>Those that run and wait for nothing, the newest first.</summary>
    public static async Task<CountedPage<InstanceRow>> StuckAsync(
        this OperationQueries operations, InstanceReader instances, Actor actor, Stretch stretch, CancellationToken cancellationToken)
    {
        var sight = FamilySight.OfOperator(actor);
        var ids = await operations.StuckAsync(sight, stretch, cancellationToken);
        var rows = ids.Items.Count == 0
            ? []
            : (await instances.PageAsync(new InstanceSelection { Ids = ids.Items }, sight, InstanceOrder.Created, descending: true, new Stretch(0, ids.Items.Count), cancellationToken)).Items;
        return new CountedPage<InstanceRow>([.. rows.Select(Row)], ids.TotalCount);
    }

    private static InstanceRow Row(InstanceHead row) => new(row.Id, row.DefinitionId, row.Version, row.CaseKey, row.Status, row.SubStatus, row.IncidentCount, row.UpdatedAt);
}
