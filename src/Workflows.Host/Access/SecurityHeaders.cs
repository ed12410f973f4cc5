using System.Globalization;

namespace Workflows.Host.Access;

/// <summary>Headers that every answer carries, so that a browser neither guesses, frames, caches nor leaks it.</summary>
internal static class SecurityHeaders
{
    /// <summary>Policy of answers that are no pages.</summary>
    public const string DataPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    /// <summary>Policy of rendered documents: their own inline style and images, no script, no network, no origin.</summary>
    public const string DocumentPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox";

    /// <summary>Header of the service's own time, UTC, ISO 8601.</summary>
    public const string ServiceTime = "Service-Time";

    private const string NoPermissions = "camera=(), microphone=(), geolocation=()";

    // The inspector's page takes photographs, scans codes, records voice notes and marks where it was.
    private const string FieldPermissions = "camera=(self), microphone=(self), geolocation=(self)";

    // Who reports without an account may attach the place where he stands.
    private const string ReportPermissions = "camera=(), microphone=(), geolocation=(self)";

    // Anybody scans the code of a visit, and reports from wherever he stands: these pages follow each other without being loaded anew.
    private const string PublicPermissions = "camera=(self), microphone=(), geolocation=(self)";

    /// <summary>Adds the headers when the answer starts; an endpoint may have set a policy of its own.</summary>
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(static state =>
        {
            var context = (HttpContext)state;
            var headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers["Permissions-Policy"] = context.Request.Path.StartsWithSegments("/inspect", StringComparison.Ordinal) ? FieldPermissions
                : context.Request.Path.StartsWithSegments("/public", StringComparison.Ordinal) ? PublicPermissions
                : context.Request.Path.StartsWithSegments("/e", StringComparison.Ordinal) ? ReportPermissions : NoPermissions;
            // Pages live by the district's clock, which in the sample district is moved, and not by the machine's that they are looked at on.
            if (context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
                headers[ServiceTime] = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
            if (headers.ContentSecurityPolicy.Count == 0)
                headers.ContentSecurityPolicy = DataPolicy;
            if (headers.CacheControl.Count == 0)
                headers.CacheControl = "no-store";
            if (context.Request.IsHttps)
                headers.StrictTransportSecurity = "max-age=31536000";
            return Task.CompletedTask;
        }, context);
        return next(context);
    });
}
