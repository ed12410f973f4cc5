using System.Text;
using System.Text.Json;
using Workflows.Host.Json;
using Workflows.Host.Problems;
using Workflows.Supervision.Leads;

namespace Workflows.Host.Api.Leads;

/// <summary>Reports that came together: one JSON array, or one object on each line (NDJSON). A line that cannot be read is refused alone.</summary>
/// <param name="Leads">Those that could be read, with their places.</param>
/// <param name="Unreadable">Those that could not.</param>
internal sealed record LeadBatch(IReadOnlyList<(int Position, NewLead Lead)> Leads, IReadOnlyList<IntakeResult> Unreadable)
{
    /// <summary>Most reports of a batch.</summary>
    public const int Most = 500;

    /// <summary>Largest body in bytes.</summary>
    public const long LargestBody = 4 << 20;

    /// <summary>Content type of one object on each line.</summary>
    public const string Lines = "application/x-ndjson";

    /// <summary>Reads the body.</summary>
    public static async Task<LeadBatch> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var leads = new List<(int, NewLead)>();
        var unreadable = new List<IntakeResult>();
        var position = 0;
        var byLine = request.ContentType?.StartsWith(Lines, StringComparison.OrdinalIgnoreCase) == true;
        await foreach (var read in byLine ? LinesAsync(request, cancellationToken) : ElementsAsync(request, cancellationToken))
        {
            if (position == Most)
                throw new RefusedException(new Refusal(422, "too-many-leads", "", $"一次至多报送{Most}条线索：请分批报送。"));
            try
            {
                leads.Add((position, read() ?? throw new JsonException("应为对象。")));
            }
            catch (JsonException wrong)
            {
                var problem = MalformedJson.Of(wrong);
                unreadable.Add(new IntakeResult(position, IntakeOutcome.Refused, null, null, [], problem.Code, problem.Field, problem.Detail));
            }

            position++;
        }

        return position > 0 ? new LeadBatch(leads, unreadable) : throw new RefusedException(new Refusal(422, "no-leads", "", "没有线索：请以JSON数组或每行一个JSON对象（application/x-ndjson）报送。"));
    }

    /// <summary>The answers of the intake at the places of the reports, with those that could not be read.</summary>
    public IReadOnlyList<IntakeResult> Answers(IReadOnlyList<IntakeResult> taken) =>
        [.. taken.Select((result, index) => result with { Position = Leads[index].Position }).Concat(Unreadable).OrderBy(result => result.Position)];

    private static async IAsyncEnumerable<Func<NewLead?>> LinesAsync(HttpRequest request, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8, leaveOpen: true);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line))
                yield return () => JsonSerializer.Deserialize<NewLead>(line, HostJson.Options);
        }
    }

    private static async IAsyncEnumerable<Func<NewLead?>> ElementsAsync(HttpRequest request, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var document = await JsonDocument.ParseAsync(request.Body, new JsonDocumentOptions { MaxDepth = 16 }, cancellationToken);
        if (document.RootElement.ValueKind != JsonValueKind.Array)
            throw new RefusedException(new Refusal(422, "no-leads", "", "应为JSON数组，或以 application/x-ndjson 每行一个JSON对象报送。"));
        foreach (var element in document.RootElement.EnumerateArray())
            yield return () => element.Deserialize<NewLead>(HostJson.Options);
    }
}
