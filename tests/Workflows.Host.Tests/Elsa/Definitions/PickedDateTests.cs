using System.Text.Json.Nodes;
using Workflows.Host.Elsa.Definitions;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Elsa.Definitions;

/// <summary>Studio's date picker writes the words of its language; what is stored is the instant that was meant.</summary>
[Collection(SharedService.Name)]
public sealed class PickedDateTests(ServiceUnderTest service)
{
    [Theory]
    [InlineData("2026/12/1 上午12:00:00", "2026-12-01T00:00:00+08:00")]
    [InlineData("2026/12/1 上午9:30:00", "2026-12-01T09:30:00+08:00")]
    [InlineData("2026/12/1 下午12:05:00", "2026-12-01T12:05:00+08:00")]
    [InlineData("2026/12/31 下午11:59:59", "2026-12-31T23:59:59+08:00")]
    [InlineData("2026/12/1 21:15:00", "2026-12-01T21:15:00+08:00")]
    [InlineData("12/1/2026 9:30:00 PM", "2026-12-01T21:30:00+08:00")]
    [InlineData("12/1/2026 12:00:00\u202fAM", "2026-12-01T00:00:00+08:00")]
    [InlineData("2026-12-01T09:30:00Z", "2026-12-01T09:30:00Z")]
    [InlineData("2026/2/30 上午9:30:00", "2026/2/30 上午9:30:00")]
    [InlineData("明天", "明天")]
    public async Task What_the_picker_writes_is_stored_as_an_instant_and_every_other_text_stays(string written, string stored)
    {
        using var analyst = await service.PersonAsync("analyst");
        var model = StudioClient.NewWorkflow("定点", "picked");
        model["definitionId"] = "picked-date";
        model["root"]!["activities"] = new JsonArray(new JsonObject
        {
            ["type"] = "Elsa.StartAt", ["version"] = 1, ["id"] = "at", ["name"] = "at",
            ["dateTime"] = new JsonObject { ["typeName"] = null, ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = written }, ["memoryReference"] = null },
        });
        await analyst.SaveAsync(model);
        var root = (await analyst.DefinitionAsync("picked-date"))["root"]!;
        Assert.Equal(stored, root["activities"]![0]!["dateTime"]!["expression"]!["value"]!.GetValue<string>());
    }

    [Fact]
    public void No_other_text_is_taken_for_a_picked_date()
    {
        Assert.Null(PickedDates.Read("2026/12/1"));
        Assert.Null(PickedDates.Read("{{ 2026/12/1 上午9:30:00 }}"));
        Assert.Null(PickedDates.Read("2026/12/1 上午25:61:00"));
    }
}
