using Workflows.Host.Access;
using Workflows.Host.Composition;
using Workflows.Host.Problems;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Elsa.Runtime;

/// <summary>Why the runtime is paused.</summary>
internal sealed record PauseRequest
{
    /// <summary>Reason, at most 200 characters.</summary>
    public string? Reason { get; init; }
}

/// <summary>
/// Pausing the runtime of a node. A paused node carries out what people do, but takes no timers, no letters and starts nothing new
/// (503 with Retry-After); the pause is one of the process and ends with it.
/// </summary>
internal static class RuntimeRoutes
{
    private const int LongestReason = 200;
    private static readonly TimeSpan DrainPatience = TimeSpan.FromSeconds(30);

    /// <summary>Maps the routes under <c>/admin/workflow-runtime</c>.</summary>
    public static void MapRuntime(this IEndpointRouteBuilder elsa)
    {
        var runtime = elsa.MapGroup("/admin/workflow-runtime").WithTags("Elsa 运行");
        runtime.MapGet("/status", static async (RuntimeGauge gauge, CancellationToken cancellationToken) => ElsaJson.Answer(await gauge.ReadAsync(cancellationToken)))
            .ForElsaReaders().Produces<RuntimeStatus>().WithSummary("本节点是否暂停，有多少在等待");
        runtime.MapPost("/pause", PauseAsync).For(Role.Administrator).Accepts<PauseRequest>("application/json").Produces<RuntimeStatus>()
            .WithSummary("暂停本节点：不处理定时器和流程间信件，不启动新流程；人工办理照常");
        runtime.MapPost("/resume", ResumeAsync).For(Role.Administrator).Produces<RuntimeStatus>().WithSummary("恢复本节点，期间到期的随即处理");
        runtime.MapPost("/force-drain", DrainAsync).For(Role.Administrator).Accepts<PauseRequest>("application/json").Produces<RuntimeStatus>()
            .WithSummary("暂停本节点并办完已受理的请求");
    }

    private static async Task<IResult> PauseAsync(HttpContext context, StimulusPump pump, RuntimeGauge gauge, CancellationToken cancellationToken)
    {
        await HoldAsync(context, pump);
        return ElsaJson.Answer(await gauge.ReadAsync(cancellationToken));
    }

    private static async Task<IResult> ResumeAsync(StimulusPump pump, RuntimeGauge gauge, CancellationToken cancellationToken)
    {
        pump.Resume();
        return ElsaJson.Answer(await gauge.ReadAsync(cancellationToken));
    }

    private static async Task<IResult> DrainAsync(HttpContext context, StimulusPump pump, RuntimeGauge gauge, ServeSettings settings, CancellationToken cancellationToken)
    {
        await HoldAsync(context, pump);
        using var patience = new CancellationTokenSource(DrainPatience, settings.WallClock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await pump.DrainAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Paused it is; the status says how many still wait.
        }

        return ElsaJson.Answer(await gauge.ReadAsync(cancellationToken));
    }

    private static async Task HoldAsync(HttpContext context, StimulusPump pump)
    {
        var reason = (await ElsaBody.ReadAsync<PauseRequest>(context, largest: 16 << 10)).Reason?.Trim();
        if (reason?.Length > LongestReason)
            throw new RefusedException(new Refusal(400, "reason-too-long", "reason", $"理由最多 {LongestReason} 个字符。"));
        if (pump.Pausing is null)
            pump.Pause(string.IsNullOrEmpty(reason) ? "管理员暂停" : reason, context.User.ToActor().Id);
    }
}
