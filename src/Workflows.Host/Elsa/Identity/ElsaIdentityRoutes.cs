using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Workflows.Host.Access;
using Workflows.Host.Elsa.Descriptors;
using Workflows.Host.Identity;
using Workflows.Host.Problems;
using Workflows.Storage.Model;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Elsa.Identity;

/// <summary>Name and password as Elsa's clients send them.</summary>
internal sealed record LoginRequest
{
    public string? Username { get; init; }

    public string? Password { get; init; }
}

/// <summary>Whether one is signed in, and with which tokens.</summary>
internal sealed record LoginAnswer(bool IsAuthenticated, string? AccessToken = null, string? RefreshToken = null);

/// <summary>An account in Elsa's form.</summary>
internal sealed record ElsaUser(string Id, string Name, IReadOnlyList<string> Roles);

/// <summary>A role in Elsa's form.</summary>
internal sealed record ElsaRole(string Id, string Name, IReadOnlyList<string> Permissions);

/// <summary>
/// Sign-in for Elsa's clients: the accounts, tokens, lifetimes, lockout and limits of <c>/api/session</c>. Accounts and roles can be
/// read here; they are changed where their departments and areas are known, at <c>/api/users</c>.
/// </summary>
internal static class ElsaIdentityRoutes
{
    /// <summary>Address of the sign-in.</summary>
    public const string Login = ElsaRoutes.Base + "/identity/login";

    /// <summary>Address of the renewal.</summary>
    public const string Refresh = ElsaRoutes.Base + "/identity/refresh-token";

    private static readonly string[] WriterPermissions = ["*"];

    private static readonly string[] ReaderPermissions =
        ["read:activity-descriptors", "read:expression-descriptors", "read:workflow-definitions", "read:workflow-instances", "read:activity-execution", "read:installed-features"];

    private static readonly Refusal ElsewhereChanged = new(
        403, "changed-elsewhere", "", "账号和角色不在此修改：账号请用 /api/users（含部门、区域和执法人员编号），角色由系统固定。");

    /// <summary>Maps the routes under <c>/identity</c>.</summary>
    public static void MapElsaIdentity(this IEndpointRouteBuilder elsa)
    {
        var identity = elsa.MapGroup("/identity").WithTags("Elsa 登录");
        identity.MapPost("/login", LoginAsync).ForElsaAnybody().Accepts<LoginRequest>("application/json").Produces<LoginAnswer>()
            .WithSummary("登录；用户名或密码不对时 isAuthenticated 为 false");
        identity.MapPost("/refresh-token", RefreshAsync).ForElsaAnybody().Produces<LoginAnswer>()
            .WithSummary("以 Authorization 头中的刷新令牌换取新的令牌");
        identity.MapGet("/users", UsersAsync).For(Role.Administrator).Produces<ElsaList<ElsaUser>>().WithSummary("账号");
        identity.MapGet("/roles", static () => ElsaJson.Answer(ElsaList<ElsaRole>.Of([.. RouteAccess.Accounts.Select(RoleOf)]))).For(Role.Administrator)
            .Produces<ElsaList<ElsaRole>>().WithSummary("角色和它在本接口的权限");
        foreach (var kind in new[] { "users", "roles" })
        {
            identity.MapPost($"/{kind}", static () => ElsewhereChanged.ToResult()).For(Role.Administrator).WithSummary("不在此修改，答 403 和修改的地址");
            identity.MapPut($"/{kind}/{{id}}", static () => ElsewhereChanged.ToResult()).For(Role.Administrator).WithSummary("不在此修改，答 403 和修改的地址");
            identity.MapDelete($"/{kind}/{{id}}", static () => ElsewhereChanged.ToResult()).For(Role.Administrator).WithSummary("不在此修改，答 403 和修改的地址");
        }
    }

    private static async Task<IResult> LoginAsync(HttpContext context, SignInDesk desk)
    {
        var request = await ElsaBody.ReadAsync<LoginRequest>(context, largest: 16 << 10);
        if (string.IsNullOrEmpty(request.Username) || string.IsNullOrEmpty(request.Password))
            return ElsaRefusal.Of("请填写用户名 username 和密码 password。");
        return await desk.CheckAsync(request.Username, request.Password) is ({ } user, _) ? await IssueAsync(user, desk) : ElsaJson.Answer(new LoginAnswer(false));
    }

    private static async Task<IResult> RefreshAsync(HttpContext context, SignInDesk desk)
    {
        const string scheme = "Bearer ";
        var header = context.Request.Headers.Authorization.ToString();
        return header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) && await desk.RenewAsync(header[scheme.Length..].Trim()) is { } user
            ? await IssueAsync(user, desk)
            : new Refusal(401, "session-ended", "Authorization", "刷新令牌无效或已过期（此处不接受访问令牌）：请重新登录。").ToResult();
    }

    private static async Task<IResult> IssueAsync(WorkflowUser user, SignInDesk desk)
    {
        var tokens = await desk.IssueAsync(user);
        return ElsaJson.Answer(new LoginAnswer(true, tokens.AccessToken, tokens.RefreshToken));
    }

    private static async Task<IResult> UsersAsync(WorkflowsDbContext database, CancellationToken cancellationToken)
    {
        var users = await database.Users.AsNoTracking().OrderBy(user => user.UserName).Select(user => new { user.Id, user.UserName }).ToListAsync(cancellationToken);
        var roles = (await database.UserRoles.AsNoTracking().Join(database.Roles, held => held.RoleId, role => role.Id, (held, role) => new { held.UserId, role.Name })
            .ToListAsync(cancellationToken)).ToLookup(held => held.UserId, held => held.Name!);
        return ElsaJson.Answer(ElsaList<ElsaUser>.Of([.. users.Select(user => new ElsaUser(user.Id, user.UserName!, [.. roles[user.Id].Order(StringComparer.Ordinal)]))]));
    }

    private static ElsaRole RoleOf(string role) => new(role, role, role switch
    {
        Role.Analyst or Role.Administrator => WriterPermissions,
        Role.Supervisor => ReaderPermissions,
        _ => [],
    });
}
