using Workflows.Activities.Projects;
using Workflows.Supervision.Projects;

namespace Workflows.Host.Simulation.People;

/// <summary>Those who patrol projects, and who says whose works they are.</summary>
internal static class ProjectPeople
{
    public static IEnumerable<(string Kind, StepRule Rule)> Rules =>
    [
        ("project.patrol", StepRule.Ordinary(PatrolAsync)),
        ("project.party", StepRule.Ordinary(step => Handing.Decision(
            step.Chance.Next(2) == 0 ? ReviewResponsibleParty.PresentUserPort : ReviewResponsibleParty.SomebodyElsePort, "已调取登记、买卖合同和竣工影像核实。"))),
    ];

    private static async ValueTask<Handing?> PatrolAsync(StepContext step)
    {
        var lead = await step.LeadAsync();
        var known = lead.Patrols.SelectMany(p => p.Passed).Distinct(StringComparer.Ordinal).ToList();
        var items = step.Scenario.Milestones.FirstOrDefault(m => m.Code == step.Task.Subject["milestone"])?.Items ?? [];
        var fresh = items.Except(known).ToList();
        if (fresh.Count == 0)
        {
            fresh = [.. step.Scenario.Items.Select(i => i.Code).Except(known).Take(1)];
        }

        var photo = VisitPeople.OnSpot(step, lead.Patrols.Count + 1);
        string[] evidence = [photo.Id];
        var refused = Handing.Of(PatrolOutcomes.Refused, new PatrolReport(NoticeLeft: true, EvidenceIds: evidence, Note: "业主不同意入户，已留置告知并从公共部位取证。"), null, [photo]);
        if (lead.Patrols.Any(p => p.Milestone == step.Task.Subject["milestone"] && p.Outcome == PatrolOutcomes.Refused) && step.Chance.Next(3) == 0)
        {
            return refused;
        }

        return step.Chance.Next(11) switch
        {
            0 => Entered(PatrolOutcomes.Fixed, fresh),
            1 or 5 => Entered(PatrolOutcomes.Found, [OneOf(fresh)]),
            2 or 6 when known.Count > 0 => Entered(PatrolOutcomes.Found, [OneOf(items.Intersect(known).ToList() is { Count: > 0 } here ? here : known)]),
            3 => refused,
            7 => Handing.Of(PatrolOutcomes.Refused, new PatrolReport(Found: [OneOf(fresh)], NoticeLeft: true, EvidenceIds: evidence, Note: "业主不同意入户，从公共部位看到并拍摄。"), null, [photo]),
            4 => Entered(PatrolOutcomes.PartyOpen, fresh),
            _ => Handing.Of(PatrolOutcomes.Clean, new PatrolReport(items, [], true, new EntryConsent("样例业主", "业主", step.Now), false, evidence, "逐项查看，未发现问题。"), null, [photo]),
        };

        // Mostly what is gravest: that is what patrols are for.
        string OneOf(List<string> codes) => step.Chance.Next(3) == 0
            ? codes[step.Chance.Next(codes.Count)]
            : codes.OrderByDescending(code => step.Scenario.Item(code)!.Severity).ThenBy(code => code, StringComparer.Ordinal).First();

        Handing Entered(string outcome, IReadOnlyList<string> found) => Handing.Of(
            outcome, new PatrolReport([.. items.Except(found)], [.. found.Take(1)], true, new EntryConsent("样例业主", "业主", step.Now), false, evidence, "经同意入户查看。"), null, [photo]);
    }
}
