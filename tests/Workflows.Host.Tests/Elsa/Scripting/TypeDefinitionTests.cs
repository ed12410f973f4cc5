using System.Net;
using System.Net.Http.Json;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Elsa.Scripting;

[Collection(SharedService.Name)]
public sealed class TypeDefinitionTests(ServiceUnderTest service)
{
    private const string Path = "/elsa/api/scripting/javascript/type-definitions/";

    [Fact]
    public async Task The_editor_learns_the_functions_and_the_names_of_the_definition()
    {
        await service.DefinitionAsync(
            """
            {"definitionId":"typed","variables":[{"name":"立案部门","typeName":"String","isArray":true},{"name":"count","typeName":"Int32"},{"name":"bad name; evil()","typeName":"String"}],
             "inputs":[{"name":"Since","type":"DateTimeOffset"}],
             "root":{"id":"root","type":"Elsa.Sequence","variables":[{"name":"Inner","typeName":"Object"}],"activities":[]}}
            """, publish: false);
        using var analyst = await service.PersonAsync("analyst");
        using var answer = await analyst.PostAsJsonAsync(Path + "typed", new { workflowDefinitionId = "typed", activityTypeName = "Elsa.FlowDecision", propertyName = "Condition" });
        Assert.Equal("application/x-typescript", answer.Content.Headers.ContentType!.MediaType);
        var text = await answer.Content.ReadAsStringAsync();
        foreach (var line in new[]
        {
            "declare function getCorrelationId(): string;", "  立案部门: Array<string>;", "declare function get立案部门(): Array<string>;", "declare function setCount(value: number): void;",
            "declare function getSince(): Date;", "declare function getInner(): any;",
        })
            Assert.Contains(line, text, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_definition_still_has_the_common_functions_and_each_of_them_is_one_of_the_engine()
    {
        using var analyst = await service.PersonAsync("analyst");
        using var answer = await analyst.PostAsync(new Uri(Path + "no-such-definition", UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var names = (await answer.Content.ReadAsStringAsync()).Split('\n').Where(line => line.StartsWith("declare function ", StringComparison.Ordinal))
            .Select(line => line["declare function ".Length..line.IndexOf('(', StringComparison.Ordinal)]).ToList();
        Assert.InRange(names.Count, 20, 100);
        Assert.Equal(names.Count, names.Distinct().Count());
        await service.SequenceAsync("typed-names", publish: true, "{\"id\":\"js\",\"type\":\"Elsa.RunJavaScript\",\"script\":{\"typeName\":\"String\",\"expression\":{\"type\":\"Literal\",\"value\":\""
            + "if ([" + string.Join(',', names.Select(name => "typeof " + name)) + "].some(t => t !== 'function')) throw new Error([" + string.Join(',', names.Select(name => $"typeof {name} === 'function' ? '' : '{name}'")) + "].join(' '));\"}}}");
        var gate = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<Workflows.Storage.Stimuli.IStimulusGate>(service.Services);
        var result = await gate.SendAsync(new Workflows.Storage.Stimuli.StartWorkflow { Key = "typed-names", Workflow = new("typed-names") });
        Assert.Equal("Finished", result.SubStatus);
    }
}
