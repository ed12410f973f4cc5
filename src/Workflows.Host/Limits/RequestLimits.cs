using System.Globalization;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Workflows.Host.Composition;
using Workflows.Host.Elsa.Identity;
using Workflows.Host.Problems;

namespace Workflows.Host.Limits;

/// <summary>How often one user or address may call, and how large a request may be.</summary>
internal static class RequestLimits
{
    /// <summary>Largest body of an ordinary request, in bytes.</summary>
    public const long BodyBytes = 1 << 20;

    /// <summary>Largest uploaded file, in bytes; routes that take one say so.</summary>
    public const long UploadBytes = 32 << 20;

    /// <summary>Requests of one address without sign-in in a minute (party links, checks of a document's code).</summary>
    public const int AnonymousPerMinute = 120;

    /// <summary>Reports of the public, or of estates with their link, from one address in a minute; each may bring photos.</summary>
    public const int PublicReportsPerMinute = 5;

    /// <summary>Reports of leads of one user in a minute: twice a burst of 50 a second.</summary>
    public const int LeadsPerMinute = 6000;

    private static readonly PathString[] Unlimited = ["/health", "/metrics", "/assets", "/studio", "/inspect", "/desk", "/public", "/p", "/e"];
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>Adds the limiter: one window for each signed-in user, one for each address.</summary>
    public static void AddRequestLimits(this IServiceCollection services, ServeSettings settings) => services.AddRateLimiter(options =>
    {
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, (string Kind, string Key)>(context => Partition(context, settings));
        options.OnRejected = static (rejected, _) =>
        {
            var seconds = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : 60;
            rejected.HttpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            return new ValueTask(new Refusal(429, "too-many-requests", "", $"请求过于频繁：请在{seconds}秒后重试。").WriteAsync(rejected.HttpContext));
        };
    });

    private static RateLimitPartition<(string Kind, string Key)> Partition(HttpContext context, ServeSettings settings)
    {
        var path = context.Request.Path;
        // Pages and their files (170 for one of Studio's) cost next to nothing; what they show counts.
        if (Unlimited.Any(prefix => path.StartsWithSegments(prefix, StringComparison.Ordinal)))
            return RateLimitPartition.GetNoLimiter(("open", ""));
        var address = context.Connection.RemoteIpAddress?.ToString() ?? "local";
        var (kind, key, permits) = IsSignIn(context.Request)
            ? ("sign-in", address, settings.SignInsPerMinute)
            : IsPublicReport(context.Request)
            ? ("report", address, PublicReportsPerMinute)
            : context.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } user
                ? IsIntake(context.Request) ? ("intake", user, Math.Max(LeadsPerMinute, settings.RequestsPerMinute)) : ("user", user, settings.RequestsPerMinute)
                : ("address", address, AnonymousPerMinute);
        return RateLimitPartition.Get((kind, key), _ => (RateLimiter)new WindowRateLimiter(permits, Window, settings.WallClock));
    }

    // Of sensors and hotlines come crowds; what is done with a lead counts as any other request.
    private static bool IsIntake(HttpRequest request) => HttpMethods.IsPost(request.Method)
        && request.Path.Value is { } path && (path.Equals("/api/leads", StringComparison.OrdinalIgnoreCase) || path.Equals("/api/leads/batch", StringComparison.OrdinalIgnoreCase));

    // Of the public, and of the firm or committee of an estate with its link.
    private static bool IsPublicReport(HttpRequest request) => HttpMethods.IsPost(request.Method)
        && (request.Path.StartsWithSegments("/api/public/reports", StringComparison.OrdinalIgnoreCase)
            || request.Path.StartsWithSegments("/api/public/stuck-matters", StringComparison.OrdinalIgnoreCase)
            || request.Path.StartsWithSegments("/api/estate", StringComparison.OrdinalIgnoreCase) && request.Path.Value!.EndsWith("/reports", StringComparison.OrdinalIgnoreCase));

    private static bool IsSignIn(HttpRequest request) => HttpMethods.IsPost(request.Method)
        && (request.Path.StartsWithSegments("/api/session", StringComparison.OrdinalIgnoreCase)
            || request.Path.StartsWithSegments(ElsaIdentityRoutes.Login, StringComparison.OrdinalIgnoreCase)
            || request.Path.StartsWithSegments(ElsaIdentityRoutes.Refresh, StringComparison.OrdinalIgnoreCase));
}
