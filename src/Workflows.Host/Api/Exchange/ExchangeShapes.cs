using System.Text.Json.Nodes;
using Workflows.Supervision.Exchange;
using Workflows.Supervision.Rosters;

namespace Workflows.Host.Api.Exchange;

/// <summary>What became of a record that came in.</summary>
internal enum ExchangeOutcome
{
    /// <summary>It had its effect.</summary>
    Taken,

    /// <summary>It would have it; nothing was written.</summary>
    Ready,

    /// <summary>It had its effect before; nothing was done.</summary>
    Repeated,

    /// <summary>Something else was taken under its number before.</summary>
    Conflict,

    /// <summary>It is wrong or cannot be done.</summary>
    Refused,
}

/// <summary>A record that came in, in the order of the file.</summary>
/// <param name="ExternalId">Its number.</param>
/// <param name="Line">Its first line.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="CaseId">Its case, or null.</param>
/// <param name="SubjectId">What it brought about, or null.</param>
/// <param name="Effect">The effect in words, or null.</param>
/// <param name="Kept">What was taken under its number before, where that is something else.</param>
/// <param name="Given">What was given now, in the same case.</param>
internal sealed record ExchangedRecord(
    string ExternalId, int Line, ExchangeOutcome Outcome, string? CaseId = null, string? SubjectId = null, string? Effect = null, JsonNode? Kept = null, JsonNode? Given = null);

/// <summary>What became of a sheet that came in.</summary>
/// <param name="Platform">Code of the platform.</param>
/// <param name="Kind">What was exchanged.</param>
/// <param name="MappingFrom">Version of the mapping that was used.</param>
/// <param name="Form">How the sheet came.</param>
/// <param name="RowsRead">Lines read.</param>
/// <param name="RowsInError">Lines with problems.</param>
/// <param name="DryRun">Whether nothing was to be written.</param>
/// <param name="Records">Each record.</param>
/// <param name="Problems">What is wrong, line by line.</param>
internal sealed record ExchangeReport(
    string Platform, ExchangeKind Kind, DateOnly? MappingFrom, string Form, int RowsRead, int RowsInError, bool DryRun,
    IReadOnlyList<ExchangedRecord> Records, IReadOnlyList<ImportProblem> Problems)
{
    /// <summary>Records with an outcome.</summary>
    public int Count(ExchangeOutcome outcome) => Records.Count(record => record.Outcome == outcome);
}

/// <summary>Records handed in over the API: our fields or the platform's headings, by line.</summary>
/// <param name="Rows">Lines.</param>
internal sealed record ExchangeCallback(IReadOnlyList<JsonObject> Rows);
