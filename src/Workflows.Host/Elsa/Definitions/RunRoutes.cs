using System.Text;
using System.Text.Json.Nodes;
using Workflows.Host.Access;

namespace Workflows.Host.Elsa.Definitions;

/// <summary>Running definitions: execute, dispatch, bulk dispatch, and one activity alone.</summary>
internal static class RunRoutes
{
    private const int MostAtOnce = 100;

    /// <summary>Maps the routes.</summary>
    public static void MapElsaRuns(this IEndpointRouteBuilder elsa)
    {
        var routes = elsa.MapGroup("").WithTags("Elsa 流程定义").AddEndpointFilter(DefinitionRoutes.RefuseAsync);
        routes.MapPost("/workflow-definitions/{definitionId}/execute", ExecuteAsync).ForElsaWriters().Accepts<RunOrder>(isOptional: true, "application/json").Produces<ExecutedDefinition>().WithSummary("启动一个实例并运行到等待或结束；草稿只能在样例辖区运行");
        routes.MapGet("/workflow-definitions/{definitionId}/execute", ExecuteByQueryAsync).ForElsaWriters().WithSummary("同 POST，参数在查询串中");
        routes.MapPost("/workflow-definitions/{definitionId}/dispatch", DispatchAsync).ForElsaWriters().Accepts<RunOrder>(isOptional: true, "application/json").Produces<DispatchedDefinition>().WithSummary("启动一个实例，答其编号");
        routes.MapPost("/workflow-definitions/{definitionId}/bulk-dispatch", BulkDispatchAsync).ForElsaWriters().Accepts<BulkDispatchRequest>(isOptional: true, "application/json").Produces<DispatchedDefinitions>().WithSummary("启动多个实例，最多 100 个");
        routes.MapPost("/tests/activities", TestAsync).ForElsaWriters().Accepts<ActivityTestRequest>("application/json").WithSummary("在内存中单独运行一个没有外部作用的标准步骤");
    }

    private static async Task<IResult> ExecuteAsync(string definitionId, HttpContext context, RunDesk desk, CancellationToken cancellationToken) =>
        await RunAsync(definitionId, RunOrder.Read(await DefinitionBody.ReadAsync(context)), context, desk, cancellationToken);

    private static async Task<IResult> ExecuteByQueryAsync(string definitionId, HttpContext context, RunDesk desk, CancellationToken cancellationToken)
    {
        var body = new JsonObject();
        foreach (var name in new[] { "correlationId", "name", "triggerActivityId", "versionOptions" })
        {
            if (context.Request.Query[name].ToString() is { Length: > 0 } value)
                body[name] = value;
        }

        foreach (var name in new[] { "input", "variables" })
        {
            if (context.Request.Query[name].ToString() is { Length: > 0 } json)
                body[name] = DefinitionBody.Parse(Encoding.UTF8.GetBytes(json));
        }

        return await RunAsync(definitionId, RunOrder.Read(body), context, desk, cancellationToken);
    }

    private static async Task<IResult> RunAsync(string definitionId, RunOrder order, HttpContext context, RunDesk desk, CancellationToken cancellationToken)
    {
        var row = await desk.PrepareAsync(definitionId, order, cancellationToken);
        var run = await desk.StartAsync(row, order, context.User.ToActor(), cancellationToken);
        var headers = context.Response.Headers;
        headers["x-elsa-workflow-instance-id"] = run.InstanceId;
        headers["x-elsa-workflow-cannot-start"] = "False";
        headers["x-elsa-response"] = "true";
        if (run.Result.Response is { } response)
            return Results.Text(response.Content ?? "", response.ContentType ?? "text/plain; charset=utf-8", statusCode: response.StatusCode);
        return ElsaJson.Answer(new JsonObject { ["workflowState"] = await desk.StateAsync(run.InstanceId, cancellationToken) });
    }

    private static async Task<IResult> DispatchAsync(string definitionId, HttpContext context, RunDesk desk, CancellationToken cancellationToken)
    {
        var order = RunOrder.Read(await DefinitionBody.ReadAsync(context));
        var run = await desk.StartAsync(await desk.PrepareAsync(definitionId, order, cancellationToken), order, context.User.ToActor(), cancellationToken);
        return ElsaJson.Answer(new { workflowInstanceId = run.InstanceId });
    }

    private static async Task<IResult> BulkDispatchAsync(string definitionId, HttpContext context, RunDesk desk, CancellationToken cancellationToken)
    {
        var body = await DefinitionBody.ReadAsync(context);
        var count = body["count"] is null ? 1 : body.Number("count") ?? 0;
        if (count is < 1 or > MostAtOnce)
            return ElsaRefusal.Of($"count 应为 1 至 {MostAtOnce} 之间的整数。");
        var order = RunOrder.Read(body) with { InstanceId = null };
        var row = await desk.PrepareAsync(definitionId, order, cancellationToken);
        var runs = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => desk.StartAsync(row, order, context.User.ToActor(), cancellationToken)));
        return ElsaJson.Answer(new { workflowInstanceIds = runs.Select(run => run.InstanceId).ToList() });
    }

    private static async Task<IResult> TestAsync(HttpContext context, ActivityTest test, CancellationToken cancellationToken)
    {
        var body = await DefinitionBody.ReadAsync(context);
        var definition = body["workflowDefinitionHandle"] as JsonObject ?? [];
        var activity = (body["activityHandle"] as JsonObject ?? []).Text("activityId") ?? (body["activityHandle"] as JsonObject ?? []).Text("activityNodeId")?.Split(':')[^1];
        if (activity is not { Length: > 0 })
            return ElsaRefusal.Of("请指明要测试的步骤（activityHandle.activityId）。");
        return ElsaJson.Answer(await test.RunAsync(definition.Text("definitionVersionId"), definition.Text("definitionId"), activity, cancellationToken));
    }
}
