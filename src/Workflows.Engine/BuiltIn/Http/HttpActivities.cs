using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Engine.Activities;
using Workflows.Engine.Bursts;
using Workflows.Engine.Compilation;
using Workflows.Engine.Definitions;
using Workflows.Engine.Execution;
using Workflows.Engine.Expressions;

namespace Workflows.Engine.BuiltIn.Http;

/// <summary>Names of what the answer to an HTTP request brings to the waiting bookmark.</summary>
public static class HttpAnswer
{
    /// <summary>HTTP status code; absent where there was no answer.</summary>
    public const string StatusCode = "statusCode";

    /// <summary>Content as text.</summary>
    public const string Content = "content";

    /// <summary>Media type.</summary>
    public const string ContentType = "contentType";

    /// <summary>Headers as an object.</summary>
    public const string Headers = "headers";

    /// <summary><c>connect</c> or <c>timeout</c> where there was no answer.</summary>
    public const string Error = "error";
}

/// <summary>What the two activities that send HTTP requests share. The request is an outbox row; the answer comes back as a stimulus.</summary>
public abstract class HttpRequestActivity : Activity
{
    /// <summary>Absolute address.</summary>
    [Input(DisplayName = "地址", Description = "完整的网址。", Order = 0, IsRequired = true)]
    public Input<Uri>? Url { get; set; }

    /// <summary>HTTP method.</summary>
    [Input(DisplayName = "方法", Description = "HTTP 方法。", Order = 1, UIHint = "dropdown", Options = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"])]
    public Input<string> Method { get; set; } = new("GET");

    /// <summary>Content: text as it is, anything else as JSON.</summary>
    [Input(DisplayName = "内容", Description = "请求的内容。", Order = 2)]
    public Input<object>? Content { get; set; }

    /// <summary>Media type.</summary>
    [Input(DisplayName = "内容类型", Description = "例如 application/json。", Order = 3)]
    public Input<string>? ContentType { get; set; }

    /// <summary>Value of the Authorization header.</summary>
    [Input(DisplayName = "授权", Description = "Authorization 请求头。", Order = 4, IsSensitive = true)]
    public Input<string>? Authorization { get; set; }

    /// <summary>Further headers.</summary>
    [Input(DisplayName = "请求头", Description = "其他请求头。", Order = 5)]
    public Input<IDictionary<string, string>>? RequestHeaders { get; set; }

    /// <summary>Status code of the answer.</summary>
    [Output(DisplayName = "状态码", Description = "应答的状态码。")]
    public Output<int>? StatusCode { get; set; }

    /// <summary>Content of the answer; JSON as value.</summary>
    [Output(DisplayName = "应答内容", Description = "解析后的应答内容。")]
    public Output<object>? ParsedContent { get; set; }

    /// <summary>Headers of the answer.</summary>
    [Output(DisplayName = "应答头", Description = "应答的头。")]
    public Output<object>? ResponseHeaders { get; set; }

    /// <summary>The whole answer.</summary>
    [Output(DisplayName = "应答", Description = "完整的应答。")]
    public Output<object>? Result { get; set; }

    /// <inheritdoc />
    protected internal override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var url = context.Get(Url);
        if (url is not { IsAbsoluteUri: true } || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
            throw new InvalidOperationException($"活动 {context.ActivityId} 的地址应为以 http 或 https 开头的完整网址：{url}");
        var content = context.Get(Content);
        var headers = context.Get(RequestHeaders)?.ToDictionary(p => p.Key, p => p.Value) ?? [];
        if (context.Get(Authorization) is { Length: > 0 } authorization)
            headers["Authorization"] = authorization;
        var bookmark = context.CreateBookmark(new CreateBookmarkArgs { Callback = AnsweredAsync });
        context.Emit(new HttpRequestEffect
        {
            ActivityId = context.ActivityId,
            ActivityInstanceId = context.Id,
            BookmarkId = bookmark.Id,
            Url = url.AbsoluteUri,
            Method = (context.Get(Method) ?? "GET").ToUpperInvariant(),
            Headers = headers,
            ContentType = context.Get(ContentType) ?? (content is null ? null : content is string ? "text/plain" : "application/json"),
            Content = content switch { null => null, string text => text, _ => ValueConversion.ToJson(content)?.ToJsonString() },
        });
        return default;
    }

    /// <summary>Takes the way that the answer decides.</summary>
    /// <param name="context">The waiting execution.</param>
    /// <param name="statusCode">Status code, or null where there was no answer.</param>
    /// <param name="timedOut">Without an answer: whether time ran out rather than the connection failed.</param>
    private protected abstract ValueTask GoOnAsync(ActivityExecutionContext context, int? statusCode, bool timedOut);

    private ValueTask AnsweredAsync(ActivityExecutionContext context)
    {
        var answer = context.WorkflowInput;
        var error = Text(answer, HttpAnswer.Error);
        if (error is not null)
            return GoOnAsync(context, null, error == "timeout");
        var status = ValueConversion.To<int>(ValueConversion.FromJson(answer.GetValueOrDefault(HttpAnswer.StatusCode)));
        context.Set(StatusCode, status);
        context.Set(ParsedContent, Parse(Text(answer, HttpAnswer.Content), Text(answer, HttpAnswer.ContentType)));
        context.Set(ResponseHeaders, answer.GetValueOrDefault(HttpAnswer.Headers)?.DeepClone());
        context.Set(Result, new JsonObject(answer.Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone()))));
        return GoOnAsync(context, status, false);
    }

    private static string? Text(IReadOnlyDictionary<string, JsonNode?> answer, string name) =>
        ValueConversion.To<string>(ValueConversion.FromJson(answer.GetValueOrDefault(name)));

    internal static object? Parse(string? content, string? contentType)
    {
        if (content is null || contentType?.Contains("json", StringComparison.OrdinalIgnoreCase) is not true)
            return content;
        try
        {
            return ValueConversion.FromJson(JsonNode.Parse(content));
        }
        catch (JsonException)
        {
            return content;
        }
    }
}

/// <summary>Sends an HTTP request and runs an activity for the status of the answer (Elsa concept).</summary>
[Activity("Elsa", "网络", "发送 HTTP 请求，按应答状态码执行相应步骤。", DisplayName = "发送请求", Kind = ActivityKind.Task)]
public sealed class SendHttpRequest : HttpRequestActivity
{
    private readonly ActivityCompletionCallback _handled = HandledAsync;
    private readonly List<(int StatusCode, Activity? Activity)> _expected = [];

    /// <summary>Runs for a status that is not expected.</summary>
    public Activity? UnmatchedStatusCode { get; set; }

    /// <summary>Runs when no connection was made.</summary>
    public Activity? FailedToConnect { get; set; }

    /// <summary>Runs when no answer came in time.</summary>
    public Activity? Timeout { get; set; }

    /// <inheritdoc />
    internal override void ReadJson(JsonObject json, ActivityReader reader)
    {
        foreach (var entry in json.List("expectedStatusCodes").OfType<JsonObject>())
            _expected.Add((entry.Number("statusCode") ?? 0, reader.ReadOptional(entry.Get("activity"))));
    }

    /// <inheritdoc />
    internal override void CollectChildren(List<EmbeddedActivity> children)
    {
        foreach (var (status, activity) in _expected)
        {
            if (activity is not null)
                children.Add(new EmbeddedActivity(status.ToString(CultureInfo.InvariantCulture), activity));
        }
    }

    private protected override ValueTask GoOnAsync(ActivityExecutionContext context, int? statusCode, bool timedOut)
    {
        if (statusCode is null)
            return context.ScheduleActivityAsync(timedOut ? Timeout : FailedToConnect, _handled);
        var match = _expected.FindIndex(e => e.StatusCode == statusCode);
        return context.ScheduleActivityAsync(match >= 0 ? _expected[match].Activity : UnmatchedStatusCode, _handled);
    }

    private static ValueTask HandledAsync(ActivityCompletedContext completed) => completed.TargetContext.CompleteActivityAsync();
}

/// <summary>Sends an HTTP request and takes the way of the answer's status (Elsa concept).</summary>
[Activity("Elsa", "网络", "发送 HTTP 请求，按应答状态码走相应连线。", DisplayName = "发送请求（流程图）", Kind = ActivityKind.Task)]
[Port("Unmatched status code", DisplayName = "其他状态码")]
[Port("Failed to connect", DisplayName = "无法连接")]
[Port("Timeout", DisplayName = "超时")]
[Port("Done", DisplayName = "完成")]
public sealed class FlowSendHttpRequest : HttpRequestActivity
{
    /// <summary>Status codes with a way of their own.</summary>
    [Input(DisplayName = "预期状态码", Description = "每个状态码有一个端口。", UIHint = "http-status-codes", Order = 6)]
    public Input<int[]> ExpectedStatusCodes { get; set; } = new([200]);

    /// <inheritdoc />
    internal override IEnumerable<string>? DynamicPorts => ExpectedStatusCodes is { IsConstant: true, Constant: { } codes }
        ? codes.Select(c => c.ToString(CultureInfo.InvariantCulture))
        : null;

    private protected override ValueTask GoOnAsync(ActivityExecutionContext context, int? statusCode, bool timedOut)
    {
        var outcome = statusCode switch
        {
            null when timedOut => "Timeout",
            null => "Failed to connect",
            { } code when context.Get(ExpectedStatusCodes)?.Contains(code) is true => code.ToString(CultureInfo.InvariantCulture),
            _ => "Unmatched status code",
        };
        return context.CompleteActivityWithOutcomesAsync(outcome, "Done");
    }
}

/// <summary>Payload of the stimulus of an <see cref="HttpEndpoint"/>.</summary>
/// <param name="Path">Path in lower case, without a leading slash.</param>
/// <param name="Method">HTTP method in lower case.</param>
public sealed record HttpEndpointStimulus(string Path, string Method);

/// <summary>Waits for an HTTP request, or starts the workflow with it (Elsa concept).</summary>
[Activity("Elsa", "网络", "等待一个 HTTP 请求；也可以由请求启动流程。", DisplayName = "接收请求", Kind = ActivityKind.Trigger)]
public sealed class HttpEndpoint : Trigger<object>
{
    /// <summary>Name of the workflow input that carries the request: <c>{parsedContent, routeData, queryString, headers, method, path}</c>.</summary>
    public const string RequestInput = "__HttpRequest";

    /// <summary>Path below the base path of workflows.</summary>
    [Input(DisplayName = "路径", Description = "例如 leads/{id}。", Order = 0, IsRequired = true)]
    public Input<string>? Path { get; set; }

    /// <summary>HTTP methods.</summary>
    [Input(DisplayName = "方法", Description = "接受的 HTTP 方法。", Order = 1, UIHint = "checklist", Options = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"])]
    public Input<ICollection<string>> SupportedMethods { get; set; } = new(["GET"]);

    /// <summary>Whether the caller must be signed in.</summary>
    [Input(DisplayName = "需要登录", Description = "只接受已登录的调用者。", Order = 2)]
    public Input<bool>? Authorize { get; set; }

    /// <summary>Name of the policy that the caller must meet.</summary>
    [Input(DisplayName = "授权策略", Description = "调用者应满足的策略。", Order = 3)]
    public Input<string>? Policy { get; set; }

    /// <summary>How long the caller waits at most.</summary>
    [Input(DisplayName = "超时", Description = "请求最长处理时间。", Order = 4)]
    public Input<TimeSpan?>? RequestTimeout { get; set; }

    /// <summary>Largest request, in bytes.</summary>
    [Input(DisplayName = "大小上限", Description = "请求最大字节数。", Order = 5)]
    public Input<long?>? RequestSizeLimit { get; set; }

    /// <summary>Content of the request; JSON as value.</summary>
    [Output(DisplayName = "内容", Description = "解析后的请求内容。")]
    public Output<object>? ParsedContent { get; set; }

    /// <summary>Values from the path.</summary>
    [Output(DisplayName = "路径数据", Description = "路径中的参数。")]
    public Output<object>? RouteData { get; set; }

    /// <summary>Values from the query.</summary>
    [Output(DisplayName = "查询参数", Description = "网址中的查询参数。")]
    public Output<object>? QueryStringData { get; set; }

    /// <summary>Headers.</summary>
    [Output(DisplayName = "请求头", Description = "请求的头。")]
    public Output<object>? Headers { get; set; }

    /// <inheritdoc />
    protected internal override TriggerKind TriggerKind => TriggerKind.Http;

    /// <inheritdoc />
    protected internal override IEnumerable<object?> GetTriggerPayloads(TriggerIndexingContext context) => Stimuli(context.Get(Path), context.Get(SupportedMethods));

    /// <inheritdoc />
    protected internal override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        if (context.IsTriggerOfWorkflow())
            return ReceivedAsync(context);
        foreach (var stimulus in Stimuli(context.Get(Path), context.Get(SupportedMethods)))
            context.CreateBookmark(new CreateBookmarkArgs { Stimulus = stimulus, Callback = ReceivedAsync, IncludeActivityInstanceId = false });
        return default;
    }

    private static IEnumerable<HttpEndpointStimulus> Stimuli(string? path, ICollection<string>? methods) =>
        string.IsNullOrWhiteSpace(path) ? [] : (methods ?? []).Distinct().Select(method => new HttpEndpointStimulus(path.Trim('/').ToLowerInvariant(), method.ToLowerInvariant()));

    private ValueTask ReceivedAsync(ActivityExecutionContext context)
    {
        if (context.WorkflowInput.GetValueOrDefault(RequestInput) is JsonObject request)
        {
            context.Set(ParsedContent, ValueConversion.FromJson(request["parsedContent"]?.DeepClone()));
            context.Set(RouteData, request["routeData"]?.DeepClone());
            context.Set(QueryStringData, request["queryString"]?.DeepClone());
            context.Set(Headers, request["headers"]?.DeepClone());
            context.Set(Result, request.DeepClone());
        }

        return context.CompleteActivityAsync();
    }
}

/// <summary>Answers the HTTP request that caused this burst (Elsa concept); sent after the commit.</summary>
[Activity("Elsa", "网络", "回复引发本次执行的 HTTP 请求。", DisplayName = "回复请求")]
public sealed class WriteHttpResponse : CodeActivity
{
    /// <summary>HTTP status code.</summary>
    [Input(DisplayName = "状态码", Description = "例如 200。", Order = 0)]
    public Input<int> StatusCode { get; set; } = new(200);

    /// <summary>Content: text as it is, anything else as JSON.</summary>
    [Input(DisplayName = "内容", Description = "回复的内容。", Order = 1)]
    public Input<object>? Content { get; set; }

    /// <summary>Media type.</summary>
    [Input(DisplayName = "内容类型", Description = "例如 application/json。", Order = 2)]
    public Input<string>? ContentType { get; set; }

    /// <summary>Headers.</summary>
    [Input(DisplayName = "应答头", Description = "其他应答头。", Order = 3)]
    public Input<IDictionary<string, string>>? ResponseHeaders { get; set; }

    /// <inheritdoc />
    protected override void Execute(ActivityExecutionContext context)
    {
        var content = context.Get(Content);
        context.Emit(new HttpResponseEffect
        {
            ActivityId = context.ActivityId,
            ActivityInstanceId = context.Id,
            StatusCode = context.Get(StatusCode) is >= 100 and <= 599 and var status ? status : 200,
            Content = content switch { null => null, string text => text, _ => ValueConversion.ToJson(content)?.ToJsonString() },
            ContentType = context.Get(ContentType) ?? (content is null ? null : content is string ? "text/plain; charset=utf-8" : "application/json"),
            Headers = context.Get(ResponseHeaders)?.ToDictionary(p => p.Key, p => p.Value) ?? [],
        });
    }
}
