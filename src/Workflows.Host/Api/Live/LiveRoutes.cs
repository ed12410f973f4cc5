using System.Threading.Channels;
using Workflows.Host.Access;
using Workflows.Host.Api.Reading;
using Workflows.Host.Composition;
using Workflows.Host.Problems;

namespace Workflows.Host.Api.Live;

/// <summary>The stream by which pages hear that they are out of date.</summary>
internal static class LiveRoutes
{
    private static readonly byte[] Hello = ": connected\n\n"u8.ToArray();
    private static readonly byte[] Changed = "event: changed\ndata:\n\n"u8.ToArray();
    private static readonly byte[] Pulse = ": still here\n\n"u8.ToArray();

    // Shorter than the patience of the proxies between.
    private static readonly TimeSpan PulseEvery = TimeSpan.FromSeconds(25);

    // A page that connects again is asked again who it is.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    /// <summary>Maps <c>/api/live</c>.</summary>
    public static void MapLive(this IEndpointRouteBuilder api) =>
        api.MapGet("/live", StreamAsync).For(RouteAccess.Staff).WithTags("实时").WithSummary("事件流（text/event-stream）：可见范围内有变化时给出 changed，不含内容");

    private static async Task StreamAsync(HttpContext context, Viewer viewer, LiveNews news, ServeSettings settings, IHostApplicationLifetime life, CancellationToken cancellationToken)
    {
        if (news.Join(viewer.Actor.Id, viewer.Sight) is not { } reader)
        {
            context.Response.Headers.RetryAfter = "60";
            await new Refusal(503, "too-many-readers", "", "打开的页面已满：本页面会定时刷新，也可以关闭不用的页面。").WriteAsync(context);
            return;
        }

        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, life.ApplicationStopping);
        try
        {
            context.Response.ContentType = "text/event-stream";
            await WriteAsync(context, Hello, ends.Token);
            await TellAsync(context, reader.Reader, settings.WallClock, ends.Token);
        }
        catch (OperationCanceledException)
        {
            // The page was closed, or the service stops.
        }
        finally
        {
            news.Leave(reader);
        }
    }

    private static async Task TellAsync(HttpContext context, ChannelReader<bool> news, TimeProvider clock, CancellationToken cancellationToken)
    {
        var until = clock.GetUtcNow() + Longest;
        while (clock.GetUtcNow() < until)
        {
            using var pause = new CancellationTokenSource(PulseEvery, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(pause.Token, cancellationToken);
            try
            {
                await news.ReadAsync(either.Token);
                await WriteAsync(context, Changed, cancellationToken);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                await WriteAsync(context, Pulse, cancellationToken);
            }
        }
    }

    private static async Task WriteAsync(HttpContext context, byte[] line, CancellationToken cancellationToken)
    {
        await context.Response.Body.WriteAsync(line, cancellationToken);
        await context.Response.Body.FlushAsync(cancellationToken);
    }
}
