using Microsoft.EntityFrameworkCore;
using Workflows.Storage.Model;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Messages;

/// <summary>An account that can be told something.</summary>
/// <param name="Actor">Who it is, as the row-level rules see it.</param>
/// <param name="Phone">Telephone for text messages, or null.</param>
internal sealed record MessageAccount(Actor Actor, string? Phone);

/// <summary>All accounts that are in use.</summary>
internal sealed class AccountBook(WorkflowsDbContext database)
{
    /// <summary>Reads them, in order of user name.</summary>
    public async Task<IReadOnlyList<MessageAccount>> ReadAsync(CancellationToken cancellationToken)
    {
        var roles = (await (from link in database.UserRoles join role in database.Roles on link.RoleId equals role.Id select new { link.UserId, role.Name }).AsNoTracking().ToListAsync(cancellationToken))
            .ToLookup(row => row.UserId, row => row.Name!);
        var users = await database.Users.AsNoTracking().OrderBy(user => user.UserName).ToListAsync(cancellationToken);
        return
        [
            .. users.Where(user => user.LockoutEnd != DateTimeOffset.MaxValue).Select(user => new MessageAccount(
                new Actor
                {
                    Id = user.Id, Name = user.DisplayName, Roles = [.. roles[user.Id].Order(StringComparer.Ordinal)], Department = user.Department, Area = user.Area, OfficerId = user.OfficerId,
                },
                user.PhoneNumber)),
        ];
    }
}
