using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Identity;
using Workflows.Host.Access;
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

    private static async Task<IResult> SignInAsync(SignInRequest request, SignInDesk desk) =>
        await desk.CheckAsync(request.UserName, request.Password) switch
        {
            ({ } user, _) => Results.Ok(await desk.IssueAsync(user)),
            (_, var refusal) => refusal!.ToResult(),
        };

    private static async Task<IResult> RefreshAsync(RefreshRequest request, SignInDesk desk) =>
        await desk.RenewAsync(request.RefreshToken) is { } user
            ? Results.Ok(await desk.IssueAsync(user))
            : new Refusal(401, "session-ended", "refreshToken", "刷新令牌无效或已过期：请重新登录。").ToResult();

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
