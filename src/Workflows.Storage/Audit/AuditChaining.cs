using Workflows.Storage.Commit;
using Workflows.Storage.Model.Rows;
using Workflows.Supervision.Audit;

namespace Workflows.Storage.Audit;

/// <summary>Links facts to the heads of their chains, and rows to the entries that they hold.</summary>
internal static class AuditChaining
{
    public static AuditEntryRow Next(CaseLockRow head, PendingFact pending)
    {
        AuditHead end = head.AuditSequence == 0 ? AuditHead.Empty(head.CaseKey) : new AuditHead(head.CaseKey, head.AuditSequence, head.AuditHash, head.AuditAt);
        AuditEntry entry = AuditEntry.Append(end, new AuditEvent(pending.At, pending.Actor.Id, pending.Actor.Department, pending.Fact.Kind, pending.ActivityId, AuditData.Canonical(pending.Fact.Data)));
        return new AuditEntryRow
        {
            CaseKey = entry.CaseKey,
            Sequence = entry.Sequence,
            At = entry.At,
            Actor = entry.Actor,
            Department = entry.Department,
            Kind = entry.Kind,
            ActivityId = entry.ActivityId,
            Data = entry.Data,
            PreviousHash = entry.PreviousHash,
            Hash = entry.Hash,
        };
    }

    public static AuditEntry EntryOf(AuditEntryRow row) =>
        new(row.CaseKey, row.Sequence, row.At, row.Actor, row.Department, row.Kind, row.ActivityId, row.Data, row.PreviousHash, row.Hash);
}
