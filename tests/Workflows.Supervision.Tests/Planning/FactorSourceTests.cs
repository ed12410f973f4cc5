using System.Globalization;
using System.Text.Json.Nodes;
using Workflows.Supervision.Drawing;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Tests.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Tests.Planning;

/// <summary>Each factor of risk is decided by data that the service keeps (scenarios.md: season factor, alarms per month, contractor's past, missed milestone, property firm's score).</summary>
public sealed class FactorSourceTests
{
    private static readonly RosterTarget Target = new() { Id = "T001", Name = "样例对象一", TownCode = "330203009", District = "330203", Tags = ["顶层"], RiskLevel = "C" };

    private readonly World _world = new();

    [Theory]
    [InlineData("04-15", "10-15", "2026-04-14", false)]
    [InlineData("04-15", "10-15", "2026-04-15", true)]
    [InlineData("04-15", "10-15", "2026-10-15", true)]
    [InlineData("04-15", "10-15", "2026-10-16", false)]
    [InlineData("11-15", "03-01", "2026-12-31", true)]
    [InlineData("11-15", "03-01", "2028-02-29", true)]
    [InlineData("11-15", "03-01", "2027-03-02", false)]
    public void A_season_holds_on_its_first_and_last_day_and_over_the_end_of_the_year(string from, string to, string day, bool weighs) =>
        Assert.Equal(weighs, Weighs(new FactorSource { Season = new YearSeason(Date($"2024-{from}"), Date($"2024-{to}")) }, Date(day)));

    // By the notice of the State Council 中秋 2026 is off from 25 to 27 September and 国庆 from 1 to 7 October.
    [Theory]
    [InlineData(30, 0, "2026-08-25", false)]
    [InlineData(30, 0, "2026-08-26", true)]
    [InlineData(0, 0, "2026-09-24", false)]
    [InlineData(0, 0, "2026-09-25", true)]
    [InlineData(0, 7, "2026-10-14", true)]
    [InlineData(0, 7, "2026-10-15", false)]
    public void Days_around_a_holiday_count_calendar_days(int before, int after, string day, bool weighs) =>
        Assert.Equal(weighs, Weighs(new FactorSource { Holiday = new HolidayNearness(before, after) }, Date(day)));

    // 近30日告警多于5次: the thirtieth day back counts, the sixth alarm makes it more than five.
    [Theory]
    [InlineData(5, 0, false)]
    [InlineData(6, 0, true)]
    [InlineData(5, 1, false)]
    public void More_than_five_alarms_within_thirty_days(int lately, int before, bool weighs)
    {
        var facts = RiskFacts.None with { Alarms = [.. Enumerable.Repeat(Date("2026-11-05"), lately), .. Enumerable.Repeat(Date("2026-11-04"), before)] };
        Assert.Equal(weighs, Weighs(new FactorSource { Alarms = new AlarmCount(5, LegalPeriod.CalendarDays(30)) }, Date("2026-12-05"), facts));
    }

    // Planned for Monday 30 November: five working days end on Monday 7 December.
    [Theory]
    [InlineData("2026-12-07", false)]
    [InlineData("2026-12-08", true)]
    public void A_milestone_that_nobody_confirmed_counts_after_its_working_days(string day, bool weighs) =>
        Assert.Equal(weighs, Weighs(new FactorSource { MilestoneLate = LegalPeriod.WorkingDays(5) }, Date(day), RiskFacts.None with { Unconfirmed = [Date("2026-11-30")] }));

    [Fact]
    public void Tags_levels_and_the_tags_of_the_caretaker_are_read_from_the_roster()
    {
        var day = Date("2026-12-05");
        Assert.True(Weighs(new FactorSource { Tags = ["顶层", "一楼带院"] }, day));
        Assert.False(Weighs(new FactorSource { Tags = ["一楼带院"] }, day));
        Assert.True(Weighs(new FactorSource { RiskLevels = ["C", "D"] }, day));
        Assert.False(Weighs(new FactorSource { RiskLevels = ["D"] }, day));
        Assert.True(Weighs(new FactorSource { CaretakerTags = ["EVALUATED_LOW"] }, day, RiskFacts.None with { CaretakerTags = ["EVALUATED_LOW"] }));
        Assert.False(Weighs(new FactorSource { CaretakerTags = ["EVALUATED_LOW"] }, day));
    }

    [Theory]
    [InlineData(FindingsOf.Contractor, false, true)]
    [InlineData(FindingsOf.Target, false, false)]
    [InlineData(FindingsOf.Contractor, true, false)]
    public async Task A_contractors_past_follows_it_to_its_next_project_unless_it_is_sealed(FindingsOf of, bool isSealed, bool weighs)
    {
        await _world.VisitedAsync("EH-06");
        var found = Assert.Single(await _world.Session.ListAsync<Finding>(new Supervision.Sessions.AggregateFilter())) with { Sealed = isSealed };
        var factor = new WeightFactor("PAST", "施工单位前科", 2, ["EH-06"], null, ItemsOf: of);
        Assert.Equal(weighs, Weighs(factor, Date("2026-12-05"), RiskFacts.None with { OfContractor = [found] }));
    }

    [Theory]
    [InlineData("braised-meat")]
    [InlineData("esports-hotel")]
    [InlineData("home-renovation")]
    [InlineData("pet-shop")]
    [InlineData("reservoir")]
    [InlineData("trunk-market")]
    [InlineData("unattended-car-wash")]
    public void Every_shipped_factor_has_a_source(string scenario) => Assert.Empty(ScenarioPackageReader.CheckFactors(ScenarioReader.Require(Shipped(scenario))));

    [Fact]
    public void A_factor_that_nothing_decides_is_told_with_its_place_and_remedy()
    {
        var json = JsonNode.Parse(Shipped("reservoir"))!;
        var factors = json["draw"]!["factors"]!.AsArray();
        var at = factors.IndexOf(factors.Single(f => f!["code"]!.GetValue<string>() == "FLOOD_SEASON"));
        factors[at]!.AsObject().Remove("when");
        var problem = Assert.Single(ScenarioPackageReader.CheckFactors(ScenarioReader.Require(System.Text.Encoding.UTF8.GetBytes(json.ToJsonString()))));
        Assert.Equal($"$.draw.factors[{at}].when", problem.Path);
        Assert.Contains("FLOOD_SEASON", problem.Message, StringComparison.Ordinal);
    }

    private static byte[] Shipped(string scenario) => File.ReadAllBytes(Path.Combine(RepositoryFiles.Root, $"workflow-definitions/{scenario}/scenario.json"));

    private static DateOnly Date(string day) => DateOnly.Parse(day, CultureInfo.InvariantCulture);

    private bool Weighs(FactorSource source, DateOnly day, RiskFacts? facts = null) => Weighs(new WeightFactor("X", "因素", 2, [], null, When: source), day, facts);

    // Class B has 2 tickets; the factor 2 makes them 4.
    private bool Weighs(WeightFactor factor, DateOnly day, RiskFacts? facts)
    {
        var scenario = _world.Scenario with { Draw = _world.Scenario.Draw with { Factors = [factor] } };
        var screening = new TargetScreening(scenario, _world.Session.Calendar, day, [.. World.Present], new HashSet<string>());
        var weight = screening.CandidateOf(Target, WeightMode.Weighted, [], null, facts: facts).Weight;
        Assert.Contains(weight, new[] { 2, 4 });
        return weight == 4;
    }
}
