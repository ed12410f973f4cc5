using Workflows.Activities.Leads;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Scenarios;

namespace Workflows.Host.Simulation.People;

/// <summary>Dispatchers and teams: they work by day and night, in time unless the story says how many minutes late.</summary>
internal static class LeadPeople
{
    private const int LongestMinutes = 20;

    public static IEnumerable<(string Kind, StepRule Rule)> Rules =>
    [
        ("lead.confirm", new StepRule(When, ConfirmAsync)),
        ("lead.step", new StepRule(When, static _ => new ValueTask<Handing?>(new Handing(LeadTask.DonePort)))),
        ("lead.settle", new StepRule(When, SettleAsync)),
        ("lead.trace", new StepRule(When, TraceAsync)),
    ];

    private static ValueTask<DateTimeOffset?> When(StepContext step)
    {
        if (step.Task.DueAt is not { } due)
        {
            return new(step.Now.AddMinutes(1 + step.Chance.Next(LongestMinutes)));
        }

        if (step.Story.Late.TryGetValue(step.Task.Kind, out var minutes))
        {
            return new((due > step.Now ? due : step.Now).AddMinutes(minutes));
        }

        var room = due > step.Now ? (due - step.Now).TotalMinutes : 1;
        return new(step.Now.AddMinutes(Math.Min(room, LongestMinutes) * (20 + step.Chance.Next(60)) / 100));
    }

    // Buyers are other targets of the roster; every third source is not known, every third lies elsewhere.
    private static async ValueTask<Handing?> TraceAsync(StepContext step)
    {
        var others = step.Chance.Next(3) == 0 ? [] : (await step.TargetsAsync()).Take(2).ToList();
        return Handing.Of("", step.Chance.Next(3) switch
        {
            0 => new SourceTraced(Related: others, Note: "进货票据缺失，未查明来源。"),
            1 => new SourceTraced("样例区外供货商", "330212", others, "查阅进货台账。"),
            _ => new SourceTraced("样例区内供货商", SimulatedDistrict.Code, others, "查阅进货台账。"),
        });
    }

    private static async ValueTask<Handing?> ConfirmAsync(StepContext step)
    {
        var lead = await step.LeadAsync();
        var zones = lead.MatterCode is { } code && step.Scenario.Item(code) is { } item ? item.Zones : [];
        var channels = step.Scenario.Response.Channels;
        return Handing.Of(ConfirmLead.GenuinePort, new LeadConfirmation(
            "已调看画面并电话核实。", channels.Count == 0 || step.Chance.Next(4) == 0 ? null : channels[step.Chance.Next(channels.Count)], zones.Count == 0 ? null : zones[step.Chance.Next(zones.Count)]));
    }

    private static async ValueTask<Handing?> SettleAsync(StepContext step)
    {
        var lead = await step.LeadAsync();
        var item = lead.MatterCode is { } code ? step.Scenario.Item(code)?.In(lead.Zone) : null;
        var wanted = step.Story.Choices.GetValueOrDefault(LeadStories.Settlement, LeadOutcomes.Persuaded);
        // What the law does not punish at once is not punished on the spot in any story.
        var finable = item is { Penalises.Count: > 0, Severity: < Severity.Serious, PenaltyClause: PenaltyClause.Direct or PenaltyClause.WarnAndCorrect };
        var outcome = wanted == LeadOutcomes.Punished && !finable ? LeadOutcomes.Persuaded : wanted;
        var officers = step.People.CertifiedOfficers(step.Task.Department!).Take(2).ToList();
        var person = outcome == LeadOutcomes.Punished || step.Chance.Next(4) > 0 ? new LeadPerson($"样例当事人{step.Chance.Next(1000):000}") : null;
        var photo = VisitPeople.OnSpot(step, 1);
        return Handing.Of(
            outcome,
            new SettleLead(
                Person: person, Fine: outcome == LeadOutcomes.Punished ? step.Chance.Next(5) * 50 : null, SecondOfficer: officers[1].OfficerId,
                EvidenceIds: [photo.Id], Note: "已到场核实并处理。"),
            officers[0], [photo]);
    }
}
