using System.Buffers.Text;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Workflows.Host.Access;
using Workflows.Host.Api.Reading;
using Workflows.Host.Composition;
using Workflows.Host.Messages.Push;
using Workflows.Host.Problems;

namespace Workflows.Host.Api.Push;

/// <summary>Keys of a push subscription, as the browser gives them.</summary>
/// <param name="P256dh">Public key of the browser, base64url.</param>
/// <param name="Auth">Its authentication secret, base64url.</param>
internal sealed record PushKeys(string P256dh, string Auth);

/// <summary>A push subscription, as the browser gives it (<c>PushSubscription.toJSON()</c>).</summary>
/// <param name="Endpoint">Address at the browser's push service.</param>
/// <param name="Keys">Its keys.</param>
internal sealed record PushSubscriptionWish(string Endpoint, PushKeys Keys);

/// <summary>A browser to which messages of the account are pushed.</summary>
/// <param name="Id">First 32 hex digits of the SHA-256 of its address, by which a page knows its own.</param>
/// <param name="At">When it subscribed, UTC.</param>
internal sealed record PushDeviceShape(string Id, DateTimeOffset At);

/// <summary>Whether messages are pushed, and to where.</summary>
/// <param name="PublicKey">Key to subscribe with, base64url; null where the operator has closed it.</param>
/// <param name="Devices">Browsers of the account, the first to subscribe first.</param>
internal sealed record PushStanding(string? PublicKey, IReadOnlyList<PushDeviceShape> Devices);

/// <summary>推送: messages to a phone whose page is closed.</summary>
internal static class PushRoutes
{
    /// <summary>Maps the routes under <c>/api/push</c>.</summary>
    public static void MapPush(this IEndpointRouteBuilder api)
    {
        var push = api.MapGroup("/push").WithTags("消息");
        push.MapGet("", ReadAsync).For(RouteAccess.Staff).Produces<PushStanding>().WithSummary("推送：订阅用的公钥（未开放时为空）和本人已开启推送的设备");
        push.MapPut("/devices", KeepAsync).For(RouteAccess.Staff).Produces<PushDeviceShape>().WithSummary("在此设备开启推送：endpoint、keys 为浏览器给出的订阅；每人至多5台，再开启则最早的一台停用");
        push.MapDelete("/devices/{id}", ForgetAsync).For(RouteAccess.Staff).Produces(204).WithSummary("停用一台设备的推送");
    }

    private static async Task<PushStanding> ReadAsync(PushDevices devices, VapidKey key, ServeSettings settings, Viewer viewer, CancellationToken cancellationToken) => new(
        settings.PushHosts.Any ? key.PublicKey : null,
        [.. (await devices.OfAsync(viewer.Actor.Id, cancellationToken)).Select(one => new PushDeviceShape(one.Id, one.Device.At))]);

    private static async Task<PushDeviceShape> KeepAsync(PushSubscriptionWish wish, HttpContext context, PushDevices devices, VapidKey key, ServeSettings settings, TimeProvider clock, Viewer viewer, CancellationToken cancellationToken)
    {
        if (!settings.PushHosts.Any)
            throw new RefusedException(new Refusal(409, "push-closed", "", "本单位未开放推送：请看浙政钉或短信提醒。"));
        if (settings.PushHosts.Accept(wish.Endpoint) is null)
            throw new RefusedException(new Refusal(422, "unknown-push-service", "endpoint", "此推送服务不在允许之列：请改用常见浏览器，或请管理员把它加入 WORKFLOWS_PUSH_HOSTS。"));
        if (!PushEncryption.IsPublicKey(Bytes(wish.Keys.P256dh)))
            throw new RefusedException(new Refusal(422, "bad-key", "keys.p256dh", "应为P-256公钥（65字节，base64url）：请由浏览器重新订阅。"));
        if (Bytes(wish.Keys.Auth).Length != PushEncryption.SecretBytes)
            throw new RefusedException(new Refusal(422, "bad-key", "keys.auth", "应为16字节（base64url）：请由浏览器重新订阅。"));
        var device = new PushDevice(
            wish.Endpoint, wish.Keys.P256dh, wish.Keys.Auth, context.User.FindFirstValue(new ClaimsIdentityOptions().SecurityStampClaimType) ?? "", clock.GetUtcNow(), key.PublicKey);
        return new PushDeviceShape(await devices.KeepAsync(viewer.Actor.Id, device, cancellationToken), device.At);
    }

    private static async Task<IResult> ForgetAsync(string id, PushDevices devices, Viewer viewer, CancellationToken cancellationToken) =>
        await devices.ForgetAsync(viewer.Actor.Id, id, cancellationToken) ? Results.NoContent() : throw Viewer.NotFound("设备");

    private static byte[] Bytes(string text)
    {
        const int Longest = 128;
        try
        {
            return text.Length <= Longest ? Base64Url.DecodeFromChars(text) : [];
        }
        catch (FormatException)
        {
            return [];
        }
    }
}
