namespace Workflows.Supervision.Measures;

/// <summary>How the value comes from the rows.</summary>
public enum MeasureForm
{
    /// <summary>Sum of the amounts of the rows that count.</summary>
    Sum,

    /// <summary>Rows that count, of all rows.</summary>
    Rate,

    /// <summary>Mean of the amounts of all rows.</summary>
    Mean,

    /// <summary>Rows that count (this period) against those that do not (the same period a year ago), less one.</summary>
    Growth,
}

/// <summary>What a measure means. It stands with every answer, so that no figure goes about without it.</summary>
/// <param name="Code">Stable code.</param>
/// <param name="Name">Name.</param>
/// <param name="Form">How the value comes from the rows.</param>
/// <param name="Unit">Unit of the value.</param>
/// <param name="Numerator">分子, in words.</param>
/// <param name="Denominator">分母, in words; null for a sum.</param>
/// <param name="PeriodRule">Which day puts a row into the period.</param>
public sealed record MeasureDefinition(string Code, string Name, MeasureForm Form, string Unit, string Numerator, string? Denominator, string PeriodRule);

/// <summary>Period and scope of a question.</summary>
/// <param name="From">First day, in China.</param>
/// <param name="To">Last day.</param>
/// <param name="Area">Code of the city, district or town; null for everything.</param>
/// <param name="Department">Only rows in which this department has a part; null for all.</param>
public sealed record MeasureScope(DateOnly From, DateOnly To, string? Area = null, string? Department = null);

/// <summary>A row behind a figure.</summary>
public sealed record MeasureRow
{
    /// <summary>Id of the record: a visit, a lead, a plan.</summary>
    public required string Id { get; init; }

    /// <summary>The case, or null.</summary>
    public string? CaseId { get; init; }

    /// <summary>Area, or null.</summary>
    public string? Area { get; init; }

    /// <summary>Departments that have a part in it.</summary>
    public IReadOnlyList<string> Departments { get; init; } = [];

    /// <summary>Day that puts it into the period; null where the whole stock is counted.</summary>
    public DateOnly? On { get; init; }

    /// <summary>Whether it counts in the numerator.</summary>
    public bool Counts { get; init; } = true;

    /// <summary>What it adds.</summary>
    public decimal Amount { get; init; } = 1;

    /// <summary>What the decision rests on, such as the day a paper was due and the day it was done.</summary>
    public string? Detail { get; init; }
}

/// <summary>A figure with what it means.</summary>
/// <param name="Definition">What it means.</param>
/// <param name="Scope">Period and scope.</param>
/// <param name="Numerator">The numerator.</param>
/// <param name="Denominator">The denominator; null for a sum.</param>
/// <param name="Value">The value; null where the denominator is 0.</param>
/// <param name="Rows">Rows behind it.</param>
/// <param name="Statements">Statements that the database was asked.</param>
public sealed record MeasureValue(MeasureDefinition Definition, MeasureScope Scope, decimal Numerator, decimal? Denominator, decimal? Value, int Rows, int Statements)
{
    /// <summary>The value of rows.</summary>
    public static MeasureValue Of(MeasureDefinition definition, MeasureScope scope, IReadOnlyList<MeasureRow> rows, int statements)
    {
        var counting = rows.Where(r => r.Counts).ToList();
        var (numerator, denominator) = definition.Form switch
        {
            MeasureForm.Sum => (counting.Sum(r => r.Amount), (decimal?)null),
            MeasureForm.Mean => (rows.Sum(r => r.Amount), rows.Count),
            MeasureForm.Growth => (counting.Count, rows.Count - counting.Count),
            _ => (counting.Count, rows.Count),
        };
        decimal? value = denominator is not { } of ? numerator : of == 0 ? null : Math.Round(numerator / of - (definition.Form == MeasureForm.Growth ? 1 : 0), 6);
        return new MeasureValue(definition, scope, numerator, denominator, value, rows.Count, statements);
    }
}
