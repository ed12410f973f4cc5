using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Host.Tests.Serving;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Measures;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Tests.Measures;

/// <summary>Figures over a history that is known in full.</summary>
public abstract class MeasureTests(ServiceUnderTest service)
{
    private readonly MeasureReader _reader = new(service, "from=2026-01-01&to=2027-02-28");

    [Theory]
    [InlineData("joint-visits", 2)]
    [InlineData("avoided-visits", 4 + 4 + 1)]
    [InlineData("double-random-draws", 2)]
    [InlineData("double-random-targets", 2)]
    [InlineData("cross-department-rate", 0.4)]
    [InlineData("problem-rate", 0.2)]
    [InlineData("scan-rate", 0.2)]
    [InlineData("checks-year-on-year", 4)]
    [InlineData("in-grid-closure", 0.333333)]
    [InlineData("share-service", 0.5)]
    [InlineData("share-management", 0.25)]
    [InlineData("share-enforcement", 0.25)]
    [InlineData("rectified-on-time", 0)]
    [InlineData("off-site-checks", 2)]
    [InlineData("split-ways-rate", 0.666667)]
    [InlineData("case-days-simple", 1)]
    [InlineData("case-days-fast", 8)]
    [InlineData("case-days-ordinary", 20)]
    public async Task A_figure_is_what_the_history_says(string code, double expected) => Assert.Equal((decimal)expected, await _reader.ValueAsync(code));

    [Fact]
    public async Task Every_figure_states_its_definition_and_equals_a_count_of_its_exported_rows()
    {
        var codes = await _reader.CodesAsync();
        Assert.Equal(25, codes.Count);
        foreach (var code in codes)
        {
            var figure = await _reader.AskAsync(code);
            var rows = await _reader.RowsAsync(code);
            Assert.True(
                MeasureReader.Recount(figure["definition"]!["form"]!.GetValue<string>(), rows) == figure["value"]?.GetValue<decimal>(), $"{code}: {figure.ToJsonString()} {string.Join(" | ", rows.Select(row => string.Join(',', row)))}");
            Assert.Equal(rows.Count, figure["rows"]!.GetValue<int>());
            Assert.InRange(figure["statements"]!.GetValue<int>(), 1, 3);
            Assert.Contains(figure["definition"]!["numerator"]!.GetValue<string>(), letter => letter is >= '\u4e00' and <= '\u9fff');
            Assert.Contains("期间", figure["definition"]!["periodRule"]!.GetValue<string>(), StringComparison.Ordinal);
            Assert.Equal(rows.Count, rows.Select(row => row[0]).Distinct().Count());
        }
    }

    [Fact]
    public async Task What_became_of_an_ordered_item_is_told_in_words()
    {
        var rows = await _reader.RowsAsync("rectified-on-time");
        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Matches("^期限[0-9]+月[0-9]+日，(未提交证明|[0-9]+月[0-9]+日提交证明)，(整改中|待核实|已改正|逾期未改正|转立案)(（第[2-9]期）)?$", row.Single(cell => cell.StartsWith("期限", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Officers_who_came_are_counted_once_among_those_on_the_roster()
    {
        var rows = await _reader.RowsAsync("participation");
        using var reader = await service.SamplePersonAsync("supervisor");
        var came = new HashSet<string> { "FIR-01", "FIR-02" };
        foreach (var row in (await _reader.RowsAsync("joint-visits")).Select(row => row[1]))
        {
            using var story = await reader.GetAsync(new Uri($"/api/cases/{row}", UriKind.Relative));
            came.UnionWith((await story.SucceededAsync())["visits"]!.AsArray().SelectMany(visit => visit!["attendances"]!.AsArray()).SelectMany(a => a!["officerIds"]!.AsArray()).Select(id => id!.GetValue<string>()));
        }

        Assert.Equal(came.Order(StringComparer.Ordinal), rows.Where(row => row[5] == "是").Select(row => row[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Towns_see_theirs_districts_what_lies_below_and_a_department_its_own()
    {
        Assert.Equal(1, (await _reader.RowsAsync("cross-department-rate", more: "&area=330203001")).Count(row => row[0] == "single-visit"));
        Assert.All(await _reader.RowsAsync("cross-department-rate", more: "&area=330203001"), row => Assert.StartsWith("330203001", row[2], StringComparison.Ordinal));
        using (var client = await service.SamplePersonAsync("supervisor"))
        {
            await (await client.GetAsync(new Uri("/api/measures/joint-visits?area=330205", UriKind.Relative))).RefusedAsync(403, "other-area", "area");
            await (await client.GetAsync(new Uri("/api/measures/visits-per-officer", UriKind.Relative))).RefusedAsync(404, "not-found", "code");
        }

        using (var head = await service.SamplePersonAsync("tob.head"))
            await (await head.GetAsync(new Uri("/api/measures/joint-visits?department=FIR", UriKind.Relative))).RefusedAsync(403, "other-department", "department");
        Assert.Equal(0m, await _reader.ValueAsync("joint-visits", "tob.head"));
        Assert.Equal(2m, await _reader.ValueAsync("joint-visits", "fir.head"));
        using var town = await service.PersonAsync("supervisor", "TOWN", "330203001");
        using var answer = await town.GetAsync(new Uri("/api/measures/cross-department-rate?from=2026-01-01&to=2026-12-31", UriKind.Relative));
        Assert.Equal("330203001", (await answer.SucceededAsync())["scope"]!["area"]!.GetValue<string>());
    }

    [Fact]
    public async Task More_records_than_the_bound_are_refused_and_the_details_are_in_Chinese()
    {
        var facts = service.Services.GetRequiredService<IFactSource>();
        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => facts.ReadAsync<Visit>(new FactQuery("endedAt") { Most = 1 }).AsTask());
        Assert.Equal("too-many-rows", refused.Code);
        var codes = (await facts.ReadAsync<Finding>(new FactQuery("itemCode"))).Select(fact => fact.Parts[0]).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(codes, (await facts.DistinctAsync<Finding>(new FactQuery("itemCode"))).Order(StringComparer.Ordinal));
        foreach (var code in await _reader.CodesAsync())
            Assert.All(await _reader.RowsAsync(code), row => Assert.DoesNotMatch("Kept|Passed|Rectified|Overdue|Service|Management|Enforcement", row[7]));
    }

    [Fact]
    public async Task Rows_come_in_pages_and_a_period_without_visits_has_no_rate()
    {
        using var client = await service.SamplePersonAsync("supervisor");
        using var answer = await client.GetAsync(new Uri("/api/measures/cross-department-rate/rows?from=2026-01-01&to=2026-12-31&skip=1&take=1", UriKind.Relative));
        var page = await answer.SucceededAsync();
        Assert.Equal((5, 1, 1), (page["total"]!.GetValue<int>(), page["skip"]!.GetValue<int>(), page["items"]!.AsArray().Count));
        var empty = await new MeasureReader(service, "from=2026-02-01&to=2026-02-02").AskAsync("cross-department-rate");
        Assert.Null(empty["value"]);
        Assert.Equal(0, empty["rows"]!.GetValue<int>());
    }
}

public sealed class SqliteMeasureTests(MeasureHistory service) : MeasureTests(service), IClassFixture<MeasureHistory>;

public sealed class PostgresMeasureTests(PostgresMeasureHistory service) : MeasureTests(service), IClassFixture<PostgresMeasureHistory>;
