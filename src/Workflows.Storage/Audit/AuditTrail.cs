using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Workflows.Storage.Commit;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Providers;
using Workflows.Storage.Sessions;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Audit;
using Workflows.Supervision.Sessions;

namespace Workflows.Storage.Audit;

/// <summary>Seals and exports the audit trail.</summary>
public sealed class AuditTrail
{
    private readonly StoreModel _store;
    private readonly IStimulusGate _gate;

    internal AuditTrail(StoreModel store, IStimulusGate gate)
    {
        _store = store;
        _gate = gate;
    }

    /// <summary>Seals a day over all chains that grew since the seal before. A day that is sealed stays as it is.</summary>
    /// <param name="day">Local day, Asia/Shanghai.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The hash of the seal.</returns>
    public async ValueTask<string> SealAsync(DateOnly day, CancellationToken cancellationToken = default)
    {
        string name = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return await _gate.CommandAsync("audit-root|" + name, "audit-roots", Actor.Clock, async (session, token) =>
        {
            await using StoreConnection reader = await _store.Provider.OpenReaderAsync(token);
            List<(string Day, string Hash)> last = await reader.ReadAsync(
                new Statement(_store.Dialect.Limit("SELECT a.day, a.hash FROM audit_roots a ORDER BY a.day DESC", "@take"), [_store.Dialect.Value("@take", 1)]),
                static r => (r.GetString(0), r.GetString(1)), token);
            if (last is [var sealing, ..] && string.CompareOrdinal(sealing.Day, name) >= 0)
                return sealing.Hash;
            List<AuditHead> grown = await reader.ReadAsync(
                new Statement(
                    """
                    SELECT l.case_key, l.audit_sequence, l.audit_hash, l.audit_at FROM case_locks l WHERE l.audit_sequence > 0
                    AND NOT EXISTS (SELECT 1 FROM audit_seals s WHERE s.case_key = l.case_key AND s.sequence >= l.audit_sequence)
                    """,
                    []),
                static r => new AuditHead(r.GetString(0), r.GetInt64(1), r.GetString(2), new DateTimeOffset(r.GetInt64(3), TimeSpan.Zero)), token);
            DailyRoot root = DailyRoot.Seal(day, last is [var before, ..] ? before.Hash : DailyRoot.Beginning, grown);
            var rows = (IRowSession)session;
            rows.Put(name, new AuditRootRow { Day = name, Hash = root.Hash, PreviousHash = root.PreviousHash, Heads = JsonSerializer.Serialize(root.Heads, StorageJson.Options), CreatedAt = session.Now });
            foreach (AuditHead chain in grown)
                rows.Put(chain.CaseKey, new AuditSealRow { CaseKey = chain.CaseKey, Sequence = chain.Sequence });
            return root.Hash;
        }, cancellationToken: cancellationToken);
    }

    /// <summary>Writes the trail as JSON lines that <see cref="AuditVerifier"/> checks without the database.</summary>
    /// <param name="stream">Receives UTF-8.</param>
    /// <param name="caseKey">Only this chain, without the seals (they cover all chains); null for everything.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task ExportAsync(Stream stream, string? caseKey = null, CancellationToken cancellationToken = default)
    {
        await using WorkflowsDbContext context = _store.CreateContext();
        // One snapshot for seals and entries, or a seal could speak of an entry that the export lacks.
        await _store.Provider.BeginSnapshotAsync(context, cancellationToken);
        List<AuditRootRow> roots = caseKey is null ? await context.Set<AuditRootRow>().AsNoTracking().OrderBy(r => r.Day).ToListAsync(cancellationToken) : [];
        List<string> chains = caseKey is null
            ? await context.Set<CaseLockRow>().Where(l => l.AuditSequence > 0).Select(l => l.CaseKey).ToListAsync(cancellationToken)
            : [caseKey];
        // The database may order texts by a locale; the export is in ordinal order.
        chains.Sort(StringComparer.Ordinal);
        AuditExport.Write(stream, roots.Select(RootOf), chains.SelectMany(c => Chain(context, c)));
    }

    private static IEnumerable<AuditEntry> Chain(WorkflowsDbContext context, string caseKey) =>
        context.Set<AuditEntryRow>().AsNoTracking().Where(e => e.CaseKey == caseKey).OrderBy(e => e.Sequence).AsEnumerable().Select(AuditChaining.EntryOf);

    private static DailyRoot RootOf(AuditRootRow row) => new(
        DateOnly.ParseExact(row.Day, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        row.PreviousHash,
        JsonSerializer.Deserialize<ImmutableArray<AuditHead>>(row.Heads, StorageJson.Options),
        row.Hash);
}
