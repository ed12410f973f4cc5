using System.Text.Json;
using System.Text.Json.Serialization;

namespace Workflows.Host.Tests.Leads;

/// <summary>A report as a client sends it.</summary>
internal sealed record Report
{
    public string Trigger { get; init; } = "Complaint12345";

    public string Source { get; init; } = "12345";

    public string? ExternalNumber { get; init; }

    public string Area { get; init; } = "330203001";

    public string? Address { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Latitude { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Longitude { get; init; }

    public string? MatterCode { get; init; }

    public string Text { get; init; } = "";

    public DateTimeOffset? OccurredAt { get; init; }

    public object? ReportedBy { get; init; }
}

internal static class Reports
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>A report at an address of its own.</summary>
    public static Report Of(string number, string text) => new() { ExternalNumber = number, Text = text, Address = "样例路" + number.Split('-')[0] };

    public static string Json(Report report) => JsonSerializer.Serialize(report, Web);
}
