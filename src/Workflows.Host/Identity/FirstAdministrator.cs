using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Workflows.Host.Composition;
using Workflows.Storage.Model;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Identity;

/// <summary>Sees to it that the roles exist and that somebody can sign in to create the other accounts.</summary>
internal sealed class FirstAdministrator(
    UserManager<WorkflowUser> users, RoleManager<IdentityRole> roles, ServeSettings settings)
{
    /// <summary>User name of the first administrator.</summary>
    public const string UserName = "admin";

    /// <summary>Every role that an account can have.</summary>
    public static IReadOnlyList<string> Roles => Access.RouteAccess.Accounts;

    /// <summary>Creates what is missing.</summary>
    /// <param name="output">Where a generated password is shown, this once.</param>
    /// <returns>Whether the database had no account before.</returns>
    public async Task<bool> EnsureAsync(TextWriter output)
    {
        foreach (var role in Roles)
        {
            if (!await roles.RoleExistsAsync(role))
                Require(await roles.CreateAsync(new IdentityRole(role)));
        }

        if (await users.Users.AnyAsync())
            return false;
        var password = settings.AdministratorPassword ?? GeneratedPassword.Create();
        var administrator = new WorkflowUser { UserName = UserName, DisplayName = "系统管理员" };
        Require(await users.CreateAsync(administrator, password));
        Require(await users.AddToRoleAsync(administrator, Role.Administrator));
        if (settings.AdministratorPassword is null)
            await output.WriteLineAsync($"首位管理员：{UserName}　密码：{password}　（只显示这一次，登录后请修改）");
        return true;
    }

    private static void Require(IdentityResult result)
    {
        if (!result.Succeeded)
            throw new CommandLine.BadInputException("WORKFLOWS_ADMIN_PASSWORD：" + string.Join(' ', result.Errors.Select(e => e.Description)));
    }
}
