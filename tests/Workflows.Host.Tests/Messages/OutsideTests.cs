using System.Buffers;
using System.Net;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Workflows.Host.CommandLine;
using Workflows.Host.Composition;
using Workflows.Host.Messages;
using Workflows.Host.Tests.Serving;
using Workflows.Storage.Outbox;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Tests.Messages;

/// <summary>What leaves the service, when, and in which form.</summary>
public sealed class OutsideTests
{
    private static readonly SearchValues<char> Hostile = SearchValues.Create("<>\"'\n\r&@ ");
    private static readonly ServeSettings Settings = new() { DataFolder = ".", HomeFolder = ServiceUnderTest.HomeFolder(), WallClock = new WallClock() };
    private static readonly MessageCatalogue Catalogue = MessageCatalogue.Read(Settings);

    [Theory]
    [InlineData("甬海曙消检字〔2026〕12号", "/cases/c-1", "【催办】甬海曙消检字〔2026〕12号，期限2026年12月3日（含当日），请登录查看：https://desk.example/cases/c-1")]
    [InlineData("王小明违法经营", "/cases/c-1", "【催办】，期限2026年12月3日（含当日），请登录查看：https://desk.example/cases/c-1")]
    [InlineData("王小明〔2026〕12号，住样例路1号", "//evil.example/x", "【催办】，期限2026年12月3日（含当日）")]
    [InlineData("<script>alert(1)</script>", "/cases/../../x", "【催办】，期限2026年12月3日（含当日）")]
    [InlineData("12号\n王小明", "javascript:alert(1)", "【催办】，期限2026年12月3日（含当日）")]
    public void Outside_stand_number_due_date_and_link_and_nothing_that_has_another_form(string number, string link, string expected) =>
        Assert.Equal(expected, Outside("催办", new OutboxSubject(number, new DateOnly(2026, 12, 3), link, null)));

    [Fact]
    public void A_kind_that_came_from_a_diagram_is_not_printed_outside() =>
        Assert.Equal("【通知】C-1", Catalogue.Outside(OutsideFields.Of("样例人甲涉嫌违法", new OutboxSubject("C-1", null, null, null), null)));

    [Fact]
    public void Who_cannot_sign_in_gets_no_link() =>
        Assert.Equal("【提示】C-1", Catalogue.Outside(OutsideFields.Of("提示", new OutboxSubject("C-1", null, "/cases/C-1", null), null, hasAccount: false)));

    [Fact]
    public void Whatever_the_data_say_only_letters_of_ids_and_numbers_leave()
    {
        var allowed = Outside("催办", new OutboxSubject(null, null, null, null));
        Prop.ForAll<string, string>((number, link) =>
        {
            var text = Outside("催办", new OutboxSubject(number, null, link, null)).Replace(allowed, "", StringComparison.Ordinal);
            return !text.AsSpan().ContainsAny(Hostile);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("催办", "2026-12-01T12:59:59Z", "2026-12-01T12:59:59Z")] // 20:59:59
    [InlineData("催办", "2026-12-01T13:00:00Z", "2026-12-01T23:30:00Z")] // 21:00 to 07:30 of the next day
    [InlineData("催办", "2026-12-01T18:00:00Z", "2026-12-01T23:30:00Z")] // 02:00 of the second
    [InlineData("催办", "2026-12-01T23:29:59Z", "2026-12-01T23:30:00Z")]
    [InlineData("催办", "2026-12-01T23:30:00Z", "2026-12-01T23:30:00Z")]
    [InlineData("红牌", "2026-12-01T18:00:00Z", "2026-12-01T18:00:00Z")] // urgent
    [InlineData("没有列出", "2026-12-01T18:00:00Z", "2026-12-01T23:30:00Z")]
    public void Quiet_hours_hold_what_can_wait(string kind, string at, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, null), Catalogue.Release(kind, DateTimeOffset.Parse(at, null)));

    [Fact]
    public void A_template_that_cannot_be_read_is_named_at_the_start()
    {
        var refused = Assert.Throws<BadInputException>(() => new MessageCatalogue(new MessageFile("{{ number }}", "{{ if }", [])));
        Assert.Contains("outside", refused.Message, StringComparison.Ordinal);
        refused = Assert.Throws<BadInputException>(() => new MessageCatalogue(new MessageFile("{{ number }}", "", [], new QuietHours("25:00", "07:00"))));
        Assert.Contains("quiet.from", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DingTalk_gets_a_signed_text_and_the_key_under_which_it_is_known_again()
    {
        // The signature of this time and secret was computed with openssl dgst -sha256 -hmac.
        var robot = new Robot("""{"errcode":0}""");
        using var gateway = new GatewayClient(robot);
        var channel = new DingTalkChannel(gateway, Settings with { DingTalkAddress = new Uri("https://robot.example/send?access_token=t"), DingTalkSecret = "SEC-0123456789" }, Catalogue);
        Assert.Null((await channel.DeliverAsync(Item("dingtalk", "group"), CancellationToken.None)).Error);
        Assert.Equal("https://robot.example/send?access_token=t&timestamp=1796086800000&sign=DpN3g9%2F5n%2Fs8ufJ9z1LpYRhKTG1u69FnzjYLUE%2BHLNc%3D", robot.Address);
        Assert.Equal("m-1", robot.Key);
        Assert.Equal("""{"msgtype":"text","text":{"content":"【提醒】C-1"}}""", robot.Body);
    }

    [Fact]
    public async Task WeCom_gets_a_text_at_its_address_unsigned()
    {
        var robot = new Robot("""{"errcode":0,"errmsg":"ok"}""");
        using var gateway = new GatewayClient(robot);
        var channel = new WeComChannel(gateway, Settings with { WeComAddress = new Uri("https://robot.example/send?key=k") }, Catalogue);
        Assert.Null((await channel.DeliverAsync(Item("wecom", "group"), CancellationToken.None)).Error);
        Assert.Equal(("https://robot.example/send?key=k", "m-1", null, "application/json"), (robot.Address, robot.Key, robot.Token, robot.Type));
        Assert.Equal("""{"msgtype":"text","text":{"content":"【提醒】C-1"}}""", robot.Body);
    }

    [Fact]
    public async Task A_robot_that_refuses_with_200_is_a_failed_try()
    {
        using var gateway = new GatewayClient(new Robot("""{"errcode":93000,"errmsg":"invalid webhook url"}"""));
        var channel = new WeComChannel(gateway, Settings with { WeComAddress = new Uri("https://robot.example/send?key=k") }, Catalogue);
        Assert.Equal("接收方拒收，错误码 93000。", (await channel.DeliverAsync(Item("wecom", "group"), CancellationToken.None)).Error);
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError, "接收方应答 500。")]
    [InlineData(HttpStatusCode.Redirect, "接收方应答 302。")]
    public async Task An_answer_that_is_no_success_is_tried_again(HttpStatusCode status, string error)
    {
        using var gateway = new GatewayClient(new Robot("", status));
        Assert.Equal(error, (await gateway.PostAsync(new Uri("https://sms.example"), new JsonObject(), "k", "token", CancellationToken.None)).Error);
    }

    private static string Outside(string kind, OutboxSubject subject) => Catalogue.Outside(OutsideFields.Of(kind, subject, new Uri("https://desk.example")));

    private static OutboxItem Item(string channel, string recipient) => new("m-1", channel, recipient, "提醒", "【提醒】C-1", "case", null, null, null, 0, Settings.WallClock.GetUtcNow());
}
