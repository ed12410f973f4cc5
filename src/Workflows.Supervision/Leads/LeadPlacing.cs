using Workflows.Supervision.Catalogues;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Leads;

/// <summary>Puts a lead with a department: by catalogue, by name, by decision.</summary>
/// <param name="session">The session.</param>
/// <param name="routing">The catalogues.</param>
/// <param name="rosters">The departments of the area.</param>
/// <param name="clocks">How long waits take.</param>
public sealed class LeadPlacing(ISupervisionSession session, CatalogueRouting routing, IRosterDirectory rosters, LeadClocks clocks)
{
    /// <summary>The department that the catalogue names, or the one that is named with a reason.</summary>
    /// <exception cref="RuleViolationException"><c>matter-unknown</c>, <c>department-unknown</c>, <c>town-unknown</c>, <c>field-missing</c>.</exception>
    public async ValueTask<LeadRouting> ChooseAsync(Lead lead, RouteLead command, CancellationToken cancellationToken = default)
    {
        var found = await routing.FindAsync(lead.MatterCode, lead.Place.Area, session.Today(), cancellationToken);
        var choice = command.Department is not { Length: > 0 } named || named == found?.Department
            ? found ?? throw Refusal.Invalid(
                "matter-unknown", "matterCode", $"管执清单今日没有事项“{lead.MatterCode ?? "（未填）"}”：请在分诊时填写事项编码，或者指定承办部门并说明理由。")
            : await NamedAsync(lead, named, found, "指定", cancellationToken);
        // Neither past the catalogue nor back to where it came from without a word.
        if (choice.Ground == "指定" || (lead.Returns > 0 && lead.Involved.Contains(choice.Department, StringComparer.Ordinal)))
        {
            Refusal.Text(command.Reason, "reason", "派单理由");
        }

        return choice;
    }

    /// <summary>A department that somebody names.</summary>
    /// <exception cref="RuleViolationException"><c>department-unknown</c>, <c>town-unknown</c>.</exception>
    public async ValueTask<LeadRouting> NamedAsync(Lead lead, string department, LeadRouting? found, string ground, CancellationToken cancellationToken = default)
    {
        if (department == Delegation.TownDepartment)
        {
            return lead.Place.Area.Length >= 9
                ? new LeadRouting(department, found?.Managing, found?.Enforcing, found?.CatalogueFrom, null, ground)
                : throw Refusal.Invalid("town-unknown", "area", "所在镇街不明，不能交镇街办理：请在分诊时填写镇街代码。");
        }

        return await rosters.FindOrganAsync(department, lead.Place.District, cancellationToken) is null
            ? throw Refusal.Invalid("department-unknown", "department", $"部门“{department}”在本区域没有登记执法主体，请核对部门代码。")
            : new LeadRouting(department, found?.Managing, found?.Enforcing, found?.CatalogueFrom, null, ground);
    }

    /// <summary>The lead with that department, which has to accept it.</summary>
    internal async ValueTask<Lead> PlaceAsync(Lead lead, LeadRouting choice, string act, string? reason, CancellationToken cancellationToken)
    {
        var version = lead.MatterCode is { } matter ? await CatalogueMatter.FindAsync(session, matter, lead.Place.Area, session.Today(), cancellationToken) : null;
        var placed = lead with { Path = LeadPath.Department, Routing = choice, Department = choice.Department, Involved = With(lead, choice.Department), Dispatch = null, Transfer = null };
        var within = version?.AcceptHours is { } hours ? TimeSpan.FromHours(hours) : clocks.Accept;
        session.Tell(placed, LeadLife.OwnerOf(choice.Department), "新线索");
        return session.Move(placed, LeadState.Routed, act, reason, LeadLife.OwnerOf(choice.Department), session.Now + within);
    }

    internal static IReadOnlyList<string> With(Lead lead, string department) => [.. lead.Involved.Append(department).Distinct(StringComparer.Ordinal)];
}
