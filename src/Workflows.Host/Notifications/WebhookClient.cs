using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Workflows.Host.Composition;
using Workflows.Host.Json;
using Workflows.Storage.Outbox;

namespace Workflows.Host.Notifications;

/// <summary>
/// What a webhook receives. The id stays the same when a delivery is made again: receivers take it as idempotency key. A task also says at which
/// signed path it is answered.
/// </summary>
internal sealed record WebhookDelivery(string Id, string Channel, string Recipient, string Kind, string Text, string? CaseId, DateTimeOffset CreatedAt, string? AnswerAt = null);

/// <summary>Delivers signed messages to the address that the operator named.</summary>
internal sealed class WebhookClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly ServeSettings _settings;
    private readonly HttpClient _http;

    /// <summary>Creates the client.</summary>
    /// <param name="settings">Address and secret.</param>
    /// <param name="handler">Way to the network; null for the real one.</param>
    public WebhookClient(ServeSettings settings, HttpMessageHandler? handler = null)
    {
        _settings = settings;
        // CA2000: the client owns its handler and is disposed with this object.
#pragma warning disable CA2000
        _http = new HttpClient(handler ?? new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = Patience };
#pragma warning restore CA2000
    }

    /// <summary>Whether there is anybody to deliver to.</summary>
    public bool IsConfigured => _settings.WebhookAddress is not null;

    /// <summary>Delivers one message; any answer but 2xx is a failed try.</summary>
    public ValueTask<OutboxAnswer> DeliverAsync(OutboxItem item, CancellationToken cancellationToken) => DeliverAsync(item, null, cancellationToken);

    /// <summary>Delivers one message with the path on this service at which the receiver answers it.</summary>
    public async ValueTask<OutboxAnswer> DeliverAsync(OutboxItem item, string? answerAt, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.Serialize(
            new WebhookDelivery(item.Id, item.Channel, item.Recipient, item.Kind, item.Body, item.CaseId, item.CreatedAt, answerAt), HostJson.Options);
        using var request = new HttpRequestMessage(HttpMethod.Post, _settings.WebhookAddress)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        request.Headers.Add(WebhookSignature.Header, WebhookSignature.Sign(_settings.WebhookSecret!, _settings.WallClock.GetUtcNow(), body));
        request.Headers.Add("Idempotency-Key", item.Id);
        try
        {
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return answer.IsSuccessStatusCode ? OutboxAnswer.Delivered : OutboxAnswer.Failed($"接收方应答 {(int)answer.StatusCode}。");
        }
        catch (HttpRequestException unreachable)
        {
            return OutboxAnswer.Failed($"无法连接接收方：{unreachable.HttpRequestError}。");
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return OutboxAnswer.Failed("接收方超时未应答。");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}
