using System.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Problems;

/// <summary>Why a request was refused, as the caller reads it (RFC 9457 problem details with a stable code and the field).</summary>
/// <param name="Status">HTTP status, 400–599.</param>
/// <param name="Code">Stable code in kebab case.</param>
/// <param name="Field">Field or place it concerns (JSON path, header or query name); empty for the whole.</param>
/// <param name="Detail">What is wrong and what to do, in Chinese.</param>
internal sealed record Refusal(int Status, string Code, string Field, string Detail)
{
    /// <summary>Line of the input, from 1; null where it has none.</summary>
    public long? Line { get; init; }

    /// <summary>What the caller further needs to know, by name; null for nothing.</summary>
    public IReadOnlyDictionary<string, object?>? More { get; init; }

    /// <summary>The refusal that a broken rule of the domain stands for.</summary>
    public static Refusal Of(RuleViolationException violation) => new(
        violation.Kind switch
        {
            RefusalKind.Invalid => StatusCodes.Status422UnprocessableEntity,
            RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
            RefusalKind.NotFound => StatusCodes.Status404NotFound,
            RefusalKind.Conflict => StatusCodes.Status409Conflict,
            _ => StatusCodes.Status422UnprocessableEntity,
        },
        violation.Code,
        violation.Field,
        violation.Message);

    /// <summary>As problem details; without a trace id, so that a stored refusal reads the same when it is replayed.</summary>
    public ProblemDetails ToProblem()
    {
        var problem = new ProblemDetails
        {
            Type = $"urn:workflows:problem:{Code}",
            Title = Titles.GetValueOrDefault(Status, "请求未被接受"),
            Status = Status,
            Detail = Detail,
        };
        problem.Extensions["code"] = Code;
        problem.Extensions["field"] = Field;
        if (Line is { } line)
            problem.Extensions["line"] = line;
        foreach (var (name, value) in More ?? new Dictionary<string, object?>())
            problem.Extensions[name] = value;
        return problem;
    }

    /// <summary>As an answer of an endpoint.</summary>
    public IResult ToResult() => Results.Json(ToProblem(), Json.HostJson.Options, "application/problem+json", Status);

    /// <summary>Writes it as the answer of <paramref name="context"/>.</summary>
    public Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        if (Status == StatusCodes.Status503ServiceUnavailable)
            context.Response.Headers.RetryAfter = "10";
        var problem = ToProblem();
        if (Status >= StatusCodes.Status500InternalServerError)
            problem.Extensions["traceId"] = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
        return context.Response.WriteAsJsonAsync(problem, Json.HostJson.Options, "application/problem+json", context.RequestAborted);
    }

    private static readonly Dictionary<int, string> Titles = new()
    {
        [400] = "请求格式有误",
        [401] = "未登录",
        [403] = "无权操作",
        [404] = "未找到",
        [405] = "不支持该方法",
        [408] = "请求超时",
        [409] = "当前状态不允许",
        [413] = "内容过大",
        [415] = "不支持的内容类型",
        [422] = "内容不符合规则",
        [429] = "请求过于频繁",
        [500] = "内部错误",
        [503] = "服务暂不可用",
    };
}
