using Workflows.Host.Access;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Reading;
using Workflows.Host.Idempotency;
using Workflows.Host.Problems;
using Workflows.Storage.Outbox;
using Workflows.Storage.Queries;
using Workflows.Storage.Queries.Instances;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Operations;

/// <summary>Which failed steps of an instance are tried again.</summary>
/// <param name="ActivityInstanceIds">Executions; null for all that failed.</param>
internal sealed record IncidentRetry(IReadOnlyList<string>? ActivityInstanceIds = null);

/// <summary>An instance whose failed steps were tried again.</summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="SubStatus">Its status now; <c>Faulted</c> where a step failed again.</param>
internal sealed record IncidentRetried(string InstanceId, string? SubStatus);

/// <summary>A dead letter that was put back.</summary>
/// <param name="Id">The letter.</param>
internal sealed record DeadLetterRetried(string Id);

/// <summary>重试: what failed is tried again once its cause is removed. Who asked stands in the audit trail.</summary>
internal static class RetryRoutes
{
    /// <summary>Maps the two routes.</summary>
    public static void MapRetries(this RouteGroupBuilder operations)
    {
        operations.MapPost("/incidents/{instanceId}/retry", RetryIncidentAsync).For(Role.Administrator, Role.Dispatcher).Idempotent().Produces<IncidentRetried>()
            .WithSummary("重试流程实例中失败的步骤：异常消除，步骤从头执行");
        operations.MapPost("/dead-letters/{id}/retry", RetryLetterAsync).For(Role.Administrator, Role.Dispatcher).Idempotent().Produces<DeadLetterRetried>()
            .WithSummary("重新投递未能执行的事项：定时器立即到期，信件、对外消息重新发送");
    }

    private static async Task<IResult> RetryIncidentAsync(
        string instanceId, IncidentRetry retry, HttpContext context, InstanceReader instances, Viewer viewer, ChangeGate gate, CancellationToken cancellationToken)
    {
        var actor = viewer.Actor;
        var instance = await instances.FindAsync(instanceId, FamilySight.OfOperator(actor), cancellationToken) ?? throw Viewer.NotFound("流程实例");
        return await gate.OnceAsync(
            context,
            idempotency => Task.FromResult<Stimulus>(new RetryIncident
            {
                Key = gate.NewKey(),
                Actor = actor,
                Idempotency = idempotency,
                InstanceId = instanceId,
                ActivityInstanceIds = retry.ActivityInstanceIds,
            }),
            (session, result, _) =>
            {
                session.Audit(Fact(instance.CaseKey, "incident.retried", ("instance", instanceId), ("status", result.SubStatus)));
                return ValueTask.FromResult(new IncidentRetried(instanceId, result.SubStatus));
            },
            nothing: new Refusal(409, "nothing-faulted", "instanceId", "该流程实例没有失败的步骤，或已结束：请刷新后再看。"));
    }

    private static async Task<IResult> RetryLetterAsync(
        string id, HttpContext context, OperationQueries operations, DeadLetters letters, Viewer viewer, ChangeGate gate, StimulusPump pump, OutboxDelivery outbox, CancellationToken cancellationToken)
    {
        var found = (await operations.StimuliAsync(FamilySight.OfOperator(viewer.Actor), new Stretch(0, 1), id, cancellationToken)).Items;
        if (found.Count == 0 && !await gate.IsKeptAsync(ChangeGate.KeyOf(context), cancellationToken))
            throw Viewer.NotFound("未执行事项");
        var answer = await gate.CommandAsync(
            context, found.Count > 0 ? found[0].CaseKey : "",
            async (session, token) =>
            {
                if (!await letters.PutBackAsync(session, id, token))
                    throw Viewer.NotFound("未执行事项");
                session.Audit(Fact(found[0].CaseKey, "dead-letter.retried", ("letter", id), ("kind", found[0].Kind)));
                return new DeadLetterRetried(id);
            },
            cancellationToken);
        // A timer or message that is due again was not known to those who sleep.
        pump.Wake();
        outbox.Wake();
        return answer;
    }

    private static AuditFact Fact(string caseKey, string kind, params (string Name, string? Value)[] data) =>
        new(caseKey, kind, data.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal));
}
