using System.Text;
using System.Text.Json.Nodes;
using Workflows.Supervision.LegalBases;
using Workflows.Supervision.Scenarios;

namespace Workflows.Supervision.Tests.LegalBases;

public sealed class LegalCatalogueTests
{
    private static byte[] Law => File.ReadAllBytes(Path.Combine(RepositoryFiles.Root, "workflow-definitions/legal-bases.json"));

    private static byte[] Hotel => File.ReadAllBytes(Path.Combine(RepositoryFiles.Root, "workflow-definitions/esports-hotel/scenario.json"));

    [Theory]
    [InlineData("PSA-REGISTER", "2025-12-31", "《中华人民共和国治安管理处罚法》第五十六条第一款")]
    [InlineData("PSA-REGISTER", "2026-01-01", "《中华人民共和国治安管理处罚法》第六十七条第一款")]
    [InlineData("PSA-UNLICENSED", "2026-11-21", "《中华人民共和国治安管理处罚法》第六十五条第一款第（三）项")]
    [InlineData("NET-LIABILITY", "2025-12-31", "《中华人民共和国网络安全法》第五十九条第一款")]
    [InlineData("NET-LIABILITY", "2026-01-01", "《中华人民共和国网络安全法》第六十一条第一款")]
    [InlineData("WSRC-L1-PERSON-PENALTY", "2026-08-10", "《中华人民共和国水污染防治法》第九十一条第二款")]
    [InlineData("WSRC-L1-PERSON-PENALTY", "2026-08-20", "《中华人民共和国生态环境法典》第一千一百四十五条第二款")]
    [InlineData("WSRC-OUTLET", "2026-08-14", "《中华人民共和国水污染防治法》第六十四条")]
    [InlineData("WSRC-OUTLET", "2026-08-15", "《中华人民共和国生态环境法典》第三百一十八条")]
    [InlineData("FISH-METHOD-PENALTY", "2026-05-01", "《中华人民共和国渔业法》第七十七条第一款")]
    [InlineData("FIRE-60-3", "2026-12-01", "《中华人民共和国消防法》第六十条第一款第（三）项")]
    [InlineData("MINOR-123", "2026-12-01", "《中华人民共和国未成年人保护法》第一百二十三条")]
    [InlineData("HYG-R-37-7", "2026-12-01", "《公共场所卫生管理条例实施细则》第三十七条第（七）项")]
    [InlineData("ESPORTS-BEDS", "2026-12-01", "《文化和旅游部 公安部关于加强电竞酒店管理中未成年人保护工作的通知》（文旅市场发〔2023〕82号）")]
    public void The_citation_follows_the_date_of_the_violation(string code, string on, string expected) =>
        Assert.Equal(expected, LegalCatalogueReader.Read(Law).Catalogue!.Find(code, DateOnly.Parse(on, System.Globalization.CultureInfo.InvariantCulture))!.Text);

    [Fact]
    public void What_was_not_yet_in_force_is_not_cited()
    {
        var law = LegalCatalogueReader.Read(Law).Catalogue!;

        Assert.Null(law.Find("VIDEO-8", new DateOnly(2025, 3, 31)));
        Assert.NotNull(law.Find("VIDEO-8", new DateOnly(2025, 4, 1)));
        Assert.Null(law.Find("NO-SUCH", new DateOnly(2026, 12, 1)));
    }

    [Theory]
    [InlineData("esports-hotel", 27)]
    [InlineData("braised-meat", 24)]
    [InlineData("reservoir", 25)]
    [InlineData("home-renovation", 20)]
    [InlineData("trunk-market", 11)]
    [InlineData("pet-shop", 12)]
    [InlineData("unattended-car-wash", 10)]
    public void Every_item_and_variant_has_its_law_on_the_days_of_the_cases(string scenario, int count)
    {
        var package = ScenarioPackageReader.Read(File.ReadAllBytes(Path.Combine(RepositoryFiles.Root, "workflow-definitions", scenario, "scenario.json")), Law);
        Assert.Empty(package.Problems);

        var items = package.Package!.Scenario.Items.SelectMany(i => i.Variants.Prepend(i)).ToList();
        var codes = items.SelectMany(i => i.Violates.Concat(i.Orders).Concat(i.Penalises).Concat(i.StopMeasure?.Bases ?? []).Concat(i.Leniency?.Bases ?? []));
        Assert.All(codes.Distinct(), c => Assert.NotNull(package.Package.Law.Find(c, new DateOnly(2026, 12, 1))));
        Assert.Equal(count, package.Package.Scenario.Items.Count);
    }

    [Theory]
    [InlineData("EH-06", true)]
    [InlineData("EH-14", true)]
    [InlineData("EH-23", false)]
    [InlineData("EH-01", false)]
    [InlineData("EH-05", false)]
    public void Leniency_is_open_where_the_clause_allows_it(string code, bool open) =>
        Assert.Equal(open, ScenarioReader.Require(Hotel).Item(code)!.Leniency is not null);

    [Fact]
    public void A_code_that_no_law_carries_is_reported_with_its_path()
    {
        var hotel = JsonNode.Parse(Hotel)!;
        hotel["items"]![3]!["orders"]![0] = "HYG-99";

        var reading = ScenarioPackageReader.Read(Bytes(hotel), Law);

        Assert.Null(reading.Package);
        Assert.Equal("$.items[3].orders[0]", Assert.Single(reading.Problems).Path);
    }

    [Fact]
    public void Planted_faults_of_the_catalogue_are_reported_at_once()
    {
        var law = JsonNode.Parse(Law)!;
        law["bases"]![1]!["code"] = "APL-28";
        law["bases"]![0]!["provisions"]![0]!.AsObject().Remove("law");
        law["bases"]![2]!["provisions"]![0]!["effectiveTo"] = "2001-01-01";
        law["bases"]![3]!["provisions"]![0]!["verify"] = true;
        law["bases"]![4]!["provisions"]![0]!.AsObject().Remove("article");
        law["bases"]![4]!["provisions"]![0]!["color"] = "red";
        law["bases"]![5]!["provisions"]!.AsArray().Add(law["bases"]![5]!["provisions"]![0]!.DeepClone());

        var problems = LegalCatalogueReader.Read(Bytes(law)).Problems.Select(p => p.Path).Order(StringComparer.Ordinal);

        Assert.Equal(
            [
                "$.bases[0].provisions[0].law", "$.bases[1].code", "$.bases[2].provisions[0].effectiveTo", "$.bases[3].provisions[0].note",
                "$.bases[4].provisions[0].article", "$.bases[4].provisions[0].color", "$.bases[5].provisions[1].effectiveFrom",
            ],
            problems);
    }

    [Fact]
    public void A_file_that_is_no_json_is_refused_with_its_place() =>
        Assert.Contains("第 1 行", Assert.Single(LegalCatalogueReader.Read("{\"bases\": ["u8.ToArray()).Problems).Message, StringComparison.Ordinal);

    private static byte[] Bytes(JsonNode node) => Encoding.UTF8.GetBytes(node.ToJsonString());
}
