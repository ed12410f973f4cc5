using Microsoft.Extensions.DependencyInjection;
using Workflows.Host.Access;
using Workflows.Host.Api.Live;
using Workflows.Host.Tests.Serving;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Tests.Live;

/// <summary>Open pages hear of changes within their reader's sight, and of no others.</summary>
[Collection(SharedService.Name)]
public sealed class LiveNewsTests(ServiceUnderTest service)
{
    private static AggregateIndex Row(string? department, string? area) => new() { CaseKey = "k", State = "Open", CreatedAt = DateTimeOffset.UnixEpoch, Department = department, Area = area };

    private static Sight Of(string role, string? department, string? area) => Sight.Of(new Actor { Id = "p", Name = "P", Roles = [role], Department = department, Area = area });

    [Theory]
    [InlineData("FIR", "330203", true)]
    [InlineData("FIR", "330203001", true)]
    [InlineData(null, "330203", true)]
    [InlineData("CUL", "330203", false)]
    [InlineData("FIR", "330204", false)]
    public void An_officer_hears_of_the_own_department_and_area_and_of_what_is_shared(string? department, string area, bool hears)
    {
        var news = new LiveNews();
        var page = news.Join("p", Of(Role.Inspector, "FIR", "330203"))!;
        news.Committed([Row("OTH", "999999"), Row(department, area)]);
        Assert.Equal(hears, page.Reader.TryRead(out _));
    }

    [Fact]
    public void A_page_that_has_not_read_its_news_has_one_piece_of_it_and_one_that_left_has_none()
    {
        var news = new LiveNews();
        var page = news.Join("p", Of(Role.Supervisor, "CMD", "330203"))!;
        for (var i = 0; i < 50; i++)
            news.Committed([Row("FIR", "330203")]);
        news.CommittedElsewhere();
        Assert.True(page.Reader.TryRead(out _));
        Assert.False(page.Reader.TryRead(out _));
        news.Leave(page);
        news.Committed([Row("FIR", "330203")]);
        Assert.False(page.Reader.TryRead(out _));
    }

    [Fact]
    public void One_account_has_ten_pages_and_keeps_nobody_else_out()
    {
        var news = new LiveNews();
        var sight = Of(Role.Inspector, "FIR", "330203");
        var pages = Enumerable.Range(0, 10).Select(_ => news.Join("one", sight)!).ToList();
        Assert.All(pages, Assert.NotNull);
        Assert.Null(news.Join("one", sight));
        Assert.NotNull(news.Join("another", sight));
        news.Leave(pages[0]);
        news.Leave(pages[0]);
        Assert.NotNull(news.Join("one", sight));
        Assert.Null(news.Join("one", sight));
    }

    [Fact]
    public async Task The_stream_tells_of_a_change_and_says_nothing_of_it()
    {
        using var dispatcher = await service.PersonAsync("dispatcher", "CMD", "330203");
        using var answer = await dispatcher.GetAsync(new Uri("/api/live", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        Assert.Equal(": connected", await lines.ReadLineAsync());
        Assert.Equal("", await lines.ReadLineAsync());
        service.Services.GetRequiredService<LiveNews>().Committed([Row("FIR", "330203")]);
        Assert.Equal("event: changed", await lines.ReadLineAsync());
        Assert.Equal("data:", await lines.ReadLineAsync());
    }
}
