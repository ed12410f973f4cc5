using System.Text.RegularExpressions;
using Microsoft.Net.Http.Headers;
using Workflows.Host.Access;

namespace Workflows.Host.Web;

/// <summary>
/// Addresses of matters as messages name them: <c>/cases/{id}</c>, <c>/plans/{id}</c>, <c>/leads/{id}</c>, <c>/stuck-matters/{id}</c>, <c>/oversight</c>, <c>/tasks</c> and <c>/tasks/{id}</c>. They say
/// what a message is about and stay when pages move; each leads to the page on which it is seen, a step to the phone's page where a phone asks.
/// </summary>
internal static partial class MatterLinks
{
    /// <summary>Maps them.</summary>
    public static void MapMatterLinks(this IEndpointRouteBuilder routes)
    {
        Map(routes, "/cases/{id}", static (id, _) => $"/desk/cases/{id}");
        Map(routes, "/plans/{id}", static (id, _) => $"/desk/plans/{id}");
        Map(routes, "/leads/{id}", static (id, _) => $"/desk/leads/{id}");
        Map(routes, "/stuck-matters/{id}", static (id, _) => $"/desk/stuck/{id}");
        Map(routes, "/oversight", static (_, _) => "/desk/oversight");
        Map(routes, "/tasks", static (_, onPhone) => onPhone ? "/inspect" : "/desk/approvals");
        Map(routes, "/tasks/{id}", static (id, onPhone) => onPhone ? $"/inspect/step/{id}" : $"/desk/approvals?task={id}");
    }

    private static void Map(IEndpointRouteBuilder routes, string pattern, Func<string, bool, string> place) =>
        routes.MapGet(pattern, (HttpContext context) =>
        {
            context.Response.Headers.Vary = HeaderNames.UserAgent;
            var id = context.Request.RouteValues["id"]?.ToString() ?? "";
            return Results.LocalRedirect(place(Uri.EscapeDataString(id), Phone().IsMatch(context.Request.Headers.UserAgent.ToString())));
        }).ForAnybody().ExcludeFromDescription();

    [GeneratedRegex("Mobi|Android|iPhone|HarmonyOS|MicroMessenger|DingTalk", RegexOptions.NonBacktracking)]
    private static partial Regex Phone();
}
