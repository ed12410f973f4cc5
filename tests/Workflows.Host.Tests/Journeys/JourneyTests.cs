using Workflows.Host.Tests.Sample;

namespace Workflows.Host.Tests.Journeys;

[Collection(SharedSample.Name)]
public sealed class JourneyTests(SampleService service)
{
    [Fact]
    public async Task A_hotel_goes_from_the_plan_to_a_served_order()
    {
        var journey = new DistrictJourney(service);
        await journey.PlanAsync();
        await journey.DrawAsync();
        await journey.VisitAsync("EH-20");
        await journey.OrderAsync();
        var order = Assert.Single(await journey.ListAsync("hea.head", $"/api/cases/{journey.CaseId}/orders"));
        Assert.Equal("Served", order!["state"]!.GetValue<string>());
    }
}
