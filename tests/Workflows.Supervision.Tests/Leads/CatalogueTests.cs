using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Workflows.Supervision.Catalogues;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Tests.Sessions;

namespace Workflows.Supervision.Tests.Leads;

public sealed class CatalogueTests
{
    private const string Header = "区划代码,事项编码,事项名称,监管部门代码,处罚部门代码,首接,生效日期,失效日期,网格处置\n";
    private static readonly DateOnly Origin = new(2026, 1, 1);

    [Fact]
    public void On_each_day_the_version_that_began_last_is_in_force_unless_it_has_ended()
    {
        var versions = Gen.Zip(Gen.Choose(0, 60), Gen.Choose(-5, 40)).ListOf(6);
        Prop.ForAll(versions.ToArbitrary(), Gen.Choose(-5, 110).ToArbitrary(), (given, day) =>
        {
            var district = new LeadDistrict();
            foreach (var ((begin, length), index) in given.Select((v, i) => (v, i)))
            {
                district.With("M", LeadDistrict.Version(Origin.AddDays(begin), managing: $"D{index}", to: length < 0 ? null : Origin.AddDays(begin + length)));
            }

            // Independently: walk through the days; the row that was imported last wins where two begin on one day.
            (int Begin, int Length, int Index)? inForce = null;
            foreach (var ((begin, length), index) in given.Select((v, i) => (v, i)))
            {
                if (begin <= day && (inForce is null || begin >= inForce.Value.Begin))
                {
                    inForce = (begin, length, index);
                }
            }

            var expected = inForce is { } row && (row.Length < 0 || day <= row.Begin + row.Length) ? $"D{row.Index}" : null;
            return district.Routing.FindAsync("M", "330203003", Origin.AddDays(day)).AsTask().GetAwaiter().GetResult()?.Department == expected;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task A_town_holds_its_power_from_the_first_to_the_last_day_and_nobody_else_does()
    {
        var district = new LeadDistrict().With("M", LeadDistrict.Version(Origin, managing: "HEA", enforcing: "MKT"));
        await new CatalogueService(district.Session).TakeDelegationsAsync([new DelegationRow("330203001", "M", new DelegationTerm(new(2026, 3, 1), new(2026, 6, 30), "样例1号"))]);
        async Task<string?> On(string town, int month, int day) => (await district.Routing.FindAsync("M", town, new DateOnly(2026, month, day)))?.Department;
        string?[] held = [await On("330203001", 2, 28), await On("330203001", 3, 1), await On("330203001", 6, 30), await On("330203001", 7, 1)];
        Assert.Equal(new string?[] { "HEA", "TOWN", "TOWN", "HEA" }, held);
        Assert.Equal("HEA", await On("330203002", 4, 1));
    }

    [Fact]
    public async Task The_enforcing_department_is_first_where_the_catalogue_says_so_and_the_district_before_the_city()
    {
        var district = new LeadDistrict().With("M", LeadDistrict.Version(Origin, "HEA", "MKT") with { EnforcingFirst = true });
        Assert.Equal("MKT", (await district.Routing.FindAsync("M", "330203003", Origin))!.Department);
        district.As(Actor.Clock).With("N", LeadDistrict.Version(Origin, "FIR"), area: "3302");
        Assert.Equal("FIR", (await district.Routing.FindAsync("N", "330203003", Origin))!.Department);
        district.With("N", LeadDistrict.Version(Origin, "HEA"));
        Assert.Equal("HEA", (await district.Routing.FindAsync("N", "330203003", Origin))!.Department);
        Assert.Null(await district.Routing.FindAsync("N", "330299001", Origin.AddDays(-1)));
    }

    [Fact]
    public async Task Each_change_is_a_fact_with_what_stood_before_and_what_says_the_same_changes_nothing()
    {
        var district = new LeadDistrict();
        var service = new CatalogueService(district.Session);
        MatterRow Row(string managing) => new("330203", "M", LeadDistrict.Version(Origin, managing));
        Assert.Equal(new CatalogueChange(1, 0, 0), await service.TakeMattersAsync([Row("HEA")]));
        Assert.Equal(new CatalogueChange(0, 0, 1), await service.TakeMattersAsync([Row("HEA")]));
        Assert.Equal(new CatalogueChange(0, 1, 0), await service.TakeMattersAsync([Row("MKT")]));
        var facts = district.Session.Facts.Where(fact => fact.Kind == "catalogue.matter").ToList();
        Assert.Equal(2, facts.Count);
        Assert.Null(facts[0].Data["before"]);
        Assert.Contains("\"HEA\"", facts[1].Data["before"], StringComparison.Ordinal);
        Assert.Contains("\"MKT\"", facts[1].Data["after"], StringComparison.Ordinal);
        await Refused.WithAsync("other-area", RefusalKind.Forbidden, async () => await service.TakeMattersAsync([new MatterRow("330206", "M", LeadDistrict.Version(Origin))]));
    }

    [Theory]
    [InlineData("UTF-8")]
    [InlineData("GB18030")]
    public void A_file_is_read_in_the_encodings_of_offices(string encoding)
    {
        var bytes = CodePagesEncodingProvider.Instance.GetEncoding(encoding)?.GetBytes(Header + "330203,M-1,样例事项,HEA,MKT,处罚,2026/3/1,,是\n") ?? Encoding.UTF8.GetBytes(Header + "330203,M-1,样例事项,HEA,MKT,处罚,2026/3/1,,是\n");
        using var stream = new MemoryStream(bytes);
        var read = CatalogueImport.ParseMatters(stream, new RosterImportOptions());
        var row = Assert.Single(read.Rows);
        Assert.Equal(("330203", "M-1", new DateOnly(2026, 3, 1), true, true), (row.Area, row.Code, row.Version.From, row.Version.EnforcingFirst, row.Version.InGrid));
        Assert.Equal(encoding, read.Encoding);
    }

    [Theory]
    [InlineData("宁波,M-1,名,HEA,MKT,,2026-03-01,,", "区划代码")]
    [InlineData("330203,,名,HEA,MKT,,2026-03-01,,", "事项编码")]
    [InlineData("330203,M/1,名,HEA,MKT,,2026-03-01,,", "事项编码")]
    [InlineData("330203,M-1,名,NOBODY,MKT,,2026-03-01,,", "监管部门代码")]
    [InlineData("330203,M-1,名,HEA,MKT,首先,2026-03-01,,", "首接")]
    [InlineData("330203,M-1,名,HEA,MKT,,明天,,", "生效日期")]
    [InlineData("330203,M-1,名,HEA,MKT,,,,", "生效日期")]
    [InlineData("330203,M-1,名,HEA,MKT,,2026-03-01,2026-02-01,", "失效日期")]
    public void A_wrong_line_is_named_with_its_column_and_nothing_of_the_file_is_taken(string line, string column)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(Header + "330203,M-0,名,HEA,MKT,,2026-03-01,,\n" + line + "\n"));
        var read = CatalogueImport.ParseMatters(stream, new RosterImportOptions { Departments = new HashSet<string> { "HEA", "MKT" } });
        var problem = Assert.Single(read.Problems);
        Assert.Equal((3, column), (problem.Line, problem.Column));
        Assert.Empty(read.Rows);
    }

    [Fact]
    public void The_samples_own_catalogue_is_sound()
    {
        using var matters = RepositoryFiles.Open("sample/catalogue-matters.csv");
        using var delegations = RepositoryFiles.Open("sample/catalogue-delegations.csv");
        Assert.Empty(CatalogueImport.ParseMatters(matters, new RosterImportOptions()).Problems);
        Assert.Empty(CatalogueImport.ParseDelegations(delegations, new RosterImportOptions()).Problems);
    }
}
