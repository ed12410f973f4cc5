using static Workflows.Templates.Tests.Rendering;

namespace Workflows.Templates.Tests;

/// <summary>Dates and time spans, with the tables and examples of their documentation.</summary>
public sealed class DateTests
{
    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    // 2013-09-12 22:49:27 in a zone of +05:30, the moment of the documentation's table.
    private static readonly RenderOptions Documented = new()
    {
        Clock = new FixedClock(new DateTimeOffset(2013, 9, 12, 22, 49, 27, TimeSpan.FromHours(5.5))),
        TimeZone = TimeZoneInfo.CreateCustomTimeZone("india", TimeSpan.FromHours(5.5), "india", "india"),
    };

    [Theory]
    [InlineData("%a", "Thu")]
    [InlineData("%A", "Thursday")]
    [InlineData("%b %h", "Sep Sep")]
    [InlineData("%B", "September")]
    [InlineData("%c", "Thu Sep 12 22:49:27 2013")]
    [InlineData("%C %d %D %e", "20 12 09/12/13 12")]
    [InlineData("%F %H %I %j", "2013-09-12 22 10 255")]
    [InlineData("%k %l %L %m %M", "22 10 000 09 49")]
    [InlineData("%N %p %P", "000000000 PM pm")]
    [InlineData("%r|%R|%S|%T", "10:49:27 PM|22:49|27|22:49:27")]
    [InlineData("%u %v %V %w %y %Y %%", "4 12-SEP-2013 37 4 13 2013 %")]
    [InlineData("%s %Z", "1379006367 +05:30")]
    [InlineData("a%nb%tc", "a\nb\tc")]
    [InlineData("%g", "12 Sep 2013")]
    [InlineData("%Q 100", "%Q 100")]
    public void Patterns(string pattern, string expected) =>
        Assert.Equal(expected, Render("{{ date.now | date.to_string '" + pattern + "' }}", options: Documented));

    [Theory]
    [InlineData("{{ date.now.year }}-{{ date.now.day_of_year }}", "2013-255")]
    [InlineData("{{ date.parse '2016/01/05' | date.add_days 1 }} {{ date.parse '2016/01/05' | date.add_months 1 }} {{ date.parse '2016/01/05' | date.add_years 1 }}", "06 Jan 2016 05 Feb 2016 05 Jan 2017")]
    [InlineData("{{ date.parse '2026-01-31' | date.add_months 1 | date.to_string '%F' }} {{ '2026-01-31' | date.add_hours 25 | date.to_string '%F %R' }}", "2026-02-28 2026-02-01 01:00")]
    [InlineData("{{ date.parse '2018--06--17' '%Y--%m--%d' }} {{ date.parse '20/01/2022 08:32:48 +00:00' culture:'en-GB' }} {{ date.parse 'nonsense' }}|", "17 Jun 2018 20 Jan 2022 |")]
    [InlineData("{{ date.parse '2021/11/30 20:50:23Z' | date.to_string '%F %T' }}", "2021-12-01 02:20:23")]
    [InlineData("{{ date.parse_to_string '2016/01/05' '%Y--%m--%d' }}", "2016--01--05")]
    [InlineData("{{ '03 14, 2016' | date.parse_to_string '%b %d, %y' input_pattern: '%m %d, %Y' }}", "Mar 14, 16")]
    [InlineData("{{ '2025-01-01 14:01:23' | date.parse_to_string '%r' input_pattern: '%Y-%m-%d %k:%M:%S' }}", "02:01:23 PM")]
    [InlineData("{{ '03/01/2025 14:01:23' | date.parse_to_string '%F' input_culture:'en-US' output_culture:'en-GB' }}", "2025-03-01")]
    [InlineData("{{ date.parse '2016/01/05' | date.to_string '%d %B %Y' 'fr-FR' }} {{ '2026-11-21' | date.to_string '%A' 'zh-CN' }}", "05 janvier 2016 星期六")]
    [InlineData("{{ date.format = '%F'; d = date.parse '2016/01/05'; d }} {{ date.format = date.default_format; d }}", "2016-01-05 05 Jan 2016")]
    [InlineData("{{ null | date.to_string '%F' }}|{{ null | date.add_days 1 }}", "|")]
    public void Functions(string template, string expected) => Assert.Equal(expected, Render(template, options: Documented));

    [Theory]
    [InlineData("{{ a = date.parse '2026-11-21'; b = date.parse '2026-12-02'; (b - a).days }} {{ a - b }} {{ a + (timespan.from_days 11) == b }} {{ b >= a }}", "11 -11.00:00:00 true true")]
    [InlineData("{{ s = timespan.parse '1.02:03:04.005'; s.days }} {{ s.hours }} {{ s.minutes }} {{ s.seconds }} {{ s.milliseconds }}", "1 2 3 4 5")]
    [InlineData("{{ (timespan.from_milliseconds 1500).total_seconds }} {{ (timespan.from_minutes 90) + (timespan.from_seconds 30) }} {{ timespan.zero }}", "1.5 01:30:30 00:00:00")]
    public void Time_spans(string template, string expected) => Assert.Equal(expected, Render(template));
}
