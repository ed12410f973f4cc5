using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Exchange;

/// <summary>Orders of a hotline such as 12345 that come in as lines of a sheet: they keep their number and the deadline of their answer.</summary>
public static class LeadExchange
{
    private const int MostMerges = 8;

    private static readonly Dictionary<string, bool> YesOrNo = new(StringComparer.Ordinal) { ["是"] = true, ["否"] = false };

    // What another system can hand over; plans, milestones and re-inspections are made here.
    private static readonly Dictionary<string, TriggerKind> Triggers = new[]
    {
        TriggerKind.Complaint12345, TriggerKind.Report, TriggerKind.GridReport, TriggerKind.TransferIn, TriggerKind.SuperiorAssign, TriggerKind.SensorAlarm, TriggerKind.VideoAI, TriggerKind.DronePatrol,
        TriggerKind.LicenceEvent, TriggerKind.CreditEvent,
    }.ToDictionary(t => t.ChineseName(), StringComparer.Ordinal);

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
            Trigger = row.Choice("trigger", Triggers) is { } given ? given : platform.Id == "12345" ? TriggerKind.Complaint12345 : TriggerKind.SuperiorAssign,
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

    /// <summary>Notes that the source received the answer to one of its orders.</summary>
    /// <param name="session">The session.</param>
    /// <param name="index">Where leads are recognised: a repeat is known by its number there.</param>
    /// <param name="record">The record; one line.</param>
    /// <param name="platform">The platform; its code is the source.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The lead; null after problems were reported on the line.</returns>
    /// <exception cref="RuleViolationException"><c>lead-not-found</c> (404), <c>reply-missing</c>, <c>receipt-twice</c> (409).</exception>
    public static async ValueTask<Lead?> ReceiveAsync(ISupervisionSession session, ILeadIndex index, ExchangeRecord record, ExchangePlatform platform, CancellationToken cancellationToken = default)
    {
        var row = record.Rows[^1];
        var at = row.Time("receiptAt");
        if (record.Rows.Count > 1)
        {
            row.Report("number", record.Number, "同一工单编号有多行。", "每个工单只填一行。");
        }

        if (record.HasProblem || at is null)
        {
            return null;
        }

        var number = record.Number;
        var found = await session.ListAsync<Lead>(new AggregateFilter { Reference = $"{platform.Id}|{number}", Take = 1 }, cancellationToken);
        var lead = (found.Count > 0 ? found[0] : null)
            ?? await RepeatedAsync(session, index, platform.Id, number, cancellationToken)
            ?? throw Refusal.NotFound("lead-not-found", "number", $"没有编号为“{number}”的工单，请核对。");
        // What was merged is answered where it was merged into.
        for (var step = 0; lead.DuplicateOf is { } into && step < MostMerges; step++)
        {
            lead = await session.GetAsync<Lead>(into, "number", "线索", cancellationToken);
        }

        if (lead.Closing?.Reply is null)
        {
            throw Refusal.Conflict("reply-missing", "number", "此工单尚未答复，不能登记回执。");
        }

        if (lead.Numbers.FirstOrDefault(n => n.Names(platform.Id, number))?.Receipt is not null)
        {
            throw Refusal.Conflict("receipt-twice", "number", "此工单的答复已有回执。");
        }

        var receipt = new LeadReceipt(row.Text("receiptNumber") ?? "", at.Value);
        var received = lead.Source == platform.Id && lead.ExternalNumber == number
            ? lead with { ReplyReceipt = receipt }
            : lead with { Aliases = [.. lead.Aliases.Select(a => a.Names(platform.Id, number) ? a with { Receipt = receipt } : a)] };
        return session.Update(received, "lead.reply-received", ("receipt", receipt.Number), ("number", number));
    }

    // The same report under another number has no lead of its own; its key names the lead that took it up.
    private static async ValueTask<Lead?> RepeatedAsync(ISupervisionSession session, ILeadIndex index, string source, string number, CancellationToken ct)
    {
        var key = LeadLikeness.NumberKey(source, number);
        return (await index.FindKeysAsync([key], ct)).TryGetValue(key, out var id) ? await session.FindAsync<Lead>(id, ct) : null;
    }
}
