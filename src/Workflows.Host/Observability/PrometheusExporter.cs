using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;

namespace Workflows.Host.Observability;

/// <summary>
/// Collects what the meters of the service and of the framework measure and writes it in the Prometheus text format 0.0.4.
/// Instruments beyond <see cref="MaximumSeries"/> label sets are cut off, so that labels from outside cannot fill the memory.
/// </summary>
internal sealed class PrometheusExporter : IDisposable
{
    /// <summary>Label sets kept for one instrument.</summary>
    public const int MaximumSeries = 1000;

    private static readonly double[] DefaultBounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 600, 3600];
    private static readonly string[] FrameworkMeters = ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<Instrument, Family> _families = new();

    /// <summary>Starts listening.</summary>
    public PrometheusExporter()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (!instrument.Meter.Name.StartsWith("Workflows", StringComparison.Ordinal) && !FrameworkMeters.Contains(instrument.Meter.Name))
                return;
            var family = new Family(instrument);
            _families[instrument] = family;
            listener.EnableMeasurementEvents(instrument, family);
        };
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, state) => Measure(state, value, tags));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, state) => Measure(state, value, tags));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, state) => Measure(state, value, tags));
        _listener.Start();
    }

    /// <summary>The whole exposition, families in order of name.</summary>
    public string Write()
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder(8192);
        foreach (var family in _families.Values.GroupBy(f => f.Name).OrderBy(g => g.Key, StringComparer.Ordinal))
            WriteFamily(text, [.. family]);
        return text.ToString();
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private static void WriteFamily(StringBuilder text, IReadOnlyList<Family> instruments)
    {
        var first = instruments[0];
        text.Append("# HELP ").Append(first.Name).Append(' ').Append(first.Help).Append('\n');
        text.Append("# TYPE ").Append(first.Name).Append(' ').Append(first.Kind.ToString().ToLowerInvariant()).Append('\n');
        foreach (var (_, series) in instruments.SelectMany(i => i.Series).OrderBy(s => s.Key, StringComparer.Ordinal))
            series.Write(text, first.Name, first.Kind);
    }

    private static void Measure(object? state, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => ((Family)state!).Measure(value, tags);

    private sealed class Family
    {
        private readonly double[] _bounds;
        private readonly bool _sets;

        public Family(Instrument instrument)
        {
            var type = instrument.GetType().Name;
            _sets = instrument.IsObservable || type.StartsWith("Gauge", StringComparison.Ordinal);
            Kind = type.StartsWith("Histogram", StringComparison.Ordinal) ? MetricKind.Histogram
                : type.Contains("UpDown", StringComparison.Ordinal) || type.Contains("Gauge", StringComparison.Ordinal) ? MetricKind.Gauge
                : MetricKind.Counter;
            _bounds = Kind == MetricKind.Histogram
                ? (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries?.ToArray() ?? DefaultBounds
                : [];
            var unit = instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
            Name = Clean(instrument.Name) + unit;
            if (Kind == MetricKind.Counter && !Name.EndsWith("_total", StringComparison.Ordinal))
                Name += "_total";
            Help = (instrument.Description ?? instrument.Name).ReplaceLineEndings(" ").Replace("\\", "\\\\", StringComparison.Ordinal);
        }

        public string Name { get; }

        public string Help { get; }

        public MetricKind Kind { get; }

        public ConcurrentDictionary<string, MetricSeries> Series { get; } = new(StringComparer.Ordinal);

        public void Measure(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var labels = Labels(tags);
            if (!Series.TryGetValue(labels, out var series))
            {
                if (Series.Count >= MaximumSeries)
                    return;
                series = Series.GetOrAdd(labels, static (key, bounds) => new MetricSeries(key, bounds), _bounds);
            }

            if (Kind == MetricKind.Histogram)
                series.Record(value);
            else if (_sets)
                series.Set(value);
            else
                series.Add(value);
        }

        private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (tags.Length == 0)
                return "";
            var text = new StringBuilder();
            foreach (var (key, value) in tags)
            {
                if (text.Length > 0)
                    text.Append(',');
                text.Append(Clean(key)).Append("=\"")
                    .Append(value?.ToString()?.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal))
                    .Append('"');
            }

            return text.ToString();
        }

        private static string Clean(string name)
        {
            var text = new StringBuilder(name.Length);
            foreach (var c in name)
                text.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
            return text.ToString();
        }
    }
}
