namespace Workflows.Supervision.Sampling;

/// <summary>A sample as officers record it on the spot.</summary>
/// <param name="ItemCode">Item of the checklist that the test answers.</param>
/// <param name="Number">抽样单编号.</param>
/// <param name="Product">What was sampled.</param>
/// <param name="Batch">Batch or date of production.</param>
/// <param name="Quantity">How much.</param>
/// <param name="Laboratory">Laboratory.</param>
/// <param name="OfficerIds">Two officers of the team or more.</param>
/// <param name="BackupKept">Whether a sealed second sample is kept.</param>
public sealed record SampleTaken(
    string ItemCode, string Number, string Product, string Batch, string Quantity, string Laboratory, IReadOnlyList<string> OfficerIds, bool BackupKept = true);

/// <summary>Report on one sample.</summary>
/// <param name="Ordinal">Number of the sample within the visit.</param>
/// <param name="Report">The report.</param>
/// <param name="EvidenceIds">The report as evidence.</param>
public sealed record SampleReport(int Ordinal, TestReport Report, IReadOnlyList<string>? EvidenceIds = null);

/// <summary>The party asks for a second test.</summary>
/// <param name="Ordinal">Number of the sample within the visit.</param>
/// <param name="Reason">Its reason.</param>
public sealed record AskRetest(int Ordinal, string Reason);
