using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Playwright;

namespace Workflows.EndToEnd.Browsing;

/// <summary>What comes over the network for one page, as the browser counts it: headers and bodies as sent, nothing for what its cache holds.</summary>
public sealed class Traffic
{
    private readonly ConcurrentDictionary<string, string> _urls = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<(string Url, long Bytes)> _finished = new();

    private Traffic()
    {
    }

    /// <summary>Counts from now on.</summary>
    public static async Task<Traffic> WatchAsync(IPage page)
    {
        var traffic = new Traffic();
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("Network.enable");
        session.Event("Network.requestWillBeSent").OnEvent += (_, message) => traffic._urls[Id(message)] = message!.Value.GetProperty("request").GetProperty("url").GetString()!;
        session.Event("Network.loadingFinished").OnEvent += (_, message) =>
            traffic._finished.Enqueue((traffic._urls.GetValueOrDefault(Id(message), ""), (long)message!.Value.GetProperty("encodedDataLength").GetDouble()));
        return traffic;
    }

    /// <summary>Bytes since the last call.</summary>
    public long Take()
    {
        var sum = 0L;
        while (_finished.TryDequeue(out var one))
            sum += one.Bytes;
        return sum;
    }

    /// <summary>Bytes since the last <see cref="Take"/> of addresses that contain a text.</summary>
    public long Of(string part) => _finished.Where(one => one.Url.Contains(part, StringComparison.Ordinal)).Sum(one => one.Bytes);

    private static string Id(JsonElement? message) => message!.Value.GetProperty("requestId").GetString()!;
}
