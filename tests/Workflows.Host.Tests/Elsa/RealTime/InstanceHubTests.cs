using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Host.Elsa.RealTime;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Elsa.RealTime;

/// <summary>The hub by hand: SignalR's JSON protocol over each of its transports.</summary>
[Collection(SharedElsaDistrict.Name)]
public sealed class InstanceHubTests(ElsaDistrict district)
{
    private const string Hub = "/elsa/hubs/workflow-instance";
    private const char End = '\u001e';

    [Fact]
    public async Task Over_a_web_socket_an_observer_is_told_of_each_step()
    {
        var id = await WaitingAsync("hub-socket");
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var socket = await OpenAsync(await TokenAsync("analyst"), patience.Token);
        await socket.SendAsync(Bytes(Observe(id)), WebSocketMessageType.Text, true, patience.Token);
        var messages = new Messages(async () => await ReceiveAsync(socket, patience.Token));
        Assert.Equal(3, (await messages.NextAsync())["type"]!.GetValue<int>());
        await messages.NextAsync("ActivityExecutionLogUpdatedAsync");
        await district.SignalAsync("hub-go", id);
        Assert.Equal(id, (await messages.NextAsync("WorkflowInstanceUpdatedAsync"))["workflowInstanceId"]!.GetValue<string>());
        Assert.IsType<JsonObject>(await messages.NextAsync("WorkflowExecutionLogUpdatedAsync"));
        var stats = (await messages.NextAsync("ActivityExecutionLogUpdatedAsync"))["stats"]!.AsArray();
        var step = stats.Single(entry => entry!["activityId"]!.GetValue<string>() == "wait0")!;
        Assert.Equal(("Workflow1:root:wait0", 1, false), (step["activityNodeId"]!.GetValue<string>(), step["completedCount"]!.GetValue<int>(), step["isBlocked"]!.GetValue<bool>()));
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
    }

    [Fact]
    public async Task By_long_polling_too()
    {
        var id = await WaitingAsync("hub-poll");
        using var analyst = await district.SamplePersonAsync("analyst");
        var connection = await NegotiateAsync(analyst);
        var address = $"{Hub}?id={connection}";
        (await analyst.GetAsync(new Uri(address, UriKind.Relative))).EnsureSuccessStatusCode();
        await PostAsync(analyst, address, Handshake);
        await PostAsync(analyst, address, Observe(id));
        var messages = new Messages(async () => await (await analyst.GetAsync(new Uri(address, UriKind.Relative))).Content.ReadAsStringAsync());
        await messages.NextAsync("ActivityExecutionLogUpdatedAsync");
        await district.SignalAsync("hub-go", id);
        Assert.Equal(id, (await messages.NextAsync("WorkflowInstanceUpdatedAsync"))["workflowInstanceId"]!.GetValue<string>());
        using var gone = await analyst.DeleteAsync(new Uri(address, UriKind.Relative));
        Assert.Equal(HttpStatusCode.Accepted, gone.StatusCode);
    }

    [Fact]
    public async Task And_over_an_event_stream_with_the_token_in_the_query()
    {
        var id = await WaitingAsync("hub-stream");
        using var analyst = await district.SamplePersonAsync("analyst");
        using var anonymous = district.Anonymous();
        var address = $"{Hub}?id={await NegotiateAsync(analyst)}";
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{address}&access_token={await TokenAsync("analyst")}");
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var answer = await anonymous.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        await PostAsync(analyst, address, Handshake);
        await PostAsync(analyst, address, Observe(id));
        var messages = new Messages(async () => (await reader.ReadLineAsync() ?? throw new InvalidOperationException("The stream has ended.")) is var line && line.StartsWith("data: ", StringComparison.Ordinal) ? line[6..] : "");
        await messages.NextAsync("ActivityExecutionLogUpdatedAsync");
        await district.SignalAsync("hub-go", id);
        Assert.Equal(id, (await messages.NextAsync("WorkflowInstanceUpdatedAsync"))["workflowInstanceId"]!.GetValue<string>());
    }

    [Fact]
    public async Task Who_may_not_read_an_instance_may_not_observe_it()
    {
        using var anonymous = district.Anonymous();
        using var nobody = await anonymous.PostAsync(new Uri(Hub + "/negotiate?negotiateVersion=1", UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
        using var head = await district.SamplePersonAsync("cul.head");
        using var refused = await head.PostAsync(new Uri(Hub + "/negotiate?negotiateVersion=1", UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using var foreign = await district.PersonAsync("supervisor", "CMD", "330299");
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var socket = await OpenAsync(foreign.DefaultRequestHeaders.Authorization!.Parameter!, patience.Token);
        await socket.SendAsync(Bytes(Observe(district.CaseInstance)), WebSocketMessageType.Text, true, patience.Token);
        var answer = await new Messages(async () => await ReceiveAsync(socket, patience.Token)).NextAsync();
        Assert.Contains("不在您的管理范围内", answer["error"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_in_the_query_opens_nothing_but_the_hub()
    {
        using var anonymous = district.Anonymous();
        var token = await TokenAsync("analyst");
        foreach (var path in new[] { "/elsa/api/workflow-instances", "/elsa/hubs", "/api/session" })
        {
            using var answer = await anonymous.GetAsync(new Uri($"{path}?access_token={token}", UriKind.Relative));
            Assert.True(answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.NotFound, path);
        }

        using var socket = await anonymous.PostAsync(new Uri($"{Hub}/negotiate?negotiateVersion=1&access_token=no-token", UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.Unauthorized, socket.StatusCode);
    }

    [Fact]
    public async Task A_client_that_vanishes_is_forgotten()
    {
        var id = await WaitingAsync("hub-gone");
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var broadcast = district.Services.GetRequiredService<InstanceBroadcast>();
        using (var socket = await OpenAsync(await TokenAsync("analyst"), patience.Token))
        {
            await socket.SendAsync(Bytes(Observe(id)), WebSocketMessageType.Text, true, patience.Token);
            await new Messages(async () => await ReceiveAsync(socket, patience.Token)).NextAsync("ActivityExecutionLogUpdatedAsync");
            Assert.True(broadcast.IsObserved(id));
            socket.Abort();
        }

        while (broadcast.IsObserved(id))
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static string Handshake => "{\"protocol\":\"json\",\"version\":1}" + End;

    private static string Observe(string id) => $$"""{"type":1,"invocationId":"1","target":"ObserveInstanceAsync","arguments":["{{id}}"]}""" + End;

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private async Task<string> WaitingAsync(string id) => await district.StartAsync(await district.WaitingAsync(id, "hub-go", "hub-never"));

    private async Task<string> TokenAsync(string user)
    {
        using var person = await district.SamplePersonAsync(user);
        return person.DefaultRequestHeaders.Authorization!.Parameter!;
    }

    private static async Task<string> NegotiateAsync(HttpClient person)
    {
        using var answer = await person.PostAsync(new Uri(Hub + "/negotiate?negotiateVersion=1", UriKind.Relative), null);
        var negotiated = await answer.JsonAsync();
        Assert.Equal(["WebSockets", "ServerSentEvents", "LongPolling"], negotiated["availableTransports"]!.AsArray().Select(transport => transport!["transport"]!.GetValue<string>()));
        return negotiated["connectionToken"]!.GetValue<string>();
    }

    private async Task<WebSocket> OpenAsync(string token, CancellationToken cancellationToken)
    {
        var server = district.Application.GetTestServer();
        // As browsers do it: no headers, the token in the query, no negotiation.
        var socket = await server.CreateWebSocketClient().ConnectAsync(new Uri(server.BaseAddress, $"{Hub}?access_token={token}"), cancellationToken);
        await socket.SendAsync(Bytes(Handshake), WebSocketMessageType.Text, true, cancellationToken);
        Assert.Equal("{}" + End, await ReceiveAsync(socket, cancellationToken));
        return socket;
    }

    private static async Task<string> ReceiveAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var part = new byte[4096];
        WebSocketReceiveResult received;
        do
        {
            received = await socket.ReceiveAsync(part, cancellationToken);
            text.Append(Encoding.UTF8.GetString(part, 0, received.Count));
        }
        while (!received.EndOfMessage);
        return text.ToString();
    }

    private static async Task PostAsync(HttpClient person, string address, string message)
    {
        using var content = new StringContent(message, Encoding.UTF8);
        using var answer = await person.PostAsync(new Uri(address, UriKind.Relative), content);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Messages as they come; a read may bring none, one or several.</summary>
    private sealed class Messages(Func<Task<string>> read)
    {
        private readonly Queue<JsonObject> _read = new();

        /// <summary>The next message that is neither a ping nor the answer to the handshake.</summary>
        public async Task<JsonObject> NextAsync()
        {
            while (true)
            {
                while (_read.TryDequeue(out var message))
                {
                    if (message["type"] is { } type && type.GetValue<int>() != 6)
                        return message;
                }

                foreach (var text in (await read()).Split(End, StringSplitOptions.RemoveEmptyEntries).Where(text => text.Trim().Length > 0))
                    _read.Enqueue(JsonNode.Parse(text)!.AsObject());
            }
        }

        /// <summary>The argument of the next call of a method; others are passed over.</summary>
        public async Task<JsonNode> NextAsync(string target)
        {
            while (true)
            {
                var message = await NextAsync();
                if (message["target"]?.GetValue<string>() == target)
                    return message["arguments"]![0]!;
            }
        }
    }
}
