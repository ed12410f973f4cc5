using System.Text.Json.Nodes;
using Workflows.Supervision.Deadlines;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Documents;

/// <content>Orders, package, extension, stop measure, re-inspection.</content>
public sealed partial class DocumentModelBuilder
{
    private static readonly string[] Submission = ["当事人服务端（凭本文书验证码）", "本机关办公窗口"];

    private async ValueTask<(JsonObject, bool)> OrderAsync(RectificationOrder order, Context c, CancellationToken ct)
    {
        if (order.Approval is null)
        {
            throw NotApproved("责令改正通知书");
        }

        var today = session.Today();
        var items = order.Items[0].PrintedDue is null ? new OrderService(session, scenarios).WithPrintedDates(order, today) : order.Items;
        var findings = new List<Finding>();
        foreach (var item in items)
        {
            findings.Add(await session.GetAsync<Finding>(item.FindingId, "findingId", "问题", ct));
        }

        var visit = await session.GetAsync<Visit>(findings[0].VisitId, "visitId", "检查", ct);
        var orderedBy = findings.SelectMany(f => f.Orders).Select(o => o.Text).Distinct().ToList();
        var general = c.Package.Law.Find("APL-28", today)?.Text ?? "《中华人民共和国行政处罚法》第二十八条第一款";
        var immediate = items.Count(i => i.Period is null);
        var limited = items.Where(i => i.Period is not null).ToList();
        var rows = items.Select(i => Row(i, today)).ToList();
        return (Node(new
        {
            order = new
            {
                kind = immediate == items.Count ? "immediate" : immediate == 0 ? "timeLimited" : "mixed",
                foundAt = visit.ArrivedAt,
                place = c.Case!.Target.Address,
                officers = await OfficersAsync(visit, order.Department!, ct),
                findings = await FindingsAsync(findings, ct),
                orderedBy = orderedBy.Count > 0 ? orderedBy : [general],
                withPenaltyLaw = orderedBy.Count > 0 && !orderedBy.Contains(general) && findings.Any(f => f.PenaltyClause == PenaltyClause.Direct) ? true : (bool?)null,
                items = rows,
                provisional = rows.Any(r => r["provisional"] is not null) ? true : (bool?)null,
                submission = Submission,
                extension = limited.Count > 0 ? new { until = limited.Min(i => i.PrintedDue) } : null,
                consequences = findings.SelectMany(f => f.Penalises).Where(p => p.Content is not null).DistinctBy(p => p.Code).Select(p => new { basis = p.Text, text = p.Content!.TrimEnd('。') }),
            },
        }), findings.Any(f => f.ConcernsMinor || f.Sealed));
    }

    private async ValueTask<(JsonObject, bool)> PackageAsync(RectificationPackage package, Context c, CancellationToken ct)
    {
        var orders = new List<object>();
        var organs = new List<string>();
        var (restricted, provisional, checkedOn) = (false, false, (DateOnly?)null);
        foreach (var (id, n) in package.OrderIds.Select((o, i) => (o, i + 1)))
        {
            var order = await session.GetAsync<RectificationOrder>(id, "orderId", "责令改正通知书", ct);
            foreach (var item in order.Items)
            {
                var finding = await session.GetAsync<Finding>(item.FindingId, "findingId", "问题", ct);
                restricted |= finding.ConcernsMinor || finding.Sealed;
                var visit = await session.FindAsync<Visit>(finding.VisitId, ct);
                checkedOn ??= visit?.ArrivedAt is { } at ? ShanghaiTime.DateOf(at) : null;
            }

            var rows = order.Items.Select(i => Row(i, session.Today())).ToList();
            provisional |= rows.Any(r => r["provisional"] is not null);
            organs.Add(order.Organ);
            orders.Add(new { ordinal = n, organ = order.Organ, number = order.DocumentNumber, items = rows });
        }

        return (Node(new { package = new { checkedOn, organs, orders, provisional = provisional ? true : (bool?)null, submission = Submission } }), restricted);
    }

    private async ValueTask<JsonObject> ExtensionAsync(ExtensionRequest request, CancellationToken ct)
    {
        if (request.Decision is not { } decision)
        {
            throw NotApproved("延期决定");
        }

        var order = await session.GetAsync<RectificationOrder>(request.OrderId, "orderId", "责令改正通知书", ct);
        var document = order.DocumentId is { } id ? await session.FindAsync<OfficialDocument>(id, ct) : null;
        var granted = request.State == RequestState.Granted;
        var items = new List<JsonObject>();
        foreach (var item in order.Items.Where(i => request.Items.Contains(i.Ordinal)))
        {
            var clock = item.ClockId is { } clockId ? (await session.FindAsync<DeadlineClock>(clockId, ct))?.Clock : null;
            var extended = clock?.Changes.LastOrDefault(x => x.Kind == "extended");
            items.Add(Node(new
            {
                ordinal = item.Ordinal,
                requirement = item.Requirement,
                oldDue = granted ? extended?.DueBefore ?? item.PrintedDue : item.Due,
                newDue = granted ? item.Due : null,
                provisional = clock is { Provisional: true } ? true : (bool?)null,
            }));
        }

        return Node(new
        {
            extension = new
            {
                granted, orderNumber = order.DocumentNumber, orderIssuedOn = document?.IssuedOn, submittedAt = request.SubmittedAt, reason = request.Reason.TrimEnd('。'),
                finding = decision.Reason.TrimEnd('。'), items, provisional = items.Any(i => i["provisional"] is not null) ? true : (bool?)null,
            },
        });
    }

    private async ValueTask<(JsonObject, bool)> MeasureAsync(string form, StopMeasure measure, Context c, CancellationToken ct)
    {
        if (form == StopMeasureService.LiftNotice && measure.Lifted is null)
        {
            throw NotApproved("解除措施");
        }

        var finding = await session.GetAsync<Finding>(measure.FindingId, "findingId", "问题", ct);
        var visit = await session.GetAsync<Visit>(finding.VisitId, "visitId", "检查", ct);
        var notice = measure.NoticeId is { } id ? await session.FindAsync<OfficialDocument>(id, ct) : null;
        var provided = c.Scenario.Item(finding.ItemCode)?.As(finding.VariantCode)?.StopMeasure;
        return (Node(new
        {
            measure = new
            {
                kind = measure.Measure,
                basis = measure.LegalBasis,
                condition = provided?.Condition.TrimEnd('。'),
                resume = provided is { Resume.Count: > 0 } ? Texts(c, provided.Resume, session.Today()) : null,
                seizes = measure.Measure.Contains("查封", StringComparison.Ordinal) || measure.Measure.Contains("扣押", StringComparison.Ordinal) ? true : (bool?)null,
                takenAt = measure.TakenAt,
                foundAt = visit.ArrivedAt,
                place = c.Case!.Target.Address,
                officers = await OfficersAsync(visit, measure.Department!, ct),
                findings = await FindingsAsync([finding], ct),
                approveBy = measure.ApproveBy,
                approval = Of(measure.Approval),
                notice = notice is null ? null : new { number = notice.Number, issuedOn = notice.IssuedOn },
                lifted = measure.Lifted is { } lifted ? new { opinion = lifted.Reason.TrimEnd('。'), at = lifted.At } : null,
            },
        }), finding.ConcernsMinor || finding.Sealed);
    }

    private async ValueTask<JsonObject> ReinspectionAsync(Reinspection reinspection, Context c, CancellationToken ct)
    {
        var orders = new List<object>();
        var items = new List<object>();
        foreach (var id in reinspection.OrderIds)
        {
            var order = await session.GetAsync<RectificationOrder>(id, "orderId", "责令改正通知书", ct);
            var document = order.DocumentId is { } documentId ? await session.FindAsync<OfficialDocument>(documentId, ct) : null;
            orders.Add(new { number = order.DocumentNumber, issuedOn = document?.IssuedOn });
            foreach (var opinion in reinspection.Opinions.Where(o => o.OrderId == id))
            {
                var item = order.Items.First(i => i.Ordinal == opinion.Ordinal);
                items.Add(new
                {
                    ordinal = items.Count + 1, requirement = item.Requirement, due = item.Due, found = opinion.Found, opinion = EnumNames<ItemOpinion>.NameOf(opinion.Opinion),
                    evidence = await EvidenceAsync(opinion.EvidenceIds, ct),
                });
            }
        }

        return Node(new
        {
            reinspection = new
            {
                orders, at = reinspection.At, method = reinspection.Method, ordinal = reinspection.Ordinal, place = c.Case!.Target.Address,
                officers = reinspection.Officers.Select(o => new { name = o.Name, certificateNumber = o.CertificateNumber }),
                items, conclusion = reinspection.Conclusion, partyView = reinspection.PartyView ?? "无",
                homeEntry = reinspection.HomeEntry?.InWords,
                next = reinspection.Conclusion == ReinspectionService.AllRectified ? "予以办结" : "已改正事项予以办结，未改正事项依法处理",
            },
        });
    }

    private JsonObject Row(RectificationItem item, DateOnly from)
    {
        var provisional = item.Period is { } period && LegalDeadline.Compute(from, period, session.Calendar).Provisional;
        return Node(new
        {
            ordinal = item.Ordinal, requirement = item.Requirement, proof = item.ProofWanted, immediate = item.Period is null,
            due = item.Due ?? item.PrintedDue, period = item.Period?.ToString(), provisional = provisional ? true : (bool?)null,
        });
    }

    private async ValueTask<IReadOnlyList<object>> FindingsAsync(IReadOnlyList<Finding> findings, CancellationToken ct)
    {
        var rows = new List<object>();
        foreach (var (finding, n) in findings.Select((f, i) => (f, i + 1)))
        {
            rows.Add(new
            {
                ordinal = n, itemCode = finding.ItemCode, facts = finding.Facts.TrimEnd('。'), nature = finding.ItemTitle,
                evidence = await EvidenceAsync(finding.EvidenceIds, ct), violates = finding.Violates.Select(v => v.Text),
            });
        }

        return rows;
    }

    private async ValueTask<IReadOnlyList<object>> OfficersAsync(Visit visit, string department, CancellationToken ct)
    {
        var section = visit.Sections.FirstOrDefault(s => s.Department == department)
            ?? visit.Sections.FirstOrDefault(s => s.Items.Any(i => i.FactsFixedBy is not null));
        if (section is not null)
        {
            return [.. section.Signatures.Select(s => new { name = s.Name, certificateNumber = s.CertificateNumber })];
        }

        var team = visit.TeamId is { } id ? await session.FindAsync<InspectionTeam>(id, ct) : null;
        return [.. People(team?.OfficersOf(department))];
    }
}
