using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Workflows.Host.Composition;
using Workflows.Host.Messages;
using Workflows.Host.Scheduling;
using Workflows.Host.Tests.Journeys;
using Workflows.Host.Tests.Leads;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Outbox;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Host.Tests.Messages;

/// <summary>The lists of messages of the sample district's people. The service is this class's own: its clock stands at Tuesday, 2026-12-01, 09:00 in Beijing.</summary>
public sealed class MessageTests(SampleService service) : IClassFixture<SampleService>
{
    private readonly LeadPeople _people = new(service);

    [Fact]
    public async Task A_head_is_told_of_a_new_lead_and_why_and_marks_it_read_and_other_departments_hear_nothing()
    {
        var id = await RoutedAsync();
        var told = await MessageAsync("hea.head", id);
        Assert.Equal(("新线索", id, $"/leads/{id}"), (Text(told, "kind"), Text(told, "number"), Text(told, "link")));
        Assert.Equal($"新线索{id}等待受理。", Text(told, "text"));
        Assert.Equal($"因为您是承办单位宁波市海曙区卫生健康局的负责人，{id}发出了“新线索”。", Text(told, "why"));
        Assert.Equal("department:HEA", Text(told["reasons"]![0]!, "address"));
        Assert.Contains("承办单位宁波市海曙区卫生健康局的执法人员", Text(await MessageAsync("hea.01", id), "why"), StringComparison.Ordinal);
        Assert.Empty(await OfAsync("cul.head", id));
        Assert.Empty(await OfAsync("hea.legal", id));

        var before = Number(await ListAsync("hea.head"), "unread");
        // Somebody else's id marks nothing.
        using var stranger = await service.SamplePersonAsync("cul.head");
        using var nothing = await stranger.PostAsync("/api/messages/read", "read-" + Guid.NewGuid(), new { ids = new[] { Text(told, "id") } });
        Assert.Equal(0, Number(await nothing.SucceededAsync(), "read"));
        using var head = await service.SamplePersonAsync("hea.head");
        using var marked = await head.PostAsync("/api/messages/read", "read-" + Guid.NewGuid(), new { ids = new[] { Text(told, "id") } });
        var answer = await marked.SucceededAsync();
        Assert.Equal((1, before - 1), (Number(answer, "read"), Number(answer, "unread")));
        Assert.NotNull((await MessageAsync("hea.head", id))["readAt"]);
        Assert.DoesNotContain((await ListAsync("hea.head", "unread=true&take=200"))["items"]!.AsArray(), item => Text(item!, "number") == id);
    }

    [Fact]
    public async Task Pages_run_from_the_newest_to_the_oldest_and_hold_each_message_once()
    {
        for (var i = 0; i < 3; i++)
            await MessageAsync("hea.head", await RoutedAsync());
        var all = (await ListAsync("hea.head", "take=200"))["items"]!.AsArray().Select(item => Text(item!, "id")).ToList();
        var paged = new List<string>();
        string? after = null;
        do
        {
            var page = await ListAsync("hea.head", $"take=2{(after is null ? "" : "&after=" + after)}");
            paged.AddRange(page["items"]!.AsArray().Select(item => Text(item!, "id")));
            after = page["next"]?.GetValue<string>();
        }
        while (after is not null);
        Assert.Equal(all, paged);
        var times = (await ListAsync("hea.head", "take=200"))["items"]!.AsArray().Select(item => item!["at"]!.GetValue<DateTimeOffset>()).ToList();
        Assert.Equal(times.OrderDescending(), times);
    }

    [Fact]
    public async Task The_digest_comes_at_half_past_eight_on_working_days_alone_and_lists_what_it_counts()
    {
        var journey = await new DistrictJourney(service).PlanAsync();
        var link = $"/tasks/{await journey.TaskAsync("cul.head", "plan.approve")}";
        await _people.PassAsync("P7D");
        var digests = (await ListAsync("cul.head", "take=200"))["items"]!.AsArray().Where(item => Text(item!, "kind") == "每日提要").Reverse().ToList();
        // Tuesday the first at nine to Tuesday the eighth at nine; the approval is due within three working days, on Friday. Nobody is told of nothing, nor at the weekend.
        Assert.Equal(
            ["12-02 08:30 新收", "12-04 08:30 今日到期", "12-07 08:30 已超期", "12-08 08:30 已超期"],
            digests.Select(item => item!["at"]!.GetValue<DateTimeOffset>().ToOffset(TimeSpan.FromHours(8)).ToString("MM-dd HH:mm", CultureInfo.InvariantCulture)
                + " " + Text(Assert.Single(item["lines"]!.AsArray(), line => Text(line!, "link") == link)!, "section")));
        foreach (var digest in digests)
        {
            foreach (var section in new[] { "已超期", "今日到期", "新收" })
                Assert.Contains($"{section}{digest!["lines"]!.AsArray().Count(line => Text(line!, "section") == section)}件", Text(digest, "text"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_digest_that_was_cut_short_reaches_who_stands_on_the_list_by_then_and_nobody_twice()
    {
        await _people.ReportAsync("EH-20");
        var day = ShanghaiTime.DateOf(service.Now).AddDays(1);
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
            day = day.AddDays(1);
        var morning = ShanghaiTime.At(day, new TimeOnly(8, 30));
        await DigestAsync(morning);
        // Between the crash and the second run the list of accounts has become another.
        using var newcomer = await service.PersonAsync("dispatcher", null, "330203", "A-NEWCOMER");
        await DigestAsync(morning);
        async Task<int> CountAsync(HttpClient person) => (await (await person.GetAsync(new Uri("/api/messages?take=200", UriKind.Relative))).SucceededAsync())["items"]!.AsArray()
            .Count(item => Text(item!, "kind") == "每日提要" && item!["at"]!.GetValue<DateTimeOffset>() == morning);
        Assert.Equal(1, await CountAsync(newcomer));
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        Assert.Equal(1, await CountAsync(dispatcher));
    }

    private async Task DigestAsync(DateTimeOffset at)
    {
        await using var scope = service.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetServices<INightlyWork>().Single(work => work.Name == "nightly:digest").RunAsync(at, CancellationToken.None);
    }

    [Fact]
    public async Task A_notice_that_is_delivered_again_and_to_two_addresses_is_read_once_and_leaves_once()
    {
        var settings = service.Services.GetRequiredService<ServeSettings>() with { DingTalkAddress = new Uri("http://robot.invalid/send"), PublicAddress = new Uri("https://desk.example") };
        var catalogue = service.Services.GetRequiredService<MessageCatalogue>();
        var channel = new NoticeChannel(
            service.Services.GetRequiredService<IServiceScopeFactory>(), service.Services.GetRequiredService<StimulusPump>(), catalogue, new OutsideChannels(settings, catalogue), NullLogger<NoticeChannel>.Instance);
        var number = "N-" + Guid.NewGuid().ToString("N");
        // Half past ten at night of tomorrow: what can wait goes out at half past seven.
        var at = new DateTimeOffset(service.Now.UtcDateTime.Date.AddDays(1).AddHours(14.5), TimeSpan.Zero);
        OutboxItem Item(string id, string recipient) => new(
            number + id, "notice", recipient, "黄牌", $"样例人甲 {number}", "messages-test", null, "ladder", null, 0, at, new OutboxSubject(number, new DateOnly(2026, 12, 3), $"/cases/{number}", "330203"));
        foreach (var item in new[] { Item("a", "department:FIR"), Item("a", "department:FIR"), Item("b", "department:FIR/role:department-head") })
            Assert.Null((await channel.DeliverAsync(item, CancellationToken.None)).Error);
        var message = Assert.Single(await OfAsync("fir.head", number));
        Assert.Equal(2, message["reasons"]!.AsArray().Count);
        Assert.Equal(
            $"因为您是承办单位宁波市海曙区消防救援大队的负责人，也是宁波市海曙区消防救援大队的单位负责人，{number}发出了“黄牌”。", Text(message, "why"));
        await using var scope = service.Services.CreateAsyncScope();
        var left = await scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>().Set<OutboxRow>().Where(row => row.CaseKey == "messages-test" && row.Channel == "dingtalk").ToListAsync();
        var row = Assert.Single(left, row => row.Body.Contains(number, StringComparison.Ordinal));
        Assert.Equal($"【黄牌】{number}，期限2026年12月3日（含当日），请登录查看：https://desk.example/cases/{number}", row.Body);
        Assert.Equal(at.AddHours(9), row.NextAttemptAt);
    }

    private async Task<string> RoutedAsync()
    {
        var id = await _people.ReportAsync("EH-20");
        await _people.DoAsync("dispatcher", id, "route");
        return id;
    }

    private async Task<JsonNode> MessageAsync(string person, string number)
    {
        IReadOnlyList<JsonNode> found = [];
        await service.UntilAsync(async () => (found = await OfAsync(person, number)).Count > 0);
        return Assert.Single(found);
    }

    private async Task<IReadOnlyList<JsonNode>> OfAsync(string person, string number) =>
        [.. (await ListAsync(person, "take=200"))["items"]!.AsArray().Where(item => item!["number"]?.GetValue<string>() == number)!];

    private async Task<JsonObject> ListAsync(string person, string query = "")
    {
        using var answer = await _people.GetAsync(person, "/api/messages?" + query);
        return await answer.SucceededAsync();
    }

    private static string Text(JsonNode node, string name) => node[name]?.GetValue<string>() ?? "";

    private static int Number(JsonNode node, string name) => node[name]!.GetValue<int>();
}
