using Microsoft.EntityFrameworkCore;
using Workflows.Host.Api.Reading;
using Workflows.Host.Api.Tasks;
using Workflows.Storage.Model;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;

namespace Workflows.Host.Api.Deputies;

/// <summary>For whom a person acts today, and in which steps. What it may read meanwhile is in <see cref="DeputySight"/>.</summary>
internal sealed class DeputyDesk(WorkflowsDbContext database, AggregateReader rows, TimeProvider clock)
{
    private const int Most = 200;

    /// <summary>The people for whom <paramref name="actor"/> is deputy today, as their accounts stand now; those whose account is shut or has left the department are left out.</summary>
    public async Task<IReadOnlyList<Actor>> PrincipalsAsync(Actor actor, CancellationToken cancellationToken)
    {
        var today = ShanghaiTime.DateOf(clock.GetUtcNow());
        var held = (await rows.ListAsync<Deputy>(query => query.Where(row => row.Owner == actor.Id && row.State == "Active"), Most, cancellationToken)).Where(one => one.HoldsOn(today)).ToList();
        if (held.Count == 0 || actor.Department is null)
            return [];
        var absent = held.ConvertAll(one => one.AccountId);
        var accounts = await AccountsAsync(query => query.Where(user => absent.Contains(user.Id) && user.Department == actor.Department), cancellationToken);
        return
        [
            .. accounts.Select(account => new Actor { Id = account.Id, Name = account.Name, Roles = account.Roles, Department = account.Department, Area = account.Area })
                .Where(absent => DeputyService.StandsIn(absent, actor)),
        ];
    }

    /// <summary>Who the person acts for in a task: null for itself, or for nobody.</summary>
    public static Actor? ActsFor(WorkTask task, Actor actor, IReadOnlyList<Actor> principals) =>
        TaskAccess.IsFor(task, actor) || task.Role is not { } role || !Deputy.Roles.Contains(role) ? null : principals.FirstOrDefault(principal => TaskAccess.IsFor(task, principal));

    /// <summary>The deputy as it acts: under its own id and with both names, with what the absent person may do.</summary>
    public static Actor InPlaceOf(Actor actor, Actor principal) => principal with { Id = actor.Id, Name = $"{actor.Name}（代{principal.Name}）", OfficerId = null };

    /// <summary>Accounts in use with their roles, in order of name.</summary>
    public async Task<IReadOnlyList<DeputyAccount>> AccountsAsync(Func<IQueryable<WorkflowUser>, IQueryable<WorkflowUser>> narrow, CancellationToken cancellationToken)
    {
        var users = (await narrow(database.Users.AsNoTracking()).OrderBy(user => user.DisplayName).ThenBy(user => user.Id).ToListAsync(cancellationToken)).FindAll(user => user.LockoutEnd != DateTimeOffset.MaxValue);
        var ids = users.ConvertAll(user => user.Id);
        var roles = (await (from link in database.UserRoles join role in database.Roles on link.RoleId equals role.Id where ids.Contains(link.UserId) select new { link.UserId, role.Name })
            .AsNoTracking().ToListAsync(cancellationToken)).ToLookup(row => row.UserId, row => row.Name!, StringComparer.Ordinal);
        return [.. users.Select(user => new DeputyAccount(user.Id, user.DisplayName, [.. roles[user.Id].Order(StringComparer.Ordinal)], user.Department, user.Area))];
    }
}
