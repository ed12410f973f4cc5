using Workflows.Supervision.Inspections;
using Workflows.Supervision.Merging;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Rosters;

namespace Workflows.Supervision.Measures;

/// <summary>Measures of visits and draws.</summary>
internal static class VisitMeasures
{
    private static readonly string[] Recorded = [nameof(VisitState.Recorded)];

    /// <summary>Visits that ended in the period with a record.</summary>
    public static async ValueTask<IReadOnlyList<VisitFact>> VisitsAsync(MeasureReading reading, CancellationToken ct)
    {
        var visits = new List<VisitFact>();
        foreach (var fact in await reading.ReadAsync<Visit>(["endedAt", "attendances"], ct, Recorded, years: 1))
        {
            var on = MeasureReading.DayOf(fact.Parts[0]);
            if (reading.Holds(on))
            {
                visits.Add(new VisitFact(fact, on!.Value, MeasureReading.List<Attendance>(fact.Parts[1])));
            }
        }

        return visits;
    }

    public static async ValueTask<IReadOnlyList<MeasureRow>> JointAsync(MeasureReading reading, CancellationToken ct) =>
        [.. (await VisitsAsync(reading, ct)).Where(v => v.IsJoint).Select(v => v.Row())];

    public static async ValueTask<IReadOnlyList<MeasureRow>> AvoidedAsync(MeasureReading reading, CancellationToken ct)
    {
        var visits = await VisitsAsync(reading, ct);
        var rows = visits.Where(v => v.IsJoint).Select(v => v.Row() with { Amount = v.Departments.Count - 1, Detail = "到场部门数减一" }).ToList();
        foreach (var fact in await reading.ReadAsync<MergeProposal>(["parts"], ct, [nameof(MergeState.Accepted)], years: 1))
        {
            if (fact.Kind != nameof(MergeKind.SharedTrip))
            {
                continue;
            }

            // A trip that was accepted and not made spares nobody a visit.
            var cases = MeasureReading.List<MergePart>(fact.Parts[0]).Select(p => p.CaseId).ToHashSet(StringComparer.Ordinal);
            var trips = visits.Where(v => cases.Contains(v.Fact.CaseId ?? "")).GroupBy(v => v.On).Select(day => (On: day.Key, Visits: day.DistinctBy(v => v.Fact.CaseId).ToList()));
            rows.AddRange(trips.Where(t => t.Visits.Count > 1).OrderBy(t => t.On).Take(1).Select(t => new MeasureRow
            {
                Id = fact.Id, Area = fact.Area, On = t.On, Amount = t.Visits.Count - 1, Detail = "同日一同上门并形成笔录的检查数减一",
                Departments = [.. t.Visits.SelectMany(v => v.Departments).Distinct(StringComparer.Ordinal)],
            }));
        }

        return rows;
    }

    public static async ValueTask<IReadOnlyList<MeasureRow>> CrossAsync(MeasureReading reading, CancellationToken ct) =>
        [.. (await VisitsAsync(reading, ct)).Select(v => v.Row() with { Counts = v.IsJoint })];

    public static async ValueTask<IReadOnlyList<MeasureRow>> ProblemsAsync(MeasureReading reading, CancellationToken ct)
    {
        var visits = await VisitsAsync(reading, ct);
        var found = (await reading.ReadAsync<Finding>(["visitId", "sealed"], ct, years: 1)).Where(f => !Said(f.Parts[1])).CountBy(f => f.Parts[0] ?? "").ToDictionary(StringComparer.Ordinal);
        return [.. visits.Select(v => v.Row() with { Counts = found.ContainsKey(v.Fact.Id), Detail = $"发现问题{found.GetValueOrDefault(v.Fact.Id)}项" })];
    }

    public static async ValueTask<IReadOnlyList<MeasureRow>> ScansAsync(MeasureReading reading, CancellationToken ct)
    {
        var visits = await VisitsAsync(reading, ct);
        var scanned = (await reading.ReadAsync<VisitCode>(["visitId"], ct, ["Scanned"], years: 1)).Select(c => c.Parts[0]).ToHashSet(StringComparer.Ordinal);
        return [.. visits.Select(v => v.Row() with { Counts = scanned.Contains(v.Fact.Id) })];
    }

    public static async ValueTask<IReadOnlyList<MeasureRow>> ParticipationAsync(MeasureReading reading, CancellationToken ct)
    {
        var times = (await VisitsAsync(reading, ct)).SelectMany(v => v.Attendances).SelectMany(a => a.OfficerIds).CountBy(o => o).ToDictionary(StringComparer.Ordinal);
        return [.. (await reading.ReadAsync<OfficerRecord>([], ct, [nameof(OfficerStatus.Active)]))
            .Select(o => new MeasureRow { Id = o.Id, Area = o.Area, Departments = o.Department is { } d ? [d] : [], Counts = times.ContainsKey(o.Id) })];
    }

    // What equipment recorded counts when both reviews let it be used; a copy in another case is the same check.
    public static async ValueTask<IReadOnlyList<MeasureRow>> OffSiteAsync(MeasureReading reading, CancellationToken ct)
    {
        var rows = new List<MeasureRow>();
        foreach (var fact in await reading.ReadAsync<Evidence>(["monitoring.device", "review.legal.at", "review.legalPassed", "review.technical.at", "review.technicalPassed", "copyOf", "holder"], ct, years: 1))
        {
            var (legal, technical) = (MeasureReading.DayOf(fact.Parts[1]), MeasureReading.DayOf(fact.Parts[3]));
            var on = legal > technical ? legal : technical;
            if (fact.Parts[0] is { } device && fact.Parts[5] is null && Said(fact.Parts[2]) && Said(fact.Parts[4]) && legal is not null && technical is not null && reading.Holds(on))
            {
                rows.Add(new MeasureRow { Id = fact.Id, CaseId = fact.CaseId, Area = fact.Area, On = on, Detail = $"设备{device}", Departments = fact.Parts[6] is { } holder ? [holder] : [] });
            }
        }

        return rows;
    }

    public static async ValueTask<IReadOnlyList<MeasureRow>> YearOnYearAsync(MeasureReading reading, MeasureReading before, CancellationToken ct) =>
        [.. (await VisitsAsync(reading, ct)).Select(v => v.Row()), .. (await VisitsAsync(before, ct)).Select(v => v.Row() with { Counts = false, Detail = "上年同期" })];

    public static async ValueTask<IReadOnlyList<MeasureRow>> DrawsAsync(MeasureReading reading, bool targets, CancellationToken ct)
    {
        var rows = new List<MeasureRow>();
        foreach (var fact in await reading.ReadAsync<InspectionPlan>(["draw.at", "draw.targets", "departments"], ct))
        {
            var on = MeasureReading.DayOf(fact.Parts[0]);
            if (reading.Holds(on))
            {
                var drawn = MeasureReading.List<string>(fact.Parts[1]).Count;
                rows.Add(new MeasureRow
                {
                    Id = fact.Id, Area = fact.Area, On = on, Amount = targets ? drawn : 1, Detail = $"抽中{drawn}家",
                    Departments = [.. MeasureReading.List<PlanDepartment>(fact.Parts[2]).Select(d => d.Code)],
                });
            }
        }

        return rows;
    }

    // Databases cut a truth out of JSON in their own ways.
    internal static bool Said(string? truth) => truth is "true" or "1";

    /// <summary>A visit with a record.</summary>
    internal sealed record VisitFact(Fact Fact, DateOnly On, IReadOnlyList<Attendance> Attendances)
    {
        public IReadOnlyList<string> Departments { get; } = [.. Attendances.Select(a => a.Department).Distinct(StringComparer.Ordinal)];

        public bool IsJoint => Departments.Count > 1;

        public MeasureRow Row() => new() { Id = Fact.Id, CaseId = Fact.CaseId, Area = Fact.Area, On = On, Departments = Departments };
    }
}
