using System.Text.Json.Serialization;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Scenarios;

/// <summary>How an item is judged.</summary>
public enum CheckMethod
{
    /// <summary>书面检查.</summary>
    Document,

    /// <summary>实地核查.</summary>
    OnSite,

    /// <summary>现场询问.</summary>
    Interview,

    /// <summary>抽样检测.</summary>
    Sampling,

    /// <summary>系统比对.</summary>
    System,

    /// <summary>影像核查.</summary>
    Image,
}

/// <summary>How a breach is put right.</summary>
public enum RectificationMode
{
    /// <summary>责令限期改正.</summary>
    TimeLimited,

    /// <summary>责令立即改正.</summary>
    Immediate,

    /// <summary>即行立案: no order of its own.</summary>
    CaseAtOnce,
}

/// <summary>Whether a breach can be put right on the spot.</summary>
public enum OnSpotPossibility
{
    /// <summary>No.</summary>
    No,

    /// <summary>Partly.</summary>
    Partly,

    /// <summary>Yes.</summary>
    Yes,
}

/// <summary>检查事项.</summary>
public sealed record ScenarioItem
{
    /// <summary>Code, such as <c>EH-01</c>.</summary>
    public required string Code { get; init; }

    /// <summary>What is checked.</summary>
    public required string Title { get; init; }

    /// <summary>Group under which it stands in a long checklist, such as 消防安全; null for none.</summary>
    public string? Group { get; init; }

    /// <summary>监管部门.</summary>
    public required string SupervisingDepartment { get; init; }

    /// <summary>处罚部门.</summary>
    public required string PenaltyDepartment { get; init; }

    /// <summary>Departments that check it together with the first.</summary>
    public IReadOnlyList<string> JointDepartments { get; init; } = [];

    /// <summary>How it is judged.</summary>
    public required IReadOnlyList<CheckMethod> Methods { get; init; }

    /// <summary>How serious a breach is.</summary>
    public required Severity Severity { get; init; }

    /// <summary>How to check, for the inspector.</summary>
    public string? Guidance { get; init; }

    /// <summary>Wording of the act where it is not met.</summary>
    public required string FindingWording { get; init; }

    /// <summary>罚则.</summary>
    public required PenaltyClause PenaltyClause { get; init; }

    /// <summary>Codes of the provisions that a breach violates.</summary>
    public required IReadOnlyList<string> Violates { get; init; }

    /// <summary>Codes of the provisions on which an order rests; empty where 行政处罚法 28 alone carries it.</summary>
    public required IReadOnlyList<string> Orders { get; init; }

    /// <summary>Codes of the penalty clauses.</summary>
    public required IReadOnlyList<string> Penalises { get; init; }

    /// <summary>How a breach is put right.</summary>
    public required ItemRectification Rectification { get; init; }

    /// <summary>What an order demands.</summary>
    public required string Correction { get; init; }

    /// <summary>How the party proves it.</summary>
    public required string Proof { get; init; }

    /// <summary>Whether it can be put right on the spot.</summary>
    public OnSpotPossibility OnSpot { get; init; }

    /// <summary>What is done to put it right on the spot, or null.</summary>
    public string? OnSpotAction { get; init; }

    /// <summary>Stop measure at hand, or null.</summary>
    public ItemStopMeasure? StopMeasure { get; init; }

    /// <summary>Whether a second term may be given.</summary>
    public bool SecondTerm { get; init; }

    /// <summary>Leniency open to it, or null.</summary>
    public ItemLeniency? Leniency { get; init; }

    /// <summary>Whether its records are sealed.</summary>
    public bool SealedRecord { get; init; }

    /// <summary>Whether findings hold data on minors (visible to 公安 and 文旅 only).</summary>
    public bool MinorsInvolved { get; init; }

    /// <summary>Whether a breach skips the reminders: the head is told by phone and a 督办单 is drawn up at once.</summary>
    public bool Urgent { get; init; }

    /// <summary>Whether a breach is found in rooms that guests live in, which are entered only by police or with the guest's consent (practice.md 4).</summary>
    public bool OccupiedRooms { get; init; }

    /// <summary>Whether it is judged inside the home: nobody finds it in order from outside.</summary>
    public bool InsideHome { get; init; }

    /// <summary>Tags of which the target must bear one; empty for all targets.</summary>
    public IReadOnlyList<string> TargetTags { get; init; } = [];

    /// <summary>Zones of the target in which it holds, such as 一级保护区; empty for everywhere.</summary>
    public IReadOnlyList<string> Zones { get; init; } = [];

    /// <summary>Words for the four answers where the department has its own, or null.</summary>
    public AnswerWording? Wording { get; init; }

    /// <summary>Answer to another item without which this one is not asked, or null.</summary>
    public AskedWhen? AskedWhen { get; init; }

    /// <summary>Graver or other forms of the breach, each complete.</summary>
    public IReadOnlyList<ScenarioItem> Variants { get; init; } = [];

    /// <summary>Tags of the targets for which this variant holds by itself, without anybody choosing it; empty for one that is chosen.</summary>
    public IReadOnlyList<string> VariantTags { get; init; } = [];

    /// <summary>Code of the variant that this is, or null for the item itself.</summary>
    public string? VariantCode { get; init; }

    /// <summary>Whether an order is drawn up for a breach.</summary>
    [JsonIgnore]
    public bool IsRectified => Rectification.Mode != RectificationMode.CaseAtOnce;

    /// <summary>Whether a breach goes to 立案 at once.</summary>
    [JsonIgnore]
    public bool IsFiledAtOnce => Rectification.Mode == RectificationMode.CaseAtOnce || Rectification.CaseAtOnce;

    /// <summary>Whether it is checked at a target with these tags.</summary>
    public bool AppliesTo(IReadOnlyList<string> tags) => TargetTags.Count == 0 || TargetTags.Any(t => tags.Contains(t));

    /// <summary>Whether it is asked, given the answers so far by code of item.</summary>
    public bool IsAsked(IReadOnlyDictionary<string, ItemAnswer> answers) =>
        AskedWhen is not { } when || answers.TryGetValue(when.Item, out var answer) && when.Answers.Contains(answer);

    /// <summary>
    /// The item as it holds for a target: the variant that is chosen, else the one that is made for the kind of target, else the item itself.
    /// Null where the variant chosen does not exist or is made for another kind.
    /// </summary>
    /// <param name="tags">Tags of the target.</param>
    /// <param name="variant">Code of the variant that was chosen, or null.</param>
    public ScenarioItem? For(IReadOnlyList<string> tags, string? variant = null) => variant is null
        ? Variants.FirstOrDefault(v => v.VariantTags.Any(tags.Contains)) ?? this
        : Variants.FirstOrDefault(v => v.VariantCode == variant && (v.VariantTags.Count == 0 || v.VariantTags.Any(tags.Contains)));

    /// <summary>The item as it holds in a zone: the variant made for the zone, else the item itself; null where it does not hold there.</summary>
    /// <param name="zone">The zone, or null where none is known.</param>
    public ScenarioItem? In(string? zone) => zone is null ? this
        : Variants.FirstOrDefault(v => v.Zones.Contains(zone)) ?? (Zones.Count == 0 || Zones.Contains(zone) ? this : null);

    /// <summary>The item itself, or the variant with a code; null if there is none.</summary>
    public ScenarioItem? As(string? variant) => variant is null ? this : Variants.FirstOrDefault(v => v.VariantCode == variant);
}

/// <summary>A department's own words for the four answers, such as 是, 否 and 合理缺项.</summary>
/// <param name="Pass">符合.</param>
/// <param name="Fail">不符合.</param>
/// <param name="NotApplicable">不适用.</param>
/// <param name="NotChecked">未检查.</param>
public sealed record AnswerWording(string Pass, string Fail, string NotApplicable, string NotChecked);

/// <summary>A further item that the answer to another one opens.</summary>
/// <param name="Item">Code of the other item.</param>
/// <param name="Answers">Answers that open it.</param>
public sealed record AskedWhen(string Item, IReadOnlyList<ItemAnswer> Answers);

/// <summary>How a breach of an item is put right.</summary>
/// <param name="Mode">How.</param>
/// <param name="Default">Usual period; null unless time-limited.</param>
/// <param name="Min">Shortest.</param>
/// <param name="Max">Longest.</param>
/// <param name="CaseAtOnce">Whether a case is filed at the same time.</param>
public sealed record ItemRectification(RectificationMode Mode, LegalPeriod? Default, LegalPeriod? Min, LegalPeriod? Max, bool CaseAtOnce);

/// <summary>Stop measure of an item.</summary>
/// <param name="Kind">Kind, such as 临时查封.</param>
/// <param name="Bases">Codes of its legal bases.</param>
/// <param name="Condition">When it may be taken.</param>
/// <param name="Resume">Codes of the provisions on going on again, which the paper quotes (消防法 70); may be empty.</param>
public sealed record ItemStopMeasure(string Kind, IReadOnlyList<string> Bases, string Condition, IReadOnlyList<string> Resume);

/// <summary>Leniency open to an item.</summary>
/// <param name="FirstOffence">首违不罚.</param>
/// <param name="MinorOffence">轻微不罚.</param>
/// <param name="Matter">Matter in the list of leniency matters.</param>
/// <param name="Bases">Codes of further bases.</param>
public sealed record ItemLeniency(bool FirstOffence, bool MinorOffence, string Matter, IReadOnlyList<string> Bases);
