using System.Collections.Concurrent;
using System.Globalization;
using Workflows.Host.Api.Changes;
using Workflows.Host.Composition;
using Workflows.Host.Problems;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Access;

/// <summary>
/// Keeps in the audit trail that somebody who is signed in asked for something that is not theirs or does not exist (403, 404 on a route that names something): one who
/// tries the ids of others leaves a trace. The chain is <see cref="Family"/>; it holds who, when, the route, the names in it and the answer.
/// </summary>
internal sealed class RefusedAccess(ServeSettings settings, ILogger<RefusedAccess> log)
{
    /// <summary>The audit chain.</summary>
    public const string Family = "access";

    /// <summary>Kind of the facts.</summary>
    public const string Kind = "access.refused";

    /// <summary>Entries of one person in a minute; whoever tries more is in the log, and no more is written to the store.</summary>
    public const int MostInAMinute = 120;

    private const int LongestName = 200;
    private readonly ConcurrentDictionary<string, (long Minute, int Count)> _recent = new(StringComparer.Ordinal);

    /// <summary>Keeps the try of a request that was refused.</summary>
    public async Task KeepAsync(HttpContext context, RouteEndpoint endpoint, int status)
    {
        var actor = context.User.ToActor();
        if (!MayKeep(actor.Id))
            return;
        var gate = context.RequestServices.GetRequiredService<ChangeGate>();
        var names = string.Join(' ', endpoint.RoutePattern.Parameters.Select(parameter => context.Request.RouteValues[parameter.Name]?.ToString() ?? ""));
        var fact = new AuditFact(Family, Kind, new Dictionary<string, string?>
        {
            ["route"] = $"{context.Request.Method} {endpoint.RoutePattern.RawText}",
            ["names"] = names.Length > LongestName ? names[..LongestName] : names,
            ["status"] = status.ToString(CultureInfo.InvariantCulture),
        });
        try
        {
            await gate.SendAsync(
                new DomainCommand
                {
                    Key = gate.NewKey(),
                    Actor = actor,
                    CaseKey = Family,
                    Execute = (session, _, _) =>
                    {
                        session.Audit(fact);
                        return ValueTask.FromResult<object?>(null);
                    },
                },
                CancellationToken.None);
        }
        catch (RefusedException busy)
        {
            // The request is refused either way; that its trace is missing must not hide it.
            log.LogWarning(busy, "Refused access of {Actor} to {Route} could not be kept", actor.Id, endpoint.RoutePattern.RawText);
        }
    }

    private bool MayKeep(string actor)
    {
        var minute = settings.WallClock.GetUtcNow().Ticks / TimeSpan.TicksPerMinute;
        var (_, count) = _recent.AddOrUpdate(actor, _ => (minute, 1), (_, last) => last.Minute == minute ? (minute, last.Count + 1) : (minute, 1));
        if (count == MostInAMinute + 1)
            log.LogWarning("{Actor} was refused more than {Most} times in a minute", actor, MostInAMinute);
        return count <= MostInAMinute;
    }
}

/// <summary>Puts <see cref="RefusedAccess"/> in the way of requests.</summary>
internal static class RefusedAccessExtensions
{
    /// <summary>Belongs between authentication and authorization, so that what either side of it refuses is seen.</summary>
    public static IApplicationBuilder UseRefusedAccess(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (context.User.Identity?.IsAuthenticated != true || context.GetEndpoint() is not RouteEndpoint { RoutePattern.Parameters.Count: > 0 } endpoint)
        {
            await next(context);
            return;
        }

        var trail = context.RequestServices.GetRequiredService<RefusedAccess>();
        try
        {
            await next(context);
        }
        catch (Exception fault) when (RefusalBoundary.Translate(fault) is { Status: 403 or 404 })
        {
            await trail.KeepAsync(context, endpoint, RefusalBoundary.Translate(fault)!.Status);
            throw;
        }

        if (context.Response.StatusCode is StatusCodes.Status403Forbidden or StatusCodes.Status404NotFound)
            await trail.KeepAsync(context, endpoint, context.Response.StatusCode);
    });
}
