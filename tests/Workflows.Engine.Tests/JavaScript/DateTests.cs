using Workflows.Engine.JavaScript;

namespace Workflows.Engine.Tests.JavaScript;

public class DateTests
{
    [Theory]
    [InlineData("new Date().toISOString()", "2026-11-21T08:00:00.000Z")]
    [InlineData("new Date().getHours() + ''", "16")]
    [InlineData("new Date(2026, 10, 21).toISOString()", "2026-11-20T16:00:00.000Z")]
    [InlineData("new Date('2026-12-02').toISOString()", "2026-12-02T00:00:00.000Z")]
    [InlineData("new Date('2026-12-02T08:00').toISOString()", "2026-12-02T00:00:00.000Z")]
    [InlineData("new Date('2026/12/02 08:30').toISOString()", "2026-12-02T00:30:00.000Z")]
    [InlineData("new Date('2026-12-02T08:00:00+02:00').toISOString()", "2026-12-02T06:00:00.000Z")]
    [InlineData("String(new Date(0))", "Thu Jan 01 1970 08:00:00 GMT+0800 (China Standard Time)")]
    [InlineData("new Date(0).toLocaleString('zh-CN')", "1970/1/1 08:00:00")]
    [InlineData("new Date(0).toLocaleDateString('zh-CN',{year:'numeric',month:'long',day:'numeric'})", "1970年1月1日")]
    [InlineData("const d=new Date(2026,0,31); d.setMonth(1); d.toDateString()", "Tue Mar 03 2026")]
    [InlineData("'' + new Date('2026年12月2日')", "Invalid Date")]
    public void Dates_follow_the_injected_clock_and_zone(string script, string expected) => Assert.Equal(expected, Scripts.Run(script).Text);

    [Fact]
    public void Another_zone_with_summer_time_is_followed()
    {
        var environment = new ScriptEnvironment { TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin") };
        Assert.Equal("[1782856800000,1798758000000,1774747800000,1792888200000]", Script.Parse(
            "[new Date(2026,6,1).getTime(), new Date(2027,0,1).getTime(), new Date(2026,2,29,2,30).getTime(), new Date(2026,9,25,2,30).getTime()]").Evaluate(environment).ToJson());
    }

    [Fact]
    public void Random_numbers_repeat_with_their_seed()
    {
        var script = Script.Parse("[Math.random(), Math.random()]");
        var first = script.Evaluate(new ScriptEnvironment { RandomSeed = 7 }).ToJson();
        Assert.Equal(first, script.Evaluate(new ScriptEnvironment { RandomSeed = 7 }).ToJson());
        Assert.NotEqual(first, script.Evaluate(new ScriptEnvironment { RandomSeed = 8 }).ToJson());
    }
}
