using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Workflows.Storage.Stimuli;
using Workflows.Supervision;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Problems;

/// <summary>The outermost boundary: whatever an endpoint throws, or leaves without a body, reaches the caller as problem details.</summary>
internal sealed class RefusalBoundary(ILogger<RefusalBoundary> log) : IExceptionHandler
{
    /// <summary>The answer that <paramref name="fault"/> stands for; null when it is a fault of the service itself.</summary>
    public static Refusal? Translate(Exception fault) => fault switch
    {
        RefusedException refused => refused.Refusal,
        RuleViolationException violation => Refusal.Of(violation),
        DomainRuleException broken => new Refusal(422, broken.Code, broken.Field ?? "", broken.Message),
        BadHttpRequestException { InnerException: JsonException json } => MalformedJson.Of(json),
        JsonException json => MalformedJson.Of(json),
        BadHttpRequestException bad => OfBadRequest(bad),
        StoreBusyException busy => new Refusal(503, "busy", "", busy.Message),
        _ => null,
    };

    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested)
            return true;
        var refusal = Translate(exception);
        if (refusal is null)
            log.LogError(exception, "Request {Method} {Path} failed", httpContext.Request.Method, httpContext.Request.Path);
        await (refusal ?? new Refusal(500, "internal", "", "服务内部错误，已记录：请稍后以同一幂等键重试，仍失败时将 traceId 告知管理员。"))
            .WriteAsync(httpContext);
        return true;
    }

    /// <summary>Gives a body to answers that the framework leaves empty.</summary>
    public static Task FillAsync(HttpContext context) => (context.Response.StatusCode switch
    {
        401 => new Refusal(401, "not-signed-in", "Authorization", "请先登录：POST /api/session，并在 Authorization 头中携带令牌。"),
        403 => new Refusal(403, "forbidden", "", "您的角色无权进行此操作：请由有权的人员办理或联系管理员。"),
        404 => new Refusal(404, "not-found", "", "未找到：请检查地址或编号。"),
        405 => new Refusal(405, "method-not-allowed", "", "此地址不支持该方法：请按接口说明（/openapi/v1.json）调用。"),
        415 => new Refusal(415, "unsupported-media-type", "Content-Type", "不支持的内容类型：请使用 application/json。"),
        var status => new Refusal(status, $"http-{status}", "", "请求未被接受。"),
    }).WriteAsync(context);

    private static Refusal OfBadRequest(BadHttpRequestException bad) => bad.StatusCode switch
    {
        413 => new(413, "too-large", "", "内容过大：请缩小或分次提交。"),
        415 => new(415, "unsupported-media-type", "Content-Type", "不支持的内容类型：请使用 application/json。"),
        408 => new(408, "too-slow", "", "接收请求超时：请重试。"),
        400 when bad.Message.Contains("no body was provided", StringComparison.Ordinal) => new(400, "missing-body", "", "缺少请求内容：请以JSON提交，字段见接口说明（/openapi/v1.json）。"),
        var status => new(status, "malformed-request", Parameter(bad.Message), "请求参数有误：请按接口说明（/openapi/v1.json）填写。"),
    };

    // The framework names the parameter between quotation marks: Failed to bind parameter "int take" from "x".
    private static string Parameter(string message)
    {
        var parts = message.Split('"');
        return parts.Length > 1 ? parts[1].Split(' ')[^1] : "";
    }
}

/// <summary>A refusal thrown by the host itself, where no rule of the domain is concerned.</summary>
/// <param name="refusal">What the caller reads.</param>
internal sealed class RefusedException(Refusal refusal) : Exception(refusal.Detail)
{
    /// <summary>What the caller reads.</summary>
    public Refusal Refusal { get; } = refusal;
}
