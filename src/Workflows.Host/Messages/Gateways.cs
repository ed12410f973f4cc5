using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Workflows.Host.Api.Reading;
using Workflows.Host.Composition;
using Workflows.Host.Notifications;
using Workflows.Storage.Outbox;
using Workflows.Supervision.Rosters;

namespace Workflows.Host.Messages;

/// <summary>Posts JSON to the gateways that the operator named.</summary>
internal sealed class GatewayClient : IDisposable
{
    private const int LongestAnswer = 64 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly HttpClient _http;

    /// <summary>Creates the client.</summary>
    /// <param name="handler">Way to the network; null for the real one.</param>
    public GatewayClient(HttpMessageHandler? handler = null)
    {
        // CA2000: the client owns its handler and is disposed with this object.
#pragma warning disable CA2000
        _http = new HttpClient(handler ?? new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
#pragma warning restore CA2000
        {
            Timeout = Patience, MaxResponseContentBufferSize = LongestAnswer,
        };
    }

    /// <summary>Posts one message. Robots answer 200 with an <c>errcode</c> when they refuse.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="body">What.</param>
    /// <param name="key">The receiver's idempotency key.</param>
    /// <param name="token">Bearer token, or null.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async ValueTask<OutboxAnswer> PostAsync(Uri address, JsonObject body, string key, string? token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.ToJsonString(Json.HostJson.Options))) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        request.Headers.Add("Idempotency-Key", key);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            using var answer = await _http.SendAsync(request, cancellationToken);
            if (!answer.IsSuccessStatusCode)
                return OutboxAnswer.Failed($"接收方应答 {(int)answer.StatusCode}。");
            return RefusalOf(await answer.Content.ReadAsStringAsync(cancellationToken)) is { } refused ? OutboxAnswer.Failed($"接收方拒收，错误码 {refused}。") : OutboxAnswer.Delivered;
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

    private static string? RefusalOf(string answer)
    {
        try
        {
            return JsonNode.Parse(answer) is JsonObject fields && fields["errcode"] is JsonValue code && code.ToString() is not "0" and var refused ? refused : null;
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }
}

/// <summary>Messages to people as other systems get them: signed, at the webhook.</summary>
internal sealed class NoticeWebhook(WebhookClient webhook, MessageCatalogue catalogue) : IOutboxChannel
{
    /// <summary>Its name.</summary>
    public const string ChannelName = "notice-webhook";

    /// <inheritdoc/>
    public string Name => ChannelName;

    /// <inheritdoc/>
    public DateTimeOffset Release(OutboxItem item, DateTimeOffset at) => catalogue.Release(item.Kind, at);

    /// <inheritdoc/>
    public ValueTask<OutboxAnswer> DeliverAsync(OutboxItem item, CancellationToken cancellationToken) =>
        webhook.IsConfigured ? webhook.DeliverAsync(item, cancellationToken) : ValueTask.FromResult(OutboxAnswer.Delivered);
}

/// <summary>Group robot of DingTalk, which 浙政钉 speaks as well: text, signed by time and secret where it asks for that.</summary>
internal sealed class DingTalkChannel(GatewayClient gateway, ServeSettings settings, MessageCatalogue catalogue) : IOutboxChannel
{
    /// <summary>Its name.</summary>
    public const string ChannelName = "dingtalk";

    /// <inheritdoc/>
    public string Name => ChannelName;

    /// <inheritdoc/>
    public DateTimeOffset Release(OutboxItem item, DateTimeOffset at) => catalogue.Release(item.Kind, at);

    /// <inheritdoc/>
    public ValueTask<OutboxAnswer> DeliverAsync(OutboxItem item, CancellationToken cancellationToken) => settings.DingTalkAddress is not { } address
        ? ValueTask.FromResult(OutboxAnswer.Delivered)
        : gateway.PostAsync(Signed(address, settings.DingTalkSecret, settings.WallClock.GetUtcNow()), Robots.Text(item.Body), item.Id, null, cancellationToken);

    /// <summary>The address with <c>timestamp</c> and <c>sign</c>: HMAC-SHA256 of "timestamp\nsecret" under the secret, in base64.</summary>
    public static Uri Signed(Uri address, string? secret, DateTimeOffset at)
    {
        if (secret is null)
            return address;
        var time = at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var sign = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{time}\n{secret}")));
        return new UriBuilder(address) { Query = $"{address.Query.TrimStart('?')}&timestamp={time}&sign={Uri.EscapeDataString(sign)}".TrimStart('&') }.Uri;
    }
}

/// <summary>Group robot of WeCom: text.</summary>
internal sealed class WeComChannel(GatewayClient gateway, ServeSettings settings, MessageCatalogue catalogue) : IOutboxChannel
{
    /// <summary>Its name.</summary>
    public const string ChannelName = "wecom";

    /// <inheritdoc/>
    public string Name => ChannelName;

    /// <inheritdoc/>
    public DateTimeOffset Release(OutboxItem item, DateTimeOffset at) => catalogue.Release(item.Kind, at);

    /// <inheritdoc/>
    public ValueTask<OutboxAnswer> DeliverAsync(OutboxItem item, CancellationToken cancellationToken) => settings.WeComAddress is not { } address
        ? ValueTask.FromResult(OutboxAnswer.Delivered)
        : gateway.PostAsync(address, Robots.Text(item.Body), item.Id, null, cancellationToken);
}

/// <summary>Text messages by a gateway: <c>{"id", "phone", "text"}</c>. The number is looked up when the message goes, so that it is kept in one place.</summary>
internal sealed class SmsChannel(GatewayClient gateway, ServeSettings settings, MessageCatalogue catalogue, IServiceScopeFactory scopes) : IOutboxChannel
{
    /// <summary>Its name.</summary>
    public const string ChannelName = "sms";

    /// <inheritdoc/>
    public string Name => ChannelName;

    /// <inheritdoc/>
    public DateTimeOffset Release(OutboxItem item, DateTimeOffset at) => catalogue.Release(item.Kind, at);

    /// <inheritdoc/>
    public async ValueTask<OutboxAnswer> DeliverAsync(OutboxItem item, CancellationToken cancellationToken)
    {
        // Who has no number, or none any more, gets nothing; the message stands in the list of the account.
        if (settings.SmsAddress is not { } address || await PhoneAsync(item.Recipient, cancellationToken) is not { } phone)
            return OutboxAnswer.Delivered;
        return await gateway.PostAsync(address, new JsonObject { ["id"] = item.Id, ["phone"] = phone, ["text"] = item.Body }, item.Id, settings.SmsToken, cancellationToken);
    }

    private async Task<string?> PhoneAsync(string recipient, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        if (recipient.StartsWith("party:", StringComparison.Ordinal))
            return (await services.GetRequiredService<AggregateReader>().FindAsync<TargetRecord>(recipient["party:".Length..], cancellationToken))?.Target.Phone;
        return recipient.StartsWith("user:", StringComparison.Ordinal) ? await services.GetRequiredService<AccountBook>().PhoneAsync(recipient["user:".Length..], cancellationToken) : null;
    }
}

/// <summary>The form of text messages that the group robots of DingTalk and WeCom share.</summary>
internal static class Robots
{
    /// <summary>A message of plain text.</summary>
    public static JsonObject Text(string text) => new() { ["msgtype"] = "text", ["text"] = new JsonObject { ["content"] = text } };
}
