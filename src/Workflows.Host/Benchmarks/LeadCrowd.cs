using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Workflows.Engine.Bursts;

namespace Workflows.Host.Benchmarks;

/// <summary>A report of the crowd as a client sends it.</summary>
/// <param name="Number">Number at the source.</param>
/// <param name="Body">What is sent.</param>
internal sealed record CrowdReport(string Number, JsonObject Body);

/// <summary>
/// Reports of one minute in one district, made from a seed: of each twenty, two come a second time exactly (one under the same number, one under another) and
/// one comes again from a few steps away. Which is which is known here and nowhere else.
/// </summary>
internal sealed class LeadCrowd
{
    private const int Block = 20;
    private const int Characters = 24;

    private readonly IdSource _random = new("lead-crowd");
    private readonly List<CrowdReport> _reports = [];
    private readonly List<(string One, string Other)> _pairs = [];

    /// <summary>Makes a crowd.</summary>
    /// <param name="count">Reports; a multiple of twenty.</param>
    /// <param name="now">Now; everything happened in the five minutes before.</param>
    public LeadCrowd(int count, DateTimeOffset now)
    {
        for (var block = 0; block < count / Block; block++)
        {
            var events = Enumerable.Range(block * Block, Block - 3).Select(number => Event(number, now)).ToList();
            _reports.AddRange(events);
            _reports.Add(Like(events[0], events[0].Number, body => body["text"] = Words()));
            _reports.Add(Like(events[1], events[1].Number + "-b", _ => { }));
            var near = Like(events[2 + (block % 4)], events[2 + (block % 4)].Number + "-c", body =>
            {
                body["text"] = Words();
                body["occurredAt"] = DateTimeOffset.Parse(body["occurredAt"]!.GetValue<string>(), CultureInfo.InvariantCulture).AddMinutes(-8).ToString("O", CultureInfo.InvariantCulture);
                if (body["latitude"] is { } north)
                    body["latitude"] = north.GetValue<double>() + 0.0006;
            });
            _reports.Add(near);
            _pairs.Add((events[2 + (block % 4)].Number, near.Number));
        }

        // Duplicates come before and after, and at the same time as, what they repeat.
        for (var i = _reports.Count - 1; i > 0; i--)
        {
            var other = Next(i + 1);
            (_reports[i], _reports[other]) = (_reports[other], _reports[i]);
        }
    }

    /// <summary>The reports in the order in which they are sent.</summary>
    public IReadOnlyList<CrowdReport> Reports => _reports;

    /// <summary>How many of them are exact duplicates: one in ten.</summary>
    public int Exact => _reports.Count / 10;

    /// <summary>Numbers of those that are the same event seen from a few steps away: one in twenty.</summary>
    public IReadOnlyList<(string One, string Other)> NearPairs => _pairs;

    private CrowdReport Event(int number, DateTimeOffset now)
    {
        var body = new JsonObject
        {
            ["trigger"] = number % 3 == 0 ? "SensorAlarm" : "GridReport",
            ["source"] = "bench",
            ["area"] = string.Create(CultureInfo.InvariantCulture, $"33020300{1 + (number % 9)}"),
            ["matterCode"] = string.Create(CultureInfo.InvariantCulture, $"M-{number % 40}"),
            ["text"] = Words(),
            ["occurredAt"] = now.AddSeconds(-Next(300)).ToString("O", CultureInfo.InvariantCulture),
        };
        // Half a kilometre apart, or at addresses of their own.
        if (number % 2 == 0)
        {
            body["latitude"] = Math.Round(29.6 + (number / 60 * 0.005), 6);
            body["longitude"] = Math.Round(121.2 + (number % 60 * 0.006), 6);
        }
        else
        {
            body["address"] = string.Create(CultureInfo.InvariantCulture, $"样例路{number}号");
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"e{number}");
        body["externalNumber"] = name;
        return new CrowdReport(name, body);
    }

    private static CrowdReport Like(CrowdReport report, string number, Action<JsonObject> change)
    {
        var body = (JsonObject)report.Body.DeepClone();
        body["externalNumber"] = number;
        change(body);
        return new CrowdReport(number, body);
    }

    // Words of their own: nothing but place and time tells that two are one.
    private string Words()
    {
        var words = new StringBuilder(Characters);
        for (var i = 0; i < Characters; i++)
            words.Append((char)('\u4e00' + Next(6000)));
        return words.ToString();
    }

    private int Next(int below)
    {
        Span<byte> bytes = stackalloc byte[4];
        _random.Fill(bytes);
        return (int)(BitConverter.ToUInt32(bytes) % (uint)below);
    }
}
