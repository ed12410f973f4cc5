using System.Text.Json;

namespace Workflows.Host.Benchmarks;

/// <summary>The one line that a benchmark prints: JSON with camel-case names, rates rounded so that noise does not look like precision.</summary>
internal static class BenchmarkLine
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>The line.</summary>
    public static string Of<T>(T figures) => JsonSerializer.Serialize(figures, Options);

    /// <summary>A share to three decimals; null stays null.</summary>
    public static double? Share(double? value) => value is { } counted ? Math.Round(counted, 3) : null;

    /// <summary>A rate to three significant digits.</summary>
    public static double Rate(double value)
    {
        if (value <= 0 || !double.IsFinite(value))
        {
            return 0;
        }

        var scale = Math.Pow(10, Math.Floor(Math.Log10(value)) - 2);
        return Math.Round(Math.Round(value / scale) * scale, 3);
    }
}
