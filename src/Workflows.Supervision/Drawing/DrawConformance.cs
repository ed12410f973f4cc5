using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Workflows.Supervision.Conformance;

namespace Workflows.Supervision.Drawing;

/// <summary>
/// Runs a file of draw vectors: pool text and hash, commitment, seed, order by tickets with the winning tickets, winners,
/// alternates and the officers' order. The blocks <c>efraimidisSpirakis</c>, <c>exactInclusionProbability…</c> and
/// <c>monteCarlo…</c> are for comparison and are not run.
/// </summary>
public static class DrawConformance
{
    /// <summary>Runs one document, or an array of documents of the same form.</summary>
    public static ConformanceReport Run(JsonDocument document)
    {
        var run = new Tally();
        if (document.RootElement.ValueKind == JsonValueKind.Array)
        {
            var i = 0;
            foreach (var item in document.RootElement.EnumerateArray())
            {
                Run(item, $"$[{i++}]", run);
            }
        }
        else
        {
            Run(document.RootElement, "$", run);
        }

        return new ConformanceReport(run.Passed, run.Failures.ToImmutable());
    }

    private static void Run(JsonElement vector, string at, Tally run)
    {
        try
        {
            var pool = Pool(Text(vector, "poolText"));
            run.Check($"{at}.poolHash", Text(vector, "poolHash"), pool.Hash);
            var secret = DrawSecret.FromHex(Text(vector, "serverSecretHex"));
            run.Check($"{at}.commitment", Text(vector, "commitment"), secret.Commitment);
            var drawId = Text(vector, "drawId");
            var seed = Draw.Seed(drawId, pool.Hash, secret.Reveal(), Text(vector, "publicEntropy"));
            run.Check($"{at}.seedHex", Text(vector, "seedHex"), Convert.ToHexStringLower(seed));
            if (vector.TryGetProperty("ticketMethod", out var method))
            {
                Tickets(method, $"{at}.ticketMethod", pool, drawId, seed, run);
            }

            if (vector.TryGetProperty("inspectorOrderForFirstTarget", out var inspectors))
            {
                var first = Draw.Run(new DrawTerms(drawId, "", "", "", 1, 0), pool, seed).Winners[0].Id;
                foreach (var department in inspectors.EnumerateObject())
                {
                    var expected = Names(department.Value);
                    var order = TeamDraw.Order(seed, drawId, first, department.Name, expected.Order(StringComparer.Ordinal));
                    run.Check($"{at}.inspectorOrderForFirstTarget.{department.Name}", string.Join(' ', expected), string.Join(' ', order.Select(o => o.OfficerId)));
                }
            }
        }
        catch (Exception e) when (e is DomainRuleException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            run.Failures.Add(new ConformanceFailure(at, $"无法执行：{e.Message}"));
        }
    }

    private static void Tickets(JsonElement method, string at, DrawPool pool, string drawId, byte[] seed, Tally run)
    {
        var winners = method.TryGetProperty("first3", out var first) ? Names(first) : [];
        var alternates = method.TryGetProperty("alternates", out var second) ? Names(second) : [];
        var outcome = Draw.Run(new DrawTerms(drawId, "", "", "", Math.Max(1, winners.Length), alternates.Length), pool, seed);
        var rows = outcome.Orders[0].Rows().ToDictionary(r => r.Id, StringComparer.Ordinal);
        run.Check($"{at}.order", string.Join(' ', Names(method.GetProperty("order"))), string.Join(' ', outcome.Orders[0].Rows().Select(r => r.Id)));
        if (method.TryGetProperty("winningTickets", out var tickets))
        {
            foreach (var ticket in tickets.EnumerateObject())
            {
                run.Check($"{at}.winningTickets.{ticket.Name}", ticket.Value.GetString()!, rows.TryGetValue(ticket.Name, out var row) ? row.Score : "");
            }
        }

        if (winners.Length > 0)
        {
            run.Check($"{at}.first3", string.Join(' ', winners), string.Join(' ', outcome.Winners.Select(w => w.Id)));
            run.Check($"{at}.alternates", string.Join(' ', alternates), string.Join(' ', outcome.Alternates.Select(w => w.Id)));
        }
    }

    internal static DrawPool Pool(string text) => DrawPool.Freeze(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select((line, i) =>
    {
        var parts = line.TrimEnd('\r').Split('|');
        return parts.Length is 3 or 4 && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var weight)
            ? new DrawCandidate(parts[0], parts[1], weight, parts.Length == 4 ? parts[3] : null)
            : throw new DomainRuleException("draw-pool-text-invalid", $"名录文本第 {i + 1} 行应为“编号|类别|权重”。", $"line {i + 1}");
    }));

    private static string Text(JsonElement owner, string name) => owner.GetProperty(name).GetString()!;

    private static string[] Names(JsonElement list) => [.. list.EnumerateArray().Select(n => n.GetString()!)];

    private sealed class Tally
    {
        public int Passed { get; private set; }

        public ImmutableArray<ConformanceFailure>.Builder Failures { get; } = ImmutableArray.CreateBuilder<ConformanceFailure>();

        public void Check(string place, string expected, string actual)
        {
            if (expected == actual)
            {
                Passed++;
            }
            else
            {
                Failures.Add(new ConformanceFailure(place, $"应为 {expected}，算得 {actual}"));
            }
        }
    }
}
