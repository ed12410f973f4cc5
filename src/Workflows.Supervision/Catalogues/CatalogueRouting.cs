using Workflows.Supervision.Leads;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Catalogues;

/// <summary>按清单派单: who has a matter at a place on a day. A town that holds the power acts in its own name (赋权), before any bureau.</summary>
/// <param name="session">The session.</param>
public sealed class CatalogueRouting(ISupervisionSession session)
{
    /// <summary>Where the catalogue sends it, or null where it does not know the matter on that day.</summary>
    /// <param name="matterCode">Matter, or null.</param>
    /// <param name="area">Division code of the place.</param>
    /// <param name="day">The day.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async ValueTask<LeadRouting?> FindAsync(string? matterCode, string area, DateOnly day, CancellationToken cancellationToken = default)
    {
        if (matterCode is null || await CatalogueMatter.FindAsync(session, matterCode, area, day, cancellationToken) is not { } version)
        {
            return null;
        }

        var term = (await session.FindAsync<Delegation>(Delegation.IdOf(area, matterCode), cancellationToken))?.On(day);
        return term is null
            ? new LeadRouting(version.EnforcingFirst ? version.Enforcing : version.Managing, version.Managing, version.Enforcing, version.From, null, "清单")
            : new LeadRouting(Delegation.TownDepartment, version.Managing, Delegation.TownDepartment, version.From, term.List, "赋权");
    }
}
