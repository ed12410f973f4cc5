using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Workflows.Host.Composition;
using Workflows.Host.Problems;
using Workflows.Storage.Model;

namespace Workflows.Host.Identity;

/// <summary>
/// Ends sessions before their token expires: when an account is disabled, or its password, roles or department change,
/// its security stamp changes with it. The stamp is looked up at most once in <see cref="Freshness"/> for each account.
/// </summary>
internal sealed class SessionValidity(IServiceScopeFactory scopes, ServeSettings settings)
{
    /// <summary>How long a looked-up stamp counts; a revoked session lives on for at most this long.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(10);

    private const int MaximumEntries = 10_000;
    private readonly ConcurrentDictionary<string, (string? Stamp, DateTimeOffset At)> _stamps = new(StringComparer.Ordinal);

    /// <summary>Forgets what is known of an account, so that its change holds at once on this node.</summary>
    public void Forget(string userId) => _stamps.TryRemove(userId, out _);

    /// <summary>Whether the session of <paramref name="principal"/> still holds.</summary>
    public async ValueTask<bool> HoldsAsync(ClaimsPrincipal principal)
    {
        var id = principal.FindFirstValue(ClaimTypes.NameIdentifier);
        var stamp = principal.FindFirstValue(new ClaimsIdentityOptions().SecurityStampClaimType);
        if (id is null || stamp is null)
            return false;
        var now = settings.WallClock.GetUtcNow();
        if (!_stamps.TryGetValue(id, out var known) || now - known.At >= Freshness)
        {
            await using var scope = scopes.CreateAsyncScope();
            var users = scope.ServiceProvider.GetRequiredService<UserManager<WorkflowUser>>();
            var user = await users.FindByIdAsync(id);
            known = (user is null || user.LockoutEnd == DateTimeOffset.MaxValue ? null : user.SecurityStamp, now);
            if (_stamps.Count >= MaximumEntries)
                _stamps.Clear();
            _stamps[id] = known;
        }

        return known.Stamp == stamp;
    }
}

/// <summary>Refuses requests of sessions that no longer hold.</summary>
internal static class SessionValidityMiddleware
{
    /// <summary>Belongs between authentication and authorization.</summary>
    public static IApplicationBuilder UseSessionValidity(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (context.User.Identity?.IsAuthenticated == true
            && !await context.RequestServices.GetRequiredService<SessionValidity>().HoldsAsync(context.User))
        {
            await new Refusal(401, "session-ended", "Authorization", "登录已失效（密码、角色或账号状态已变更）：请重新登录。").WriteAsync(context);
            return;
        }

        await next(context);
    });
}
