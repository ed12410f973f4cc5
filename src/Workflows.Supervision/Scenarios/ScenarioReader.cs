using System.Text.Json;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Scenarios;

/// <summary>What reading a scenario brought.</summary>
/// <param name="Scenario">The scenario; null if there is any problem.</param>
/// <param name="Problems">Every problem, in the order of the file.</param>
public sealed record ScenarioReading(Scenario? Scenario, IReadOnlyList<ScenarioProblem> Problems);

/// <summary>
/// Reads <c>scenario.json</c> strictly: unknown, missing and wrong fields and broken references are all reported at once, each with
/// its JSON path and the remedy. The file holds, at most 1 MiB and 16 levels deep: <c>code name version targetKind departments items
/// weights draw ladders reinspection leniency filing publication templates</c>; the members of each part are those of the records
/// beside this class, in camelCase; enumerations stand in Chinese, units as <c>working-days calendar-days months years</c>, dates as
/// <c>2026-11-21</c>. Texts that begin with <c>$</c> such as <c>$schema</c> are allowed at the top.
/// </summary>
public static class ScenarioReader
{
    private const int LongestFile = 1024 * 1024;

    /// <summary>Reads a file.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    public static ScenarioReading Read(ReadOnlyMemory<byte> json)
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
            if (problems.Count == 0)
            {
                problems.AddRange(ScenarioConsistency.Check(scenario));
            }

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
        _ = r.OptionalText("$schema");
        return new Scenario
        {
            Code = r.Text("code", 60),
            Name = r.Text("name", 100),
            Version = r.Text("version", 40),
            TargetKind = r.Text("targetKind", 40),
            Departments = r.List("departments", true, (e, p) => r.Nested(e, p, Department), 40),
            Items = r.List("items", true, (e, p) => r.Nested(e, p, Item)),
            Weights = r.Object("weights", true, Weights)!,
            Draw = r.Object("draw", true, d => new DrawRules(
                d.Number("alternates", 0, 1000), d.Number("recentMonths", 0, 60), d.Number("frequencyCap", 1, 100), d.Number("uniformSharePercent", 0, 100)))!,
            Ladders = r.Object("ladders", true, l => new LadderDefaults(
                l.List("internal", true, (e, p) => l.Nested(e, p, Rung), 20), l.List("external", true, (e, p) => l.Nested(e, p, Rung), 20)))!,
            Reinspection = r.Object("reinspection", true, x => new ReinspectionRules(x.Number("withinWorkingDays", 1, 60), x.Flag("otherOfficers")))!,
            Leniency = r.Object("leniency", true, x => new LeniencyRules(x.Number("lookBackMonths", 1, 120)))!,
            Filing = r.Object("filing", true, x => new FilingRules(
                x.Number("withinWorkingDays", 1, 30), x.List("limits", true, (e, p) => x.Nested(e, p, Limit), 40)))!,
            Publication = r.Object("publication", true, x => new PublicationRules(x.Number("withinWorkingDays", 1, 20), x.Flag("maskIndividuals")))!,
            Templates = r.Object("templates", false, t => t.Names.ToList().ToDictionary(n => n, n => t.Text(n, 200), StringComparer.Ordinal))
                ?? new Dictionary<string, string>(StringComparer.Ordinal),
        };
    }

    private static ScenarioDepartment Department(JsonNodeReader r) => new()
    {
        Code = r.Text("code", 20),
        Name = r.Text("name", 100),
        NumberName = r.Text("numberName", 20),
        Lead = r.Flag("lead"),
        Optional = r.Flag("optional"),
        ItemsLeftTo = r.OptionalText("itemsLeftTo", 20),
        Officers = r.OptionalNumber("officers", 2, 20) ?? 2,
        Assistants = r.OptionalNumber("assistants", 0, 20) ?? 0,
    };

    private static ScenarioItem Item(JsonNodeReader r) => new()
    {
        Code = r.Text("code", 20),
        Title = r.Text("title", 200),
        SupervisingDepartment = r.Text("supervisingDepartment", 20),
        PenaltyDepartment = r.Text("penaltyDepartment", 20),
        Methods = r.List("methods", true, r.Parse<CheckMethod>, 10),
        Severity = r.Choice<Severity>("severity"),
        PenaltyClause = r.Choice<PenaltyClause>("penaltyClause"),
        Handling = r.Choice<Handling>("handling"),
        Bases = r.List("bases", true, (e, p) => r.Nested(e, p, b => new ItemBasis(
            b.Text("violated", 500), b.OptionalText("order", 500), b.OptionalText("penalty", 500), b.Date("from"), b.OptionalDate("to"))), 20),
        Period = r.Object("period", false, p => new ItemPeriod(
            p.Number("default", 1, 366), p.Number("min", 1, 366), p.Number("max", 1, 366), p.Unit("unit"))),
        Requirement = r.Text("requirement"),
        Proof = r.Text("proof"),
        FixableOnSpot = r.Flag("fixableOnSpot"),
        StopMeasure = r.OptionalText("stopMeasure", 100),
        LeniencyMatter = r.OptionalText("leniencyMatter", 60),
        NoSecondTerm = r.Flag("noSecondTerm"),
        ConcernsMinors = r.Flag("concernsMinors"),
        OnlyTags = r.Texts("onlyTags"),
        OnlyKinds = r.Texts("onlyKinds"),
    };

    private static WeightRules Weights(JsonNodeReader r) => new(
        r.Object("classes", true, c => c.Names.ToList().ToDictionary(n => n, n => c.Number(n, 1, 64), StringComparer.Ordinal))
            ?? new Dictionary<string, int>(StringComparer.Ordinal),
        r.List("factors", false, (e, p) => r.Nested(e, p, f => new WeightFactor(f.Text("code", 40), f.Text("title", 100), f.Number("percent", 10, 400))), 50),
        r.Number("maxTickets", 1, 64),
        r.Choice<NewBusinessRule>("newBusiness"));

    private static LadderRung Rung(JsonNodeReader r) => new()
    {
        WorkingDays = r.OptionalNumber("workingDays", -250, 250),
        Minutes = r.OptionalNumber("minutes", -525_600, 525_600),
        Action = r.Choice<LadderAction>("action"),
        Recipients = r.Texts("recipients"),
        Port = r.Text("port", 60),
    };

    private static FilingLimit Limit(JsonNodeReader r) => new(
        r.Text("department", 20), r.Text("rule", 40), r.Number("length", 1, 366), r.Unit("unit"), r.Flag("sealed"));
}
