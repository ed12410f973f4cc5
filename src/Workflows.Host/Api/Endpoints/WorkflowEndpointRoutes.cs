using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Engine.BuiltIn.Http;
using Workflows.Host.Access;
using Workflows.Host.Api.Changes;
using Workflows.Host.Limits;
using Workflows.Host.Problems;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Endpoints;

/// <summary>
/// Requests to workflows (Elsa's HttpEndpoint and WriteHttpResponse). A path that no published or waiting workflow names is not found;
/// the answer is written after the commit of what the request caused.
/// </summary>
internal static class WorkflowEndpointRoutes
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    // A workflow never learns how the caller is signed in, and cannot set what the host decides about an answer.
    private static readonly string[] HiddenHeaders = ["Authorization", "Cookie", "Proxy-Authorization"];
    private static readonly string[] AllowedAnswerHeaders = ["Content-Language", "Location", "Retry-After", "ETag", "Last-Modified"];

    /// <summary>Maps <c>/workflows/{**path}</c>.</summary>
    public static void MapWorkflowEndpoints(this IEndpointRouteBuilder application) =>
        application.MapMethods("/workflows/{**path}", Methods, AnswerAsync).ForAnybody().ExcludeFromDescription();

    private static async Task<IResult> AnswerAsync(string? path, HttpContext context, EndpointCatalogue endpoints, ChangeGate gate, CancellationToken cancellationToken)
    {
        var endpoint = await endpoints.FindAsync(path ?? "", context.Request.Method, cancellationToken);
        if (endpoint is null)
            return new Refusal(404, "not-found", "", "没有已发布的流程接收此地址和方法的请求。").ToResult();
        var isSignedIn = context.User.Identity?.IsAuthenticated == true;
        if (endpoint.NeedsSignIn && !isSignedIn)
            return new Refusal(401, "not-signed-in", "Authorization", "此流程只接受已登录的调用者：请先登录。").ToResult();
        if (!endpoint.Policies.All(context.User.IsInRole))
            return new Refusal(403, "forbidden", "", "您的角色不能调用此流程。").ToResult();
        var result = await gate.SendAsync(
            new SignalWorkflows
            {
                Key = gate.NewKey(),
                Actor = isSignedIn ? context.User.ToActor() : Actor.Clock,
                Name = "Elsa.HttpEndpoint",
                Payload = endpoint.Payload,
                Input = new Dictionary<string, JsonNode?> { [HttpEndpoint.RequestInput] = await RequestAsync(path ?? "", endpoint, context, cancellationToken) },
            },
            cancellationToken);
        if (result.Response is not { } response)
        {
            return Results.Json(new { workflowInstanceIds = result.InstanceIds }, Json.HostJson.Options,
                statusCode: result.Outcome == StimulusOutcome.Done ? StatusCodes.Status202Accepted : StatusCodes.Status409Conflict);
        }

        foreach (var name in AllowedAnswerHeaders)
        {
            if (response.Headers.FirstOrDefault(header => string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase)) is { Key: not null, Value: { } value } && value.All(c => c is >= ' ' and < '\u007f'))
                context.Response.Headers[name] = value;
        }

        return Results.Text(response.Content ?? "", response.ContentType ?? "text/plain; charset=utf-8", statusCode: response.StatusCode);
    }

    private static async Task<JsonObject> RequestAsync(string path, ReachedEndpoint endpoint, HttpContext context, CancellationToken cancellationToken)
    {
        var request = context.Request;
        if (request.ContentLength > RequestLimits.BodyBytes)
            throw new RefusedException(new Refusal(413, "too-large", "", "请求内容过大。"));
        using var reader = new StreamReader(request.Body);
        var text = await reader.ReadToEndAsync(cancellationToken);
        return new JsonObject
        {
            ["path"] = path,
            ["method"] = request.Method,
            ["parsedContent"] = text.Length == 0 ? null : request.HasJsonContentType() ? Parse(text) : JsonValue.Create(text),
            ["routeData"] = new JsonObject(endpoint.RouteData.Select(value => KeyValuePair.Create(value.Key, (JsonNode?)value.Value))),
            ["queryString"] = new JsonObject(request.Query.Select(value => KeyValuePair.Create(value.Key, (JsonNode?)value.Value.ToString()))),
            ["headers"] = new JsonObject(request.Headers.Where(header => !HiddenHeaders.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
                .Select(header => KeyValuePair.Create(header.Key, (JsonNode?)header.Value.ToString()))),
        };
    }

    private static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { MaxDepth = 32 });
        }
        catch (JsonException wrong)
        {
            throw new RefusedException(new Refusal(400, "malformed-json", wrong.Path ?? "", "请求内容不是有效的JSON。"));
        }
    }
}
