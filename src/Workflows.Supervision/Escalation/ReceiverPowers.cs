using Workflows.Supervision.Catalogues;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Escalation;

/// <summary>Whether a unit holds the power over what it is urged to do, and on what that rests.</summary>
/// <param name="Holds">Whether it does.</param>
/// <param name="Ground">What it rests on, or why it does not hold it, in Chinese.</param>
/// <param name="Holders">Units that hold it, where the unit does not.</param>
public sealed record ReceiverPower(bool Holds, string Ground, IReadOnlyList<string> Holders);

/// <summary>职权核对: the receiver of a supervision order against the catalogue in force and the delegations of the place, so that no problem is sent down to who has no power over it.</summary>
/// <param name="session">The session.</param>
public sealed class ReceiverPowers(ISupervisionSession session)
{
    // The command centre and the guidance office coordinate; an order to them asks for coordination, not for an act of power.
    private static readonly string[] Coordinating = ["CMD", "GUI"];

    /// <summary>
    /// Looks the power up. A department answers for its own findings, a town that takes no part in the case for all that was found at its place; where a unit has no finding of its own, or the
    /// catalogue knows none of them, a department's power rests on its part in the case, and such a town, which has delegated powers alone, holds none.
    /// </summary>
    /// <param name="one">The case.</param>
    /// <param name="unit">Code of the receiver's department; <c>TOWN</c> for the town of the place.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async ValueTask<ReceiverPower> FindAsync(Case one, string unit, CancellationToken cancellationToken = default)
    {
        if (Coordinating.Contains(unit, StringComparer.Ordinal))
        {
            return new ReceiverPower(true, "统筹协调职责", []);
        }

        // A town that takes part in the case answers for its own items as any department does.
        var isTown = unit == Delegation.TownDepartment && one.Departments.All(d => d.Code != unit);
        var findings = await session.ListAsync<Finding>(new AggregateFilter { CaseId = one.Id }, cancellationToken);
        var matters = findings.Where(f => f.Disposition != Disposition.Refuted && (isTown || f.SupervisingDepartment == unit || f.PenaltyDepartment == unit))
            .Select(f => f.ItemCode).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var place = one.Target.Area ?? one.Area ?? "";
        var (known, holders) = (new List<string>(), new SortedSet<string>(StringComparer.Ordinal));
        foreach (var matter in matters)
        {
            if (await CatalogueMatter.FindAsync(session, matter, place, session.Today(), cancellationToken) is not { } version)
            {
                continue;
            }

            known.Add(matter);
            holders.UnionWith([version.Managing, version.Enforcing]);
            if (isTown && (await session.FindAsync<Delegation>(Delegation.IdOf(place, matter), cancellationToken))?.On(session.Today()) is { } term)
            {
                return new ReceiverPower(true, $"赋权清单：{term.List}（{matter}）", []);
            }

            if (!isTown && (version.Managing == unit || version.Enforcing == unit))
            {
                return new ReceiverPower(true, $"管执清单：{matter}{version.Name}", []);
            }
        }

        if (known.Count == 0 && !isTown)
        {
            return new ReceiverPower(true, "本案承办部门", []);
        }

        return known.Count == 0
            ? new ReceiverPower(false, "该镇街没有与本案有关的赋权事项", [.. one.Departments.Select(d => d.Code)])
            : new ReceiverPower(false, $"管执清单规定事项{string.Join('、', known)}由{string.Join('、', holders)}管理或者处罚{(isTown ? "，未赋权该镇街" : "")}", [.. holders]);
    }
}
