using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Workflows.Host.Access;

namespace Workflows.Host.Papers;

/// <summary>
/// The whole network of a browser that prints: a proxy on a port of this machine that answers every address. The one page is the text to print, with the policy of
/// documents (no script, no frames, nothing fetched); everything else is 404. A page that comes by HTTP cannot open files of this machine.
/// </summary>
internal sealed class OnePageServer : IDisposable
{
    /// <summary>Address of the page; the name belongs to nobody (RFC 2606).</summary>
    public const string Page = "http://paper.invalid/";

    private const int LongestHead = 16 * 1024;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly byte[] _page;
    private readonly Task _loop;

    /// <summary>Begins to answer.</summary>
    /// <param name="html">The text to print.</param>
    public OnePageServer(string html)
    {
        _page = Encoding.UTF8.GetBytes(html);
        _listener.Start();
        _loop = Task.Run(() => AnswerAllAsync(_stopping.Token));
    }

    /// <summary>Its port on the loopback address.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping.Cancel();
        _listener.Stop();
        _loop.Wait(TimeSpan.FromSeconds(5));
        _stopping.Dispose();
        _listener.Dispose();
    }

    private async Task AnswerAllAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptTcpClientAsync(stopping);
                _ = AnswerAsync(client, stopping);
            }
            catch (Exception) when (stopping.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(TcpClient client, CancellationToken stopping)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                var first = await HeadAsync(stream, stopping);
                var isPage = first.StartsWith($"GET {Page} ", StringComparison.Ordinal);
                var body = isPage ? _page : [];
                var head = string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {(isPage ? "200 OK" : "404 Not Found")}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {body.Length}\r\n")
                    + $"Content-Security-Policy: {SecurityHeaders.DocumentPolicy}\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n";
                await stream.WriteAsync(Encoding.ASCII.GetBytes(head), stopping);
                await stream.WriteAsync(body, stopping);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or SocketException)
            {
                // The browser has gone away, or the printing is over.
            }
        }
    }

    private static async Task<string> HeadAsync(NetworkStream stream, CancellationToken stopping)
    {
        var head = new byte[LongestHead];
        var length = 0;
        while (length < head.Length && await stream.ReadAsync(head.AsMemory(length), stopping) is > 0 and var read)
        {
            length += read;
            if (head.AsSpan(0, length).IndexOf("\r\n\r\n"u8) >= 0)
                break;
        }

        return Encoding.ASCII.GetString(head, 0, length);
    }
}
