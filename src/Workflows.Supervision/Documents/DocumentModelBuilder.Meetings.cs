using System.Text.Json.Nodes;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Transfers;

namespace Workflows.Supervision.Documents;

/// <content>What goes between units: transfer letters and minutes of consultations.</content>
public sealed partial class DocumentModelBuilder
{
    private static readonly string[] DepartmentBases = ["ZJ-18"];
    private static readonly string[] CrimeBases = ["APL-27", "TRF-3", "TRF-5"];

    private async ValueTask<(JsonObject, bool)> TransferAsync(CaseTransfer transfer, Context c, CancellationToken ct)
    {
        if (transfer.Decision is null || transfer.State == TransferState.Refused)
        {
            throw NotApproved("移送");
        }

        var crime = transfer.Kind == TransferKind.ToPolice;
        var findings = await GetFindingsAsync(transfer.FindingIds, ct);
        return (Node(new
        {
            recipients = new[] { transfer.Receiver },
            transfer = new
            {
                receiver = transfer.Receiver,
                crime = crime ? true : (bool?)null,
                reason = transfer.Reason,
                bases = Texts(c, crime ? CrimeBases : DepartmentBases, session.Today()),
                summary = transfer.Summary,
                findings = await FindingsAsync(findings, ct),
                evidence = transfer.Evidence.Select(e => new { number = e.Number, title = e.Title, kind = e.Kind, sha256 = e.Sha256 }),
                goods = transfer.Goods,
                measures = transfer.Measures,
                decision = Of(transfer.Decision),
                handler = transfer.Created.ActorName,
                replyDays = TransferService.ReceiptDays,
            },
        }), findings.Any(f => f.ConcernsMinor || f.Sealed));
    }

    private JsonObject MinutesOf(Consultation consultation, Context c)
    {
        if (consultation.HeldAt is null)
        {
            throw Refusal.Conflict("document-not-approved", "subjectId", "会商尚未登记结论，不能制发纪要，请先登记。");
        }

        return Node(new
        {
            recipients = consultation.Departments.Select(c.OrganName),
            consultation = new
            {
                reason = consultation.Reason,
                matterNumber = c.Case!.Number,
                heldAt = consultation.HeldAt,
                host = session.Actor.Name,
                units = consultation.Departments.Select(c.OrganName),
                attendees = consultation.Attendees,
                issues = consultation.Issues,
                minutes = consultation.Minutes,
                conclusion = consultation.Conclusion,
                newOwner = consultation.NewOwner is { } owner ? c.OrganName(owner) : null,
                newDue = consultation.NewDue,
                assignments = consultation.Assignments.Select((a, i) => new { ordinal = i + 1, text = a.Text, unit = c.OrganName(a.Department), due = a.Due }),
            },
        });
    }
}
