using FsCheck;
using FsCheck.Fluent;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Tests.Sessions;

namespace Workflows.Supervision.Tests.Leads;

public sealed class LeadLikenessTests
{
    [Fact]
    public void Whatever_the_order_stored_is_sent_without_the_exact_ones_and_each_is_the_one_that_is_there()
    {
        var numbers = Gen.ListOf(Gen.Choose(1, 6), 12);
        Prop.ForAll(numbers.ToArbitrary(), sent =>
        {
            var district = new LeadDistrict();
            var results = district.Intake.TakeAsync([.. sent.Select((number, index) => LeadDistrict.Report($"n{number}", $"第{index}次报送"))]).AsTask().GetAwaiter().GetResult();
            var stored = results.Where(result => result.Outcome == IntakeOutcome.Stored).ToList();
            var repeats = stored.Sum(result => district.LeadAsync(result.LeadId!).GetAwaiter().GetResult().Repeats);
            return stored.Count == sent.Distinct().Count() && repeats == sent.Count - stored.Count
                && results.Select((result, index) => (result.LeadId, Number: sent[index])).Distinct().Count() == stored.Count;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Two_reports_of_a_matter_are_linked_exactly_where_they_lie_within_a_hundred_metres_and_a_quarter_of_an_hour()
    {
        // Around any place of China: offsets in metres and seconds on both sides of every limit, so that cells and quarters are crossed.
        var cases = from north in Gen.Choose(18_0000, 53_0000)
                    from east in Gen.Choose(74_0000, 134_0000)
                    from up in Gen.Choose(-140, 140)
                    from right in Gen.Choose(-140, 140)
                    from seconds in Gen.Choose(-1100, 1100)
                    from same in Gen.Choose(0, 4)
                    select (north: north / 10_000d, east: east / 10_000d, up, right, seconds, same: same > 0);
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var district = new LeadDistrict();
            district.Session.Actor = new() { Id = "adapter", Name = "接入", Roles = ["dispatcher"] };
            var (north, east) = (c.north + (c.up / 110_574d), c.east + (c.right / (111_320d * Math.Cos(c.north * Math.PI / 180))));
            var at = district.Session.Now.AddHours(-1);
            district.StoredAsync(LeadDistrict.Report("a", "甲乙丙", matter: "M", at: at, north: c.north, east: c.east)).GetAwaiter().GetResult();
            var links = district.Intake.TakeAsync(LeadDistrict.Report("b", "丁戊己", matter: c.same ? "M" : "N", at: at.AddSeconds(c.seconds), north: north, east: east)).AsTask().GetAwaiter().GetResult().Links;
            var metres = Haversine(c.north, c.east, north, east);
            // The two ways to measure differ by less than half a metre here; on the line itself either answer is right.
            return Math.Abs(metres - 100) < 0.6 || (links.Count == 1) == (c.same && metres < 100 && Math.Abs(c.seconds) <= 900);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(600));
    }

    [Theory]
    [InlineData("330203", "330203001", true)]
    [InlineData("330203001", "330203", true)]
    [InlineData("330203001", "330203001", true)]
    [InlineData("330203001", "330203002", false)]
    [InlineData("330203", "330205001", false)]
    public async Task One_source_may_name_the_town_and_the_other_only_the_district(string first, string second, bool linked)
    {
        const string text = "样例路一号门前有人占道经营并倾倒餐厨垃圾";
        var district = new LeadDistrict();
        district.Session.Actor = new() { Id = "adapter", Name = "接入", Roles = ["dispatcher"] };
        var at = district.Session.Now.AddMinutes(-20);
        await district.StoredAsync(LeadDistrict.Report("a", text, first, at: at));
        var links = (await district.Intake.TakeAsync(LeadDistrict.Report("b", text + "，请尽快处理", second, at: at.AddMinutes(3)))).Links;
        Assert.Equal(linked, links.Count == 1);
    }

    [Fact]
    public void Likeness_of_texts_is_symmetric_one_for_the_same_and_nothing_for_strangers()
    {
        var texts = Gen.Choose('\u4e00', '\u9fa5').Select(c => (char)c).ListOf(30).Select(chars => new string([.. chars]));
        Prop.ForAll(Gen.Zip(texts, texts).ToArbitrary(), pair =>
        {
            var (one, other) = (Sketch(pair.Item1), Sketch(pair.Item2));
            return LeadText.Similarity(one, other) == LeadText.Similarity(other, one) && LeadText.Similarity(one, one) == 1 && LeadText.Similarity(one, other) < 0.1;
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("南站东路烧烤店夜间占道经营噪声扰民", "南站东路烧烤店夜间占道经营，噪声扰民！", 1.0)]
    // 12 and 13 pairs, 9 of them common: 9 of 16.
    [InlineData("水库大坝边有人电鱼请尽快查", "水库大坝边有人电鱼请立即来查", 0.5625)]
    public void Likeness_is_the_share_of_common_pairs_of_characters(string one, string other, double expected) =>
        Assert.Equal(expected, LeadText.Similarity(Sketch(one), Sketch(other)), 4);

    [Fact]
    public void Too_short_a_text_is_like_no_other() => Assert.Equal(0, LeadText.Similarity(Sketch("垃圾"), Sketch("垃圾")));

    [Theory]
    [InlineData("南站东路19号", "南站东路 19 号", true)]
    [InlineData("南站东路１９号", "南站东路19号。", true)]
    [InlineData("南站东路19号", "南站东路20号", false)]
    public void Addresses_are_compared_without_what_people_write_differently(string one, string other, bool same) =>
        Assert.Equal(same, new LeadPlace("330203003", Address: one).IsSameAs(new LeadPlace("330203003", Address: other)));

    [Fact]
    public async Task A_storm_at_one_place_is_joined_in_one_group_and_no_lead_carries_more_links_than_it_may()
    {
        var district = new LeadDistrict();
        var at = district.Session.Now.AddMinutes(-10);
        var results = await district.Intake.TakeAsync([.. Enumerable.Range(0, 300).Select(i => LeadDistrict.Report($"s{i}", $"告警{i}", matter: "M", at: at.AddSeconds(i), north: 29.8, east: 121.5))]);
        Assert.All(results, result => Assert.Equal(IntakeOutcome.Stored, result.Outcome));
        Assert.All(results.Skip(1), result => Assert.InRange(result.Links.Count, 1, Lead.MostLinks));
        var leads = new List<Lead>();
        foreach (var result in results)
        {
            leads.Add(await district.LeadAsync(result.LeadId!));
        }

        Assert.All(leads, lead => Assert.Equal(leads[0].Id, lead.GroupId));
        Assert.All(leads, lead => Assert.InRange(lead.Links.Count, 1, Lead.MostLinks));
    }

    [Fact]
    public async Task Repeats_of_one_source_are_merged_by_the_catalogues_rule_alone()
    {
        var district = new LeadDistrict().With("M", LeadDistrict.Version(new DateOnly(2026, 1, 1), merges: true)).With("N", LeadDistrict.Version(new DateOnly(2026, 1, 1)));
        var at = district.Session.Now.AddMinutes(-10);
        NewLead Alarm(string number, string matter, string source) =>
            LeadDistrict.Report(number, $"告警{number}", matter: matter, at: at, north: 29.8, east: 121.5, trigger: TriggerKind.SensorAlarm) with { Source = source };
        var first = await district.StoredAsync(Alarm("1", "M", "探头"));
        var repeat = await district.Intake.TakeAsync(Alarm("2", "M", "探头"));
        Assert.Equal((LeadState.Merged, first), (repeat.State, (await district.LeadAsync(repeat.LeadId!)).DuplicateOf));
        Assert.Null((await district.LeadAsync(repeat.LeadId!)).Wait);
        Assert.Equal(1, (await district.LeadAsync(first)).MergedIn);
        Assert.Equal(LeadState.Received, (await district.Intake.TakeAsync(Alarm("3", "M", "群众"))).State);
        await district.StoredAsync(Alarm("4", "N", "探头"));
        Assert.Equal(LeadState.Received, (await district.Intake.TakeAsync(Alarm("5", "N", "探头"))).State);
    }

    private static uint[] Sketch(string text) => LeadText.Sketch(LeadText.Pairs(LeadText.Plain(text)));

    private static double Haversine(double north, double east, double otherNorth, double otherEast)
    {
        static double Radians(double degrees) => degrees * Math.PI / 180;

        // Radii of the WGS 84 ellipsoid along and across the meridian would be exact; a mean per direction is enough for a hundred metres.
        var (y, x) = ((otherNorth - north) * 110_574, 2 * 6_378_137 * Math.Asin(Math.Cos(Radians((north + otherNorth) / 2)) * Math.Sin(Math.Abs(Radians(otherEast - east)) / 2)));
        return Math.Sqrt((x * x) + (y * y));
    }
}
