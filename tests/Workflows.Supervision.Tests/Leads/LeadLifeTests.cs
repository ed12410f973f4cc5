using FsCheck;
using FsCheck.Fluent;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Tests.Sessions;

namespace Workflows.Supervision.Tests.Leads;

public sealed class LeadLifeTests
{
    private static readonly Actor GuidanceOffice = LeadDistrict.Head("GUI");
    private static readonly Actor Supervisor = new() { Id = "u-supervisor", Name = "督办人", Roles = [Role.Supervisor], Department = "CMD", Area = "330203" };

    [Fact]
    public void Whatever_people_and_time_do_a_lead_ends_or_waits_by_name_and_its_clock_is_set()
    {
        Prop.ForAll(Gen.Choose(0, 15).ListOf(14).ToArbitrary(), acts =>
        {
            var district = new LeadDistrict().With("M", LeadDistrict.Version(new DateOnly(2026, 1, 1), inGrid: true));
            var other = district.StoredAsync(LeadDistrict.Report("other", "另一条")).GetAwaiter().GetResult();
            var id = district.StoredAsync(LeadDistrict.Report("one", matter: "M", area: "330203001")).GetAwaiter().GetResult();
            foreach (var act in acts)
            {
                try
                {
                    ActAsync(district, id, other, act).GetAwaiter().GetResult();
                }
                catch (RuleViolationException)
                {
                    // What is refused leaves the lead as it was.
                }

                var lead = district.LeadAsync(id).GetAwaiter().GetResult();
                if (lead.State is LeadState.Closed or LeadState.Merged)
                {
                    return lead.Wait is null && (lead.Closing is not null || lead.DuplicateOf is not null);
                }

                if (lead.Wait is not { Name.Length: > 0, Owner.Length: > 0 } wait || wait.DueAt <= district.Session.Now
                    || !district.Session.Wakes.Any(wake => wake.Wait == wait.Key && wake.At == wait.DueAt && wake.Id == id))
                {
                    return false;
                }
            }

            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));
    }

    [Fact]
    public async Task A_dispatched_lead_starts_its_scenarios_diagram_in_its_own_family_and_publishes_ids_alone()
    {
        var district = new LeadDistrict { Flow = new LeadFlow("p1", "p1:lead") }.With("M", LeadDistrict.Version(new DateOnly(2026, 1, 1), scenario: "reservoir"));
        var id = await district.StoredAsync(LeadDistrict.Report("one", "张三在水库钓鱼", matter: "M"));
        var sent = await district.Handling.DispatchAsync(id, new DispatchLead(["HEA1"]));
        var start = Assert.Single(district.Session.Starts);
        Assert.Equal(("p1:lead", id, id, sent.Dispatch!.InstanceId), (start.DefinitionVersionId, start.CaseKey, start.CorrelationId, start.InstanceId));
        Assert.Equal("Lead.M", Assert.Single(district.Session.Events).Name);
        Assert.DoesNotContain("张三", start.Input + district.Session.Events[0].Payload, StringComparison.Ordinal);
        Assert.Contains($"\"leadId\":\"{id}\"", start.Input, StringComparison.Ordinal);
        Assert.All(district.Session.Outbox, message => Assert.DoesNotContain("张三", message.Text, StringComparison.Ordinal));
        await district.As(LeadDistrict.Head("HEA")).Ending.CloseAsync(id, new CloseLead("已劝离", "当场劝离", ResponseClass.Service));
        Assert.Equal(sent.Dispatch.InstanceId, Assert.Single(district.Session.EndedWorkflows).InstanceId);
    }

    [Fact]
    public async Task A_wake_of_a_wait_that_has_ended_does_nothing_and_one_that_comes_twice_acts_once()
    {
        var district = new LeadDistrict().With("M", LeadDistrict.Version(new DateOnly(2026, 1, 1)));
        var id = await district.StoredAsync(LeadDistrict.Report("one", matter: "M"));
        var first = Assert.Single(district.Session.Wakes);
        await district.Handling.RouteAsync(id, new RouteLead());
        district.Session.Now = first.At;
        await district.Waits.WokenAsync(first);
        Assert.Null((await district.LeadAsync(id)).Wait!.LateSince);
        var second = district.Session.Wakes[^1];
        district.Session.Now = second.At;
        await district.Waits.WokenAsync(second);
        await district.Waits.WokenAsync(second);
        Assert.Equal((LeadState.Routed, second.At), ((await district.LeadAsync(id)).State, (await district.LeadAsync(id)).Wait!.LateSince));
        Assert.Single(district.Session.Facts, fact => fact.Kind == "lead.overdue");
    }

    private static async Task ActAsync(LeadDistrict district, string id, string other, int act)
    {
        var lead = await district.LeadAsync(id);
        var holder = LeadDistrict.Head(lead.Department ?? "HEA") with { Area = lead.Department == "TOWN" ? "330203001" : "330203" };
        switch (act)
        {
            case 0:
                await district.As(LeadDistrict.Dispatcher).Handling.TriageAsync(id, new TriageLead());
                break;
            case 1:
                await district.As(LeadDistrict.Dispatcher).Handling.TriageAsync(id, new TriageLead(Path: LeadPath.InGrid));
                break;
            case 2 or 3:
                await district.As(LeadDistrict.Dispatcher).Handling.RouteAsync(id, new RouteLead(Reason: "再次派单"));
                break;
            case 4:
                await district.As(holder).Handling.AcceptAsync(id);
                break;
            case 5:
                await district.As(holder).Handling.DispatchAsync(id, new DispatchLead());
                break;
            case 6 or 7:
                await district.As(holder).Duties.ReturnAsync(id, "不属职责");
                break;
            case 8:
                await district.As(holder).Duties.DisputeAsync(id, "职责不清");
                break;
            case 9:
                await district.As(GuidanceOffice).Duties.DecideAsync(id, new DecideLead("裁决", "MKT"));
                break;
            case 10:
                await district.As(Supervisor).Duties.DecideAsync(id, new DecideLead("限办"));
                break;
            case 11:
                await district.As(LeadDistrict.Dispatcher).Ending.TransferAsync(id, new TransferLead("外区", "不在本区"));
                break;
            case 12:
                await district.As(holder).Ending.CloseAsync(id, new CloseLead("已办", "已办", ResponseClass.Service));
                break;
            case 13:
                await district.As(LeadDistrict.Dispatcher).Ending.MergeAsync(id, new MergeLead(other, "同一件事"));
                break;
            default:
                // Time passes to the end of the wait.
                var wait = lead.Wait!;
                district.As(Actor.Clock).Session.Now = wait.DueAt;
                await district.Waits.WokenAsync(new DomainWake(id, "lead", id, wait.Key, wait.DueAt));
                break;
        }
    }
}
