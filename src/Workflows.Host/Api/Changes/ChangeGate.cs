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

    /// <summary>Sends the stimulus that <paramref name="build"/> makes; the answer is made of what it has done, in the same commit.</summary>
    public async Task<IResult> OnceAsync<T>(
        HttpContext context, Func<IdempotencyKey, Task<Stimulus>> build, Func<ISupervisionSession, StimulusResult, CancellationToken, ValueTask<T>> answer,
        int status = StatusCodes.Status200OK, Refusal? nothing = null)
    {
        var stimulus = await build(KeyOf(context)) with
        {
            Answering = async (session, result, token) => JsonSerializer.Serialize(await answer(session, result, token), HostJson.Options),
        };
        var result = await SendAsync(stimulus, context.RequestAborted);
        return result.Outcome == StimulusOutcome.NothingToDo
            ? throw new RefusedException(nothing ?? new Refusal(409, "nothing-waits", "id", "此步骤已由他人办结、已撤回或流程已结束：请刷新后再看。"))
            : AnswerOf(result, status);
    }

    /// <summary>Changes the domain under the lock of one family; the result is the answer, kept with the key.</summary>
    public Task<IResult> CommandAsync<T>(
        HttpContext context, string caseKey, Func<ISupervisionSession, CancellationToken, ValueTask<T>> command, CancellationToken cancellationToken,
        int status = StatusCodes.Status200OK, Actor? actor = null) =>
        ExecuteAsync(context, caseKey, async (session, _, token) => await command(session, token), HostJson.Options, status, actor, cancellationToken);

    /// <summary>Changes the domain through one of its services; the result is the answer, kept with the key.</summary>
    public Task<IResult> ServiceAsync<TService, TResult>(
        HttpContext context, string caseKey, Func<TService, CancellationToken, ValueTask<TResult>> act, CancellationToken cancellationToken,
        int status = StatusCodes.Status200OK, Actor? actor = null)
        where TService : notnull =>
        ExecuteAsync(context, caseKey, async (_, services, token) => await act(services.GetRequiredService<TService>(), token), SupervisionJson.Options, status, actor, cancellationToken);

    /// <summary>Makes something that a secret opens. What is kept with the key holds the secret sealed only; the caller unseals it, so that a request that is sent again is told the same one.</summary>
    public async Task<T> SealedAsync<TService, T>(HttpContext context, string caseKey, Func<TService, CancellationToken, Task<T>> make, CancellationToken cancellationToken, Actor? actor = null)
        where TService : notnull
    {
        var result = await SendAsync(
            new DomainCommand
            {
                Key = NewKey(),
                Actor = actor ?? context.User.ToActor(),
                CaseKey = caseKey,
                Idempotency = KeyOf(context),
                Execute = async (_, services, token) => await make(services.GetRequiredService<TService>(), token),
            },
            cancellationToken);
        if (result.Outcome == StimulusOutcome.Replayed)
            context.Response.Headers[RequestKey.ReplayedHeader] = "true";
        return JsonSerializer.Deserialize<T>(result.Answer!, SupervisionJson.Options)!;
    }

    /// <summary>Decides something once for the key of a request that goes on after it; the answer at its end is kept by <see cref="CommandAsync"/>.</summary>
    public async Task<T> DecideAsync<T>(
        HttpContext context, string caseKey, Func<ISupervisionSession, CancellationToken, ValueTask<T>> decide, CancellationToken cancellationToken)
    {
        var result = await SendAsync(
            new DomainCommand
            {
                Key = NewKey(),
                Actor = context.User.ToActor(),
                CaseKey = caseKey,
                Idempotency = FirstStepOf(context),
                Execute = async (session, _, token) => await decide(session, token),
            },
            cancellationToken);
        return result.Outcome == StimulusOutcome.Replayed ? JsonSerializer.Deserialize<T>(result.Answer!, StorageJson.Options)! : (T)result.Value!;
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

    /// <summary>The same key for the first step of a request of several, so that it is not taken for the whole.</summary>
    public static IdempotencyKey FirstStepOf(HttpContext context)
    {
        var key = KeyOf(context);
        return key with { Scope = key.Scope + " first" };
    }

    /// <summary>An answer of the gate as that of the request, new or word for word as it was.</summary>
    public static IResult AnswerOf(StimulusResult result, int status) => result.Outcome == StimulusOutcome.Replayed
        ? new KeptAnswer(status, result.Answer)
        : Results.Text(result.Answer ?? "", "application/json; charset=utf-8", statusCode: status);

    private async Task<IResult> ExecuteAsync(
        HttpContext context, string caseKey, Func<ISupervisionSession, IServiceProvider, CancellationToken, ValueTask<object?>> execute, JsonSerializerOptions form,
        int status, Actor? actor, CancellationToken cancellationToken)
    {
        var result = await SendAsync(
            new DomainCommand
            {
                Key = NewKey(),
                Actor = actor ?? context.User.ToActor(),
                CaseKey = caseKey,
                Idempotency = KeyOf(context),
                Execute = execute,
                Answering = (_, done, _) => ValueTask.FromResult(JsonSerializer.Serialize(done.Value, form)),
            },
            cancellationToken);
        return AnswerOf(result, status);
    }
}
