namespace Workflows.Supervision.Drawing;

/// <summary>A later change to who inspects whom; appended, never edited, each chained to what stood before.</summary>
/// <param name="Sequence">Number within the record, from 1.</param>
/// <param name="At">Instant (UTC).</param>
/// <param name="TargetId">The target concerned; for a replaced target, the one that leaves.</param>
/// <param name="Department">Department of the officer; null where a target is replaced.</param>
/// <param name="Out">Who leaves: id of a target or an officer.</param>
/// <param name="In">Who takes the place: the next alternate.</param>
/// <param name="Code">Ground, such as <see cref="ExclusionCode.Recused"/> or <see cref="ExclusionCode.Closed"/>.</param>
/// <param name="Reason">The ground in Chinese.</param>
/// <param name="RequestedBy">Who asked.</param>
/// <param name="ApprovedBy">Who approved; never the same person.</param>
/// <param name="Team">The team of the target that comes in; null where an officer is replaced or no teams are matched.</param>
/// <param name="PreviousHash">Hash of the substitution before, or of the record.</param>
/// <param name="Hash">Hash of this entry with this field empty.</param>
public sealed record Substitution(
    int Sequence,
    DateTimeOffset At,
    string TargetId,
    string? Department,
    string Out,
    string In,
    string Code,
    string Reason,
    string RequestedBy,
    string ApprovedBy,
    TargetTeam? Team,
    string PreviousHash,
    string Hash)
{
    internal Substitution Sealed() => this with { Hash = ComputeHash() };

    internal string ComputeHash() => DrawRecordJson.Hash(this with { Hash = "" });
}

/// <summary>Who asks for a substitution and why.</summary>
/// <param name="Code">Ground, such as <see cref="ExclusionCode.Recused"/>.</param>
/// <param name="Reason">The ground in Chinese; needed.</param>
/// <param name="RequestedBy">Who asked.</param>
/// <param name="ApprovedBy">Who approved.</param>
/// <param name="At">Instant (UTC).</param>
public sealed record SubstitutionRequest(string Code, string Reason, string RequestedBy, string ApprovedBy, DateTimeOffset At)
{
    internal void Require()
    {
        DrawTerms.Check(!string.IsNullOrWhiteSpace(Reason), "substitution-without-reason", "更换应写明理由。", "reason");
        DrawTerms.Check(!string.IsNullOrWhiteSpace(ApprovedBy), "substitution-without-approval", "更换应经批准，请填写批准人。", "approvedBy");
        DrawTerms.Check(ApprovedBy != RequestedBy, "substitution-self-approved", "申请人与批准人不能是同一人。", "approvedBy");
    }
}
