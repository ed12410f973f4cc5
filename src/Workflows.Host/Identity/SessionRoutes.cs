using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Workflows.Host.Access;
using Workflows.Host.Composition;
using Workflows.Host.Problems;
using Workflows.Storage.Model;

namespace Workflows.Host.Identity;

/// <summary>Name and password of a person who signs in.</summary>
/// <param name="UserName">User name.</param>
/// <param name="Password">Password.</param>
internal sealed record SignInRequest(string UserName, string Password);

/// <summary>The token with which a session is renewed.</summary>
/// <param name="RefreshToken">As it came with the last sign-in or renewal.</param>
internal sealed record RefreshRequest(string RefreshToken);

/// <summary>A changed password of one's own.</summary>
/// <param name="CurrentPassword">The password so far.</param>
/// <param name="NewPassword">The new one, 12 characters or more.</param>
internal sealed record PasswordChange(string CurrentPassword, string NewPassword);

/// <summary>Who is signed in.</summary>
internal sealed record Me(string Id, string UserName, string Name, IReadOnlyList<string> Roles, string? Department, string? Area, string? OfficerId);

/// <summary>Sign-in, renewal and what concerns one's own account.</summary>
internal static class SessionRoutes
{
    private static readonly Refusal WrongCredentials = new(401, "wrong-credentials", "userName", "用户名或密码不正确：请核对后重试，连续错误将暂时锁定账号。");

    /// <summary>Maps the routes under <c>/api/session</c>.</summary>
    public static void MapSession(this IEndpointRouteBuilder api)
    {
        var session = api.MapGroup("/session").WithTags("登录");
        session.MapPost("", SignInAsync).ForAnybody().Produces<AccessTokenResponse>()
            .WithSummary("登录，返回访问令牌（1小时）和刷新令牌");
        session.MapPost("/refresh", RefreshAsync).ForAnybody().Produces<AccessTokenResponse>().WithSummary("以刷新令牌换取新的访问令牌");
        session.MapGet("", Describe).For(RouteAccess.Staff).WithSummary("当前登录人");
        session.MapPut("/password", ChangePasswordAsync).For(RouteAccess.Staff).Produces(204).WithSummary("修改本人密码，其他登录随即失效");
    }

    private static async Task<IResult> SignInAsync(
        SignInRequest request, SignInManager<WorkflowUser> signIn, UserManager<WorkflowUser> users, ServeSettings settings, ILoggerFactory logs)
    {
        var log = logs.CreateLogger("Workflows.Host.SignIn");
        var user = request.UserName.Length <= 64 ? await users.FindByNameAsync(request.UserName) : null;
        if (user is null)
        {
            // Spend the same time as for a known name, so that names cannot be told apart.
            users.PasswordHasher.HashPassword(new WorkflowUser(), request.Password);
            return WrongCredentials.ToResult();
        }

        var outcome = await signIn.CheckPasswordSignInAsync(user, request.Password, lockoutOnFailure: true);
        if (outcome.IsLockedOut)
        {
            log.LogWarning("Sign-in refused: account {User} is locked", user.Id);
            return user.LockoutEnd == DateTimeOffset.MaxValue
                ? new Refusal(403, "account-disabled", "userName", "账号已停用：请联系管理员。").ToResult()
                : new Refusal(423, "account-locked", "userName", $"连续输错密码，账号已锁定：请在{Math.Max(1, (int)Math.Ceiling(((user.LockoutEnd ?? settings.WallClock.GetUtcNow()) - settings.WallClock.GetUtcNow()).TotalMinutes))}分钟后重试或联系管理员。").ToResult();
        }

        return outcome.Succeeded ? await IssueAsync(user, signIn) : WrongCredentials.ToResult();
    }

    private static async Task<IResult> RefreshAsync(
        RefreshRequest request, SignInManager<WorkflowUser> signIn, IOptionsMonitor<BearerTokenOptions> options, ServeSettings settings)
    {
        var ticket = options.Get(BearerTokenDefaults.AuthenticationScheme).RefreshTokenProtector.Unprotect(request.RefreshToken);
        return ticket?.Properties.ExpiresUtc is { } expires && settings.WallClock.GetUtcNow() < expires
            && await signIn.ValidateSecurityStampAsync(ticket.Principal) is { } user
            && user.LockoutEnd != DateTimeOffset.MaxValue
                ? await IssueAsync(user, signIn)
                : new Refusal(401, "session-ended", "refreshToken", "刷新令牌无效或已过期：请重新登录。").ToResult();
    }

    private static async Task<IResult> IssueAsync(WorkflowUser user, SignInManager<WorkflowUser> signIn) => TypedResults.SignIn(
        await signIn.CreateUserPrincipalAsync(user), new AuthenticationProperties(), BearerTokenDefaults.AuthenticationScheme);

    private static Me Describe(HttpContext context)
    {
        var actor = context.User.ToActor();
        return new Me(actor.Id, context.User.Identity!.Name!, actor.Name, actor.Roles, actor.Department, actor.Area, actor.OfficerId);
    }

    private static async Task<IResult> ChangePasswordAsync(
        PasswordChange change, HttpContext context, UserManager<WorkflowUser> users, SessionValidity sessions)
    {
        var user = await users.GetUserAsync(context.User);
        if (user is null)
            return new Refusal(401, "session-ended", "Authorization", "登录已失效：请重新登录。").ToResult();
        var result = await users.ChangePasswordAsync(user, change.CurrentPassword, change.NewPassword);
        if (!result.Succeeded)
        {
            return result.Errors.First().Code == nameof(IdentityErrorDescriber.PasswordMismatch)
                ? new Refusal(422, "wrong-password", "currentPassword", "当前密码不正确：请核对后重试。").ToResult()
                : AccountRefusals.Of(result, "newPassword").ToResult();
        }

        sessions.Forget(user.Id);
        return Results.NoContent();
    }
}
