using System.Text.Json;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Reading;
using Workflows.Host.Json;
using Workflows.Host.Limits;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Catalogues;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Catalogues;

/// <summary>Kinds of catalogues.</summary>
internal enum CatalogueKind
{
    /// <summary>管执清单.</summary>
    Matters,

    /// <summary>赋权清单.</summary>
    Delegations,

    /// <summary>涉企综合查一次清单.</summary>
    Merges,
}

/// <summary>What became of a file.</summary>
/// <param name="Kind">Kind of catalogue.</param>
/// <param name="Encoding">How the file was read.</param>
/// <param name="RowsRead">Rows in the file.</param>
/// <param name="RowsInError">Rows with problems.</param>
/// <param name="RowsTaken">Rows that were taken over, or would be.</param>
/// <param name="DryRun">Whether nothing was written.</param>
/// <param name="Change">What was changed; null where nothing was written.</param>
/// <param name="Problems">What is wrong, line by line.</param>
internal sealed record CatalogueReport(
    CatalogueKind Kind, string Encoding, int RowsRead, int RowsInError, int RowsTaken, bool DryRun, CatalogueChange? Change, IReadOnlyList<ImportProblem> Problems);

/// <summary>Takes catalogue files over: one file is one change.</summary>
internal sealed class CatalogueDesk(AggregateReader rows, ChangeGate changes)
{
    private const int MostUnits = 100_000;
    private const int MostRows = 20_000;

    /// <summary>Reads a file and, unless it has errors or is only tried, takes its rows over in one commit.</summary>
    /// <param name="kind">Kind of catalogue.</param>
    /// <param name="csv">The file.</param>
    /// <param name="dryRun">Only report, change nothing.</param>
    /// <param name="acceptGood">Take over the good rows of a file that has errors.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="idempotency">The caller's key, or null.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>The report, and the change that took the rows over; null where nothing was written.</returns>
    public async Task<(CatalogueReport Report, StimulusResult? Taken)> ImportAsync(
        CatalogueKind kind, Stream csv, bool dryRun, bool acceptGood, Actor actor, IdempotencyKey? idempotency, CancellationToken cancellationToken)
    {
        var options = await OptionsAsync(acceptGood, cancellationToken);
        return kind switch
        {
            CatalogueKind.Matters => await TakeAsync(kind, CatalogueImport.ParseMatters(csv, options), dryRun, actor, idempotency, static (service, taken, token) => service.TakeMattersAsync(taken, token), cancellationToken),
            CatalogueKind.Delegations => await TakeAsync(kind, CatalogueImport.ParseDelegations(csv, options), dryRun, actor, idempotency, static (service, taken, token) => service.TakeDelegationsAsync(taken, token), cancellationToken),
            _ => await TakeAsync(kind, CatalogueImport.ParseMerges(csv, options), dryRun, actor, idempotency, static (service, taken, token) => service.TakeMergesAsync(taken, token), cancellationToken),
        };
    }

    private async Task<(CatalogueReport, StimulusResult?)> TakeAsync<T>(
        CatalogueKind kind, RosterImportResult<T> read, bool dryRun, Actor actor, IdempotencyKey? idempotency,
        Func<CatalogueService, IReadOnlyList<T>, CancellationToken, ValueTask<CatalogueChange>> take, CancellationToken cancellationToken)
    {
        var report = new CatalogueReport(kind, read.Encoding, read.RowsRead, read.RowsInError, read.Rows.Length, dryRun, null, read.Problems);
        if (dryRun || report.RowsTaken == 0)
            return (report, null);
        var result = await changes.SendAsync(
            new DomainCommand
            {
                Key = changes.NewKey(),
                CaseKey = CatalogueMatter.Family,
                Actor = actor,
                Idempotency = idempotency,
                Answering = (_, done, _) => ValueTask.FromResult(JsonSerializer.Serialize((CatalogueReport)done.Value!, HostJson.Options)),
                Execute = async (_, services, token) => report with { Change = await take(services.GetRequiredService<CatalogueService>(), read.Rows, token) },
            },
            cancellationToken);
        return ((CatalogueReport?)result.Value ?? report, result);
    }

    private async Task<RosterImportOptions> OptionsAsync(bool acceptGood, CancellationToken cancellationToken)
    {
        var departments = await rows.ListAsync<DepartmentRecord>(query => query, MostUnits, cancellationToken);
        var towns = await rows.ListAsync<TownRecord>(query => query, MostUnits, cancellationToken);
        return new RosterImportOptions
        {
            AcceptGoodRows = acceptGood,
            LargestFile = (int)RequestLimits.UploadBytes,
            MostRows = MostRows,
            Departments = departments.Select(record => record.Unit.Code).ToHashSet(StringComparer.Ordinal),
            Towns = towns.Select(record => record.Town.Code).ToHashSet(StringComparer.Ordinal),
        };
    }
}
