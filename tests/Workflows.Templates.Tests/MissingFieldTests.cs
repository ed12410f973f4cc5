using System.Text.Json;

namespace Workflows.Templates.Tests;

public sealed class MissingFieldTests
{
    private static string[] Missing(string template, string model)
    {
        var found = new List<MissingField>();
        using var json = JsonDocument.Parse(model);
        Template.Parse(template, "order").Render(TemplateModel.From(json.RootElement), new RenderOptions { OnMissing = found.Add });
        return [.. found.Select(f => f.Path)];
    }

    private const string Model = """{"party":{"name":"甲","addr":null},"items":[{"name":"a"},{"name":null}],"list":[]}""";

    [Theory]
    [InlineData("{{ party.name }}", "")]
    [InlineData("{{ party.addr }}{{ party.phone }}{{ no }}", "party.addr party.phone no")]
    [InlineData("{{ party.addr | string.upcase }}", "party.addr")]
    [InlineData("{{ 'x' + party.addr }} {{ $'{party.addr}' }}", "party.addr party.addr")]
    [InlineData("{{ for it in items }}{{ it.name }}{{ end }}", "items[1].name")]
    [InlineData("{{ for $it in items }}{{ $it.basis }}{{ end }}", "items[0].basis items[1].basis")]
    [InlineData("{{ items[1].name }}{{ items[7] }}", "items[1].name items[7]")]
    [InlineData("{{ with party }}{{ addr }}{{ end }}", "party.addr")]
    [InlineData("{{ func f(x); ret x; end }}{{ f party.addr }}", "party.addr")]
    [InlineData("{{ x = null; x }}{{ y = party.addr }}", "party.addr")]
    [InlineData("{{ party.addr ?? '不详' }}{{ party?.addr }}{{ if party.addr }}{{ end }}{{ party.addr ? 1 : 2 }}", "")]
    [InlineData("{{ party.addr == null }}{{ !party.addr }}{{ party.addr || no }}{{ party.addr | object.default 'x' }}{{ string.empty no }}", "")]
    [InlineData("{{ if party.addr; party.addr; else; no ?? ''; end }}{{ for x in no; else; end }}", "")]
    [InlineData("{{ (party.addr) }}", "party.addr")]
    public void Fields_that_are_needed_and_absent_are_named_as_the_model_has_them(string template, string expected) =>
        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), Missing(template, Model));

    [Fact]
    public void The_place_of_use_is_told()
    {
        var found = new List<MissingField>();
        Template.Parse("号：\n  {{ case_no }}", "order").Render(TemplateModel.Empty, new RenderOptions { OnMissing = found.Add });
        Assert.Equal([new MissingField("case_no", "order", 2, 6)], found);
    }
}
