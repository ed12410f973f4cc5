using Workflows.Supervision.Projects;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Inspections;

/// <summary>
/// 入户: whether a home was entered, and on what ground. A home is entered with consent or by law (宪法 39); nobody who withholds consent obstructs a check, so
/// a notice is left, evidence is taken from outside and what lies inside stays unchecked.
/// </summary>
/// <param name="Consent">Who consented, or null.</param>
/// <param name="Authority">What allows entry without consent, such as the number of a court's ruling or the emergency; or null.</param>
/// <param name="NoticeLeft">Whether a notice was left; it has to be where nobody entered.</param>
public sealed record HomeEntry(EntryConsent? Consent = null, string? Authority = null, bool NoticeLeft = false)
{
    /// <summary>Whether the home was entered.</summary>
    public bool IsEntered => Consent is not null || !string.IsNullOrWhiteSpace(Authority);

    /// <summary>As printed in records.</summary>
    public string InWords => this switch
    {
        { Consent: { } given } => $"经{given.Capacity}{given.Person}同意后进入（{Time.ChineseDate.Of(Time.ShanghaiTime.DateOf(given.At))}）",
        { Authority.Length: > 0 } => $"依法进入：{Authority}",
        _ => "未获同意，没有进入；已留置告知书，从外部取证",
    };

    /// <summary>Requires that a report from the door says how a home was entered, or that nobody did.</summary>
    /// <param name="scenario">The scenario, which says whether its targets are homes.</param>
    /// <param name="entry">What was reported, or null.</param>
    /// <param name="field">Its field.</param>
    /// <param name="now">Time of the report, UTC; nobody consents later.</param>
    /// <exception cref="RuleViolationException"><c>home-entry-missing</c>, <c>home-notice-missing</c>, <c>field-missing</c>, <c>consent-later</c>.</exception>
    public static void Require(Scenario scenario, HomeEntry? entry, string field, DateTimeOffset now)
    {
        if (!scenario.HomesGuarded)
        {
            return;
        }

        if (entry is null)
        {
            throw Refusal.Invalid("home-entry-missing", field, "检查对象是住宅：请填写入户情况（同意人、身份和时间，或者依法进入的依据）；不同意入户的，登记已留置告知书。");
        }

        if (entry.Consent is { } consent)
        {
            _ = Refusal.Text(consent.Person, $"{field}.consent.person", "同意入户的人");
            _ = Refusal.Text(consent.Capacity, $"{field}.consent.capacity", "同意人身份（业主、使用人）");
            if (consent.At > now)
            {
                throw Refusal.Invalid("consent-later", $"{field}.consent.at", "同意入户的时间晚于登记时间，请核对。");
            }
        }
        else if (!entry.IsEntered && !entry.NoticeLeft)
        {
            throw Refusal.Invalid("home-notice-missing", $"{field}.noticeLeft", "没有同意又没有法定依据的，不得进入住宅：请留置告知书并从外部取证，再登记到场。");
        }
    }
}
