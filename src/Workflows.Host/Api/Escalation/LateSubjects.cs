using Workflows.Host.Api.Leads;
using Workflows.Host.Api.Reading;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Host.Api.Escalation;

/// <summary>What a row of the wall is about.</summary>
/// <param name="Number">Number of the case, of the lead at its source, or of the annual item.</param>
/// <param name="Name">Name of the target, text of the lead in short, or title of the plan.</param>
/// <param name="Scenario">Scenario, or null.</param>
/// <param name="Area">District or town, or null.</param>
/// <param name="LeadId">Lead, where there is no case or plan.</param>
internal sealed record LateSubject(string? Number, string? Name, string? Scenario, string? Area, string? LeadId = null);

/// <summary>The cases, plans and leads to which rows belong. A row in sight does not bring what it belongs to into sight.</summary>
internal sealed class LateSubjects(AggregateReader rows, Viewer viewer)
{
    private const int AtOnce = 500;
    private const int LongestText = 40;
    private readonly Dictionary<string, LateSubject> _cases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LateSubject> _plans = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LateSubject> _leads = new(StringComparer.Ordinal);

    /// <summary>Reads what the records belong to; before any other use.</summary>
    public async Task<LateSubjects> ReadAsync(IReadOnlyCollection<SupervisionRecord> records, CancellationToken cancellationToken)
    {
        foreach (var one in await AllAsync<Case>(records.Select(record => record.CaseId), cancellationToken))
        {
            if (viewer.Sight.Sees(one))
                _cases[one.Id] = new LateSubject(one.Number, one.Target.Name, one.ScenarioCode, one.Area);
        }

        foreach (var plan in await AllAsync<InspectionPlan>(records.Where(record => record.CaseId is null).Select(record => record.PlanId), cancellationToken))
        {
            if (viewer.Sight.Sees(plan))
                _plans[plan.Id] = new LateSubject(plan.AnnualItem.Code, plan.Title, plan.ScenarioCode, plan.Area);
        }

        var known = records.OfType<Lead>().ToList();
        var others = records.Where(record => record is not Lead).Select(LeadIdOf).Except(known.Select(lead => lead.Id), StringComparer.Ordinal);
        foreach (var lead in known.Concat(await AllAsync<Lead>(others, cancellationToken)))
        {
            if (LeadDoor.Sees(lead, viewer))
                _leads[lead.Id] = new LateSubject(lead.ExternalNumber, TextOf(lead), null, lead.Area, lead.Id);
        }

        return this;
    }

    /// <summary>What a record is about; null where it is out of sight. Of a lead that has become a case, the lead: it is still what is late.</summary>
    public LateSubject? Of(SupervisionRecord record) =>
        record is Lead ? _leads.GetValueOrDefault(record.Id)
        : record.CaseId is { } caseId ? _cases.GetValueOrDefault(caseId)
        : record.PlanId is { } planId ? _plans.GetValueOrDefault(planId)
        : _leads.GetValueOrDefault(LeadIdOf(record)!);

    // The family of a lead has its id.
    private static string? LeadIdOf(SupervisionRecord record) =>
        record.CaseId is not null || record.PlanId is not null ? null : (record as WorkTask)?.Subject.GetValueOrDefault("leadId") ?? record.CaseKey;

    // Whoever reported in confidence may be known by what is told: the list, and the sheet that leaves the house, say no more than that.
    private static string TextOf(Lead lead)
    {
        if (lead.ReportedBy?.Confidential == true)
            return "保密线索";
        var text = lead.Text.ReplaceLineEndings(" ").Trim();
        var whole = new System.Globalization.StringInfo(text);
        return whole.LengthInTextElements <= LongestText ? text : whole.SubstringByTextElements(0, LongestText - 1) + "…";
    }

    private async Task<IReadOnlyList<T>> AllAsync<T>(IEnumerable<string?> wanted, CancellationToken cancellationToken)
        where T : class, IAggregate
    {
        var found = new List<T>();
        foreach (var ids in wanted.OfType<string>().Distinct(StringComparer.Ordinal).Chunk(AtOnce))
            found.AddRange(await rows.ListAsync<T>(list => list.Where(row => ids.Contains(row.Id)), AtOnce, cancellationToken));
        return found;
    }
}
