using FsCheck;
using FsCheck.Fluent;
using Workflows.Host.Paging;
using Workflows.Host.Problems;

namespace Workflows.Host.Tests.Paging;

public sealed class CursorTests
{
    [Fact]
    public void A_cursor_reads_back_what_was_written() => Prop.ForAll<DateTime, string>((at, id) =>
    {
        var cursor = new Cursor(new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc)), id ?? "");
        return Cursor.Decode(cursor.Encode()) == cursor && cursor.Encode().All(c => char.IsAsciiLetterOrDigit(c) || c is (char)45 or (char)95);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("!")]
    [InlineData("YWJj")]
    [InlineData("LTF8eA")]
    [InlineData("OTk5OTk5OTk5OTk5OTk5OTk5OTk5fHg")]
    [InlineData("OTIyMzM3MjAzNjg1NDc3NTgwN3x4")]
    public void Anything_else_is_refused_with_its_name(string text)
    {
        var refused = Assert.Throws<RefusedException>(() => Cursor.Decode(text)).Refusal;
        Assert.Equal((400, "bad-cursor", "after"), (refused.Status, refused.Code, refused.Field));
    }
}
