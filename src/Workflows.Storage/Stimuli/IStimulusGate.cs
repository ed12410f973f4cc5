using System.Text.Json;
using Workflows.Storage.Model;
using Workflows.Supervision.Sessions;

namespace Workflows.Storage.Stimuli;

/// <summary>The one way to change workflows and the domain.</summary>
public interface IStimulusGate
{
    /// <summary>Carries out a stimulus and answers when it is durable.</summary>
    /// <exception cref="RuleViolationException">A rule forbids it; nothing was changed.</exception>
    /// <exception cref="IdempotencyConflictException">Its idempotency key belongs to another request.</exception>
    /// <exception cref="UnknownWorkflowException">What it names does not exist.</exception>
    ValueTask<StimulusResult> SendAsync(Stimulus stimulus, CancellationToken cancellationToken = default);
}

/// <summary>Shorter forms of <see cref="IStimulusGate.SendAsync"/>.</summary>
public static class StimulusGateExtensions
{
    /// <summary>Carries out a domain command and returns its typed result, replayed or new.</summary>
    /// <param name="gate">The gate.</param>
    /// <param name="key">Key of the stimulus, see <see cref="Stimulus.Key"/>.</param>
    /// <param name="caseKey">Family that it changes.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="command">What to do; may run more than once.</param>
    /// <param name="idempotency">Key for replay, or null.</param>
    /// <param name="cancellationToken">Gives up waiting; the command may still be carried out.</param>
    public static async ValueTask<T> CommandAsync<T>(
        this IStimulusGate gate,
        string key,
        string caseKey,
        Actor actor,
        Func<ISupervisionSession, CancellationToken, ValueTask<T>> command,
        IdempotencyKey? idempotency = null,
        CancellationToken cancellationToken = default)
    {
        StimulusResult result = await gate.SendAsync(
            new DomainCommand
            {
                Key = key,
                CaseKey = caseKey,
                Actor = actor,
                Idempotency = idempotency,
                Execute = async (session, _, token) => await command(session, token),
            },
            cancellationToken);
        return result.Outcome == StimulusOutcome.Replayed && result.Answer is { } answer
            ? JsonSerializer.Deserialize<T>(answer, StorageJson.Options)!
            : (T)result.Value!;
    }
}
