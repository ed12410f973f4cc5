using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Workflows.Host.Api.Changes;
using Workflows.Host.Composition;
using Workflows.Host.Problems;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Access;

/// <summary>
/// Keeps in the audit trail that somebody who is signed in, or a party with its link, asked for something that is not theirs or does not exist (403, 404): one who tries
/// the ids of others leaves a trace. The chain is <see cref="Family"/>; it holds who, when, the route, the names in its path, its query and its content, and the answer.
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
    private const int LongestContent = 64 << 10;
    private static readonly string[] Paging = ["take", "after", "format"];
    private readonly ConcurrentDictionary<string, (long Minute, int Count)> _recent = new(StringComparer.Ordinal);

    /// <summary>Keeps the try of a request that was refused.</summary>
    public async Task KeepAsync(HttpContext context, RouteEndpoint endpoint, Actor actor, int status)
    {
        if (!MayKeep(actor.Id))
            return;
        var gate = context.RequestServices.GetRequiredService<ChangeGate>();
        var names = string.Join(' ', [
            // The token of a party is a secret: who holds it is named by the actor.
            .. endpoint.RoutePattern.Parameters.Where(parameter => parameter.Name != "token").Select(parameter => context.Request.RouteValues[parameter.Name]?.ToString() ?? ""),
            .. context.Request.Query.Where(part => !Paging.Contains(part.Key)).Select(part => $"{part.Key}={part.Value}"),
            .. await NamedInContentAsync(context.Request)]);
        var fact = new AuditFact(Family, Kind, new Dictionary<string, string?>
        {
            ["route"] = $"{context.Request.Method} {endpoint.RoutePattern.RawText?.TrimEnd('/')}",
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

    // Ids at the top of what was sent; it was kept aside for the idempotency key.
    private static async Task<IReadOnlyList<string>> NamedInContentAsync(HttpRequest request)
    {
        if (!request.Body.CanSeek || !request.HasJsonContentType() || request.Body.Length is 0 or > LongestContent)
            return [];
        try
        {
            request.Body.Position = 0;
            using var content = await JsonDocument.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted);
            return content.RootElement.ValueKind != JsonValueKind.Object
                ? []
                : [.. content.RootElement.EnumerateObject().Where(part => part.Name.EndsWith("Id", StringComparison.Ordinal) && part.Value.ValueKind == JsonValueKind.String).Select(part => $"{part.Name}={part.Value}")];
        }
        catch (JsonException)
        {
            return [];
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
        if (context.GetEndpoint() is not RouteEndpoint endpoint)
        {
            await next(context);
            return;
        }

        var trail = context.RequestServices.GetRequiredService<RefusedAccess>();
        try
        {
            await next(context);
        }
        catch (Exception fault) when (RefusalBoundary.Translate(fault) is { Status: 403 or 404 } && CallerOf(context) is not null)
        {
            await trail.KeepAsync(context, endpoint, CallerOf(context)!, RefusalBoundary.Translate(fault)!.Status);
            throw;
        }

        if (context.Response.StatusCode is StatusCodes.Status403Forbidden or StatusCodes.Status404NotFound && CallerOf(context) is { } caller)
            await trail.KeepAsync(context, endpoint, caller, context.Response.StatusCode);
    });

    private static Actor? CallerOf(HttpContext context) =>
        context.User.Identity?.IsAuthenticated == true ? context.User.ToActor() : context.Features.Get<RefusedCaller>()?.Party;
}

/// <summary>The party that a link has let in, for the trail of what it is refused.</summary>
/// <param name="Party">The party.</param>
internal sealed record RefusedCaller(Actor Party);
