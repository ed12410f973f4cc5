using System.Text.Json.Serialization;
using Workflows.Supervision.Inspections;
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

    /// <summary>Title, such as 电竞酒店监管一件事.</summary>
    public required string Title { get; init; }

    /// <summary>Kind of targets, such as <c>Premises</c>.</summary>
    public required string TargetKind { get; init; }

    /// <summary>Tags that tell the kinds of target apart, such as 食品小作坊 and 食品摊贩; a target bears one of them. Empty where there is one kind.</summary>
    public IReadOnlyList<string> KindTags { get; init; } = [];

    /// <summary>Tags that targets may bear and items may ask for.</summary>
    public required IReadOnlyList<string> TargetTags { get; init; }

    /// <summary>File of legal bases, relative to the scenario's folder.</summary>
    public required string LegalBases { get; init; }

    /// <summary>Departments; exactly one leads.</summary>
    public required IReadOnlyList<ScenarioDepartment> Departments { get; init; }

    /// <summary>Head-count above which a plan warns its approver (practice.md 4).</summary>
    public required int HeadCountWarning { get; init; }

    /// <summary>Items of the checklist.</summary>
    public required IReadOnlyList<ScenarioItem> Items { get; init; }

    /// <summary>Rules of leniency.</summary>
    public required LeniencyRules Leniency { get; init; }

    /// <summary>Rules of rectification.</summary>
    public required RectificationRules Rectification { get; init; }

    /// <summary>Options of the draw.</summary>
    public required DrawRules Draw { get; init; }

    /// <summary>What may set off a case.</summary>
    public required IReadOnlyList<TriggerKind> Triggers { get; init; }

    /// <summary>Rungs with which a ladder step of its diagrams is saved that has none of its own.</summary>
    public required LadderDefaults Ladders { get; init; }

    /// <summary>Limits by the names of <c>LimitNames</c>.</summary>
    public required IReadOnlyDictionary<string, LegalPeriod> Limits { get; init; }

    /// <summary>Minutes to contact, or null where the area sets none.</summary>
    public int? ContactMinutes { get; init; }

    /// <summary>Minutes to arrive, or null where the area sets none.</summary>
    public int? ArrivalMinutes { get; init; }

    /// <summary>Zones that targets have, such as 一级保护区; severity and basis of an item may differ by zone.</summary>
    public IReadOnlyList<string> Zones { get; init; } = [];

    /// <summary>Teams, and how fast they are to be there.</summary>
    public ResponseRules Response { get; init; } = ResponseRules.None;

    /// <summary>Milestones of the scenario's projects, in their order; empty where its targets are no projects.</summary>
    public IReadOnlyList<Milestone> Milestones { get; init; } = [];

    /// <summary>“1+1+X”: templates of teams to choose for what is dispatched.</summary>
    public IReadOnlyList<TeamTemplate> TeamTemplates { get; init; } = [];

    /// <summary>守法承诺 that its parties are asked for, or null.</summary>
    public PromiseRules? Promise { get; init; }

    /// <summary>繁简分流: ways of a filed case in the order in which they are tried, the ordinary last; empty where the scenario tells none apart.</summary>
    public IReadOnlyList<ProcedureWay> Procedures { get; init; } = [];

    /// <summary>Documents with their codes in numbers.</summary>
    public required IReadOnlyList<ScenarioDocument> Documents { get; init; }

    /// <summary>How cases move the 监管评分.</summary>
    public ScoreRules Score { get; init; } = new();

    /// <summary>Whether rooms that guests live in are entered only by police or with the guest's consent (<c>guards.occupiedRooms</c>: <c>PoliceOrConsent</c>).</summary>
    public bool OccupiedRoomsGuarded { get; init; }

    /// <summary>Whether targets are homes, which are entered with consent or by law alone (<c>guards.homes</c>: <c>ConsentOrLaw</c>).</summary>
    public bool HomesGuarded { get; init; }

    /// <summary>Rules of publication.</summary>
    public required PublicationRules Publication { get; init; }

    /// <summary>The department that leads.</summary>
    [JsonIgnore]
    public ScenarioDepartment Lead => Departments.First(d => d.Role == DepartmentRole.Lead);

    /// <summary>The item with a code, or null.</summary>
    public ScenarioItem? Item(string code) => Items.FirstOrDefault(i => i.Code == code);

    /// <summary>The department with a code, or null.</summary>
    public ScenarioDepartment? Department(string code) => Departments.FirstOrDefault(d => d.Code == code);

    /// <summary>A limit by name, or the default where the scenario sets none.</summary>
    public LegalPeriod Limit(string name, LegalPeriod otherwise) => Limits.TryGetValue(name, out var limit) ? limit : otherwise;
}

/// <summary>Part of a department in a scenario.</summary>
public enum DepartmentRole
{
    /// <summary>牵头.</summary>
    Lead,

    /// <summary>参与.</summary>
    Participating,

    /// <summary>Only for its items, where the target bears a tag.</summary>
    ForItem,

    /// <summary>可选: a plan may leave it out.</summary>
    Optional,
}

/// <summary>A department of a scenario.</summary>
public sealed record ScenarioDepartment
{
    /// <summary>Code, such as <c>CUL</c>.</summary>
    public required string Code { get; init; }

    /// <summary>Name without place, such as 文化广电旅游体育局.</summary>
    public required string Name { get; init; }

    /// <summary>Word in its document numbers without place, such as 文旅.</summary>
    public required string NumberName { get; init; }

    /// <summary>Its part.</summary>
    public required DepartmentRole Role { get; init; }

    /// <summary>Officers it sends; two or more.</summary>
    public int Officers { get; init; } = 2;

    /// <summary>Assistants it brings.</summary>
    public int Assistants { get; init; }

    /// <summary>Tag of the target without which it does not take part, or null.</summary>
    public string? OnlyWithTag { get; init; }

    /// <summary>Attending department that fixes the facts of its items when it does not attend, or null.</summary>
    public string? ItemsLeftTo { get; init; }

    /// <summary>Whether its records are sealed (治安管理处罚法 136).</summary>
    public bool SealedRecords { get; init; }

    /// <summary>Its own time limits where the law of its field sets others, or null.</summary>
    public DepartmentClocks? Clocks { get; init; }

    /// <summary>Whether the record of a matter is sealed: all that it keeps, or what it punishes under the law that its own limits come from (治安管理处罚法 136).</summary>
    public bool Seals(IReadOnlyList<Citation> penalises) => SealedRecords || (Clocks is { Law: not null } own && own.HoldFor(penalises));
}

/// <summary>Time limits of a department's own law (practice.md 3).</summary>
/// <param name="Basis">Where they stand.</param>
/// <param name="Case">For deciding a case.</param>
/// <param name="Extensions">How often it may be extended.</param>
/// <param name="Extension">By how much each time, or null.</param>
/// <param name="Service">For serving a decision, or null.</param>
/// <param name="OnSpotFineMax">Highest fine on the spot in yuan, or null.</param>
/// <param name="Law">Name of the law under which a matter has to be punished for them to hold, such as 治安管理处罚法; null where they hold for all that the department punishes.</param>
public sealed record DepartmentClocks(
    string Basis, LegalPeriod Case, int Extensions, LegalPeriod? Extension, LegalPeriod? Service, int? OnSpotFineMax, string? Law = null)
{
    /// <summary>
    /// Whether they hold for what is punished under these provisions: limits, forms and seals belong to organ and law (practice.md 3), so that the police who punish under
    /// the law of dangerous goods have the ninety days of anybody else.
    /// </summary>
    public bool HoldFor(IEnumerable<Citation> penalises) => Law is null || penalises.Any(p => p.Text.Contains(Law, StringComparison.Ordinal));
}

/// <summary>Rules of leniency.</summary>
/// <param name="LookBack">How far back an earlier violation counts for 首违.</param>
public sealed record LeniencyRules(LegalPeriod LookBack);

/// <summary>Rules of rectification.</summary>
/// <param name="ExtensionShare">Longest extension as a share of the original term, 0 to 1.</param>
/// <param name="ExtensionDecideWithin">An extension is decided within this; silence is no consent.</param>
/// <param name="SecondTermShare">Longest second term as a share of the first, 0 to 0.5.</param>
/// <param name="NoSecondTermItems">Items that never get a second term.</param>
/// <param name="CaseFilingWithin">From the ground of filing to the decision.</param>
public sealed record RectificationRules(
    decimal ExtensionShare,
    LegalPeriod ExtensionDecideWithin,
    decimal SecondTermShare,
    IReadOnlyList<string> NoSecondTermItems,
    LegalPeriod CaseFilingWithin)
{
    /// <summary>Longest extension of a term, in its unit; 0 where the share leaves none.</summary>
    public int LongestExtension(LegalPeriod original) => (int)(original.Length * ExtensionShare);

    /// <summary>Longest second term, in the unit of the first; 0 where the share leaves none.</summary>
    public int LongestSecondTerm(LegalPeriod first) => (int)(first.Length * SecondTermShare);
}

/// <summary>A document of a scenario.</summary>
/// <param name="Form">Key of the form, such as <c>rectification-order</c>; also the name of its template.</param>
/// <param name="Title">Title.</param>
/// <param name="Code">Code in its number, such as 责改; null for letters that are numbered without one.</param>
/// <param name="IsLetter">Whether it is an official letter (公文), else a law-enforcement form (执法文书).</param>
public sealed record ScenarioDocument(string Form, string Title, string? Code, bool IsLetter);

/// <summary>Rules of publication.</summary>
/// <param name="Within">From the end of the task; at most 20 working days.</param>
/// <param name="SealedItems">Items of which nothing is ever published.</param>
public sealed record PublicationRules(LegalPeriod Within, IReadOnlyList<string> SealedItems);

/// <summary>Provision of law as cited.</summary>
/// <param name="Code">Code of the base, such as <c>FIRE-28</c>.</param>
/// <param name="Text">As printed, such as 《中华人民共和国消防法》第二十八条.</param>
/// <param name="Content">What the provision says, or null.</param>
public sealed record Citation(string Code, string Text, string? Content);

/// <summary>监管评分: points taken and given (scenarios.md 3). All are data of the scenario.</summary>
/// <param name="Minor">For a minor finding; 0 or less, as the next ones.</param>
/// <param name="General">For a general one.</param>
/// <param name="Serious">For a serious one.</param>
/// <param name="Overdue">For an item that was not put right in its term.</param>
/// <param name="CriticalCeiling">Points that a critical finding leaves at most, at once: below the line of class D.</param>
/// <param name="Rectified">For an item that passed its re-inspection; 0 or more, as the next ones.</param>
/// <param name="SelfCheck">For a self-check that the party handed in before the check.</param>
/// <param name="Clean">For a time without findings.</param>
/// <param name="CleanMonths">How long that time is, in months.</param>
/// <param name="RefusalCeiling">Points that a refused check leaves at most, at once: it is class D too.</param>
/// <param name="FirstMinorFixed">For a minor finding that was put right on the spot and is the first of its item at the target; later ones and graver ones count in full.</param>
public sealed record ScoreRules(
    int Minor = -2, int General = -5, int Serious = -15, int Overdue = -10, int CriticalCeiling = 59, int Rectified = 3, int SelfCheck = 2, int Clean = 10, int CleanMonths = 12,
    int RefusalCeiling = 59, int FirstMinorFixed = 0);

/// <summary>Law by code and date.</summary>
public interface ILegalCitations
{
    /// <summary>The provision as in force on the day of the violation; null if the code is unknown or no version was in force.</summary>
    Citation? Find(string code, DateOnly on);
}

/// <summary>A scenario with its law, as published in one package version.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Law">Its law.</param>
public sealed record ScenarioPackage(Scenario Scenario, ILegalCitations Law);

/// <summary>Where services find the scenario of a case.</summary>
public interface IScenarioCatalogue
{
    /// <summary>The scenario of a package version, or null.</summary>
    ValueTask<ScenarioPackage?> FindAsync(string packageVersionId, CancellationToken cancellationToken = default);
}

/// <summary>Short ways to the catalogue.</summary>
public static class ScenarioCatalogueAccess
{
    /// <summary>The scenario of a package version.</summary>
    /// <exception cref="Sessions.RuleViolationException"><c>package-unknown</c> (404).</exception>
    public static async ValueTask<ScenarioPackage> RequireAsync(
        this IScenarioCatalogue catalogue, string packageVersionId, CancellationToken cancellationToken = default) =>
        await catalogue.FindAsync(packageVersionId, cancellationToken) ?? throw new Sessions.RuleViolationException(
            Sessions.RefusalKind.NotFound, "package-unknown", "packageVersionId", $"场景版本“{packageVersionId}”不存在，请先发布场景。");
}
