namespace Workflows.Supervision.Sampling;

/// <summary>检验报告: what a laboratory found.</summary>
/// <param name="Number">Number of the report.</param>
/// <param name="ReportedOn">Its date.</param>
/// <param name="Passed">Whether the sample meets the standard.</param>
/// <param name="Detail">What was measured, by which standard.</param>
/// <param name="Microbial">Whether a microbiological value failed; such a result is not tested again.</param>
public sealed record TestReport(string Number, DateOnly ReportedOn, bool Passed, string Detail, bool Microbial = false);

/// <summary>复检申请 of the party.</summary>
/// <param name="AskedOn">Local date on which it was handed in.</param>
/// <param name="Reason">Its reason.</param>
public sealed record RetestRequest(DateOnly AskedOn, string Reason);

/// <summary>抽样: a sample taken at a visit, with what became of it. It is a part of the visit at which it was taken.</summary>
public sealed record Sample
{
    /// <summary>Number within the visit, from 1.</summary>
    public required int Ordinal { get; init; }

    /// <summary>抽样单编号.</summary>
    public required string Number { get; init; }

    /// <summary>Item of the checklist that the test answers.</summary>
    public required string ItemCode { get; init; }

    /// <summary>What was sampled.</summary>
    public required string Product { get; init; }

    /// <summary>Batch or date of production.</summary>
    public required string Batch { get; init; }

    /// <summary>How much was taken.</summary>
    public required string Quantity { get; init; }

    /// <summary>Whether a sealed second sample is kept; without it nothing can be tested again.</summary>
    public bool BackupKept { get; init; }

    /// <summary>Laboratory.</summary>
    public required string Laboratory { get; init; }

    /// <summary>Two officers or more who took it.</summary>
    public required IReadOnlyList<string> OfficerIds { get; init; }

    /// <summary>When it was taken, UTC.</summary>
    public required DateTimeOffset TakenAt { get; init; }

    /// <summary>Report, or null while the laboratory works.</summary>
    public TestReport? Report { get; init; }

    /// <summary>Local date on which the failed result was served on the party, or null.</summary>
    public DateOnly? ToldOn { get; init; }

    /// <summary>The party's application, or null.</summary>
    public RetestRequest? Retest { get; init; }

    /// <summary>Report of the second test, which stands in place of the first; or null.</summary>
    public TestReport? RetestReport { get; init; }

    /// <summary>Finding made of a failed test, or null.</summary>
    public string? FindingId { get; init; }

    /// <summary>Whether a laboratory still has it: the first report is not there, or the second test that the party asked for.</summary>
    public bool IsAtLaboratory => Report is null || (Retest is not null && RetestReport is null);

    /// <summary>The report that counts now.</summary>
    public TestReport? Standing => RetestReport ?? Report;
}
