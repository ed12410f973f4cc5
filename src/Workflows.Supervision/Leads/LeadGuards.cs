using Workflows.Supervision.Catalogues;
using Workflows.Supervision.Guards;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Leads;

/// <summary>Who may do what with a lead, and in which state.</summary>
internal static class LeadGuards
{
    /// <summary>Code of the guidance office.</summary>
    public const string GuidanceOffice = "GUI";

    /// <summary>The state that counts: where it got stuck, it may still be moved by whoever let it lie.</summary>
    public static LeadState Effective(this Lead lead) => lead.State == LeadState.Stuck ? lead.StuckIn ?? LeadState.Received : lead.State;

    public static void RequireState(this Lead lead, string act, params ReadOnlySpan<LeadState> states)
    {
        if (!states.Contains(lead.Effective()))
        {
            throw Refusal.Conflict("lead-state", "id", $"线索当前为“{LeadLife.NameOf(lead.State)}”，不能{act}，请刷新后再看。");
        }
    }

    public static void RequireDispatcher(Actor actor, string act) =>
        Deciders.RequireRole(actor, Role.Dispatcher, "dispatcher-required", $"{act}由指挥中心调度员办理。");

    /// <summary>Whether the actor belongs to the department, or the town, that has the lead.</summary>
    public static bool IsHolder(Actor actor, Lead lead) => lead.Department is { } department && actor.Department == department
        && (department != Delegation.TownDepartment || (actor.Area is { } town && lead.Place.Area.StartsWith(town, StringComparison.Ordinal)));

    /// <summary>Requires an officer or head of the department that has the lead.</summary>
    public static void RequireHolder(Actor actor, Lead lead, string act)
    {
        if (!IsHolder(actor, lead))
        {
            throw Refusal.Forbidden("other-department", "actor", $"{act}由承办单位办理，您不属于该单位。");
        }

        Deciders.RequireOfficer(actor, act);
    }

    /// <summary>A whistle must be answered before the lead can come to an end.</summary>
    public static void RequireWhistleAnswered(Lead lead, string act)
    {
        if (lead.Whistle is { AnsweredAt: null })
        {
            throw Refusal.Conflict("whistle-unanswered", "id", $"吹哨尚未应答，不能{act}：请先应哨。");
        }
    }
}
