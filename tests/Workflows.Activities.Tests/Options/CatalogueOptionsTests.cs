using System.Text.Json.Nodes;
using NSubstitute;
using Workflows.Activities.Options;
using Workflows.Engine.Activities;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Tests;

namespace Workflows.Activities.Tests.Options;

public sealed class CatalogueOptionsTests
{
    private static readonly Scenario Hotel = ScenarioPackageReader.Read(
        File.ReadAllBytes(Path.Combine(RepositoryFiles.Root, "workflow-definitions/esports-hotel/scenario.json")),
        File.ReadAllBytes(Path.Combine(RepositoryFiles.Root, "workflow-definitions/legal-bases.json"))).Package!.Scenario;

    [Fact]
    public async Task Departments_come_from_the_published_scenarios_once_each_and_are_asked_anew_every_time()
    {
        var published = Substitute.For<IPublishedScenarios>();
        published.AllAsync(Arg.Any<CancellationToken>()).Returns(new ValueTask<IReadOnlyList<Scenario>>([Hotel, Hotel]));
        var context = Context(published);

        var first = await new DepartmentOptions().GetOptionsAsync(context, CancellationToken.None);
        await new DepartmentOptions().GetOptionsAsync(context, CancellationToken.None);

        Assert.Equal(["rectifying", "CUL", "EMR", "FIR", "HEA", "MKT", "PSB", "TOB"], first.Select(o => o.Value));
        Assert.Contains(new InputOption("消防救援大队", "FIR"), first);
        await published.Received(2).AllAsync(Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Without_a_catalogue_there_is_nothing_to_choose() =>
        Assert.Empty(await new DepartmentOptions().GetOptionsAsync(Context(null), CancellationToken.None));

    [Fact]
    public async Task Every_form_of_the_catalogue_can_be_chosen()
    {
        var forms = await new FormOptions().GetOptionsAsync(Context(null), CancellationToken.None);
        Assert.Contains(new InputOption("责令改正通知书", "rectification-order"), forms);
        Assert.Equal(forms.Count, forms.Select(f => f.Value).Distinct().Count());
    }

    private static InputOptionsContext Context(IPublishedScenarios? published)
    {
        var services = Substitute.For<IServiceProvider>();
        services.GetService(typeof(IPublishedScenarios)).Returns(published);
        return new InputOptionsContext("Supervision.TimeLimit", "Department", new JsonObject(), services);
    }
}
