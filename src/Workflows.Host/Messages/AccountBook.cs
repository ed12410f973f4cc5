using Microsoft.EntityFrameworkCore;
using Workflows.Host.Messages.Push;
using Workflows.Storage.Model;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Messages;

/// <summary>An account that can be told something.</summary>
/// <param name="Actor">Who it is, as the row-level rules see it.</param>
/// <param name="Phone">Telephone for text messages, or null.</param>
internal sealed record MessageAccount(Actor Actor, string? Phone)
{
    /// <summary>Names of the browsers to which messages are pushed.</summary>
    public IReadOnlyList<string> Devices { get; init; } = [];
}

/// <summary>All accounts that are in use.</summary>
internal sealed class AccountBook(WorkflowsDbContext database)
{
    /// <summary>Reads them, in order of user name.</summary>
    public Task<IReadOnlyList<MessageAccount>> ReadAsync(CancellationToken cancellationToken) => OfAsync(database.Users, cancellationToken);

    /// <summary>Those of a department.</summary>
    public Task<IReadOnlyList<MessageAccount>> OfDepartmentAsync(string department, CancellationToken cancellationToken) => OfAsync(database.Users.Where(user => user.Department == department), cancellationToken);

    /// <summary>Those with a role.</summary>
    public Task<IReadOnlyList<MessageAccount>> InRoleAsync(string role, CancellationToken cancellationToken) => OfAsync(
        database.Users.Where(user => database.UserRoles.Any(link => link.UserId == user.Id && database.Roles.Any(one => one.Id == link.RoleId && one.Name == role))), cancellationToken);

    /// <summary>Those who are officers with one of these ids.</summary>
    public Task<IReadOnlyList<MessageAccount>> OfOfficersAsync(IReadOnlyCollection<string> officers, CancellationToken cancellationToken) =>
        OfAsync(database.Users.Where(user => user.OfficerId != null && officers.Contains(user.OfficerId)), cancellationToken);

    /// <summary>The account with this id, or of the officer with it.</summary>
    public Task<IReadOnlyList<MessageAccount>> NamedAsync(string id, CancellationToken cancellationToken) => OfAsync(database.Users.Where(user => user.Id == id || user.OfficerId == id), cancellationToken);

    /// <summary>Telephone of an account that is in use, or null.</summary>
    public async Task<string?> PhoneAsync(string id, CancellationToken cancellationToken) =>
        (await database.Users.AsNoTracking().Where(user => user.Id == id).Select(user => new { user.PhoneNumber, user.LockoutEnd }).FirstOrDefaultAsync(cancellationToken)) is { } user
            && user.LockoutEnd != DateTimeOffset.MaxValue ? user.PhoneNumber : null;

    private async Task<IReadOnlyList<MessageAccount>> OfAsync(IQueryable<WorkflowUser> which, CancellationToken cancellationToken)
    {
        var users = await which.AsNoTracking().OrderBy(user => user.UserName).ToListAsync(cancellationToken);
        var links = from link in database.UserRoles join role in database.Roles on link.RoleId equals role.Id where which.Any(user => user.Id == link.UserId) select new { link.UserId, role.Name };
        var roles = (await links.AsNoTracking().ToListAsync(cancellationToken)).ToLookup(row => row.UserId, row => row.Name!);
        var devices = (await database.UserTokens.AsNoTracking().Where(token => token.LoginProvider == PushDevices.Provider && which.Any(user => user.Id == token.UserId))
            .Select(token => new { token.UserId, token.Name }).ToListAsync(cancellationToken)).ToLookup(row => row.UserId, row => row.Name);
        return
        [
            .. users.Where(user => user.LockoutEnd != DateTimeOffset.MaxValue).Select(user => new MessageAccount(
                new Actor
                {
                    Id = user.Id, Name = user.DisplayName, Roles = [.. roles[user.Id].Order(StringComparer.Ordinal)], Department = user.Department, Area = user.Area, OfficerId = user.OfficerId,
                },
                user.PhoneNumber) { Devices = [.. devices[user.Id].Order(StringComparer.Ordinal)] }),
        ];
    }
}
