using System.Security.Cryptography;
using Workflows.Host.Simulation;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Measures;
using Workflows.Supervision.Projects;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;

namespace Workflows.Host.Sample.History;

/// <summary>
/// What stands around the offices of the sample district: committees of estates that report what they see, one whose way in was taken away, and the targets against which the district
/// measures itself. Nobody knows the tokens of these links; who wants to try one opens another on the page.
/// </summary>
/// <param name="world">Where they act.</param>
internal sealed class NeighbourLife(SimulationWorld world)
{
    private const int TokenBytes = 24;
    private static readonly (string Measure, decimal Value)[] s_targets = [("on-time-rate", 0.99m), ("scan-rate", 0.8m), ("in-grid-closure", 0.6m)];

    /// <summary>Lets all of it happen at the present of the district's clock.</summary>
    public async Task PlayAsync(CancellationToken cancellationToken)
    {
        var people = await OfficeLife.AccountsAsync(world, ["dispatcher", "hud.head", "supervisor"], cancellationToken);
        var residents = await OpenAsync("residents", people["dispatcher"], new NewEstateLink("居委会", world.Rosters.Towns[0].Code, ["样例花园", "样例新村"], Name: "样例社区居民委员会"), cancellationToken);
        await OpenAsync("owners", people["hud.head"], new NewEstateLink("业委会", world.Rosters.Towns[0].Code, ["样例家园"], Name: "样例家园业主委员会"), cancellationToken);
        var former = await OpenAsync("former", people["dispatcher"], new NewEstateLink("业委会", world.Rosters.Towns[1].Code, ["样例小区"], Name: "样例小区业主委员会"), cancellationToken);
        await world.ServiceAsync<EstateLinks, PartyLink>("estate|former|end", LeadIntake.Family, people["dispatcher"], (links, token) => links.RevokeAsync(former.Id, "业主委员会换届，待备案后重新开通", token), cancellationToken);
        await world.ServiceAsync<EstateLinks, IntakeResult>(
            "estate|residents|report", LeadIntake.Family, residents.Holder,
            (links, token) => links.ReportAsync(
                residents.Id, "样例花园",
                new NewLead { Trigger = TriggerKind.Report, Source = EstateLinks.Source, Area = residents.Area!, Address = "3幢2单元", Text = "装修工人在敲一面厚墙，声音很大，担心是承重墙，请派人来看看。" },
                "0574-00000000", token),
            cancellationToken);
        var today = ShanghaiTime.DateOf(world.Clock.GetUtcNow());
        foreach (var (measure, value) in s_targets)
        {
            await world.ServiceAsync<MeasureTargetService, MeasureTarget>(
                "target|" + measure, MeasureTarget.Family, people["supervisor"],
                (service, _) => ValueTask.FromResult(service.Set(measure, new SetMeasureTarget(today, "样例区年度监管工作要点", value))), cancellationToken);
        }
    }

    private ValueTask<PartyLink> OpenAsync(string name, Actor opener, NewEstateLink link, CancellationToken cancellationToken) => world.ServiceAsync<EstateLinks, PartyLink>(
        "estate|" + name, LeadIntake.Family, opener, (links, token) => links.OpenAsync(link, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes)), token), cancellationToken);
}
