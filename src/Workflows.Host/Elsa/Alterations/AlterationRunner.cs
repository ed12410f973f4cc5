using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Workflows.Host.Api.Changes;
using Workflows.Host.Elsa.Instances;
using Workflows.Host.Problems;
using Workflows.Storage.Alterations;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Sessions;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Elsa.Alterations;

/// <summary>
/// Works plans off in the background, job by job. A job becomes Completed in the commit of its effect, so that a plan goes on where it stood
/// after a restart; its key makes it act once even where two nodes take up the same plan.
/// </summary>
internal sealed class AlterationRunner(IServiceScopeFactory scopes, IStimulusGate gate, StimulusKeys keys, ILogger<AlterationRunner> log) : BackgroundService
{
    private const int Together = 32;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _signal = new(1, 1);

    /// <summary>There is a new plan.</summary>
    public void Wake()
    {
        try
        {
            if (_signal.CurrentCount == 0)
                _signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else has just rung.
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _signal.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await _signal.WaitAsync(stoppingToken);
                while (await NextAsync(stoppingToken) is { } plan)
                    await WorkAsync(plan, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                log.LogError(fault, "Plans of alterations could not be worked off");
                await _signal.WaitAsync(Pause, stoppingToken);
                Wake();
            }
        }
    }

    private async Task<AlterationPlanRow?> NextAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>().Set<AlterationPlanRow>().AsNoTracking()
            .Where(plan => plan.State == "Running").OrderBy(plan => plan.CreatedAt).ThenBy(plan => plan.Id).FirstOrDefaultAsync(cancellationToken);
    }

    private async Task WorkAsync(AlterationPlanRow plan, CancellationToken cancellationToken)
    {
        var alterations = AlterationReader.Read(JsonSerializer.Deserialize<IReadOnlyList<JsonObject>>(plan.Alterations, StrictBody.Options));
        var actor = JsonSerializer.Deserialize<Actor>(plan.Actor, StorageJson.Options)!;
        while (true)
        {
            AlterationJobRow[] jobs;
            await using (var scope = scopes.CreateAsyncScope())
            {
                jobs = await scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>().Set<AlterationJobRow>().AsNoTracking()
                    .Where(job => job.PlanId == plan.Id && job.State == "Pending").OrderBy(job => job.Position).Take(Together).ToArrayAsync(cancellationToken);
            }

            if (jobs.Length == 0)
                break;
            await Task.WhenAll(jobs.Select(job => WorkAsync(job, alterations, actor, cancellationToken)));
        }

        await gate.CommandAsync(keys.Next(), "alterations", actor, (session, _) =>
        {
            plan.State = "Completed";
            plan.CompletedAt = session.Now;
            ((IRowSession)session).Put(plan.Id, plan);
            return ValueTask.FromResult(true);
        }, cancellationToken: cancellationToken);
    }

    private async Task WorkAsync(AlterationJobRow job, IReadOnlyList<InstanceAlteration> alterations, Actor actor, CancellationToken cancellationToken)
    {
        try
        {
            await gate.SendAsync(new AlterInstance
            {
                Key = "alteration|" + job.Id,
                Idempotency = new IdempotencyKey("alteration", job.Id, ""),
                Actor = actor,
                InstanceId = job.InstanceId,
                Alterations = alterations,
                Note = (session, outcome) => ((IRowSession)session).Put(job.Id, Ended(job, "Completed", AlterationDesk.ResultOf(outcome, session.Now), session.Now)),
            }, cancellationToken);
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or StoreBusyException))
        {
            if (InstanceChanges.RefusalOf(fault) is not { } refusal)
            {
                log.LogError(fault, "Alteration of {Instance} failed", job.InstanceId);
                refusal = new Refusal(500, "internal", "", "迁移或变更时发生内部错误，已记录；实例保持原样。");
            }

            await gate.CommandAsync(keys.Next(), job.InstanceId, actor, (session, _) =>
            {
                ((IRowSession)session).Put(job.Id, Ended(job, "Failed", AlterationDesk.ResultOf(job.InstanceId, new RefusedException(refusal), session.Now), session.Now));
                return ValueTask.FromResult(true);
            }, cancellationToken: cancellationToken);
        }
    }

    private static AlterationJobRow Ended(AlterationJobRow job, string state, AlterationResult result, DateTimeOffset at) => new()
    {
        Id = job.Id,
        PlanId = job.PlanId,
        InstanceId = job.InstanceId,
        Position = job.Position,
        State = state,
        CreatedAt = job.CreatedAt,
        CompletedAt = at,
        Log = JsonSerializer.Serialize(result, ElsaJson.Options),
    };
}
