using Workflows.Supervision.Catalogues;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Measures;

/// <summary>Measures of leads and of what the catalogues give powers for.</summary>
internal static class LeadMeasures
{
    private static readonly string[] Closed = [nameof(LeadState.Closed)];

    public static async ValueTask<IReadOnlyList<MeasureRow>> InGridAsync(MeasureReading reading, CancellationToken ct) =>
        [.. (await ClosedAsync(reading, ["closing.at", "closing.inGrid", "transfer.receiver", "reportedBy.capacity"], ct)).Where(l => l.Parts[2] is null)
            .Select(l => Row(l) with { Counts = l.Parts[1] is "true" or "1", Detail = l.Parts[3] is { } capacity && GridCapacity.Knows(capacity) ? $"{capacity}上报" : null })];

    public static async ValueTask<IReadOnlyList<MeasureRow>> ShareAsync(MeasureReading reading, ResponseClass share, CancellationToken ct) =>
        [.. (await ClosedAsync(reading, ["closing.at", "closing.class"], ct)).Where(l => l.Parts[1] is not null)
            .Select(l => Row(l) with { Counts = l.Parts[1] == share.ToString(), Detail = NameOf(l.Parts[1]) })];

    public static async ValueTask<IReadOnlyList<MeasureRow>> FieldsAsync(MeasureReading reading, CancellationToken ct)
    {
        var used = await UsedAsync(reading, ct);
        return [.. (await MattersAsync(reading, ct)).Where(m => m.Version.Field is not null).GroupBy(m => m.Version.Field!, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new MeasureRow
            {
                Id = g.Key, Counts = g.Any(m => used.Contains(m.Code)), Detail = $"有效事项{g.Count()}项",
                Departments = [.. g.SelectMany(m => new[] { m.Version.Managing, m.Version.Enforcing }).Distinct(StringComparer.Ordinal)],
            })];
    }

    public static async ValueTask<IReadOnlyList<MeasureRow>> DormantAsync(MeasureReading reading, CancellationToken ct)
    {
        var used = await UsedAsync(reading, ct);
        return [.. (await MattersAsync(reading, ct)).Select(m => new MeasureRow
        {
            Id = m.Id, Area = m.Area, Departments = [.. new[] { m.Version.Managing, m.Version.Enforcing }.Distinct(StringComparer.Ordinal)], Counts = !used.Contains(m.Code), Detail = m.Version.Name,
        }).Where(r => r.Counts)];
    }

    public static async ValueTask<IReadOnlyList<MeasureRow>> DelegatedAsync(MeasureReading reading, CancellationToken ct)
    {
        var used = (await ClosedAsync(reading, ["closing.at", "matterCode"], ct)).Where(l => l.Department == Delegation.TownDepartment && l.Area is { Length: >= 9 })
            .Select(l => Delegation.IdOf(l.Area![..9], l.Parts[1] ?? "")).ToHashSet(StringComparer.Ordinal);
        return [.. (await reading.ReadAsync<Delegation>(["terms"], ct))
            .Where(d => MeasureReading.List<DelegationTerm>(d.Parts[0]).LastOrDefault(t => t.From <= reading.Scope.To) is { } term && (term.To is null || reading.Scope.To <= term.To))
            .Select(d => new MeasureRow { Id = d.Id, Area = d.Area, Departments = [Delegation.TownDepartment], Counts = used.Contains(d.Id) })];
    }

    private static async ValueTask<IReadOnlyList<Fact>> ClosedAsync(MeasureReading reading, IReadOnlyList<string> paths, CancellationToken ct) =>
        [.. (await reading.ReadAsync<Lead>(paths, ct, Closed, years: 1)).Where(l => reading.Holds(MeasureReading.DayOf(l.Parts[0])))];

    private static string? NameOf(string? response) => response switch
    {
        nameof(ResponseClass.Service) => "服务",
        nameof(ResponseClass.Management) => "管理",
        nameof(ResponseClass.Enforcement) => "执法",
        _ => response,
    };

    private static MeasureRow Row(Fact lead) => new()
    {
        Id = lead.Id, CaseId = lead.CaseId, Area = lead.Area, On = MeasureReading.DayOf(lead.Parts[0]), Departments = lead.Department is { } department ? [department] : [],
    };

    // A matter is used where somebody reported it or a check found it.
    private static async ValueTask<HashSet<string>> UsedAsync(MeasureReading reading, CancellationToken ct)
    {
        var leads = await reading.DistinctAsync<Lead>("matterCode", ct);
        var findings = await reading.DistinctAsync<Finding>("itemCode", ct);
        return leads.Concat(findings).ToHashSet(StringComparer.Ordinal);
    }

    // The catalogue of the city holds for its districts: a scope below a city sees the city's entries too.
    private static async ValueTask<List<(string Id, string Code, string? Area, MatterVersion Version)>> MattersAsync(MeasureReading reading, CancellationToken ct)
    {
        var area = reading.Scope.Area;
        var day = reading.Scope.To;
        return [.. (await reading.ReadAsync<CatalogueMatter>(["versions"], ct, everywhere: true))
            .Where(m => area is null || m.Area is null || m.Area.StartsWith(area, StringComparison.Ordinal) || area.StartsWith(m.Area, StringComparison.Ordinal))
            .Select(m => (m.Id, Code: m.Kind!, m.Area, Version: MeasureReading.List<MatterVersion>(m.Parts[0]).LastOrDefault(v => v.From <= day)))
            .Where(m => m.Version is { } version && (version.To is null || day <= version.To)).Select(m => (m.Id, m.Code, m.Area, m.Version!))];
    }
}
