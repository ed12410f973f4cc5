using Microsoft.Extensions.DependencyInjection;
using Workflows.Host.Composition;
using Workflows.Host.Messages;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;
using Workflows.Host.Tests.Visits;
using Workflows.Storage.Outbox;
using Workflows.Supervision.Rosters;

namespace Workflows.Host.Tests.Messages;

/// <summary>Text messages as the gateway gets them.</summary>
public sealed class SmsTests(SampleService service) : IClassFixture<SampleService>
{
    [Fact]
    public async Task A_party_gets_number_and_text_with_the_key_and_the_token_of_the_gateway()
    {
        var desk = new CheckDesk(service);
        var target = await desk.TargetAsync("B");
        await desk.ChangeAsync(async (session, token) =>
        {
            var record = (await session.FindAsync<TargetRecord>(target, token))!;
            session.Save(record with { Target = record.Target with { Phone = "0574-00000007" } });
            return target;
        });
        var robot = await SentAsync($"party:{target}");
        Assert.Equal(("https://sms.example/send", "m-2", "Bearer token-of-the-tests", "application/json"), (robot.Address, robot.Key, robot.Token, robot.Type));
        Assert.Equal("""{"id":"m-2","phone":"0574-00000007","text":"【提醒】C-1"}""", robot.Body);
    }

    [Theory]
    [InlineData("party:nobody")]
    [InlineData("user:nobody")]
    [InlineData("department:HEA")]
    public async Task Who_has_no_number_gets_nothing(string recipient) => Assert.Null((await SentAsync(recipient)).Body);

    private async Task<Robot> SentAsync(string recipient)
    {
        var robot = new Robot("{}");
        using var gateway = new GatewayClient(robot);
        var settings = service.Services.GetRequiredService<ServeSettings>() with { SmsAddress = new Uri("https://sms.example/send"), SmsToken = "token-of-the-tests" };
        var channel = new SmsChannel(gateway, settings, service.Services.GetRequiredService<MessageCatalogue>(), service.Services.GetRequiredService<IServiceScopeFactory>());
        Assert.Null((await channel.DeliverAsync(new OutboxItem("m-2", "sms", recipient, "提醒", "【提醒】C-1", "case", null, null, null, 0, service.Now), CancellationToken.None)).Error);
        return robot;
    }
}
