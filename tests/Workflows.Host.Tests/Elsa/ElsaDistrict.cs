using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Engine.Bursts;
using Workflows.Host.Tests.Journeys;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;
using Workflows.Storage.Providers;
using Workflows.Storage.Stimuli;

namespace Workflows.Host.Tests.Elsa;

/// <summary>A sample district with one case whose order is served, and the ways in which tests speak to Elsa's API.</summary>
public sealed class ElsaDistrict : SampleService
{
    public DistrictJourney Journey { get; private set; } = null!;

    /// <summary>Instance of the case.</summary>
    public string CaseInstance { get; private set; } = "";

    /// <summary>Instance of the plan.</summary>
    public string PlanInstance { get; private set; } = "";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Journey = new DistrictJourney(this);
        await Journey.PlanAsync();
        await Journey.DrawAsync();
        await Journey.VisitAsync("EH-20");
        await Journey.OrderAsync();
        var list = await (await SendAsync("analyst", HttpMethod.Post, "/workflow-instances", new { })).JsonAsync();
        CaseInstance = Instance(list, "esports-hotel-case");
        PlanInstance = Instance(list, "esports-hotel-plan");
    }

    /// <summary>Sends a request to Elsa's API as a person of the sample district.</summary>
    public async Task<HttpResponseMessage> SendAsync(string user, HttpMethod method, string path, object? body = null)
    {
        using var person = await SamplePersonAsync(user);
        return await SendAsync(person, method, path, body);
    }

    /// <summary>Sends a request to Elsa's API; a text is sent as it is.</summary>
    public static async Task<HttpResponseMessage> SendAsync(HttpClient person, HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, "/elsa/api" + path)
        {
            Content = body switch { null => null, string text => new StringContent(text, Encoding.UTF8, "application/json"), _ => JsonContent.Create(body) },
        };
        return await person.SendAsync(request);
    }

    /// <summary>An answer of Elsa's API to the analyst.</summary>
    public async Task<JsonObject> AskAsync(HttpMethod method, string path, object? body = null)
    {
        using var answer = await SendAsync("analyst", method, path, body);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonNode.Parse(text)!.AsObject() : throw new InvalidOperationException($"{method} {path}: {(int)answer.StatusCode} {text}");
    }

    /// <summary>Starts an instance of a published definition.</summary>
    public async Task<string> StartAsync(string definitionId, string? name = null, string? correlationId = null) =>
        (await Services.GetRequiredService<IStimulusGate>().SendAsync(new StartWorkflow
        {
            Key = "start-" + Guid.NewGuid(),
            Workflow = new WorkflowReference(definitionId),
            Name = name,
            CorrelationId = correlationId,
        })).InstanceIds[0];

    /// <summary>Sends an event to one instance and waits until it has gone on.</summary>
    public async Task SignalAsync(string eventName, string instanceId) => await Services.GetRequiredService<IStimulusGate>().SendAsync(new SignalWorkflows
    {
        Key = "signal-" + Guid.NewGuid(),
        Name = "Elsa.Event",
        Payload = $$"""{"EventName":"{{eventName}}"}""",
        InstanceId = instanceId,
        Starts = false,
    });

    /// <summary>Publishes a definition that waits for one event after the other.</summary>
    public async Task<string> WaitingAsync(string id, params string[] events)
    {
        await this.SequenceAsync(id, publish: true, [.. events.Select((name, index) => "{\"id\":\"wait" + index + "\",\"type\":\"Elsa.Event\",\"eventName\":{\"typeName\":\"String\",\"expression\":{\"type\":\"Literal\",\"value\":\"" + name + "\"}}}")]);
        return id;
    }

    /// <summary>Statements that an answer took: the least of several, since the service works for itself too.</summary>
    public async Task<long> StatementsAsync(Func<Task> ask)
    {
        var meter = Services.GetRequiredService<StoreProvider>().Meter;
        var least = long.MaxValue;
        for (var time = 0; time < 5; time++)
        {
            var before = meter.Statements;
            await ask();
            least = Math.Min(least, meter.Statements - before);
        }

        return least;
    }

    private static string Instance(JsonObject list, string definitionId) =>
        list["items"]!.AsArray().Single(item => item!["definitionId"]!.GetValue<string>() == definitionId)!["id"]!.GetValue<string>();
}

[CollectionDefinition(Name)]
public sealed class SharedElsaDistrict : ICollectionFixture<ElsaDistrict>
{
    public const string Name = "elsa-district";
}
