using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Supervision.Drawing;

namespace Workflows.Supervision.Tests.Drawing;

public partial class DrawTests
{
    private static readonly string VectorText = RepositoryFiles.Read("tests/conformance/draw.json");

    [Fact]
    public void All_vectors_of_the_shared_file_pass()
    {
        using var document = JsonDocument.Parse(VectorText);
        var report = DrawConformance.Run(document);
        Assert.Empty(report.Failures);

        // Hash, commitment, seed, order, 8 tickets, winners, alternates, five departments.
        Assert.Equal(19, report.Passed);
    }

    [Theory]
    [InlineData("poolHash")]
    [InlineData("commitment")]
    [InlineData("seedHex")]
    [InlineData("ticketMethod.order")]
    [InlineData("ticketMethod.winningTickets.T006")]
    [InlineData("ticketMethod.first3")]
    [InlineData("ticketMethod.alternates")]
    [InlineData("inspectorOrderForFirstTarget.消防")]
    public void A_falsified_expectation_is_reported_alone(string path)
    {
        var root = JsonNode.Parse(VectorText)!;
        var steps = path.Split('.');
        var owner = steps[..^1].Aggregate(root, (node, step) => node[step]!);
        owner[steps[^1]] = owner[steps[^1]] is JsonArray list
            ? new JsonArray([.. list.Select(n => n!.GetValue<string>()).Reverse().Select(n => JsonValue.Create(n))])
            : "00" + owner[steps[^1]]!.GetValue<string>()[2..].Replace('a', 'b') + "";
        using var document = JsonDocument.Parse(root.ToJsonString());
        var report = DrawConformance.Run(document);
        Assert.Equal(18, report.Passed);
        Assert.Equal("$." + path, Assert.Single(report.Failures).Place);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"poolText\":\"T001|A\\n\"}")]
    [InlineData("7")]
    public void A_file_of_another_form_is_a_failure(string json)
    {
        using var document = JsonDocument.Parse(json);
        Assert.False(DrawConformance.Run(document).Succeeded);
    }
}
