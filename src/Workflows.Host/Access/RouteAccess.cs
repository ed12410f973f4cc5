using Workflows.Host.Problems;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Access;

/// <summary>Who may call a route; each route says so, a route that does not answers nobody (see <see cref="RouteAccessExtensions.UseDenyByDefault"/>).</summary>
/// <param name="Roles">Roles of which the caller needs one; empty for nobody signed in.</param>
/// <param name="Public">Whether it needs no sign-in.</param>
internal sealed record RouteAccess(IReadOnlyList<string> Roles, bool Public = false)
{
    /// <summary>Every role of a person of the authorities.</summary>
    public static readonly string[] Staff =
    [
        Role.Analyst, Role.Inspector, Role.Assistant, Role.DepartmentHead, Role.LegalReviewer, Role.Supervisor,
        Role.Dispatcher, Role.PublicationReviewer, Role.Auditor, Role.Administrator,
    ];

    /// <summary>Every role that an account may have: people, and other systems.</summary>
    public static readonly string[] Accounts = [.. Staff, Role.Platform];

    /// <summary>Roles that read cases, each within its own sight. Analysts and administrators do not.</summary>
    public static readonly string[] CaseReaders =
    [
        Role.Inspector, Role.Assistant, Role.DepartmentHead, Role.LegalReviewer, Role.Supervisor,
        Role.Dispatcher, Role.PublicationReviewer, Role.Auditor,
    ];

    /// <summary>Roles that act on cases, each within its own sight. The auditor only reads.</summary>
    public static readonly string[] CaseWorkers =
    [
        Role.Inspector, Role.Assistant, Role.DepartmentHead, Role.LegalReviewer, Role.Supervisor,
        Role.Dispatcher, Role.PublicationReviewer,
    ];
}

/// <summary>States a route's <see cref="RouteAccess"/> and enforces it.</summary>
internal static class RouteAccessExtensions
{
    /// <summary>Open to people with one of these roles.</summary>
    public static TBuilder For<TBuilder>(this TBuilder route, params string[] roles)
        where TBuilder : IEndpointConventionBuilder
    {
        route.WithMetadata(new RouteAccess(roles));
        return route.RequireAuthorization(policy => policy.RequireAuthenticatedUser().RequireRole(roles));
    }

    /// <summary>
    /// Denies routes that do not say who may call them. It stands where a fallback policy would, which would also turn the
    /// framework's own answers 404, 405 and 415 into demands to sign in. Belongs between routing and authorization.
    /// </summary>
    public static IApplicationBuilder UseDenyByDefault(this IApplicationBuilder app) => app.Use((context, next) =>
        context.GetEndpoint() is RouteEndpoint endpoint && endpoint.Metadata.GetMetadata<RouteAccess>() is null
            ? new Refusal(403, "forbidden", "", "此地址未开放。").WriteAsync(context)
            : next(context));

    /// <summary>Open to everybody.</summary>
    public static TBuilder ForAnybody<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder
    {
        route.WithMetadata(new RouteAccess([], Public: true));
        return route.AllowAnonymous();
    }
}
