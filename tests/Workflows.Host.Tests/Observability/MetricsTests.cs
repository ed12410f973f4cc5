using System.Diagnostics.Metrics;
using System.Net;
using Workflows.Host.Observability;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Observability;

public sealed class MetricsTests
{
    [Fact]
    public void Counters_gauges_and_histograms_are_written_in_the_text_format()
    {
        using var exporter = new PrometheusExporter();
        using var meter = new Meter("Workflows.Tests.Shapes");
        var counter = meter.CreateCounter<long>("shapes.served", description: "Shapes\nserved");
        counter.Add(2, new KeyValuePair<string, object?>("kind", "a\"b\\c"));
        counter.Add(3, new KeyValuePair<string, object?>("kind", "a\"b\\c"));
        var level = meter.CreateUpDownCounter<int>("shapes.open");
        level.Add(5);
        level.Add(-2);
        meter.CreateObservableGauge("shapes.depth", () => 7.5, unit: "s");
        var latency = meter.CreateHistogram("shapes.latency", "s", null, null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] });
        latency.Record(0.05);
        latency.Record(0.1);
        latency.Record(0.5);
        latency.Record(20);

        var lines = exporter.Write().Split('\n').Where(line => line.Contains("shapes_", StringComparison.Ordinal)).ToArray();
        string[] expected =
        [
            "# HELP shapes_depth_seconds shapes.depth",
            "# TYPE shapes_depth_seconds gauge",
            "shapes_depth_seconds 7.5",
            "# HELP shapes_latency_seconds shapes.latency",
            "# TYPE shapes_latency_seconds histogram",
            "shapes_latency_seconds_bucket{le=\"0.1\"} 2",
            "shapes_latency_seconds_bucket{le=\"1\"} 3",
            "shapes_latency_seconds_bucket{le=\"+Inf\"} 4",
            "shapes_latency_seconds_sum 20.65",
            "shapes_latency_seconds_count 4",
            "# HELP shapes_open shapes.open",
            "# TYPE shapes_open gauge",
            "shapes_open 3",
            "# HELP shapes_served_total Shapes served",
            "# TYPE shapes_served_total counter",
            "shapes_served_total{kind=\"a\\\"b\\\\c\"} 5",
        ];
        Assert.Equal(expected, lines);
    }

    [Fact]
    public void Labels_from_outside_cannot_fill_the_memory()
    {
        using var exporter = new PrometheusExporter();
        using var meter = new Meter("Workflows.Tests.Flood");
        var counter = meter.CreateCounter<long>("flood");
        for (var i = 0; i < PrometheusExporter.MaximumSeries + 500; i++)
            counter.Add(1, new KeyValuePair<string, object?>("path", i));
        Assert.Equal(PrometheusExporter.MaximumSeries, exporter.Write().Split('\n').Count(line => line.StartsWith("flood_total{", StringComparison.Ordinal)));
    }
}

[Collection(SharedService.Name)]
public sealed class HealthTests(ServiceUnderTest service)
{
    [Fact]
    public async Task A_running_service_is_alive_and_ready_and_measures_its_requests()
    {
        using var anonymous = service.Anonymous();
        Assert.Equal(HttpStatusCode.OK, (await anonymous.GetAsync(new Uri("/health/live", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await anonymous.GetAsync(new Uri("/health/ready", UriKind.Relative))).StatusCode);
        // A request is measured once it is over, which may be a little after its answer has arrived.
        var metrics = "";
        for (var tries = 0; tries < 50 && !metrics.Contains("http_server_request_duration_seconds_count", StringComparison.Ordinal); tries++)
            metrics = await anonymous.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        Assert.Contains("http_server_request_duration_seconds_count", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_are_refused_to_strangers_behind_a_proxy()
    {
        using var anonymous = service.Anonymous();
        anonymous.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");
        await (await anonymous.GetAsync(new Uri("/metrics", UriKind.Relative))).RefusedAsync(403, "forbidden", "");
    }
}
