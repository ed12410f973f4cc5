using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Activities.Planning;
using Workflows.Host.Api.Reading;
using Workflows.Storage.Outbox;
using Workflows.Supervision;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Jobs;

/// <summary>
/// Makes very large draws beside the pump. It reads what was frozen, draws outside any transaction, and hands the result to the step that waits for it.
/// Made twice, after a crash or by two nodes, it gives the same bytes, and the wait takes one of them.
/// </summary>
internal sealed class DrawJob(IServiceScopeFactory scopes, IScenarioCatalogue scenarios) : IOutboxChannel
{
    /// <inheritdoc/>
    public string Name => LargeDraw.Job;

    /// <inheritdoc/>
    public bool TakesLong => true;

    /// <inheritdoc/>
    public async ValueTask<OutboxAnswer> DeliverAsync(OutboxItem item, CancellationToken cancellationToken)
    {
        var order = JsonSerializer.Deserialize<DrawJobOrder>(item.Body, SupervisionJson.Options) ?? throw new InvalidDataException("The order is empty.");
        try
        {
            var made = (await InputAsync(order, cancellationToken)).Require(order).Make();
            return OutboxAnswer.Answered(new Dictionary<string, JsonNode?> { [DrawTargetsAndOfficers.MadeInput] = JsonSerializer.SerializeToNode(made, SupervisionJson.Options) });
        }
        catch (DomainRuleException refused)
        {
            // What a rule forbids it will forbid again: the step is told, and the plan shows an incident.
            return OutboxAnswer.Answered(new Dictionary<string, JsonNode?>
            {
                [DrawTargetsAndOfficers.RefusedInput] = new JsonObject { ["code"] = refused.Code, ["message"] = refused.Message },
            });
        }
    }

    private async Task<DrawInput> InputAsync(DrawJobOrder order, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var rows = scope.ServiceProvider.GetRequiredService<AggregateReader>();
        async ValueTask<T> FindAsync<T>(string? id)
            where T : class, IAggregate =>
            id is not null && await rows.FindAsync<T>(id, cancellationToken) is { } found ? found : throw new InvalidDataException($"{typeof(T).Name} {id} of the draw {order.DrawId} does not exist.");
        var plan = await FindAsync<InspectionPlan>(order.PlanId);
        return new DrawInput(
            plan, await FindAsync<DrawSheet>(plan.TargetRoster?.SnapshotId), await FindAsync<SealedSecret>(plan.Commitment?.SecretKey),
            PlanDraw.UniformPercent(plan, (await scenarios.RequireAsync(plan.PackageVersionId, cancellationToken)).Scenario));
    }
}
