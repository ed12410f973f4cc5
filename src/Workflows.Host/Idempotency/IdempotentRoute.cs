namespace Workflows.Host.Idempotency;

/// <summary>Marks a route whose every call carries an idempotency key.</summary>
internal sealed class IdempotentRoute;

/// <summary>What is asked before a route reads its content: a caller who gets nowhere anyway is not waited for.</summary>
/// <param name="Check">Throws the refusal.</param>
internal sealed record BeforeContent(Func<HttpContext, Task> Check);

/// <summary>Reads the key before the request is bound, so that the content can be hashed as it came.</summary>
internal static class IdempotentRoutes
{
    /// <summary>Every call of the route needs an <c>Idempotency-Key</c>.</summary>
    public static RouteHandlerBuilder Idempotent(this RouteHandlerBuilder route) => route.WithMetadata(new IdempotentRoute());

    /// <summary>Asks something before the content of an idempotent route is read.</summary>
    public static RouteHandlerBuilder Before(this RouteHandlerBuilder route, Func<HttpContext, Task> check) => route.WithMetadata(new BeforeContent(check));

    /// <summary>Belongs behind authorization: who may not call learns nothing of keys.</summary>
    public static IApplicationBuilder UseRequestKeys(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<BeforeContent>() is { } before)
            await before.Check(context);
        if (context.GetEndpoint()?.Metadata.GetMetadata<IdempotentRoute>() is not null)
            context.Features.Set(await Idempotency.RequestKey.ReadAsync(context));
        await next(context);
    });

    /// <summary>The key of the request of an idempotent route.</summary>
    public static RequestKey RequestKey(this HttpContext context) => context.Features.Get<RequestKey>()
        ?? throw new InvalidOperationException("The route is not marked as idempotent.");
}
