using Workflows.Supervision.Catalogues;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Leads;

/// <summary>
/// 一支队伍管执法: a town commands the officers stationed with it (县属乡用), whatever department they belong to. The roster says where an officer is stationed;
/// what the town's own matters allow is open to an officer whom it has sent, for as long as the officer stays there.
/// </summary>
internal static class TownCommand
{
    /// <summary>Requires that a town sends its own officers and those stationed with it, and nobody else.</summary>
    /// <exception cref="RuleViolationException"><c>officer-not-stationed</c>.</exception>
    public static async ValueTask RequireStationedAsync(ISupervisionSession session, Lead lead, IReadOnlyList<string> officers, CancellationToken ct)
    {
        if (lead.Department != Delegation.TownDepartment)
        {
            return;
        }

        for (var i = 0; i < officers.Count; i++)
        {
            if (!await ServesAsync(session, lead, officers[i], ct))
            {
                throw Refusal.Invalid(
                    "officer-not-stationed", $"officers[{i}]",
                    $"“{officers[i]}”不是在{lead.Place.Area[..Math.Min(9, lead.Place.Area.Length)]}下沉驻点的在岗执法人员，镇街不能指派：请选择服务本镇街的人员，或者请指挥中心调度。");
            }
        }
    }

    /// <summary>Whether the actor is an officer whom the town that has the lead has sent, and who is still stationed there.</summary>
    public static async ValueTask<bool> IsSentAsync(ISupervisionSession session, Lead lead, CancellationToken ct) =>
        lead.Department == Delegation.TownDepartment && session.Actor.OfficerId is { } officer
        && lead.Dispatch?.Officers.Contains(officer, StringComparer.Ordinal) == true && await ServesAsync(session, lead, officer, ct);

    private static async ValueTask<bool> ServesAsync(ISupervisionSession session, Lead lead, string officerId, CancellationToken ct) =>
        await session.FindAsync<OfficerRecord>(officerId, ct) is { Officer: { Status: OfficerStatus.Active, ServingTown: { Length: > 0 } town } } && lead.Place.Area.StartsWith(town, StringComparison.Ordinal);
}
