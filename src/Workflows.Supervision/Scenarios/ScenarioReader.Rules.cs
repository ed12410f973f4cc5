using Workflows.Supervision.Escalation;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Scenarios;

/// <content>The draw and the ladders.</content>
public static partial class ScenarioReader
{
    private static DrawRules Draw(JsonNodeReader r)
    {
        r.Fixed("algorithm", "SSF-DRAW-v1");
        var rate = r.Object("rate", true, x => new SamplingRate(x.Decimal("default", 0, 1), x.Decimal("min", 0, 1), x.Decimal("max", 0, 1)));
        if (rate is not null && !(rate.Min <= rate.Default && rate.Default <= rate.Max))
        {
            r.ReportAt("rate", $"应满足 min ≤ default ≤ max，现为 {rate.Min}、{rate.Default}、{rate.Max}");
        }

        var except = new List<TriggerKind>();
        var organs = new Dictionary<string, int?>(StringComparer.Ordinal);
        var caps = r.Object("frequencyCap", true, x =>
        {
            except.AddRange(x.List("exceptTriggers", false, x.Parse<TriggerKind>, 40));
            organs = x.Object("organs", false, o => o.Names.ToList().ToDictionary(n => n, n => o.OptionalNumber(n, 1, 100), StringComparer.Ordinal)) ?? [];
            return x.Names.Where(n => n is not ("exceptTriggers" or "organs")).ToList()
                .ToDictionary(n => n, n => x.OptionalNumber(n, 1, 100), StringComparer.Ordinal);
        });
        return new DrawRules
        {
            WeightMode = r.Choice<WeightMode>("weightMode"),
            Rate = rate ?? new SamplingRate(0, 0, 0),
            MinimumDrawn = r.Number("minimumDrawn", 1, 1_000_000),
            Alternates = r.Number("alternates", 0, 10_000),
            UniformShare = r.Decimal("uniformShare", 0, 1),
            ClassWeights = r.Object("classWeights", true, x => x.Names.ToList().ToDictionary(n => n, n => x.Number(n, 1, 64), StringComparer.Ordinal)) ?? [],
            UnclassifiedWeight = r.Number("unclassifiedWeight", 1, 64),
            MaxWeight = r.Number("maxWeight", 1, 64),
            MaxFactor = r.Decimal("maxFactor", 1, 4),
            Factors = r.List("factors", false, (e, p) => r.Nested(e, p, Factor), 50),
            NewBusiness = r.Choice<NewBusinessRule>("newBusiness"),
            Exclusions = r.List("exclusions", true, (e, p) => r.Nested(e, p, x => new DrawExclusion(
                x.Text("code", 40), x.Text("title", 100), x.OptionalPeriod("within"), x.OptionalNumber("perYear", 1, 100))), 40),
            FrequencyCap = caps ?? [],
            CapExceptTriggers = except,
            OrganCaps = organs,
        };
    }

    private static WeightFactor Factor(JsonNodeReader r)
    {
        var factor = new WeightFactor(
            r.Text("code", 40), r.Text("title", 100), r.Decimal("multiplier", 0.1m, 4), r.Texts("items"), r.OptionalPeriod("within"),
            r.OptionalNumber("scoreBelow", 1, 100),
            r.Has("promise") ? r.Choice<PromiseStanding>("promise") : null,
            r.Object("when", false, Source),
            r.Has("itemsOf") ? r.Choice<FindingsOf>("itemsOf") : FindingsOf.Target);
        if (factor is { Within: not null, LooksBack: false })
        {
            r.ReportAt("within", factor.Code == WeightFactor.Complained
                ? "名录库只记录近90日的投诉数，此处的期间不起作用，请删除"
                : $"只有列明检查事项（items）的因素和 {WeightFactor.NewOpening}、{WeightFactor.LongUnchecked}、{WeightFactor.SelfChecked} 按期间回看，本因素不起作用，请删除");
        }

        if (factor is { ScoreBelow: not null, Items.Count: > 0 })
        {
            r.ReportAt("scoreBelow", "一个风险因素只看监管评分或者只看检查事项，请分成两个因素");
        }

        if (factor is { Promise: not null } and ({ ScoreBelow: not null } or { Items.Count: > 0 }))
        {
            r.ReportAt("promise", "一个风险因素只看守法承诺、监管评分或者检查事项中的一项，请分成几个因素");
        }

        return factor;
    }

    private static FactorSource Source(JsonNodeReader r)
    {
        var source = new FactorSource
        {
            Tags = r.Texts("tags"),
            RiskLevels = r.Texts("riskLevels"),
            CaretakerTags = r.Texts("caretakerTags"),
            Season = r.Object("season", false, x => new YearSeason(DayOfYear(x, "from"), DayOfYear(x, "to"))),
            Holiday = r.Object("holiday", false, x => new HolidayNearness(x.OptionalNumber("before", 0, 60) ?? 0, x.OptionalNumber("after", 0, 60) ?? 0)),
            Alarms = r.Object("alarms", false, x => new AlarmCount(x.Number("moreThan", 0, 10_000), x.Period("within"))),
            MilestoneLate = r.OptionalPeriod("milestoneLate"),
        };
        if (source is { Tags.Count: 0, RiskLevels.Count: 0, CaretakerTags.Count: 0, Season: null, Holiday: null, Alarms: null, MilestoneLate: null })
        {
            r.ReportAt("tags", "请至少写明一项依据：标签（tags）、风险等级（riskLevels）、管理单位标签（caretakerTags）、时段（season）、节日前后（holiday）、告警次数（alarms）或者节点逾期（milestoneLate）");
        }

        return source;
    }

    private static DateOnly DayOfYear(JsonNodeReader r, string name)
    {
        var text = r.Text(name, 5);
        if (DateOnly.TryParseExact($"2024-{text}", "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var day))
        {
            return day;
        }

        r.ReportAt(name, $"“{text}”不是月日，请按“04-15”的格式填写");
        return new DateOnly(2024, 1, 1);
    }

    private static ResponseRules Response(JsonNodeReader r)
    {
        static double? Degrees(JsonNodeReader x, string name, decimal least, decimal most) => x.Has(name) ? (double)x.Decimal(name, least, most) : null;
        var channels = r.Texts("channels", required: true);
        string? Channel(JsonNodeReader x)
        {
            var channel = x.OptionalText("channel", 20);
            if (channel is not null && !channels.Contains(channel, StringComparer.Ordinal))
            {
                x.ReportAt("channel", $"出动方式“{channel}”不在 channels 中，请先登记");
            }

            return channel;
        }

        var targets = r.List("targets", false, (e, p) => r.Nested(e, p, x => new ResponseTarget(
            x.OptionalText("area", 9), Channel(x), x.Number("contactMinutes", 1, 10_000), x.Number("arrivalMinutes", 1, 10_000))), 500);
        var teams = r.List("teams", false, (e, p) => r.Nested(e, p, x => new ResponseTeam(
            x.Text("code", 40), x.Text("name", 60), Channel(x) ?? "", x.Text("department", 20), x.Text("area", 9), Degrees(x, "latitude", 3, 54), Degrees(x, "longitude", 73, 136))), 1000);
        var fine = r.Object("onSpotFine", false, x => Tuple.Create(x.Number("person", 0, 200), x.Number("organisation", 0, 3000)));
        return new ResponseRules
        {
            Channels = channels, Targets = targets, Teams = teams, ReachMetres = r.OptionalNumber("reachMetres", 100, 1_000_000), OnSpotFineOfPerson = fine?.Item1 ?? 200, OnSpotFineOfOrganisation = fine?.Item2 ?? 3000,
        };
    }

    private static TeamTemplate TeamTemplate(JsonNodeReader r) => new(r.Text("code", 20), r.Text("title", 60), r.List("seats", true, (e, p) => r.Nested(e, p, Seat), 20));

    private static TeamSeat Seat(JsonNodeReader r)
    {
        var seat = new TeamSeat(
            r.Text("code", 20), r.Text("title", 40), r.Choice<SeatCapacity>("capacity"), r.OptionalText("department", 20), r.Number("least", 0, 20), r.Number("most", 1, 20), r.Flag("signs"));
        if (seat is { Signs: true, Capacity: not SeatCapacity.Officer })
        {
            r.ReportAt("signs", "只有持证执法人员可以在执法文书上签名（行政处罚法第四十二条），请改为 false");
        }

        if (seat.Most < seat.Least)
        {
            r.ReportAt("most", $"应不少于 least（{seat.Least}）");
        }

        return seat;
    }

    private static ProcedureWay Procedure(JsonNodeReader r)
    {
        var way = new ProcedureWay(
            r.Choice<ProcedureKind>("way"), r.Text("title", 40), r.OptionalText("basis", 400), r.OptionalPeriod("limit"),
            r.Object("conditions", false, c => new ProcedureConditions(
                c.Flag("factsClear"), c.Flag("admitted"), c.Flag("noHearing"), c.OptionalNumber("fineOfPerson", 0, 100_000_000), c.OptionalNumber("fineOfOrganisation", 0, 100_000_000),
                c.Has("mostSevere") ? c.Choice<Severity>("mostSevere") : null)) ?? new ProcedureConditions());

        // 行政处罚法 51: what is simple is not for the scenario to widen.
        if (way is { Way: ProcedureKind.Simple, Conditions: not { FactsClear: true, FineOfPerson: <= 200, FineOfOrganisation: <= 3000 } })
        {
            r.ReportAt("conditions", "简易程序须以事实清楚为条件（factsClear 为 true），罚款上限对公民不超过 200 元、对法人或者其他组织不超过 3000 元（行政处罚法第五十一条）");
        }

        if (way is { Way: ProcedureKind.Fast, Conditions: not { FactsClear: true, Admitted: true } })
        {
            r.ReportAt("conditions", "快速办理须以事实清楚、当事人认错认罚为条件，请将 factsClear 和 admitted 填为 true");
        }

        if (way is { Way: ProcedureKind.Ordinary, Conditions.AskNothing: false })
        {
            r.ReportAt("conditions", "普通程序不设条件，请删除");
        }

        return way;
    }

    private static LadderDefaults Ladders(JsonNodeReader r) => new(
        r.List("internal", true, (e, p) => r.Nested(e, p, Rung), 20), r.List("external", true, (e, p) => r.Nested(e, p, Rung), 20));

    private static LadderRung Rung(JsonNodeReader r) => new()
    {
        Code = r.Text("code", 40),
        Title = r.Text("title", 40),
        Offset = r.Number("offset", -525_600, 525_600),
        Unit = r.Choice<LadderUnit>("unit"),
        Action = r.Choice<LadderAction>("action"),
        Recipients = r.Texts("recipients", required: true),
        AnswerWithin = r.OptionalPeriod("answerWithin"),
        ObjectionWithin = r.OptionalPeriod("objectionWithin"),
    };
}
