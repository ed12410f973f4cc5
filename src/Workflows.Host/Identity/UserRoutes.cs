using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Workflows.Host.Access;
using Workflows.Host.Idempotency;
using Workflows.Host.Problems;
using Workflows.Storage.Model;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Identity;

/// <summary>A new account.</summary>
/// <param name="UserName">User name: lower-case letters, digits, <c>. - _</c>.</param>
/// <param name="Name">Name as people read it.</param>
/// <param name="Password">First password, 12 characters or more.</param>
/// <param name="Roles">Roles, one or more.</param>
/// <param name="Department">Code of the department, or null.</param>
/// <param name="Area">Code of the district or town, or null for the whole city.</param>
/// <param name="OfficerId">Id in the roster of officers, or null.</param>
internal sealed record NewUser(string UserName, string Name, string Password, IReadOnlyList<string> Roles, string? Department = null, string? Area = null, string? OfficerId = null);

/// <summary>What an account shall be from now on.</summary>
/// <param name="Name">Name as people read it.</param>
/// <param name="Roles">Roles, one or more.</param>
/// <param name="Department">Code of the department, or null.</param>
/// <param name="Area">Code of the district or town, or null for the whole city.</param>
/// <param name="OfficerId">Id in the roster of officers, or null.</param>
/// <param name="Disabled">Whether it is shut.</param>
internal sealed record UserChange(string Name, IReadOnlyList<string> Roles, string? Department = null, string? Area = null, string? OfficerId = null, bool Disabled = false);

/// <summary>A password set by the administrator.</summary>
/// <param name="NewPassword">The new password, 12 characters or more.</param>
internal sealed record PasswordReset(string NewPassword);

/// <summary>An account as the administrator sees it.</summary>
internal sealed record UserShape(string Id, string UserName, string Name, IReadOnlyList<string> Roles, string? Department, string? Area, string? OfficerId, bool Disabled, bool Locked);

/// <summary>Accounts, for the administrator.</summary>
internal static class UserRoutes
{
    /// <summary>Maps the routes under <c>/api/users</c>.</summary>
    public static void MapUsers(this IEndpointRouteBuilder api)
    {
        var users = api.MapGroup("/users").WithTags("用户");
        users.MapGet("", ListAsync).For(Role.Administrator).WithSummary("账号列表，按用户名排序，after 为上一页最后的用户名");
        users.MapPost("", CreateAsync).For(Role.Administrator).Idempotent().Produces<UserShape>(201).WithSummary("新建账号");
        users.MapPut("/{id}", ChangeAsync).For(Role.Administrator).Produces<UserShape>().WithSummary("修改账号的姓名、角色、部门、区域或停用");
        users.MapPut("/{id}/password", ResetPasswordAsync).For(Role.Administrator).Produces(204).WithSummary("重置密码并解除锁定");
    }

    private static async Task<UserPage> ListAsync(UserManager<WorkflowUser> users, string? after = null, int take = 50)
    {
        if (take is < 1 or > 200)
            throw new RefusedException(new Refusal(400, "bad-take", "take", "每页条数应在1至200之间。"));
        var rows = await users.Users.AsNoTracking()
            .Where(user => after == null || string.Compare(user.UserName, after) > 0)
            .OrderBy(user => user.UserName).Take(take + 1).ToListAsync();
        var shapes = new List<UserShape>();
        foreach (var user in rows.Take(take))
            shapes.Add(await ShapeAsync(user, users));
        return new UserPage(shapes, rows.Count > take ? rows[take - 1].UserName : null);
    }

    private static async Task<IResult> CreateAsync(NewUser request, HttpContext context, UserManager<WorkflowUser> users, AccountAnswers answers)
    {
        var key = context.RequestKey();
        return await answers.OnceAsync(key, async () =>
        {
            Check(request.Name, request.Roles, request.Department);
            // The id follows from the key: a request that is sent again after a crash finds what the first one made.
            var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{key.Scope}\n{key.Key}")))[..32];
            var user = await users.FindByIdAsync(id);
            if (user is null)
            {
                user = new WorkflowUser
                {
                    Id = id,
                    UserName = request.UserName,
                    DisplayName = request.Name,
                    Department = request.Department,
                    Area = request.Area,
                    OfficerId = request.OfficerId,
                };
                Require(await users.CreateAsync(user, request.Password), "password");
            }

            await SetRolesAsync(user, request.Roles, users);
            return (StatusCodes.Status201Created, await ShapeAsync(user, users));
        });
    }

    private static async Task<UserShape> ChangeAsync(string id, UserChange change, UserManager<WorkflowUser> users, SessionValidity sessions)
    {
        Check(change.Name, change.Roles, change.Department);
        var user = await FindAsync(id, users);
        user.DisplayName = change.Name;
        user.Department = change.Department;
        user.Area = change.Area;
        user.OfficerId = change.OfficerId;
        if (change.Disabled || user.LockoutEnd == DateTimeOffset.MaxValue)
            user.LockoutEnd = change.Disabled ? DateTimeOffset.MaxValue : null;
        await SetRolesAsync(user, change.Roles, users);
        // A new stamp ends the sessions that still carry the old roles.
        Require(await users.UpdateSecurityStampAsync(user), "");
        sessions.Forget(user.Id);
        return await ShapeAsync(user, users);
    }

    private static async Task<IResult> ResetPasswordAsync(string id, PasswordReset reset, UserManager<WorkflowUser> users, SessionValidity sessions)
    {
        var user = await FindAsync(id, users);
        foreach (var validator in users.PasswordValidators)
            Require(await validator.ValidateAsync(users, user, reset.NewPassword), "newPassword");
        user.PasswordHash = users.PasswordHasher.HashPassword(user, reset.NewPassword);
        user.AccessFailedCount = 0;
        if (user.LockoutEnd != DateTimeOffset.MaxValue)
            user.LockoutEnd = null;
        Require(await users.UpdateSecurityStampAsync(user), "newPassword");
        sessions.Forget(user.Id);
        return Results.NoContent();
    }

    private static void Check(string name, IReadOnlyList<string> roles, string? department)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > 50)
            throw new RefusedException(new Refusal(422, "name-invalid", "name", "姓名应为1至50个字符。"));
        if (roles.Count == 0 || roles.FirstOrDefault(role => !FirstAdministrator.Roles.Contains(role)) is not null)
            throw new RefusedException(new Refusal(422, "roles-invalid", "roles", "请至少指定一个角色，可选：" + string.Join('、', FirstAdministrator.Roles) + "。"));
        // The account of a platform sees what its code gives it and nothing else.
        if (roles.Contains(Role.Platform) && (string.IsNullOrWhiteSpace(department) || roles.Distinct().Count() > 1))
            throw new RefusedException(new Refusal(422, "platform-account", "department", "互联平台账号只能有“platform”一个角色，并须以平台代码作为部门：请核对。"));
    }

    private static async Task SetRolesAsync(WorkflowUser user, IReadOnlyList<string> roles, UserManager<WorkflowUser> users)
    {
        var now = await users.GetRolesAsync(user);
        if (now.Except(roles).ToList() is { Count: > 0 } gone)
            Require(await users.RemoveFromRolesAsync(user, gone), "roles");
        if (roles.Distinct().Except(now).ToList() is { Count: > 0 } added)
            Require(await users.AddToRolesAsync(user, added), "roles");
    }

    private static async Task<WorkflowUser> FindAsync(string id, UserManager<WorkflowUser> users) =>
        await users.FindByIdAsync(id) ?? throw new RefusedException(new Refusal(404, "not-found", "id", "账号不存在：请从账号列表中选择。"));

    private static async Task<UserShape> ShapeAsync(WorkflowUser user, UserManager<WorkflowUser> users) => new(
        user.Id, user.UserName!, user.DisplayName, [.. (await users.GetRolesAsync(user)).Order(StringComparer.Ordinal)],
        user.Department, user.Area, user.OfficerId,
        user.LockoutEnd == DateTimeOffset.MaxValue, user.LockoutEnd != DateTimeOffset.MaxValue && await users.IsLockedOutAsync(user));

    private static void Require(IdentityResult result, string passwordField)
    {
        if (!result.Succeeded)
            throw new RefusedException(AccountRefusals.Of(result, passwordField));
    }
}

/// <summary>One page of accounts.</summary>
/// <param name="Items">The accounts.</param>
/// <param name="Next">Value for <c>?after=</c> of the next page; null on the last.</param>
internal sealed record UserPage(IReadOnlyList<UserShape> Items, string? Next);
