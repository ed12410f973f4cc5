using System.Text.Json.Nodes;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Exchange;

/// <summary>A human step of a diagram that a platform has done: it is completed as if the officer had handed it in here.</summary>
/// <param name="TaskKind">Kind of the step, such as <c>visit.record</c>.</param>
/// <param name="Outcome">Outcome, or null where the domain decides.</param>
/// <param name="Data">What is handed in.</param>
/// <param name="Signer">Officer who signed it there, or the platform for its organ.</param>
public sealed record ExchangeStep(string TaskKind, string? Outcome, JsonObject Data, Actor Signer);

/// <summary>What a record means for its case.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="CaseKey">Its family.</param>
/// <param name="Steps">Open steps that it completes, in order.</param>
/// <param name="Effect">What it brings about, as people read it.</param>
/// <param name="Lines">Lines of the sheet, by the place in the data that they fill.</param>
public sealed record ExchangeWork(string CaseId, string CaseKey, IReadOnlyList<ExchangeStep> Steps, string Effect, IReadOnlyDictionary<string, int> Lines)
{
    /// <summary>The line that a refused field comes from; 0 where it is not one line's.</summary>
    public int LineOf(string field) => Lines.Where(pair => field.StartsWith(pair.Key, StringComparison.Ordinal)).OrderByDescending(pair => pair.Key.Length).Select(pair => pair.Value).FirstOrDefault();
}

/// <summary>Work that goes out of a case and comes back into the same step of its diagram.</summary>
public interface ITaskExchange
{
    /// <summary>What it exchanges.</summary>
    ExchangeKind Kind { get; }

    /// <summary>Kinds of steps that it waits in.</summary>
    IReadOnlyList<string> TaskKinds { get; }

    /// <summary>The case behind a number of this kind; null for a number of another form.</summary>
    /// <param name="number">Number as it went out.</param>
    string? CaseNumberOf(string number);

    /// <summary>What a platform gets of a case; nothing where no such step is open.</summary>
    ValueTask<IReadOnlyList<IReadOnlyDictionary<string, string>>> RowsAsync(string caseId, ExchangePlatform platform, CancellationToken cancellationToken = default);

    /// <summary>What a record means; null after problems were reported on its lines.</summary>
    /// <exception cref="RuleViolationException">No such step waits.</exception>
    ValueTask<ExchangeWork?> ReadAsync(ExchangeRecord record, ExchangePlatform platform, CancellationToken cancellationToken = default);

    /// <summary>Does in the domain what the steps will do, so that every rule is asked; whoever calls takes it back.</summary>
    /// <exception cref="RuleViolationException">A rule forbids it.</exception>
    ValueTask RehearseAsync(ExchangeWork work, CancellationToken cancellationToken = default);
}
