using System.Text.Json.Serialization;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Scenarios;

/// <summary>
/// 监管一件事: the data of a scenario (<c>scenario.json</c>), which analysts change without code. Read it with
/// <see cref="ScenarioReader"/>, which knows the exact form of the file.
/// </summary>
public sealed record Scenario
{
    /// <summary>Code, such as <c>esports-hotel</c>; the name of its folder.</summary>
    public required string Code { get; init; }

    /// <summary>Name, such as 电竞酒店.</summary>
    public required string Name { get; init; }

    /// <summary>Version as the analyst writes it.</summary>
    public required string Version { get; init; }

    /// <summary>Kind of targets, such as <c>Premises</c>.</summary>
    public required string TargetKind { get; init; }

    /// <summary>Departments; exactly one leads.</summary>
    public required IReadOnlyList<ScenarioDepartment> Departments { get; init; }

    /// <summary>Items of the checklist.</summary>
    public required IReadOnlyList<ScenarioItem> Items { get; init; }

    /// <summary>Weights of the draw.</summary>
    public required WeightRules Weights { get; init; }

    /// <summary>Options of the draw.</summary>
    public required DrawRules Draw { get; init; }

    /// <summary>Default rungs; the steps in the diagram may give others.</summary>
    public required LadderDefaults Ladders { get; init; }

    /// <summary>Rules of re-inspection.</summary>
    public required ReinspectionRules Reinspection { get; init; }

    /// <summary>Rules of leniency.</summary>
    public required LeniencyRules Leniency { get; init; }

    /// <summary>Rules of case filing.</summary>
    public required FilingRules Filing { get; init; }

    /// <summary>Rules of publication.</summary>
    public required PublicationRules Publication { get; init; }

    /// <summary>Templates by key of the form; forms that are not named use the common template.</summary>
    public IReadOnlyDictionary<string, string> Templates { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The department that leads.</summary>
    [JsonIgnore]
    public ScenarioDepartment Lead => Departments.First(d => d.Lead);

    /// <summary>The item with a code, or null.</summary>
    public ScenarioItem? Item(string code) => Items.FirstOrDefault(i => i.Code == code);
}

/// <summary>A department of a scenario.</summary>
public sealed record ScenarioDepartment
{
    /// <summary>Code, such as <c>CUL</c>.</summary>
    public required string Code { get; init; }

    /// <summary>Name without place, such as 文化广电旅游体育局.</summary>
    public required string Name { get; init; }

    /// <summary>Word in its document numbers without place, such as 文广旅.</summary>
    public required string NumberName { get; init; }

    /// <summary>Whether it leads.</summary>
    public bool Lead { get; init; }

    /// <summary>Whether a plan may leave it out.</summary>
    public bool Optional { get; init; }

    /// <summary>Attending department that fixes the facts of its items when it does not attend, or null.</summary>
    public string? ItemsLeftTo { get; init; }

    /// <summary>Officers it sends; two or more.</summary>
    public int Officers { get; init; } = 2;

    /// <summary>Assistants it brings.</summary>
    public int Assistants { get; init; }
}

/// <summary>How an item is judged.</summary>
public enum CheckMethod
{
    /// <summary>书面检查.</summary>
    [JsonStringEnumMemberName("书面检查")]
    Document,

    /// <summary>实地核查.</summary>
    [JsonStringEnumMemberName("实地核查")]
    OnSite,

    /// <summary>现场询问.</summary>
    [JsonStringEnumMemberName("现场询问")]
    Interview,

    /// <summary>抽样检测.</summary>
    [JsonStringEnumMemberName("抽样检测")]
    Sampling,

    /// <summary>系统比对.</summary>
    [JsonStringEnumMemberName("系统比对")]
    System,

    /// <summary>影像核查.</summary>
    [JsonStringEnumMemberName("影像核查")]
    Imagery,
}

/// <summary>What follows when an item is not met and not put right on the spot.</summary>
public enum Handling
{
    /// <summary>责令改正.</summary>
    [JsonStringEnumMemberName("责令改正")]
    Rectify,

    /// <summary>立案.</summary>
    [JsonStringEnumMemberName("立案")]
    File,

    /// <summary>责令改正并立案: both run side by side.</summary>
    [JsonStringEnumMemberName("责令改正并立案")]
    RectifyAndFile,

    /// <summary>移送.</summary>
    [JsonStringEnumMemberName("移送")]
    Transfer,
}

/// <summary>检查事项.</summary>
public sealed record ScenarioItem
{
    /// <summary>Code, such as <c>EH-01</c>.</summary>
    public required string Code { get; init; }

    /// <summary>What is checked.</summary>
    public required string Title { get; init; }

    /// <summary>监管部门.</summary>
    public required string SupervisingDepartment { get; init; }

    /// <summary>处罚部门.</summary>
    public required string PenaltyDepartment { get; init; }

    /// <summary>How it is judged.</summary>
    public required IReadOnlyList<CheckMethod> Methods { get; init; }

    /// <summary>How serious a breach is.</summary>
    public required Severity Severity { get; init; }

    /// <summary>罚则.</summary>
    public required PenaltyClause PenaltyClause { get; init; }

    /// <summary>What follows a breach.</summary>
    public required Handling Handling { get; init; }

    /// <summary>Law in versions by date; the date of the violation chooses.</summary>
    public required IReadOnlyList<ItemBasis> Bases { get; init; }

    /// <summary>Period for putting right, or null: immediate (立即改正).</summary>
    public ItemPeriod? Period { get; init; }

    /// <summary>What the order demands by default, and how it passes.</summary>
    public required string Requirement { get; init; }

    /// <summary>How the party proves it by default.</summary>
    public required string Proof { get; init; }

    /// <summary>Whether it can be put right on the spot.</summary>
    public bool FixableOnSpot { get; init; }

    /// <summary>Stop measure at hand, or null.</summary>
    public string? StopMeasure { get; init; }

    /// <summary>Number in the list of leniency matters, or null: no leniency.</summary>
    public string? LeniencyMatter { get; init; }

    /// <summary>Whether a second term is never given.</summary>
    public bool NoSecondTerm { get; init; }

    /// <summary>Whether findings hold data on minors (visible to 公安 and 文旅 only).</summary>
    public bool ConcernsMinors { get; init; }

    /// <summary>Tags of which the target must have one; empty for all targets.</summary>
    public IReadOnlyList<string> OnlyTags { get; init; } = [];

    /// <summary>Kinds of target for which it is; empty for all.</summary>
    public IReadOnlyList<string> OnlyKinds { get; init; } = [];

    /// <summary>Whether it is for a target with this kind and these tags.</summary>
    public bool AppliesTo(string kind, IReadOnlyList<string> tags) =>
        (OnlyKinds.Count == 0 || OnlyKinds.Contains(kind)) && (OnlyTags.Count == 0 || OnlyTags.Any(tags.Contains));

    /// <summary>The law as in force on a day, or null if the item had no basis then.</summary>
    public ItemBasis? BasisOn(DateOnly day) => Bases.FirstOrDefault(b => b.From <= day && (b.To is not { } to || day <= to));
}

/// <summary>Law of an item in force for a time.</summary>
/// <param name="Violated">Provision violated, such as 《中华人民共和国消防法》第二十八条.</param>
/// <param name="Order">Provision on which an order rests, or null where 行政处罚法 28 alone carries it.</param>
/// <param name="Penalty">Penalty clause, or null for 无罚则.</param>
/// <param name="From">First day in force.</param>
/// <param name="To">Last day in force, or null.</param>
public sealed record ItemBasis(string Violated, string? Order, string? Penalty, DateOnly From, DateOnly? To);

/// <summary>Period of an item with its bounds.</summary>
/// <param name="Default">Usual length.</param>
/// <param name="Min">Shortest.</param>
/// <param name="Max">Longest.</param>
/// <param name="Unit">Unit of all three.</param>
public sealed record ItemPeriod(int Default, int Min, int Max, PeriodUnit Unit);

/// <summary>What is done about new businesses: one choice per scenario (practice.md 7).</summary>
public enum NewBusinessRule
{
    /// <summary>观察期: excluded as <c>NEW_GRACE</c>.</summary>
    [JsonStringEnumMemberName("观察期")]
    Observe,

    /// <summary>加权.</summary>
    [JsonStringEnumMemberName("加权")]
    WeightUp,

    /// <summary>不区分.</summary>
    [JsonStringEnumMemberName("不区分")]
    None,
}

/// <summary>Weights of the draw.</summary>
/// <param name="Classes">Tickets by class, 1 to 64.</param>
/// <param name="Factors">Factors that multiply them.</param>
/// <param name="MaxTickets">Most tickets of a target, 1 to 64.</param>
/// <param name="NewBusiness">What is done about new businesses.</param>
public sealed record WeightRules(
    IReadOnlyDictionary<string, int> Classes, IReadOnlyList<WeightFactor> Factors, int MaxTickets, NewBusinessRule NewBusiness);

/// <summary>A factor of risk.</summary>
/// <param name="Code">Code, such as <c>complaint-90d</c>.</param>
/// <param name="Title">Name as shown to the target.</param>
/// <param name="Percent">Factor in percent: 200 doubles, 70 takes three tenths off; 10 to 400.</param>
public sealed record WeightFactor(string Code, string Title, int Percent);

/// <summary>Options of the draw.</summary>
/// <param name="Alternates">Alternates drawn; 0 or more.</param>
/// <param name="RecentMonths">A target checked within so many months is excluded (<c>RECENT</c>); 0 for none.</param>
/// <param name="FrequencyCap">On-site checks by one organ on one target in a year; 1 or more.</param>
/// <param name="UniformSharePercent">Share of each plan drawn with equal chances.</param>
public sealed record DrawRules(int Alternates, int RecentMonths, int FrequencyCap, int UniformSharePercent);

/// <summary>Default rungs of the two ladders.</summary>
/// <param name="Internal">对内.</param>
/// <param name="External">对外.</param>
public sealed record LadderDefaults(IReadOnlyList<LadderRung> Internal, IReadOnlyList<LadderRung> External);

/// <summary>Rules of re-inspection.</summary>
/// <param name="WithinWorkingDays">To be done within so many working days after the limit has passed.</param>
/// <param name="OtherOfficers">Whether other officers than those of the visit go.</param>
public sealed record ReinspectionRules(int WithinWorkingDays, bool OtherOfficers);

/// <summary>Rules of leniency.</summary>
/// <param name="LookBackMonths">How far back an earlier violation counts for 首违.</param>
public sealed record LeniencyRules(int LookBackMonths);

/// <summary>Rules of case filing.</summary>
/// <param name="WithinWorkingDays">Working days from the ground to the decision.</param>
/// <param name="Limits">Time limits of the organs; <c>*</c> is for those not named.</param>
public sealed record FilingRules(int WithinWorkingDays, IReadOnlyList<FilingLimit> Limits)
{
    /// <summary>The limit of a department.</summary>
    public FilingLimit LimitOf(string department) =>
        Limits.FirstOrDefault(l => l.Department == department) ?? Limits.First(l => l.Department == "*");
}

/// <summary>Time limit of an organ for its cases.</summary>
/// <param name="Department">Department, or <c>*</c>.</param>
/// <param name="Rule">Code of the rule, such as <c>APL-60</c>.</param>
/// <param name="Length">Length.</param>
/// <param name="Unit">Unit.</param>
/// <param name="Sealed">Whether its records are sealed (治安管理处罚法 136).</param>
public sealed record FilingLimit(string Department, string Rule, int Length, PeriodUnit Unit, bool Sealed);

/// <summary>Rules of publication.</summary>
/// <param name="WithinWorkingDays">Working days from the end of the task; at most 20.</param>
/// <param name="MaskIndividuals">Whether names of persons are masked; must be true.</param>
public sealed record PublicationRules(int WithinWorkingDays, bool MaskIndividuals);

/// <summary>Where services find the scenario of a case.</summary>
public interface IScenarioCatalogue
{
    /// <summary>The scenario of a package version.</summary>
    /// <exception cref="Sessions.RuleViolationException"><c>package-unknown</c>.</exception>
    ValueTask<Scenario> GetAsync(string packageVersionId, CancellationToken cancellationToken = default);
}
