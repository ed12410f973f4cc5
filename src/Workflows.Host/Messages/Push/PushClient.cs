using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Workflows.Host.Composition;
using Workflows.Host.Notifications;

namespace Workflows.Host.Messages.Push;

/// <summary>What became of a message at a push service.</summary>
internal enum PushOutcome
{
    /// <summary>The push service has taken it.</summary>
    Taken,

    /// <summary>The push service does not know the browser any more, or it is not one to which messages may go.</summary>
    Gone,

    /// <summary>It is to be tried again.</summary>
    Failed,
}

/// <summary>Hands messages to push services (RFC 8030), sealed for the browser (RFC 8291) and signed as this service's (RFC 8292).</summary>
internal sealed class PushClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    // How long a push service keeps it for a phone that is switched off. The list of messages has it for good.
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);
    private readonly ServeSettings _settings;
    private readonly VapidKey _key;
    private readonly EgressGuard _guard;
    private readonly HttpClient _http;

    /// <summary>Creates the client.</summary>
    /// <param name="settings">Hosts to which messages may go.</param>
    /// <param name="key">Key that signs.</param>
    /// <param name="guard">Keeps requests from the inner network.</param>
    /// <param name="adjust">Last word on the way to the network, for tests.</param>
    public PushClient(ServeSettings settings, VapidKey key, EgressGuard guard, Action<SocketsHttpHandler>? adjust = null)
    {
        (_settings, _key, _guard) = (settings, key, guard);
        // CA2000: the client owns its handler and is disposed with this object.
#pragma warning disable CA2000
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5), ConnectCallback = ConnectAsync };
#pragma warning restore CA2000
        adjust?.Invoke(handler);
        _http = new HttpClient(handler) { Timeout = Patience };
    }

    /// <summary>Hands over one message.</summary>
    /// <param name="device">The browser.</param>
    /// <param name="message">What its worker reads.</param>
    /// <param name="topic">Same for the same message (RFC 8030, section 5.4).</param>
    /// <param name="urgent">Whether it may wake a phone that saves its battery.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task<(PushOutcome Outcome, string? Error)> PushAsync(PushDevice device, byte[] message, string topic, bool urgent, CancellationToken cancellationToken)
    {
        // Asked at each message: the operator may have closed a host since.
        if (_settings.PushHosts.Accept(device.Endpoint) is not { } endpoint)
            return (PushOutcome.Gone, null);
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint)
        {
            Content = new ByteArrayContent(PushEncryption.Seal(message, Base64Url.DecodeFromChars(device.PublicKey), Base64Url.DecodeFromChars(device.Secret)))
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream"), ContentEncoding = { "aes128gcm" } },
            },
        };
        request.Headers.Add("TTL", KeptFor.TotalSeconds.ToString("0", CultureInfo.InvariantCulture));
        request.Headers.Add("Urgency", urgent ? "high" : "normal");
        request.Headers.Add("Topic", topic);
        request.Headers.TryAddWithoutValidation("Authorization", _key.Authorization(endpoint, _settings.WallClock.GetUtcNow()));
        try
        {
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return answer switch
            {
                { IsSuccessStatusCode: true } => (PushOutcome.Taken, null),
                { StatusCode: HttpStatusCode.NotFound or HttpStatusCode.Gone } => (PushOutcome.Gone, null),
                _ => (PushOutcome.Failed, $"推送服务应答 {(int)answer.StatusCode}。"),
            };
        }
        catch (HttpRequestException unreachable)
        {
            return (PushOutcome.Failed, $"无法连接推送服务：{unreachable.HttpRequestError}。");
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (PushOutcome.Failed, "推送服务超时未应答。");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        if (!_settings.PushHosts.MayBeInternal(context.DnsEndPoint.Host, context.DnsEndPoint.Port))
            return await _guard.ConnectAsync(context, cancellationToken);
        // CA2000: the stream owns the socket; where there is none, the socket is disposed below.
#pragma warning disable CA2000
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
#pragma warning restore CA2000
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
