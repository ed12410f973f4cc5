using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Exchange;

/// <summary>Orders of a hotline such as 12345 that come in as lines of a sheet: they keep their number and the deadline of their answer.</summary>
public static class LeadExchange
{
    private static readonly Dictionary<string, bool> YesOrNo = new(StringComparer.Ordinal) { ["是"] = true, ["否"] = false };

    /// <summary>The report behind a record; null after problems were reported on its line.</summary>
    /// <param name="record">The record; one line.</param>
    /// <param name="platform">The platform; its code is the source.</param>
    public static NewLead? Read(ExchangeRecord record, ExchangePlatform platform)
    {
        var row = record.Rows[^1];
        if (record.Rows.Count > 1)
        {
            row.Report("number", record.Number, "同一工单编号有多行。", "每个工单只填一行。");
        }

        var reporter = new LeadReporter(row.Text("reporterName"), row.Text("reporterContact"), null, row.Choice("confidential", YesOrNo) ?? false);
        var lead = new NewLead
        {
            Trigger = platform.Id == "12345" ? TriggerKind.Complaint12345 : TriggerKind.SuperiorAssign,
            Source = platform.Id,
            ExternalNumber = record.Number,
            Area = row.Text("area") ?? "",
            Grid = row.Text("grid"),
            Address = row.Text("address"),
            MatterCode = row.Text("matterCode"),
            Text = row.Text("text") ?? "",
            ReportedBy = reporter is { Name: null, Contact: null, Confidential: false } ? null : reporter,
            OccurredAt = row.Time("occurredAt"),
            ReplyDueAt = row.Deadline("replyDueAt"),
            TargetId = row.Text("targetId"),
        };
        return record.HasProblem ? null : lead;
    }
}
