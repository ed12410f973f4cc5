using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Workflows.Storage.Commit;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;

namespace Workflows.Storage.Audit;

/// <summary>Links a fact to the head of its chain.</summary>
internal static class AuditChaining
{
    public static AuditEntryRow Next(CaseLockRow head, PendingFact pending)
    {
        string data = JsonSerializer.Serialize(pending.Fact.Data, StorageJson.Options);
        long sequence = head.AuditSequence + 1;
        string text = string.Join('\n', pending.Fact.CaseKey, sequence, pending.At.UtcTicks, pending.Actor, pending.Fact.Kind, pending.ActivityId ?? "", data, head.AuditHash);
        return new AuditEntryRow
        {
            CaseKey = pending.Fact.CaseKey,
            Sequence = sequence,
            At = pending.At,
            Actor = pending.Actor,
            Kind = pending.Fact.Kind,
            ActivityId = pending.ActivityId,
            Data = data,
            PreviousHash = head.AuditHash,
            Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))),
        };
    }
}
