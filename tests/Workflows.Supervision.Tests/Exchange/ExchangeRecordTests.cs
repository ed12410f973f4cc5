using Workflows.Supervision.Exchange;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Tests.Sessions;

namespace Workflows.Supervision.Tests.Exchange;

public sealed class ExchangeRecordTests
{
    private static readonly ExchangePlatformForm Form = new("样例平台", [Mapping(ExchangeKind.Receipts)], "330203", ["HEA"]);

    [Fact]
    public async Task A_district_cannot_take_over_the_platform_of_the_city_or_of_another_district()
    {
        var session = new InMemorySession();
        var service = new ExchangeService(session);
        await service.KeepAsync("CITY", Form with { Area = null });
        await service.KeepAsync("NEXT", Form with { Area = "330204" });
        session.Actor = new Actor { Id = "d", Name = "样例调度", Roles = [Role.Dispatcher], Area = "330203" };
        foreach (var code in new[] { "CITY", "NEXT" })
        {
            var refused = await Assert.ThrowsAsync<RuleViolationException>(async () => await service.KeepAsync(code, Form));
            Assert.Equal(("platform-not-found", RefusalKind.NotFound), (refused.Code, refused.Kind));
        }

        await service.KeepAsync("OWN", Form);
        await service.KeepAsync("OWN", Form with { Closed = true });
        Assert.Null((await session.FindAsync<ExchangePlatform>("CITY"))!.Area);
        var fact = session.Facts[^1];
        Assert.Equal(("330203", "HEA", "yes"), (fact.Data["area"], fact.Data["departments"], fact.Data["closed"]));
        Assert.Equal(64, fact.Data["mappingsSha256"]!.Length);
    }

    [Fact]
    public void Who_reported_changes_the_hash_but_is_not_kept_and_columns_that_only_go_out_change_nothing()
    {
        var plain = Lead("13800000000", "办理中");
        Assert.DoesNotContain("13800000000", plain.Content, StringComparison.Ordinal);
        Assert.DoesNotContain("样例来电人", plain.Content, StringComparison.Ordinal);
        Assert.Contains("样例诉求", plain.Content, StringComparison.Ordinal);
        Assert.Equal(plain.Sha256, Lead("13800000000", "已办结").Sha256);
        Assert.NotEqual(plain.Sha256, Lead("13900000000", "办理中").Sha256);
    }

    [Fact]
    public void The_same_platform_number_on_two_tasks_is_reported_on_the_second()
    {
        var problems = new List<ImportProblem>();
        var records = ExchangeRecord.Group(ExchangeKind.Filings,
        [
            Row(ExchangeKind.Filings, 2, problems, ("number", "A-L1"), ("platformNumber", "P-1"), ("filingNumber", "1"), ("outcome", "罚款")),
            Row(ExchangeKind.Filings, 3, problems, ("number", "B-L1"), ("platformNumber", "P-1"), ("filingNumber", "2"), ("outcome", "罚款")),
        ]);
        Assert.Equal([false, true], records.Select(record => record.HasProblem));
        Assert.Equal(3, Assert.Single(problems).Line);
    }

    [Theory]
    [InlineData("46387", "2026-12-31T16:00:00Z")]
    [InlineData("46387.5", "2026-12-31T04:00:00Z")]
    [InlineData("2026-12-31", "2026-12-31T16:00:00Z")]
    public void A_deadline_that_is_a_day_alone_runs_to_its_end_even_as_a_serial_of_a_spreadsheet(string cell, string passed) =>
        Assert.Equal(DateTimeOffset.Parse(passed, System.Globalization.CultureInfo.InvariantCulture), Row(ExchangeKind.Leads, 2, [], ("replyDueAt", cell)).Deadline("replyDueAt"));

    private static ExchangeRecord Lead(string contact, string state) => Assert.Single(ExchangeRecord.Group(ExchangeKind.Leads,
    [
        Row(ExchangeKind.Leads, 2, [], ("number", "G-1"), ("area", "330203001"), ("text", "样例诉求"), ("replyDueAt", "2026-12-31"), ("reporterName", "样例来电人"), ("reporterContact", contact), ("state", state)),
    ]));

    private static ExchangeRow Row(ExchangeKind kind, int line, ICollection<ImportProblem> problems, params (string Field, string Value)[] cells) =>
        new(line, Mapping(kind), cells.ToDictionary(cell => cell.Field, cell => cell.Value, StringComparer.Ordinal), problems);

    private static ExchangeMapping Mapping(ExchangeKind kind) => new()
    {
        Kind = kind, From = new DateOnly(2026, 1, 1), Title = "样例", Columns = [.. ExchangeFields.Of(kind).Select(field => new ExchangeColumn { Field = field.Name, Heading = field.Name })],
    };
}
