namespace Workflows.Host.Idempotency;

/// <summary>An answer that was kept from the first time, given again word for word.</summary>
/// <param name="status">HTTP status of the first time.</param>
/// <param name="body">JSON of the first time, or null.</param>
internal sealed class KeptAnswer(int status, string? body) : IResult
{
    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers[RequestKey.ReplayedHeader] = "true";
        httpContext.Response.StatusCode = status;
        if (body is null)
            return;
        httpContext.Response.ContentType = status >= 400 ? "application/problem+json" : "application/json; charset=utf-8";
        await httpContext.Response.WriteAsync(body, httpContext.RequestAborted);
    }
}
