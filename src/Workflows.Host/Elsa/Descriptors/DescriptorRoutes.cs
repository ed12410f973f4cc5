using System.Text.Json.Nodes;
using Microsoft.Net.Http.Headers;
using Workflows.Engine.Activities;
using Workflows.Host.Problems;

namespace Workflows.Host.Elsa.Descriptors;

/// <summary>What the editor holds when it asks for options.</summary>
internal sealed record OptionsRequest
{
    /// <summary>The other inputs by name.</summary>
    public JsonObject? Context { get; init; }
}

/// <summary>Fresh specifications of an input.</summary>
/// <param name="Items">As in the descriptor's <c>uiSpecifications</c>.</param>
internal sealed record OptionsAnswer(JsonObject Items);

/// <summary>What Studio knows of activities, and the short lists of its settings.</summary>
internal static class DescriptorRoutes
{
    private const string Tag = "Elsa 描述";

    /// <summary>Maps the routes under <c>/descriptors</c>.</summary>
    public static void MapDescriptors(this IEndpointRouteBuilder elsa)
    {
        var routes = elsa.MapGroup("/descriptors").WithTags(Tag);
        routes.MapGet("/activities", AllAsync).ForElsaReaders().Produces<ElsaList<ActivityShape>>().WithSummary("全部活动的描述；带 ETag，未变时答 304");
        routes.MapGet("/activities/{typeName}", OneAsync).ForElsaReaders().Produces<ActivityShape>().WithSummary("一种活动的描述；version 不填为最新版本");
        routes.MapPost("/activities/{activityTypeName}/options/{propertyName}", OptionsAsync).ForElsaReaders().Accepts<OptionsRequest>("application/json")
            .Produces<OptionsAnswer>().WithSummary("输入的最新选项");
        Fixed(routes, "/expression-descriptors", FixedLists.Expressions, "表达式语法");
        Fixed(routes, "/workflow-activation-strategies", FixedLists.Activation, "启动方式");
        Fixed(routes, "/log-persistence-strategies", FixedLists.LogPersistence, "日志内容");
        Fixed(routes, "/incident-strategies", FixedLists.Incidents, "出错时的做法");
        Fixed(routes, "/commit-strategies/workflows", FixedLists.Commits, "流程的提交方式");
        Fixed(routes, "/commit-strategies/activities", FixedLists.Commits, "步骤的提交方式");
        Fixed(routes, "/storage-drivers", FixedLists.StorageDrivers, "变量的保存方式");
        Fixed(routes, "/variables", FixedLists.VariableTypes, "变量类型");
        // The engine converts values by itself, so that no converter has to be chosen.
        Fixed(routes, "/output-converters", Array.Empty<object>(), "输出的转换方式；转换由引擎自动进行");
    }

    private static void Fixed<T>(IEndpointRouteBuilder routes, string path, IReadOnlyList<T> items, string summary) =>
        routes.MapGet(path, () => ElsaJson.Answer(ElsaList<T>.Of(items))).ForElsaReaders().Produces<ElsaList<T>>().WithSummary(summary);

    private static async Task<IResult> AllAsync(HttpContext context, DescriptorCatalogue catalogue, CancellationToken cancellationToken)
    {
        var snapshot = await catalogue.CurrentAsync(cancellationToken);
        var headers = context.Response.Headers;
        headers.ETag = snapshot.ETag;
        headers.CacheControl = "private, no-cache";
        headers.Vary = HeaderNames.AcceptEncoding;
        // A proxy that compresses weakens the validator.
        if (context.Request.Headers.IfNoneMatch.ToString().Contains(snapshot.ETag, StringComparison.Ordinal))
            return Results.StatusCode(StatusCodes.Status304NotModified);
        var zipped = context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase);
        if (zipped)
            headers.ContentEncoding = "gzip";
        return Results.Bytes(zipped ? snapshot.Zipped : snapshot.Json, "application/json; charset=utf-8");
    }

    private static async Task<IResult> OneAsync(string typeName, int? version, DescriptorCatalogue catalogue, CancellationToken cancellationToken)
    {
        var activities = (await catalogue.CurrentAsync(cancellationToken)).Activities.Values.Where(activity => activity.TypeName == typeName);
        return (version is null ? activities.MaxBy(activity => activity.Version) : activities.FirstOrDefault(activity => activity.Version == version)) is { } found
            ? ElsaJson.Answer(found)
            : new Refusal(404, "not-found", "typeName", "没有这种活动或者这个版本：请对照活动目录。").ToResult();
    }

    private static async Task<IResult> OptionsAsync(
        string activityTypeName, string propertyName, HttpContext context, ActivityRegistry registry, DescriptorWriter writer, CancellationToken cancellationToken)
    {
        var request = await ElsaBody.ReadAsync<OptionsRequest>(context);
        if (!registry.TryGet(activityTypeName, null, out var activity)
            || activity.Inputs.FirstOrDefault(input => string.Equals(input.Name, propertyName, StringComparison.OrdinalIgnoreCase)) is not { } input)
        {
            return new Refusal(404, "not-found", "propertyName", "没有这种活动或者这个输入：请对照活动目录。").ToResult();
        }

        var options = await writer.OptionsAsync(activity.TypeName, input, request.Context ?? [], cancellationToken);
        return ElsaJson.Answer(new OptionsAnswer(UiSpecifications.Of(input, options) ?? []));
    }
}
