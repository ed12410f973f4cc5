using System.Globalization;
using System.Text.Json;
using Workflows.Storage.Commit;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Providers;
using Workflows.Storage.Sessions;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Sessions;

namespace Workflows.Storage.Leads;

/// <summary>The index of leads over two narrow tables: one statement for all keys of a batch of reports, one for all their buckets.</summary>
internal sealed class LeadIndex(StimulusSession session, SqlDialect sql) : ILeadIndex
{
    /// <inheritdoc/>
    public async ValueTask<IReadOnlyDictionary<string, string>> FindKeysAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken = default)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        if (keys.Count == 0)
            return found;
        List<(string Key, string LeadId)> rows = await session.ReadAsync(
            new Statement($"SELECT \"key\", lead_id FROM lead_keys WHERE {sql.In("\"key\"", "@keys")}", [sql.List("@keys", keys)]), static r => (r.GetString(0), r.GetString(1)), cancellationToken);
        rows.ForEach(row => found[row.Key] = row.LeadId);
        IReadOnlyDictionary<string, LeadKeyRow?> pending = session.Pending<LeadKeyRow>();
        foreach (string key in keys)
        {
            if (pending.GetValueOrDefault(key) is { } row)
                found[key] = row.LeadId;
        }
        return found;
    }

    /// <inheritdoc/>
    public async ValueTask<ILookup<string, LeadTrace>> FindTracesAsync(IReadOnlyCollection<string> buckets, CancellationToken cancellationToken = default)
    {
        var rows = new List<(string Bucket, string Body)>();
        if (buckets.Count > 0)
        {
            rows = await session.ReadAsync(
                new Statement($"SELECT bucket, body FROM lead_traces WHERE {sql.In("bucket", "@keys")}", [sql.List("@keys", buckets)]), static r => (r.GetString(0), r.GetString(1)), cancellationToken);
            var asked = buckets.ToHashSet(StringComparer.Ordinal);
            rows.AddRange(session.Pending<LeadTraceRow>().Values.OfType<LeadTraceRow>().Where(row => asked.Contains(row.Bucket)).Select(row => (row.Bucket, row.Body)));
        }
        return rows.ToLookup(row => row.Bucket, row => JsonSerializer.Deserialize<LeadTrace>(row.Body, SupervisionJson.Options)!, StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public void AddKeys(string leadId, IReadOnlyCollection<string> keys)
    {
        foreach (string key in keys)
            session.Put(key, new LeadKeyRow { Key = key, LeadId = leadId, CreatedAt = session.Now });
    }

    /// <inheritdoc/>
    public void AddTrace(LeadTrace trace, IReadOnlyCollection<string> buckets)
    {
        string body = JsonSerializer.Serialize(trace, SupervisionJson.Options);
        foreach ((int number, string bucket) in buckets.Index())
        {
            string id = string.Create(CultureInfo.InvariantCulture, $"{trace.LeadId}|{number}");
            session.Put(id, new LeadTraceRow { Id = id, Bucket = bucket, CreatedAt = session.Now, Body = body });
        }
    }
}
