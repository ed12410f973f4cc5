using System.Net;
using Microsoft.EntityFrameworkCore;
using Workflows.Host.Access;
using Workflows.Host.Problems;
using Workflows.Storage.Model;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Observability;

/// <summary>Whether the process lives, whether it can work, and what it measures.</summary>
internal static class HealthRoutes
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Maps <c>/health/live</c>, <c>/health/ready</c> and <c>/metrics</c>.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", static (StimulusPump pump) => Health.Of("ok", pump)).ForAnybody().WithTags("运行").WithSummary("进程存活");
        routes.MapGet("/health/ready", ReadyAsync).ForAnybody().WithTags("运行").Produces<Health>().WithSummary("可以受理请求");
        routes.MapGet("/metrics", Metrics).ForAnybody().WithTags("运行").Produces<string>(contentType: "text/plain")
            .WithSummary("运行指标（Prometheus 文本格式），限本机或管理员");
    }

    private static async Task<IResult> ReadyAsync(WorkflowsDbContext database, StimulusPump pump, IHostApplicationLifetime lifetime, CancellationToken cancellationToken)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
            return NotReady("正在停机：请改用其他节点。");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            return await database.Database.CanConnectAsync(patience.Token) ? Results.Ok(Health.Of("ready", pump)) : NotReady("数据库不可用。");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return NotReady("数据库无响应。");
        }
    }

    private static IResult Metrics(HttpContext context, PrometheusExporter exporter)
    {
        // A proxy on the same machine is not the machine: it names the caller in a header.
        var local = (context.Connection.RemoteIpAddress is null || IPAddress.IsLoopback(context.Connection.RemoteIpAddress))
            && !context.Request.Headers.ContainsKey("X-Forwarded-For");
        return local || context.User.IsInRole(Role.Administrator)
            ? Results.Text(exporter.Write(), "text/plain; version=0.0.4; charset=utf-8")
            : new Refusal(403, "forbidden", "", "运行指标仅供本机或系统管理员读取。").ToResult();
    }

    private static IResult NotReady(string detail) => new Refusal(503, "not-ready", "", detail).ToResult();
}

/// <summary>State of the service.</summary>
/// <param name="Status"><c>ok</c> or <c>ready</c>.</param>
/// <param name="Workflows"><c>paused</c> while this node takes no timers, no letters and no new starts; absent otherwise.</param>
internal sealed record Health(string Status, string? Workflows = null)
{
    /// <summary>The state with that of the pump.</summary>
    public static Health Of(string status, StimulusPump pump) => new(status, pump.Pausing is null ? null : "paused");
}
