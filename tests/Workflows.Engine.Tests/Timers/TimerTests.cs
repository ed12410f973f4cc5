using System.Globalization;
using System.Text.Json.Nodes;
using Workflows.Engine.Activities;
using Workflows.Engine.Bookmarks;
using Workflows.Engine.Timetables;
using static Workflows.Engine.Tests.Kit.Json;
using Instance = Workflows.Engine.Tests.Kit.Instance;

namespace Workflows.Engine.Tests.Timers;

public class TimerTests
{
    private static readonly TimeZoneInfo China = TimeZoneInfo.CreateCustomTimeZone("China", TimeSpan.FromHours(8), "China", "China");

    [Theory]
    [InlineData("00:00:01", 1)]
    [InlineData("1.02:00:00", 93600)]
    [InlineData("P3D", 259200)]
    [InlineData("PT90M", 5400)]
    public void A_delay_is_a_bookmark_with_a_due_time(string span, int seconds)
    {
        var instance = Instance.Started(Sequence("s", Act("d", "Delay", ("timeSpan", Lit(span, "TimeSpan"))), Write("z")));
        var bookmark = Assert.Single(instance.State.Bookmarks);
        Assert.Equal(("Elsa.Delay", Instance.Begin.AddSeconds(seconds)), (bookmark.Name, bookmark.DueAt));
        var payload = $$"""{"ResumeAt":"{{bookmark.DueAt:yyyy-MM-ddTHH:mm:sszzz}}"}""";
        Assert.Equal(StimulusHasher.Hash("Elsa.Delay", payload, bookmark.ActivityInstanceId), bookmark.Hash);
        Assert.Equal("z", instance.Resume("d").Lines);
    }

    [Fact]
    public void A_point_in_time_that_has_passed_is_not_waited_for()
    {
        Assert.Equal("z", Instance.Started(Sequence("s", Act("t", "StartAt", ("dateTime", Lit("2026-11-30T00:00:00+08:00"))), Write("z"))).Lines);
        Assert.Equal(new DateTimeOffset(2026, 12, 4, 16, 0, 0, TimeSpan.Zero), Assert.Single(Instance.Started(Act("t", "StartAt", ("dateTime", Lit("2026-12-05T00:00:00+08:00")))).State.Bookmarks).DueAt);
    }

    [Fact]
    public void Cron_inside_a_workflow_waits_for_its_next_time_in_Chinese_time() =>
        Assert.Equal(new DateTimeOffset(2026, 12, 2, 1, 0, 0, TimeSpan.Zero), Assert.Single(Instance.Started(Act("c", "Cron", ("cronExpression", Lit("0 0 9 * * ?")))).State.Bookmarks).DueAt);

    [Fact]
    public void Triggers_are_indexed_with_kind_and_hash()
    {
        JsonObject Trigger(string id, string type, string input, JsonNode value) => With(Act(id, type, (input, value)));
        var workflow = new Instance(Definition(Chart(
            "f",
            [
                Trigger("e", "Event", "eventName", Lit("Go")), Trigger("t", "Timer", "interval", Lit("00:05:00", "TimeSpan")), Trigger("c", "Cron", "cronExpression", Lit("0 9 * * 1")),
                Trigger("s", "StartAt", "dateTime", Lit("2027-01-01T00:00:00Z")), Trigger("h", "HttpEndpoint", "path", Lit("/Leads")), Act("no", "Event", ("eventName", Lit("Other"))),
            ]))).Workflow;
        Assert.Equal([("e", TriggerKind.Event), ("t", TriggerKind.Timer), ("c", TriggerKind.Cron), ("s", TriggerKind.StartAt), ("h", TriggerKind.Http)], workflow.Triggers.Select(t => (t.ActivityId, t.Kind)));
        Assert.Matches("^873FF512[0-9A-F]+A1F034$", workflow.Triggers[0].Hash);
        Assert.Equal("""{"Path":"leads","Method":"get"}""", workflow.Triggers[4].Payload!.ToJsonString());
        Assert.Equal("""{"Interval":"00:05:00"}""", workflow.Triggers[1].Payload!.ToJsonString());
    }

    [Fact]
    public void A_trigger_that_started_the_run_does_not_wait()
    {
        var root = Chart("f", [With(Act("e", "Event", ("eventName", Lit("Go")), ("result", new JsonObject { ["typeName"] = "Object", ["memoryReference"] = new JsonObject { ["id"] = "v_P" } }))), WriteJs("w", "getP().x")], "e->w");
        var instance = new Instance(Definition(root, ("variables", new JsonArray(Var("P"))))).Start("e", new() { ["__EventPayloadWorkflowInput"] = new JsonObject { ["x"] = 5 } });
        Assert.Equal(("5", "Finished"), (instance.Lines, instance.Status));
        Assert.Equal("e", new Instance(Definition(root.DeepClone().AsObject(), ("variables", new JsonArray(Var("P"))))).Start().Waiting);
    }

    [Theory]
    [InlineData("0 0 9 * * ?", "2026-12-01T10:00:00", "2026-12-02T09:00:00")]
    [InlineData("0 9 * * *", "2026-12-01T08:59:59", "2026-12-01T09:00:00")]
    [InlineData("*/15 * * * *", "2026-12-01T10:07:30", "2026-12-01T10:15:00")]
    [InlineData("0/30 * * * * ?", "2026-12-01T10:00:00", "2026-12-01T10:00:30")]
    [InlineData("0 0 9 ? * MON-FRI", "2026-12-04T09:00:00", "2026-12-07T09:00:00")]
    [InlineData("0 0 9 ? * 2-6", "2026-12-04T09:00:00", "2026-12-07T09:00:00")]
    [InlineData("0 9 * * 1-5", "2026-12-04T09:00:00", "2026-12-07T09:00:00")]
    [InlineData("0 9 * * 7", "2026-12-01T00:00:00", "2026-12-06T09:00:00")]
    [InlineData("0 9 * * 0", "2026-12-01T00:00:00", "2026-12-06T09:00:00")]
    [InlineData("0 0 0 L * ?", "2026-12-01T00:00:00", "2026-12-31T00:00:00")]
    [InlineData("0 0 0 LW * ?", "2027-01-01T00:00:00", "2027-01-29T00:00:00")]
    [InlineData("0 0 0 15W * ?", "2026-08-01T00:00:00", "2026-08-14T00:00:00")]
    [InlineData("0 0 0 ? * 6#3", "2026-12-01T00:00:00", "2026-12-18T00:00:00")]
    [InlineData("0 0 0 ? * FRIL", "2026-12-01T00:00:00", "2026-12-25T00:00:00")]
    [InlineData("0 0 0 29 2 ?", "2026-12-01T00:00:00", "2028-02-29T00:00:00")]
    [InlineData("0 0 0 1 1 ? 2030", "2026-12-01T00:00:00", "2030-01-01T00:00:00")]
    [InlineData("0 22-2 * * *", "2026-12-01T23:30:00", "2026-12-02T00:00:00")]
    [InlineData("0 0 13 * 5", "2026-12-01T00:00:00", "2026-12-04T00:00:00")]
    [InlineData("0 0 1 JAN,JUL *", "2026-12-01T00:00:00", "2027-01-01T00:00:00")]
    public void Cron_gives_the_next_local_time(string expression, string after, string next)
    {
        var from = new DateTimeOffset(DateTime.Parse(after, CultureInfo.InvariantCulture), TimeSpan.FromHours(8));
        Assert.Equal(DateTime.Parse(next, CultureInfo.InvariantCulture), CronExpression.Parse(expression).Next(from, China)!.Value.ToOffset(TimeSpan.FromHours(8)).DateTime);
    }

    [Fact]
    public void Cron_that_never_comes_gives_nothing() =>
        Assert.Null(CronExpression.Parse("0 0 0 31 2 ?").Next(Instance.Begin, China));

    [Theory]
    [InlineData("")]
    [InlineData("* * * *")]
    [InlineData("61 * * * *")]
    [InlineData("0 0 25 * * ?")]
    [InlineData("0 0 0 ? * XYZ")]
    [InlineData("*/0 * * * *")]
    public void Cron_that_does_not_parse_is_refused(string expression) => Assert.Throws<FormatException>(() => CronExpression.Parse(expression));

    private static JsonObject With(JsonObject activity)
    {
        activity["customProperties"] = new JsonObject { ["CanStartWorkflow"] = true };
        return activity;
    }
}
