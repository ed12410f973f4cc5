using System.Globalization;
using Workflows.Supervision.CaseFilings;
using Workflows.Supervision.Deadlines;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Publication;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Measures;

/// <summary>Measures of limits, orders, publication and cases.</summary>
internal static class HandlingMeasures
{
    private const string Unit = "department:";

    public static async ValueTask<IReadOnlyList<MeasureRow>> OnTimeAsync(MeasureReading reading, CancellationToken ct)
    {
        var rows = new List<MeasureRow>();
        foreach (var fact in await reading.ReadAsync<StepLimit>(["dueAt", "heldBy"], ct, [nameof(StepLimitState.Kept), nameof(StepLimitState.Passed)]))
        {
            // A limit in days is due at the first instant of the next day.
            var on = fact.Parts[0] is { } due ? ShanghaiTime.DateOf(DateTimeOffset.Parse(due, System.Globalization.CultureInfo.InvariantCulture).AddTicks(-1)) : (DateOnly?)null;
            if (reading.Holds(on))
            {
                var holder = fact.Parts[1] ?? "";
                rows.Add(new MeasureRow
                {
                    Id = fact.Id, CaseId = fact.CaseId, Area = fact.Area, On = on, Counts = fact.State == nameof(StepLimitState.Kept), Detail = $"{fact.Kind} {(fact.State == nameof(StepLimitState.Kept) ? "按期完成" : "逾期")}",
                    Departments = holder.StartsWith(Unit, StringComparison.Ordinal) ? [holder[Unit.Length..]] : fact.Department is { } department ? [department] : [],
                });
            }
        }

        return rows;
    }

    public static async ValueTask<IReadOnlyList<MeasureRow>> RectifiedAsync(MeasureReading reading, CancellationToken ct)
    {
        var orders = await reading.ReadAsync<RectificationOrder>(
            ["items"], ct, [nameof(OrderState.Served), nameof(OrderState.Fulfilled), nameof(OrderState.Filed)]);
        var kept = (await reading.ReadAsync<Finding>(["sealed"], ct)).Where(f => VisitMeasures.Said(f.Parts[0])).Select(f => f.Id).ToHashSet(StringComparer.Ordinal);
        var proofs = (await reading.ReadAsync<RectificationProof>(["orderId", "items", "submittedAt"], ct)).ToLookup(p => p.Parts[0] ?? "", StringComparer.Ordinal);
        var rows = new List<MeasureRow>();
        foreach (var order in orders)
        {
            foreach (var item in MeasureReading.List<RectificationItem>(order.Parts[0]).Where(i => reading.HasPassed(i.Due) && i.State != RectificationItemState.Ended && !kept.Contains(i.FindingId)))
            {
                var handed = proofs[order.Id].Where(p => MeasureReading.List<int>(p.Parts[1]).Contains(item.Ordinal)).Select(p => MeasureReading.DayOf(p.Parts[2])).Max();
                rows.Add(new MeasureRow
                {
                    Id = $"{order.Id}/{item.Ordinal}", CaseId = order.CaseId, Area = order.Area, On = item.Due, Departments = order.Department is { } d ? [d] : [],
                    Counts = item.State == RectificationItemState.Rectified && handed <= item.Due && item.Term == 1,
                    Detail = $"期限{Shown(item.Due)}，{(handed is null ? "未提交证明" : $"{Shown(handed)}提交证明")}，{NameOf(item.State)}{(item.Term > 1 ? $"（第{item.Term}期）" : "")}",
                });
            }
        }

        return rows;
    }

    public static async ValueTask<IReadOnlyList<MeasureRow>> PublishedAsync(MeasureReading reading, CancellationToken ct)
    {
        var rows = new List<MeasureRow>();
        foreach (var fact in await reading.ReadAsync<PublicationEntry>(["publishBy", "publishedAt", "departments"], ct, [nameof(PublicationState.Prepared), nameof(PublicationState.Published), nameof(PublicationState.Withdrawn)]))
        {
            var (by, at) = (MeasureReading.Date(fact.Parts[0]), MeasureReading.DayOf(fact.Parts[1]));
            if (reading.HasPassed(by))
            {
                rows.Add(new MeasureRow
                {
                    Id = fact.Id, CaseId = fact.CaseId, Area = fact.Area, On = by, Counts = at is { } day && day <= by, Departments = [.. MeasureReading.List<string>(fact.Parts[2])],
                    Detail = $"期限{MeasureReading.Text(by)} 公示{MeasureReading.Text(at)}",
                });
            }
        }

        return rows;
    }

    public static async ValueTask<IReadOnlyList<MeasureRow>> LeadTimeAsync(MeasureReading reading, CancellationToken ct)
    {
        var rows = new List<MeasureRow>();
        foreach (var fact in await reading.ReadAsync<Case>(["closedAt", "departments"], ct, [nameof(CaseState.Closed)]))
        {
            var (opened, closed) = (ShanghaiTime.DateOf(fact.CreatedAt), MeasureReading.DayOf(fact.Parts[0]));
            if (reading.Holds(closed))
            {
                rows.Add(new MeasureRow
                {
                    Id = fact.Id, CaseId = fact.Id, Area = fact.Area, On = closed, Amount = WorkingDays(opened, closed!.Value, reading.Calendar),
                    Departments = [.. MeasureReading.List<CaseDepartment>(fact.Parts[1]).Select(d => d.Code)], Detail = $"立项{MeasureReading.Text(opened)}",
                });
            }
        }

        return rows;
    }

    /// <summary>Filings whose outcome came back, by the way on which they were handled; all ways where none is named.</summary>
    public static async ValueTask<IReadOnlyList<MeasureRow>> WaysAsync(MeasureReading reading, ProcedureKind? only, CancellationToken ct)
    {
        var rows = new List<MeasureRow>();
        foreach (var fact in await reading.ReadAsync<CaseFiling>(["procedure.way", "procedure.title", "filedOn", "concludedAt", "decideBy", "sealed"], ct, [nameof(FilingState.Concluded)]))
        {
            var (filed, concluded, by) = (MeasureReading.Date(fact.Parts[2]), MeasureReading.DayOf(fact.Parts[3]), MeasureReading.Date(fact.Parts[4]));
            if (!reading.Holds(concluded) || filed is null || !Enum.TryParse<ProcedureKind>(fact.Parts[0], out var way) || (only ?? way) != way || VisitMeasures.Said(fact.Parts[5]))
            {
                continue;
            }

            rows.Add(new MeasureRow
            {
                Id = fact.Id, CaseId = fact.CaseId, Area = fact.Area, On = concluded, Departments = fact.Department is { } department ? [department] : [], Counts = only is not null || way != ProcedureKind.Ordinary,
                Amount = WorkingDays(filed.Value, concluded!.Value, reading.Calendar), Detail = $"{fact.Parts[1]} 立案{MeasureReading.Text(filed)} 期限{MeasureReading.Text(by)} {(concluded <= by ? "按期" : "超期")}",
            });
        }

        return rows;
    }

    // The year stands with the period that is counted.
    private static string Shown(DateOnly? day) => day is { } date ? string.Create(CultureInfo.InvariantCulture, $"{date.Month}月{date.Day}日") : "未定";

    private static string NameOf(RectificationItemState state) => state switch
    {
        RectificationItemState.Open => "整改中",
        RectificationItemState.ProofSubmitted => "待核实",
        RectificationItemState.Rectified => "已改正",
        RectificationItemState.Overdue => "逾期未改正",
        RectificationItemState.Filed => "转立案",
        _ => "终止整改",
    };

    private static int WorkingDays(DateOnly after, DateOnly to, WorkCalendar calendar)
    {
        var days = 0;
        for (var day = after.AddDays(1); day <= to; day = day.AddDays(1))
        {
            days += calendar.IsWorkingDay(day) ? 1 : 0;
        }

        return days;
    }
}
