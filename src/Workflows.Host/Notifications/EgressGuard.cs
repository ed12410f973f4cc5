using System.Net;
using System.Net.Sockets;

namespace Workflows.Host.Notifications;

/// <summary>
/// Keeps requests that a diagram sends away from what only this machine or its network can reach: loopback, private, link-local and
/// metadata addresses. The check is made on the address that is connected to, so that a name cannot point elsewhere in between.
/// </summary>
internal sealed class EgressGuard
{
    /// <summary>Whether an address belongs to the public network.</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (IPAddress.IsLoopback(address) || address.IsIPv6LinkLocal || address.IsIPv6Multicast || address.IsIPv6SiteLocal || address.IsIPv6UniqueLocal
            || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
            return false;
        if (address.AddressFamily != AddressFamily.InterNetwork)
            return true;
        var b = address.GetAddressBytes();
        return !(b[0] is 0 or 10 or 127 or >= 224
            || b[0] == 100 && b[1] is >= 64 and <= 127
            || b[0] == 169 && b[1] == 254
            || b[0] == 172 && b[1] is >= 16 and <= 31
            || b[0] == 192 && (b[1] == 168 || b[1] == 0 && b[2] is 0 or 2)
            || b[0] == 198 && b[1] is 18 or 19);
    }

    /// <summary>Connects to a host's public addresses only.</summary>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        var open = addresses.Where(IsPublic).ToArray();
        if (open.Length == 0)
            throw new HttpRequestException(HttpRequestError.ConnectionError, "流程只能访问公网地址。");
        // CA2000: the stream owns the socket; where there is none, the socket is disposed below.
#pragma warning disable CA2000
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
#pragma warning restore CA2000
        try
        {
            await socket.ConnectAsync(open, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
