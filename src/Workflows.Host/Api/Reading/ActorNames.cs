using Microsoft.EntityFrameworkCore;
using Workflows.Storage.Model;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Reading;

/// <summary>Names of those who acted: the audit trail knows them by id alone.</summary>
internal sealed class ActorNames(WorkflowsDbContext database)
{
    private const int AtOnce = 500;

    /// <summary>Names by id; an account that is there no more has none.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ReadAsync(IEnumerable<string> actors, CancellationToken cancellationToken)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var accounts = new List<string>();
        foreach (var actor in actors.Distinct(StringComparer.Ordinal))
        {
            if (actor == Actor.Clock.Id)
                names[actor] = Actor.Clock.Name;
            else if (actor.StartsWith("party:", StringComparison.Ordinal))
                names[actor] = "当事人";
            else
                accounts.Add(actor);
        }

        foreach (var ids in accounts.Chunk(AtOnce))
        {
            foreach (var user in await database.Users.AsNoTracking().Where(user => ids.Contains(user.Id)).Select(user => new { user.Id, user.DisplayName }).ToListAsync(cancellationToken))
                names[user.Id] = user.DisplayName;
        }

        return names;
    }
}
