namespace Workflows.Supervision.Drawing;

/// <summary>A target that can be drawn.</summary>
/// <param name="Id">Stable id, such as the 统一社会信用代码 or the id of the premises; 1 to 128 characters, without <c>|</c>, control characters or surrogates.</param>
/// <param name="Class">Credit class or other class shown in the record; same characters, up to 64.</param>
/// <param name="Weight">Number of tickets, 1 to 64; never 0, for exclusion is a separate, reasoned act.</param>
/// <param name="Stratum">Stratum of a stratified draw; null in an unstratified one.</param>
/// <param name="WeightBasis">How the weight came about, in Chinese, to be shown to the target; not part of the hash.</param>
public sealed record DrawCandidate(string Id, string Class, int Weight, string? Stratum = null, string? WeightBasis = null)
{
    /// <summary>Largest number of tickets of a candidate.</summary>
    public const int LargestWeight = 64;

    /// <summary>Checks the candidate's own rules.</summary>
    /// <exception cref="DomainRuleException"><c>draw-id-invalid</c> or <c>draw-weight-out-of-range</c>.</exception>
    internal void Require()
    {
        CanonicalText.RequireName(Id, 128, "对象编号");
        CanonicalText.RequireName(Class, 64, $"对象 {Id} 的类别");
        if (Stratum is not null)
        {
            CanonicalText.RequireName(Stratum, 64, $"对象 {Id} 的分层");
        }

        if (Weight is < 1 or > LargestWeight)
        {
            throw new DomainRuleException("draw-weight-out-of-range", $"对象 {Id} 的权重为 {Weight}，应为 1 至 {LargestWeight} 的整数；不参加抽取的对象请列入排除名单并说明理由。", Id);
        }
    }

    /// <summary>The candidate's line of the canonical text.</summary>
    internal string Line => Stratum is null ? $"{Id}|{Class}|{Weight}\n" : $"{Id}|{Class}|{Weight}|{Stratum}\n";
}

/// <summary>Why a target or an officer took no part in a draw; published with its record.</summary>
/// <param name="Id">Id of the target or officer.</param>
/// <param name="Code">Code of the ground: see <see cref="ExclusionCode"/>.</param>
/// <param name="Reason">The ground in Chinese.</param>
/// <param name="Evidence">Where it can be checked: number of a record, a document, a roster row.</param>
public sealed record Exclusion(string Id, string Code, string Reason, string Evidence)
{
    internal string Line =>
        $"{CanonicalText.Escape(Id)}|{CanonicalText.Escape(Code)}|{CanonicalText.Escape(Reason)}|{CanonicalText.Escape(Evidence)}\n";
}

/// <summary>Codes of the grounds for exclusion.</summary>
public static class ExclusionCode
{
    /// <summary>Target: inspected by a participating department within the scenario's months.</summary>
    public const string Recent = "RECENT";

    /// <summary>Target: the yearly cap of visits is reached.</summary>
    public const string Cap = "CAP";

    /// <summary>Target: closed, deregistered or moved away.</summary>
    public const string Closed = "CLOSED";

    /// <summary>Target: a case or rectification is open.</summary>
    public const string OpenCase = "OPEN_CASE";

    /// <summary>Target: a new business in its observing period.</summary>
    public const string NewGrace = "NEW_GRACE";

    /// <summary>Target: hit by a disaster.</summary>
    public const string Disaster = "DISASTER";

    /// <summary>Officer: no certificate, or it is not valid on the day of the visit. Never relaxed.</summary>
    public const string NoCertificate = "NO_CERT";

    /// <summary>Officer: on leave.</summary>
    public const string Leave = "LEAVE";

    /// <summary>Officer: has a relation to the target (处罚法 43). Never relaxed.</summary>
    public const string Conflict = "CONFLICT";

    /// <summary>Officer: inspected the same target last time.</summary>
    public const string LastTime = "LAST_TIME";

    /// <summary>Officer: at the cap of open tasks.</summary>
    public const string Load = "LOAD";

    /// <summary>Officer: lacks the field of skill.</summary>
    public const string Field = "FIELD";

    /// <summary>Officer: suspended.</summary>
    public const string Suspended = "SUSPENDED";

    /// <summary>Officer: serves another town; lifted by borrowing (浙江条例 29).</summary>
    public const string OtherTown = "OTHER_TOWN";

    /// <summary>Officer: recused from this matter after the draw. Never relaxed.</summary>
    public const string Recused = "RECUSED";
}
