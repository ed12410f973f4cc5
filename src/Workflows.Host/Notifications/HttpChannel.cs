using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Engine.BuiltIn.Http;
using Workflows.Engine.Bursts;
using Workflows.Storage.Model;
using Workflows.Storage.Outbox;

namespace Workflows.Host.Notifications;

/// <summary>Requests that a diagram sends (SendHttpRequest); every answer, also that there was none, goes back to the waiting step.</summary>
internal sealed class HttpChannel : IOutboxChannel, IDisposable
{
    private const int LongestAnswer = 1 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly HttpClient _http;

    // CA2000: the client owns its handler and is disposed with the channel.
#pragma warning disable CA2000
    /// <summary>Creates the channel.</summary>
    public HttpChannel(EgressGuard guard)
        : this(new SocketsHttpHandler { ConnectCallback = guard.ConnectAsync, AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
    {
    }
#pragma warning restore CA2000

    internal HttpChannel(HttpMessageHandler handler) => _http = new HttpClient(handler) { Timeout = Patience, MaxResponseContentBufferSize = LongestAnswer };

    /// <inheritdoc/>
    public string Name => "http";

    /// <inheritdoc/>
    public async ValueTask<OutboxAnswer> DeliverAsync(OutboxItem item, CancellationToken cancellationToken)
    {
        var effect = JsonSerializer.Deserialize<HttpRequestEffect>(item.Body, StorageJson.Options) ?? throw new InvalidDataException("The request is empty.");
        using var request = new HttpRequestMessage(new HttpMethod(effect.Method), effect.Url);
        if (effect.Content is { } content)
            request.Content = new StringContent(content, Encoding.UTF8, effect.ContentType ?? "text/plain");
        request.Headers.TryAddWithoutValidation("Idempotency-Key", item.Id);
        foreach (var (name, value) in effect.Headers)
            request.Headers.TryAddWithoutValidation(name, value);
        try
        {
            using var answer = await _http.SendAsync(request, cancellationToken);
            var headers = new JsonObject();
            foreach (var (name, values) in answer.Headers)
                headers[name] = string.Join(", ", values);
            return OutboxAnswer.Answered(new Dictionary<string, JsonNode?>
            {
                [HttpAnswer.StatusCode] = (int)answer.StatusCode,
                [HttpAnswer.Content] = await answer.Content.ReadAsStringAsync(cancellationToken),
                [HttpAnswer.ContentType] = answer.Content.Headers.ContentType?.MediaType,
                [HttpAnswer.Headers] = headers,
            });
        }
        catch (HttpRequestException)
        {
            return NoAnswer("connect");
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return NoAnswer("timeout");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static OutboxAnswer NoAnswer(string error) => OutboxAnswer.Answered(new Dictionary<string, JsonNode?> { [HttpAnswer.Error] = error });
}
