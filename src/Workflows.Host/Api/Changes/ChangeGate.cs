using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Workflows.Host.Idempotency;
using Workflows.Host.Json;
using Workflows.Host.Problems;
using Workflows.Host.Access;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Changes;

/// <summary>
/// The way from a request to the gate: the caller's key goes with the stimulus into the same commit, and what the gate answers
/// becomes the answer of the route, new or replayed.
/// </summary>
internal sealed class ChangeGate(StimulusPump pump, StimulusKeys keys, WorkflowsDbContext database)
{
    /// <summary>A random key for a stimulus from outside; what is derived from it cannot be guessed.</summary>
    public string NewKey() => keys.Next();

    /// <summary>Whether the answer of an earlier request with this key is kept.</summary>
    public Task<bool> IsKeptAsync(IdempotencyKey key, CancellationToken cancellationToken) =>
        database.Set<IdempotencyRow>().AsNoTracking().AnyAsync(row => row.Scope == key.Scope && row.Key == key.Key, cancellationToken);

    /// <summary>Sends the stimulus that <paramref name="build"/> makes and answers with what <paramref name="answer"/> reads behind it.</summary>
    public async Task<IResult> OnceAsync<T>(HttpContext context, Func<IdempotencyKey, Task<Stimulus>> build, Func<Task<T>> answer)
    {
        var result = await SendAsync(await build(KeyOf(context)), context.RequestAborted);
        if (result.Outcome == StimulusOutcome.NothingToDo)
            throw new RefusedException(new Refusal(409, "nothing-waits", "id", "此步骤已由他人办结、已撤回或流程已结束：请刷新后再看。"));
        if (result.Outcome == StimulusOutcome.Replayed)
            context.Response.Headers[RequestKey.ReplayedHeader] = "true";
        return Results.Json(await answer(), HostJson.Options);
    }

    /// <summary>Changes the domain under the lock of one family; the result is the answer, kept with the key.</summary>
    public async Task<IResult> CommandAsync<T>(
        HttpContext context, string caseKey, Func<ISupervisionSession, CancellationToken, ValueTask<T>> command, CancellationToken cancellationToken,
        int status = StatusCodes.Status200OK, Actor? actor = null)
    {
        var result = await SendAsync(
            new DomainCommand
            {
                Key = NewKey(),
                Actor = actor ?? context.User.ToActor(),
                CaseKey = caseKey,
                Idempotency = KeyOf(context),
                Execute = async (session, _, token) => await command(session, token),
            },
            cancellationToken);
        if (result.Outcome != StimulusOutcome.Replayed)
            return Results.Json((T)result.Value!, HostJson.Options, statusCode: status);
        context.Response.Headers[RequestKey.ReplayedHeader] = "true";
        return Results.Json(JsonSerializer.Deserialize<T>(result.Answer!, StorageJson.Options), HostJson.Options, statusCode: status);
    }

    /// <summary>Changes the domain through one of its services; the result is the answer, kept with the key.</summary>
    public async Task<IResult> ServiceAsync<TService, TResult>(
        HttpContext context, string caseKey, Func<TService, CancellationToken, ValueTask<TResult>> act, CancellationToken cancellationToken,
        int status = StatusCodes.Status200OK, Actor? actor = null)
        where TService : notnull
    {
        var result = await SendAsync(
            new DomainCommand
            {
                Key = NewKey(),
                Actor = actor ?? context.User.ToActor(),
                CaseKey = caseKey,
                Idempotency = KeyOf(context),
                Execute = async (_, services, token) => await act(services.GetRequiredService<TService>(), token),
            },
            cancellationToken);
        if (result.Outcome == StimulusOutcome.Replayed)
            return new KeptAnswer(status, result.Answer);
        return Results.Text(JsonSerializer.Serialize(result.Value, SupervisionJson.Options), "application/json; charset=utf-8", statusCode: status);
    }

    /// <summary>
    /// Sends a stimulus; what the gate refuses becomes a refusal of the request. Letters that it caused (the cases of a confirmed draw)
    /// are carried out before the answer, so that whoever reads next finds what it has brought about.
    /// </summary>
    public async Task<StimulusResult> SendAsync(Stimulus stimulus, CancellationToken cancellationToken)
    {
        var result = await RefusingAsync(() => pump.SendAsync(stimulus, cancellationToken).AsTask());
        if (result.WroteLetters)
            await pump.SettleAsync(cancellationToken);
        return result;
    }

    /// <summary>Does something through the gate; what the gate refuses becomes a refusal of the request.</summary>
    public async Task<T> RefusingAsync<T>(Func<Task<T>> change)
    {
        try
        {
            return await change();
        }
        catch (IdempotencyConflictException)
        {
            throw new RefusedException(RequestKey.Reused);
        }
        catch (UnknownWorkflowException unknown)
        {
            throw new RefusedException(new Refusal(404, "not-found", "", unknown.Message));
        }
        catch (StoreBusyException busy)
        {
            throw new RefusedException(new Refusal(503, "busy", "", busy.Message));
        }
    }

    /// <summary>The caller's key as the gate keeps it.</summary>
    public static IdempotencyKey KeyOf(HttpContext context)
    {
        var key = context.RequestKey();
        return new IdempotencyKey(key.Scope, key.Key, key.BodyHash);
    }
}
