using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Workflows.Host.Api.Reading;
using Workflows.Host.Paging;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Supervision.Exchange;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Exchange;

/// <summary>A sheet that went out or came in.</summary>
/// <param name="Number">Its place in the journal.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Out">Whether it went out; else it came in.</param>
/// <param name="Platform">Code of the platform.</param>
/// <param name="Kind">What was exchanged.</param>
/// <param name="Form">xlsx, csv, json or api; null where it was not noted.</param>
/// <param name="By">Name of whoever fetched it or handed it in.</param>
/// <param name="Rows">Lines.</param>
/// <param name="Numbers">Numbers that went out, at most 50 of them; empty for what came in, which the entries tell.</param>
/// <param name="Taken">Records that had their effect; null for what went out.</param>
/// <param name="Repeated">Records that had it before; null for what went out.</param>
internal sealed record ExchangedSheet(
    long Number, DateTimeOffset At, bool Out, string Platform, ExchangeKind Kind, string? Form, string By, int Rows, IReadOnlyList<string> Numbers, int? Taken, int? Repeated);

/// <summary>What went out and came in, as the audit trail keeps it.</summary>
internal sealed class ExchangeJournal(WorkflowsDbContext database, Viewer viewer)
{
    /// <summary>Kind of the fact that a sheet went out.</summary>
    public const string Sent = "exchange.sent";

    /// <summary>Kind of the fact that a sheet came in and had an effect.</summary>
    public const string Imported = "exchange.imported";

    /// <summary>One page of the sheets that the viewer may know of: a platform of its own, everybody else of the own area.</summary>
    public async Task<Page<ExchangedSheet>> PageAsync(PageRequest page, string? platform, CancellationToken cancellationToken)
    {
        var after = page.After is not { } last ? null : long.TryParse(last.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (long?)number : 0;
        var found = new List<AuditEntryRow>();
        var batch = page.Take + 1;
        for (var scanned = 0; ; scanned += batch)
        {
            var query = database.Set<AuditEntryRow>().AsNoTracking().Where(row => row.CaseKey == ExchangePlatform.Family && (row.Kind == Sent || row.Kind == Imported));
            if (after is { } behind)
                query = page.Newest ? query.Where(row => row.Sequence < behind) : query.Where(row => row.Sequence > behind);
            var rows = await (page.Newest ? query.OrderByDescending(row => row.Sequence) : query.OrderBy(row => row.Sequence)).Take(batch).ToListAsync(cancellationToken);
            foreach (var row in rows)
            {
                if (found.Count == page.Take)
                    return await ShapeAsync(found, after, cancellationToken);
                after = row.Sequence;
                if (Shows(FactsOf(row), platform))
                    found.Add(row);
            }

            if (rows.Count < batch || scanned + batch >= AggregateReader.LongestScan)
                return await ShapeAsync(found, rows.Count < batch ? null : after, cancellationToken);
        }
    }

    private bool Shows(Dictionary<string, string?> facts, string? platform)
    {
        var area = facts.GetValueOrDefault("area");
        var of = facts.GetValueOrDefault("platform");
        return (platform is null || of == platform)
            && (viewer.Actor.Is(Role.Platform) ? of == viewer.Actor.Department : viewer.Sight.Area is null || (area is not null && viewer.Sight.SeesArea(area)));
    }

    private async Task<Page<ExchangedSheet>> ShapeAsync(List<AuditEntryRow> found, long? next, CancellationToken cancellationToken)
    {
        var names = await new ActorNames(database).ReadAsync(found.Select(row => row.Actor), cancellationToken);
        return new Page<ExchangedSheet>(
            [.. found.Select(row => SheetOf(row, FactsOf(row), names.GetValueOrDefault(row.Actor) ?? row.Actor))],
            next is { } sequence ? new Cursor(DateTimeOffset.UnixEpoch, sequence.ToString(CultureInfo.InvariantCulture)).Encode() : null);
    }

    private static ExchangedSheet SheetOf(AuditEntryRow row, Dictionary<string, string?> facts, string name)
    {
        int? Count(string fact) => int.TryParse(facts.GetValueOrDefault(fact), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;
        return new ExchangedSheet(
            row.Sequence, row.At, row.Kind == Sent, facts.GetValueOrDefault("platform") ?? "", Enum.Parse<ExchangeKind>(facts.GetValueOrDefault("kind") ?? ""), facts.GetValueOrDefault("form"),
            name, Count("rows") ?? 0, facts.GetValueOrDefault("numbers")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [], Count("taken"), Count("repeated"));
    }

    private static Dictionary<string, string?> FactsOf(AuditEntryRow row) => JsonSerializer.Deserialize<Dictionary<string, string?>>(row.Data, SupervisionJson.Options) ?? [];
}
