using System.Text.Json.Nodes;
using Workflows.Supervision.Exchange;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Exchange;

/// <summary>What is answered for a record.</summary>
internal static class ExchangeAnswers
{
    /// <summary>Code of the refusal that takes a rehearsal back.</summary>
    public const string Rehearsed = "exchange-rehearsed";

    /// <summary>Ends a rehearsal: what it did is taken back.</summary>
    public static RuleViolationException RehearsalOver => new(RefusalKind.Conflict, Rehearsed, "", "试行结束，未作任何改变。");

    /// <summary>A record with an outcome.</summary>
    public static ExchangedRecord Answer(this ExchangeRecord record, ExchangeOutcome outcome) => new(record.ExternalId, record.Rows[0].Line, outcome);

    /// <summary>A record whose number was taken before: the same again, or something else.</summary>
    public static ExchangedRecord Again(this ExchangeRecord record, ExchangeEntry taken) => taken.Sha256 == record.Sha256
        ? record.Answer(ExchangeOutcome.Repeated) with { CaseId = taken.CaseId, SubjectId = taken.SubjectId, Effect = taken.Effect }
        : record.Answer(ExchangeOutcome.Conflict) with { CaseId = taken.CaseId, SubjectId = taken.SubjectId, Kept = taken.Content is { } kept ? JsonNode.Parse(kept) : null, Given = JsonNode.Parse(record.Content) };

    /// <summary>A broken rule as a problem of a line.</summary>
    public static ImportProblem Problem(this ExchangeRecord record, RuleViolationException wrong, int line = 0) =>
        new(line > 0 ? line : record.Rows[0].Line, "", record.Number, wrong.Message, $"（{wrong.Code}）");
}
