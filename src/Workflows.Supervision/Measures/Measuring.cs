using Workflows.Supervision.Leads;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Measures;

/// <summary>Counts measures. A figure is always made of the rows that can be shown for it.</summary>
/// <param name="facts">The facts.</param>
public sealed class Measuring(IFactSource facts)
{
    /// <summary>The rows behind a measure, with the figure.</summary>
    /// <param name="definition">Which measure.</param>
    /// <param name="scope">Period and scope.</param>
    /// <param name="calendar">Calendar of working days.</param>
    /// <param name="today">Today, in China: what is due later has not passed.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async ValueTask<(MeasureValue Value, IReadOnlyList<MeasureRow> Rows)> CountAsync(
        MeasureDefinition definition, MeasureScope scope, WorkCalendar calendar, DateOnly today, CancellationToken cancellationToken = default)
    {
        var reading = new MeasureReading(facts, scope, calendar, today);
        var before = new MeasureReading(facts, scope with { From = scope.From.AddYears(-1), To = scope.To.AddYears(-1) }, calendar, today);
        var rows = await RowsAsync(definition.Code, reading, before, cancellationToken);
        if (scope.Department is { } department)
        {
            rows = [.. rows.Where(r => r.Departments.Contains(department))];
        }

        return (MeasureValue.Of(definition, scope, rows, reading.Statements + before.Statements), rows);
    }

    private static ValueTask<IReadOnlyList<MeasureRow>> RowsAsync(string code, MeasureReading reading, MeasureReading before, CancellationToken ct) => code switch
    {
        "joint-visits" => VisitMeasures.JointAsync(reading, ct),
        "avoided-visits" => VisitMeasures.AvoidedAsync(reading, ct),
        "double-random-draws" => VisitMeasures.DrawsAsync(reading, targets: false, ct),
        "double-random-targets" => VisitMeasures.DrawsAsync(reading, targets: true, ct),
        "cross-department-rate" => VisitMeasures.CrossAsync(reading, ct),
        "on-time-rate" => HandlingMeasures.OnTimeAsync(reading, ct),
        "participation" => VisitMeasures.ParticipationAsync(reading, ct),
        "in-grid-closure" => LeadMeasures.InGridAsync(reading, ct),
        "lead-time" => HandlingMeasures.LeadTimeAsync(reading, ct),
        "split-ways-rate" => HandlingMeasures.WaysAsync(reading, null, ct),
        "case-days-simple" => HandlingMeasures.WaysAsync(reading, ProcedureKind.Simple, ct),
        "case-days-fast" => HandlingMeasures.WaysAsync(reading, ProcedureKind.Fast, ct),
        "case-days-ordinary" => HandlingMeasures.WaysAsync(reading, ProcedureKind.Ordinary, ct),
        "field-coverage" => LeadMeasures.FieldsAsync(reading, ct),
        "dormant-matters" => LeadMeasures.DormantAsync(reading, ct),
        "delegated-use-rate" => LeadMeasures.DelegatedAsync(reading, ct),
        "share-service" => LeadMeasures.ShareAsync(reading, ResponseClass.Service, ct),
        "share-management" => LeadMeasures.ShareAsync(reading, ResponseClass.Management, ct),
        "share-enforcement" => LeadMeasures.ShareAsync(reading, ResponseClass.Enforcement, ct),
        "problem-rate" => VisitMeasures.ProblemsAsync(reading, ct),
        "rectified-on-time" => HandlingMeasures.RectifiedAsync(reading, ct),
        "published-on-time" => HandlingMeasures.PublishedAsync(reading, ct),
        "scan-rate" => VisitMeasures.ScansAsync(reading, ct),
        "off-site-checks" => VisitMeasures.OffSiteAsync(reading, ct),
        "checks-year-on-year" => VisitMeasures.YearOnYearAsync(reading, before, ct),
        _ => throw new ArgumentException($"No measure is named {code}.", nameof(code)),
    };
}
