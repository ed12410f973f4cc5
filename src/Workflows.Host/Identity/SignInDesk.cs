using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Workflows.Host.Composition;
using Workflows.Host.Problems;
using Workflows.Storage.Model;

namespace Workflows.Host.Identity;

/// <summary>Whether somebody is who they say: the rules of passwords, lockout and renewal, whichever API asks.</summary>
internal sealed class SignInDesk(
    SignInManager<WorkflowUser> signIn, UserManager<WorkflowUser> users, IOptionsMonitor<BearerTokenOptions> options, ServeSettings settings, ILogger<SignInDesk> log)
{
    private static readonly Refusal WrongCredentials = new(401, "wrong-credentials", "userName", "用户名或密码不正确：请核对后重试，连续错误将暂时锁定账号。");

    /// <summary>Checks name and password; wrong passwords count towards the lockout.</summary>
    /// <returns>The account, or why not.</returns>
    public async Task<(WorkflowUser? User, Refusal? Refusal)> CheckAsync(string userName, string password)
    {
        var user = userName.Length <= 64 ? await users.FindByNameAsync(userName) : null;
        if (user is null)
        {
            // Spend the same time as for a known name, so that names cannot be told apart.
            users.PasswordHasher.HashPassword(new WorkflowUser(), password);
            return (null, WrongCredentials);
        }

        var outcome = await signIn.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true);
        if (outcome.IsLockedOut)
        {
            log.LogWarning("Sign-in refused: account {User} is locked", user.Id);
            return (null, user.LockoutEnd == DateTimeOffset.MaxValue
                ? new Refusal(403, "account-disabled", "userName", "账号已停用：请联系管理员。")
                : new Refusal(423, "account-locked", "userName", $"连续输错密码，账号已锁定：请在{Math.Max(1, (int)Math.Ceiling(((user.LockoutEnd ?? settings.WallClock.GetUtcNow()) - settings.WallClock.GetUtcNow()).TotalMinutes))}分钟后重试或联系管理员。"));
        }

        return outcome.Succeeded ? (user, null) : (null, WrongCredentials);
    }

    /// <summary>The account whose session a refresh token renews; null where the token is no refresh token, is too old, or its session has ended.</summary>
    public async Task<WorkflowUser?> RenewAsync(string refreshToken)
    {
        var ticket = Options.RefreshTokenProtector.Unprotect(refreshToken);
        return ticket?.Properties.ExpiresUtc is { } expires && settings.WallClock.GetUtcNow() < expires
            && await signIn.ValidateSecurityStampAsync(ticket.Principal) is { } user
            && user.LockoutEnd != DateTimeOffset.MaxValue
                ? user
                : null;
    }

    /// <summary>New tokens of an account: access for <see cref="IdentitySetup.TokenLifetime"/>, renewal for <see cref="IdentitySetup.RefreshLifetime"/>.</summary>
    public async Task<AccessTokenResponse> IssueAsync(WorkflowUser user)
    {
        var principal = await signIn.CreateUserPrincipalAsync(user);
        var now = settings.WallClock.GetUtcNow();
        return new AccessTokenResponse
        {
            AccessToken = Options.BearerTokenProtector.Protect(Ticket("AccessToken", now + Options.BearerTokenExpiration)),
            ExpiresIn = (long)Options.BearerTokenExpiration.TotalSeconds,
            RefreshToken = Options.RefreshTokenProtector.Protect(Ticket("RefreshToken", now + Options.RefreshTokenExpiration)),
        };

        AuthenticationTicket Ticket(string kind, DateTimeOffset expires) =>
            new(principal, new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = expires }, $"{BearerTokenDefaults.AuthenticationScheme}:{kind}");
    }

    private BearerTokenOptions Options => options.Get(BearerTokenDefaults.AuthenticationScheme);
}
