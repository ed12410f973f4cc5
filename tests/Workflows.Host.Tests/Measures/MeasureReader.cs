using System.Globalization;
using System.Text.Json.Nodes;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Measures;

/// <summary>Asks for figures over HTTP and counts them again from the exported rows, by the words of their definitions and without the product's code.</summary>
internal sealed class MeasureReader(ServiceUnderTest service, string query)
{
    /// <summary>Codes of all measures.</summary>
    public async Task<IReadOnlyList<string>> CodesAsync(string person = "supervisor")
    {
        using var client = await service.SamplePersonAsync(person);
        using var answer = await client.GetAsync(new Uri("/api/measures", UriKind.Relative));
        return [.. JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsArray().Select(definition => definition!["code"]!.GetValue<string>())];
    }

    /// <summary>A figure.</summary>
    public async Task<JsonObject> AskAsync(string code, string person = "supervisor", string more = "")
    {
        using var client = await service.SamplePersonAsync(person);
        using var answer = await client.GetAsync(new Uri($"/api/measures/{code}?{query}{more}", UriKind.Relative));
        return await answer.SucceededAsync();
    }

    /// <summary>The value of a figure; null where there is none.</summary>
    public async Task<decimal?> ValueAsync(string code, string person = "supervisor", string more = "") => (await AskAsync(code, person, more))["value"]?.GetValue<decimal>();

    /// <summary>Rows as they were exported: id, case, area, departments, day, whether it counts, amount, detail.</summary>
    public async Task<IReadOnlyList<string[]>> RowsAsync(string code, string person = "supervisor", string more = "")
    {
        using var client = await service.SamplePersonAsync(person);
        using var answer = await client.GetAsync(new Uri($"/api/measures/{code}/rows?{query}{more}&format=csv", UriKind.Relative));
        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        return [.. (await answer.Content.ReadAsStringAsync()).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(','))];
    }

    /// <summary>What the rows come to.</summary>
    public static decimal? Recount(string form, IReadOnlyList<string[]> rows)
    {
        decimal counting = rows.Count(row => row[5] == "是");
        return form switch
        {
            "Sum" => rows.Where(row => row[5] == "是").Sum(Amount),
            _ when rows.Count == 0 => null,
            "Mean" => Math.Round(rows.Sum(Amount) / rows.Count, 6),
            "Growth" => rows.Count == counting ? null : Math.Round(counting / (rows.Count - counting) - 1, 6),
            _ => Math.Round(counting / rows.Count, 6),
        };
    }

    private static decimal Amount(string[] row) => decimal.Parse(row[6], CultureInfo.InvariantCulture);
}
