using System.Text.Json;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Http.Connections;
using Workflows.Host.Elsa.Features;
using Workflows.Storage.Stimuli;

namespace Workflows.Host.Elsa.RealTime;

/// <summary>Services and route of the hub.</summary>
internal static class RealTimeSetup
{
    private const string TokenInQuery = "access_token";

    /// <summary>Adds the hub, its broadcast, and its way to carry the token.</summary>
    public static void AddElsaRealTime(this IServiceCollection services)
    {
        services.AddSingleton<InstanceBroadcast>();
        services.AddSingleton<IInstanceWatcher>(provider => provider.GetRequiredService<InstanceBroadcast>());
        services.AddHostedService(provider => provider.GetRequiredService<InstanceBroadcast>());
        services.AddSignalR(hub =>
        {
            hub.MaximumReceiveMessageSize = 4 << 10;
            hub.MaximumParallelInvocationsPerClient = 1;
        }).AddJsonProtocol(json => json.PayloadSerializerOptions = new JsonSerializerOptions(ElsaJson.Options));
        // Browsers cannot send headers with a WebSocket or an event stream: for this path alone the token may stand in the query.
        services.PostConfigure<BearerTokenOptions>(BearerTokenDefaults.AuthenticationScheme, options => options.Events.OnMessageReceived = static received =>
        {
            if (received.HttpContext.Request.Path.StartsWithSegments(FeatureRoutes.Hub, StringComparison.Ordinal)
                && received.HttpContext.Request.Query[TokenInQuery].ToString() is { Length: > 0 } token)
                received.Token = token;
            return Task.CompletedTask;
        });
    }

    /// <summary>Maps the hub; a connection lasts no longer than its token.</summary>
    public static void MapElsaRealTime(this IEndpointRouteBuilder application) =>
        application.MapHub<InstanceHub>(FeatureRoutes.Hub, hub =>
        {
            hub.Transports = HttpTransportType.WebSockets | HttpTransportType.ServerSentEvents | HttpTransportType.LongPolling;
            hub.CloseOnAuthenticationExpiration = true;
            hub.ApplicationMaxBufferSize = 16 << 10;
            hub.TransportMaxBufferSize = 64 << 10;
        }).ForElsaReaders();
}
