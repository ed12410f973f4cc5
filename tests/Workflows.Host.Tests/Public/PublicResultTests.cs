using Workflows.Host.Api.Public;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Publication;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Tests.Public;

/// <summary>抽查结果公示 as everybody reads it.</summary>
public sealed class PublicResultTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero);

    private static readonly PublicationEntry Entry = new()
    {
        Id = "entry", CaseKey = "key", CaseId = "case", TargetId = "330203-EH-001", Created = new Cause("Publish", "officer", "样例人", At),
        TaskNumber = "1号", Matter = "样例事项", Organs = ["样例机关"], TargetName = "样*（经营者）", CreditCode = "91330203TEST000001", District = "海曙区", CheckedOn = new DateOnly(2026, 11, 20), Result = PublicResult.OrderedToRectify,
        Handling = "责令改正", PublishBy = new DateOnly(2026, 12, 18), State = PublicationState.Published, PublishedAt = At, Review = new Decision("officer", "样例审核人", At, "同意公示"),
    };

    [Fact]
    public void A_published_row_shows_its_result_and_nobody_who_worked_on_it()
    {
        var row = PublicResultRow.Of(Entry);
        Assert.Equal((PublicResult.OrderedToRectify, "责令改正", "样*（经营者）"), (row.Result, row.Handling, row.TargetName));
        Assert.Null(row.Withdrawn);
        Assert.DoesNotContain(typeof(PublicResultRow).GetProperties(), property => property.Name is "Review" or "Created" or "TargetId" or "CaseId");
    }

    [Fact]
    public void Of_a_withdrawn_row_only_the_reason_is_left()
    {
        var row = PublicResultRow.Of(Entry with { State = PublicationState.Withdrawn, Withdrawal = new Decision("officer", "样例审核人", At, "原决定已撤销") });
        Assert.Equal((null, null, "原决定已撤销"), (row.Result, row.Handling, row.Withdrawn!.Reason));
        Assert.Equal((null, null, null, null, null), (row.TargetName, row.CreditCode, row.Matter, row.Organs, row.CheckedOn));
        var told = System.Text.Json.JsonSerializer.Serialize(row, Host.Json.HostJson.Options);
        Assert.All(["样*", "91330203", "样例事项", "样例机关"], secret => Assert.DoesNotContain(secret, told, StringComparison.Ordinal));
    }
}
