using System.Security.Claims;
using Workflows.Host.Access;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Host.Api.Deputies;

/// <summary>
/// While somebody is deputy, reading goes as far as the absent person's office reads, within their common department. Only reading: what is done goes through the steps of the
/// absent person, under both names (<see cref="DeputyDesk.InPlaceOf"/>), and ends with the period.
/// </summary>
internal static class DeputySight
{
    private const string Item = "deputy-for";

    /// <summary>Finds out for whom a reader is deputy. Belongs between authentication and authorization.</summary>
    public static IApplicationBuilder UseDeputySight(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (HttpMethods.IsGet(context.Request.Method) && context.User.Identity?.IsAuthenticated == true && context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
            && Deputy.Roles.Any(context.User.IsInRole) && context.User.FindFirstValue(ClaimNames.Department) is not null)
        {
            var principals = await context.RequestServices.GetRequiredService<DeputyDesk>().PrincipalsAsync(context.User.ToActor(), context.RequestAborted);
            if (principals.Count > 0)
            {
                context.Items[Item] = principals;
                // Opens the routes of the office for reading; who asks stays who it is (ClaimNames.ToActor reads the first identity alone).
                context.User.AddIdentity(new ClaimsIdentity(
                    principals.SelectMany(principal => principal.Roles).Where(Deputy.Roles.Contains).Distinct(StringComparer.Ordinal).Select(role => new Claim(ClaimTypes.Role, role)), "deputy"));
            }
        }

        await next(context);
    });

    /// <summary>For whom the reader of a request is deputy; empty for most, and for whatever is no reading.</summary>
    public static IReadOnlyList<Actor> Of(HttpContext context) => context.Items.TryGetValue(Item, out var held) && held is IReadOnlyList<Actor> principals ? principals : [];
}
