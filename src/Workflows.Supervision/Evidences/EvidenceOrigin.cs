using Workflows.Supervision.Inspections;

namespace Workflows.Supervision.Evidences;

/// <summary>How a piece of evidence came to be.</summary>
public enum EvidenceOrigin
{
    /// <summary>Taken by an officer.</summary>
    Taken,

    /// <summary>Handed in by the party.</summary>
    Party,

    /// <summary>自动监测: recorded by equipment; used only after legal and technical review (处罚法 41).</summary>
    Monitoring,

    /// <summary>Taken over from another department's case (证据互认).</summary>
    Recognised,
}

/// <summary>Equipment that recorded a piece of evidence (处罚法 41: reasonable place, clear sign, place made public).</summary>
/// <param name="Device">Number of the device.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="PlacePublishedOn">Day on which its place was made public.</param>
/// <param name="CalibratedTo">Last day of its calibration, or null where none is required.</param>
public sealed record MonitoringSource(string Device, string Place, DateOnly PlacePublishedOn, DateOnly? CalibratedTo = null);

/// <summary>Review of what equipment recorded; both are needed, by different people.</summary>
/// <param name="Legal">法制审核, or null.</param>
/// <param name="LegalPassed">Whether it passed.</param>
/// <param name="Technical">技术审核, or null.</param>
/// <param name="TechnicalPassed">Whether it passed.</param>
public sealed record MonitoringReview(Decision? Legal = null, bool LegalPassed = false, Decision? Technical = null, bool TechnicalPassed = false)
{
    /// <summary>Whether the recording may be used.</summary>
    public bool IsPassed => LegalPassed && TechnicalPassed;
}

/// <summary>A step of the custody of a piece of evidence (保管链).</summary>
/// <param name="At">When, UTC.</param>
/// <param name="By">Who had it in hand.</param>
/// <param name="Name">Name of that person.</param>
/// <param name="Department">Department of that person, or null.</param>
/// <param name="Act">What was done, such as 采集, 互认采信.</param>
/// <param name="Note">Further words, or null.</param>
/// <param name="Sha256">Hash of the file at that moment.</param>
public sealed record CustodyStep(DateTimeOffset At, string By, string Name, string? Department, string Act, string? Note, string Sha256);
