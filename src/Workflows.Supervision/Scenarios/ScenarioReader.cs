using System.Text.Json;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Scenarios;

/// <summary>What reading a scenario brought.</summary>
/// <param name="Scenario">The scenario; null if there is any problem.</param>
/// <param name="Problems">Every problem, in the order of the file.</param>
public sealed record ScenarioReading(Scenario? Scenario, IReadOnlyList<ScenarioProblem> Problems);

/// <summary>
/// Reads <c>scenario.json</c> strictly: unknown, missing and wrong fields and broken references are all reported at once, each with
/// its JSON path and the remedy. At most 1 MiB and 16 levels. Names of fields are those of the file of the first scenario
/// (<c>workflow-definitions/esports-hotel/scenario.json</c>); periods stand as <c>{"length": 3, "unit": "WorkingDays"}</c>.
/// </summary>
public static partial class ScenarioReader
{
    private const int LongestFile = 1024 * 1024;

    /// <summary>Reads a file.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    public static ScenarioReading Read(ReadOnlyMemory<byte> json) => Read(json, _ => true);

    /// <summary>Reads a file that was published: names that the service knew then and knows no longer decide nothing, and whatever was pinned to it goes on.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    public static ScenarioReading ReadPublished(ReadOnlyMemory<byte> json) => Read(json, problem => !problem.IsUnknownName);

    private static ScenarioReading Read(ReadOnlyMemory<byte> json, Func<ScenarioProblem, bool> counts)
    {
        if (json.Length > LongestFile)
        {
            return Refuse($"文件有 {json.Length} 字节，超过上限 {LongestFile}，请精简");
        }

        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 16 });
            var problems = new List<ScenarioProblem>();
            var scenario = JsonNodeReader.Read(document.RootElement, "$", problems, Whole);
            problems.AddRange(ScenarioConsistency.Check(scenario).Where(p => problems.All(q => q.Path != p.Path)).ToList());
            problems.RemoveAll(problem => !counts(problem));
            return new ScenarioReading(problems.Count == 0 ? scenario : null, problems);
        }
        catch (JsonException broken)
        {
            return Refuse($"第 {broken.LineNumber + 1} 行第 {broken.BytePositionInLine + 1} 字节处不是合法的 JSON，请检查括号、逗号和引号");
        }
    }

    /// <summary>Reads a file that must be right.</summary>
    /// <exception cref="RuleViolationException"><c>scenario-invalid</c>: the message lists every problem.</exception>
    public static Scenario Require(ReadOnlyMemory<byte> json)
    {
        var reading = Read(json);
        return reading.Scenario ?? throw new RuleViolationException(
            RefusalKind.Invalid, "scenario-invalid", reading.Problems[0].Path, string.Join("；", reading.Problems));
    }

    private static ScenarioReading Refuse(string message) => new(null, [new ScenarioProblem("$", message)]);

    private static Scenario Whole(JsonNodeReader r)
    {
        r.Ignore("$schema");
        r.Constant("schemaVersion", 1);
        var limits = r.Object("limits", true, Limits) ?? new LimitTable();
        var lead = r.Text("leadDepartment", 20);
        var guards = r.Object("guards", false, Guards);
        var scenario = new Scenario
        {
            Code = r.Text("code", 60),
            Name = r.Text("name", 100),
            Title = r.Text("title", 200),
            TargetKind = r.Text("targetKind", 40),
            KindTags = r.List("targetKinds", false, (e, p) => r.Nested(e, p, KindTag), 50),
            TargetTags = r.Texts("targetTags"),
            LegalBases = r.Text("legalBases", 200),
            Departments = r.List("departments", true, (e, p) => r.Nested(e, p, Department), 40),
            HeadCountWarning = r.Number("headCountWarning", 1, 100),
            Items = r.List("items", true, (e, p) => r.Nested(e, p, Item)),
            Leniency = r.Object("leniency", true, Leniency) ?? new LeniencyRules(LegalPeriod.Years(2)),
            Rectification = r.Object("rectification", true, Rectification)!,
            Draw = r.Object("draw", true, Draw)!,
            Triggers = r.List("triggers", true, r.Parse<TriggerKind>, 40),
            Ladders = r.Object("ladders", true, Ladders)!,
            Limits = limits.Periods,
            ContactMinutes = limits.ContactMinutes,
            ArrivalMinutes = limits.ArrivalMinutes,
            Zones = r.Texts("zones"),
            Milestones = r.List("milestones", false, (e, p) => r.Nested(e, p, m => new Milestone(
                m.Text("code", 20), m.Text("title", 60), m.Choice<MilestoneStart>("from"), m.OptionalPeriod("after"), m.Texts("items"))), 50),
            Response = r.Object("response", false, Response) ?? ResponseRules.None,
            TeamTemplates = r.List("teamTemplates", false, (e, p) => r.Nested(e, p, TeamTemplate), 20),
            Promise = r.Object("promise", false, x => new PromiseRules(x.Texts("texts", required: true), x.Texts("items"), x.Period("term"))),
            Procedures = r.List("procedures", false, (e, p) => r.Nested(e, p, Procedure), 3),
            Documents = r.List("documents", true, (e, p) => r.Nested(e, p, Document), 100),
            Score = r.Object("score", false, Score) ?? new ScoreRules(),
            OccupiedRoomsGuarded = guards?.OccupiedRooms is not null,
            HomesGuarded = guards?.Homes is not null,
            Publication = r.Object("publication", true, Publication)!,
        };
        if (lead.Length > 0 && scenario.Departments.Where(d => d.Role == DepartmentRole.Lead).Select(d => d.Code).ToArray() is var leads
            && (leads.Length != 1 || leads[0] != lead))
        {
            r.ReportAt("leadDepartment", $"应与 departments 中唯一一个 role 为 Lead 的部门一致，现有 {leads.Length} 个牵头部门");
        }

        return scenario;
    }

    private static ScoreRules Score(JsonNodeReader r)
    {
        var usual = new ScoreRules();
        int Taken(string name, int other) => r.OptionalNumber(name, -100, 0) ?? other;
        int Given(string name, int other) => r.OptionalNumber(name, 0, 100) ?? other;
        return new ScoreRules(
            Taken("minor", usual.Minor), Taken("general", usual.General), Taken("serious", usual.Serious), Taken("overdue", usual.Overdue), Given("criticalCeiling", usual.CriticalCeiling),
            Given("rectified", usual.Rectified), Given("selfCheck", usual.SelfCheck), Given("clean", usual.Clean), r.OptionalNumber("cleanMonths", 1, 60) ?? usual.CleanMonths,
            Given("refusalCeiling", usual.RefusalCeiling), Taken("firstMinorFixed", usual.FirstMinorFixed));
    }

    private static string KindTag(JsonNodeReader r)
    {
        var tag = r.Text("tag", 60);
        r.Text("title", 200);
        return tag;
    }

    private static ScenarioDepartment Department(JsonNodeReader r) => new()
    {
        Code = r.Text("code", 20),
        Name = r.Text("name", 100),
        NumberName = r.Text("numberName", 20),
        Role = r.Choice<DepartmentRole>("role"),
        Officers = r.OptionalNumber("officers", 2, 20) ?? 2,
        Assistants = r.OptionalNumber("assistants", 0, 20) ?? 0,
        OnlyWithTag = r.OptionalText("onlyWithTag", 60),
        ItemsLeftTo = r.OptionalText("itemsLeftTo", 20),
        SealedRecords = r.Flag("sealedRecords"),
        Clocks = r.Object("clocks", false, c => new DepartmentClocks(
            c.Text("basis", 200), c.Period("case"), c.OptionalNumber("extensions", 0, 5) ?? 0, c.OptionalPeriod("extension"),
            c.OptionalPeriod("service"), c.OptionalNumber("onSpotFineMax", 0, 1_000_000), c.OptionalText("law", 60))),
    };

    private static LeniencyRules Leniency(JsonNodeReader r)
    {
        foreach (var (kind, path) in r.List("onlyPenaltyKinds", true, (e, p) => (r.Parse<PenaltyClause>(e, p), p), 4))
        {
            if (kind is not (PenaltyClause.Direct or PenaltyClause.WarnAndCorrect))
            {
                r.Report(path, "首违不罚、轻微不罚只适用于 Direct 和 WarnAndCorrect，请删除");
            }
        }

        r.Object("bases", true, b => new[] { b.Text("firstOffence"), b.Text("minorOffence"), b.Text("education"), b.Text("decision") });
        return new LeniencyRules(r.Period("lookBack"));
    }

    private static RectificationRules Rectification(JsonNodeReader r)
    {
        r.Fixed("periodStarts", "DayAfterService");
        var extension = r.Object("extension", true, x =>
        {
            x.Constant("times", 1);
            x.Fixed("countsFrom", "OriginalEnd");
            x.Fixed("silence", "NotConsent");
            x.Fixed("approver", Role.DepartmentHead);
            return Tuple.Create(x.Decimal("maxShareOfOriginal", 0, 1), x.Period("decideWithin"));
        });
        var second = r.Object("secondTerm", true, x =>
        {
            x.Constant("times", 1);
            x.Fixed("approver", Role.DepartmentHead);
            var kinds = x.List("neverForPenaltyKinds", true, x.Parse<PenaltyClause>, 4);
            if (!kinds.Contains(PenaltyClause.CorrectFirst))
            {
                x.ReportAt("neverForPenaltyKinds", "必须包含 CorrectFirst：逾期(拒不)改正才处罚的事项不给第二次期限");
            }

            return Tuple.Create(x.Decimal("maxShareOfFirst", 0, 0.5m), x.Texts("neverFor"));
        });
        return new RectificationRules(
            extension?.Item1 ?? 1, extension?.Item2 ?? LegalPeriod.WorkingDays(2), second?.Item1 ?? 0.5m, second?.Item2 ?? [], r.Period("caseFilingWithin"));
    }

    private static ScenarioDocument Document(JsonNodeReader r)
    {
        var family = r.Choice<DocumentFamily>("family");
        return new ScenarioDocument(r.Text("form", 60), r.Text("title", 60), r.OptionalText("code", 10), family == DocumentFamily.Letter);
    }

    private static PublicationRules Publication(JsonNodeReader r)
    {
        r.Fixed("countsFrom", "TaskEnded");
        r.Fixed("reviewer", Role.PublicationReviewer);
        if (!r.Flag("maskIndividuals"))
        {
            r.ReportAt("maskIndividuals", "个人信息必须脱敏后公示，请填写 true");
        }

        var within = r.Period("within");
        if (within.Unit != PeriodUnit.WorkingDays || within.Length > 20)
        {
            r.ReportAt("within", "公示期限最长 20 个工作日（国发〔2019〕5号），请缩短");
        }

        var sealedItems = r.Object("neverPublish", false, n =>
        {
            n.Flag("minorsData");
            n.OptionalText("reason", 500);
            return n.Texts("sealedItems");
        });
        return new PublicationRules(within, sealedItems ?? []);
    }

    private static VisitGuards Guards(JsonNodeReader r)
    {
        var rooms = r.OptionalText("occupiedRooms", 60);
        if (rooms is not (null or "PoliceOrConsent"))
        {
            r.ReportAt("occupiedRooms", "进入在住客房的规则只能是 PoliceOrConsent（公安机关在场或者住客同意），不适用的请删除");
        }

        var homes = r.OptionalText("homes", 60);
        if (homes is not (null or "ConsentOrLaw"))
        {
            r.ReportAt("homes", "进入住宅的规则只能是 ConsentOrLaw（经同意或者依法进入），对象不是住宅的请删除");
        }

        if (!r.Flag("secondVisitNeedsApproval"))
        {
            r.ReportAt("secondVisitNeedsApproval", "再次上门须经批准，请填写 true");
        }

        return new VisitGuards(rooms, homes);
    }

    private static LimitTable Limits(JsonNodeReader r)
    {
        var table = new LimitTable { ContactMinutes = r.OptionalNumber("contactMinutes", 1, 10_000), ArrivalMinutes = r.OptionalNumber("arrivalMinutes", 1, 10_000) };
        foreach (var name in LimitNames.All)
        {
            if (r.OptionalPeriod(name) is { } period)
            {
                table.Periods[name] = period;
            }
        }

        return table;
    }

    private sealed record VisitGuards(string? OccupiedRooms, string? Homes);

    private enum DocumentFamily
    {
        Letter,
        Form,
    }

    private sealed class LimitTable
    {
        public Dictionary<string, LegalPeriod> Periods { get; } = new(StringComparer.Ordinal);

        public int? ContactMinutes { get; init; }

        public int? ArrivalMinutes { get; init; }
    }
}
