using System.Text.Json.Nodes;
using Workflows.Engine.Bookmarks;
using Workflows.Engine.BuiltIn.Events;

namespace Workflows.Engine.Tests.Bookmarks;

public class StimulusHashTests
{
    [Fact]
    public void An_event_has_the_hash_of_the_genuine_engine()
    {
        var hash = StimulusHasher.Hash("Elsa.Event", new EventStimulus("Go"));
        Assert.Matches("^873FF512[0-9A-F]+A1F034$", hash);
        Assert.Equal(hash, StimulusHasher.Hash("Elsa.Event", new JsonObject { ["EventName"] = "Go", ["Dropped"] = null }));
    }

    [Fact]
    public void The_name_of_a_task_is_not_hashed() =>
        Assert.Equal(
            Convert.ToHexString(System.Security.Cryptography.SHA256.HashData("Elsa.RunTask|{\"TaskId\":\"t1\"}"u8)),
            StimulusHasher.Hash("Elsa.RunTask", new RunTaskStimulus("t1", "whatever")));

    [Fact]
    public void Text_is_hashed_as_it_is_and_the_instance_comes_last() =>
        Assert.Equal(Convert.ToHexString(System.Security.Cryptography.SHA256.HashData("N|text|a1"u8)), StimulusHasher.Hash("N", "text", "a1"));

    [Fact]
    public void Nothing_leaves_no_separator() =>
        Assert.Equal(Convert.ToHexString(System.Security.Cryptography.SHA256.HashData("N"u8)), StimulusHasher.Hash("N"));
}
