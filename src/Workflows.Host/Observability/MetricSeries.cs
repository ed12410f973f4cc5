using System.Globalization;
using System.Text;

namespace Workflows.Host.Observability;

/// <summary>What an instrument counts as in the Prometheus text format.</summary>
internal enum MetricKind
{
    /// <summary>Only grows.</summary>
    Counter,

    /// <summary>Goes up and down.</summary>
    Gauge,

    /// <summary>Distribution over buckets.</summary>
    Histogram,
}

/// <summary>One instrument with one set of labels. All members are thread-safe.</summary>
internal sealed class MetricSeries(string labels, double[] bounds)
{
    private readonly Lock _gate = new();
    private readonly long[] _buckets = new long[bounds.Length + 1];
    private double _sum;
    private long _count;

    /// <summary>Adds to a counter or an up-down counter.</summary>
    public void Add(double value)
    {
        lock (_gate)
            _sum += value;
    }

    /// <summary>Sets an observed value.</summary>
    public void Set(double value)
    {
        lock (_gate)
            _sum = value;
    }

    /// <summary>Records one measurement of a distribution.</summary>
    public void Record(double value)
    {
        var bucket = Array.BinarySearch(bounds, value);
        lock (_gate)
        {
            _buckets[bucket < 0 ? ~bucket : bucket]++;
            _sum += value;
            _count++;
        }
    }

    /// <summary>Writes the lines of the series.</summary>
    public void Write(StringBuilder text, string name, MetricKind kind)
    {
        lock (_gate)
        {
            if (kind != MetricKind.Histogram)
            {
                text.Append(name).Append(Braces(labels)).Append(' ').Append(Number(_sum)).Append('\n');
                return;
            }

            long below = 0;
            for (var i = 0; i <= bounds.Length; i++)
            {
                below += _buckets[i];
                var bound = i == bounds.Length ? "+Inf" : Number(bounds[i]);
                var separator = labels.Length == 0 ? "" : ",";
                text.Append(name).Append("_bucket{").Append(labels).Append(separator).Append("le=\"").Append(bound).Append("\"} ").Append(below).Append('\n');
            }

            text.Append(name).Append("_sum").Append(Braces(labels)).Append(' ').Append(Number(_sum)).Append('\n');
            text.Append(name).Append("_count").Append(Braces(labels)).Append(' ').Append(_count).Append('\n');
        }
    }

    private static string Braces(string labels) => labels.Length == 0 ? "" : "{" + labels + "}";

    private static string Number(double value) => double.IsPositiveInfinity(value) ? "+Inf" : value.ToString("R", CultureInfo.InvariantCulture);
}
