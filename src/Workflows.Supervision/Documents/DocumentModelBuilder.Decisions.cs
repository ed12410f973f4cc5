using System.Text.Json.Nodes;
using Workflows.Supervision.CaseFilings;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leniency;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Publication;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Service;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Documents;

/// <content>Leniency, filing, cards and orders to units, interviews, service, publication.</content>
public sealed partial class DocumentModelBuilder
{
    private async ValueTask<(JsonObject, bool)> LeniencyAsync(LeniencyDecision decision, Context c, CancellationToken ct)
    {
        if (decision.State != LeniencyState.Decided)
        {
            throw NotApproved("不予处罚决定");
        }

        var findings = await GetFindingsAsync(decision.FindingIds, ct);
        var visit = await session.GetAsync<Visit>(findings[0].VisitId, "visitId", "检查", ct);
        var first = decision.Kind == LeniencyKind.FirstOffence;
        var fixes = findings.Where(f => f.Fix is not null).Select(f => $"{f.ItemCode}：{f.Fix!.Description}");
        var bases = findings.SelectMany(f => c.Scenario.Item(f.ItemCode)?.As(f.VariantCode)?.Leniency?.Bases ?? []);
        var none = decision.Query.EarlierCaseIds.Count == 0;
        return (Node(new
        {
            leniency = new
            {
                kind = first ? "首违不罚" : "轻微不罚",
                foundAt = visit.ArrivedAt,
                place = c.Case!.Target.Address,
                officers = await OfficersAsync(visit, findings[0].SupervisingDepartment, ct),
                findings = await FindingsAsync(findings, ct),
                conditions = new[]
                {
                    new { met = true, text = first ? "初次违法" : "违法行为轻微", evidence = first ? "经查询，查询期间内无同类违法记录" : "检查清单认定为轻微" },
                    new { met = true, text = "及时改正", evidence = string.Join("；", fixes) },
                    new { met = true, text = first ? "危害后果轻微" : "没有造成危害后果", evidence = $"危害后果：{decision.Harm}" },
                },
                query = new { system = "监管一件事系统", from = decision.Query.From, to = decision.Query.To, result = none ? "无同类违法记录" : $"有{decision.Query.EarlierCaseIds.Count}条同类违法记录" },
                list = $"{c.Organ.Name}首违不罚、轻微不罚事项清单",
                matter = decision.MatterNumber,
                matterNumber = string.Join("、", findings.Select(f => f.ItemCode).Distinct()),
                bases = Texts(c, bases, findings[0].ViolatedOn),
                education = decision.Education,
                promiseSigned = decision.PromiseSigned,
                legalReview = Of(decision.LegalReview),
            },
        }), findings.Any(f => f.ConcernsMinor || f.Sealed));
    }

    private async ValueTask<(JsonObject, bool)> FilingAsync(CaseFiling filing, Context c, CancellationToken ct)
    {
        if (filing.Approval is null)
        {
            throw NotApproved("立案");
        }

        var findings = await GetFindingsAsync(filing.FindingIds, ct);
        var orders = await session.ListAsync<RectificationOrder>(new AggregateFilter { CaseId = filing.CaseId }, ct);
        var earlier = orders.Where(o => o.DocumentNumber is not null && o.Items.Any(i => filing.FindingIds.Contains(i.FindingId))).Select(o => o.DocumentNumber).ToList();
        var visits = await session.ListAsync<Visit>(new AggregateFilter { CaseId = filing.CaseId }, ct);
        var refused = findings.Count == 0 ? visits.LastOrDefault(v => v.Refusal is not null)?.Refusal : null;
        if (refused is not null)
        {
            return (RefusalFiling(filing, refused, c), filing.Sealed);
        }

        return (Node(new
        {
            filing = new
            {
                cause = $"涉嫌{string.Join("、", findings.Select(f => c.Scenario.Item(f.ItemCode)?.As(f.VariantCode)?.FindingWording ?? f.ItemTitle).Distinct())}",
                source = c.Case!.Trigger == TriggerKind.MonthlyPlan ? "双随机抽查" : "定向检查",
                organ = filing.Organ,
                fileBy = filing.FileBy,
                findings = await FindingsAsync(findings, ct),
                violates = findings.SelectMany(f => f.Violates).Select(v => v.Text).Distinct(),
                penalises = findings.SelectMany(f => f.Penalises).Select(v => v.Text).Distinct(),
                history = earlier.Count == 0 ? filing.Reason : $"曾以{string.Join("、", earlier)}责令改正；{filing.Reason}",
                proposal = new { opinion = "建议立案", names = new[] { filing.Created.ActorName }, at = filing.Created.At },
                legalReview = Of(filing.LegalReview),
                approval = Of(filing.Approval),
                @sealed = filing.Sealed ? true : (bool?)null,
            },
        }), filing.Sealed || findings.Any(f => f.ConcernsMinor));
    }

    // The penalty for refusing a check stands in the law of each field; the department that punishes names it when it decides.
    private static JsonObject RefusalFiling(CaseFiling filing, VisitRefusal refused, Context c) => Node(new
    {
        filing = new
        {
            refusal = true,
            cause = $"涉嫌{filing.Reason}",
            source = c.Case!.Trigger == TriggerKind.MonthlyPlan ? "双随机抽查" : "定向检查",
            organ = filing.Organ,
            fileBy = filing.FileBy,
            findings = new[] { new { ordinal = 1, itemCode = "拒绝检查", facts = $"{refused.Facts.TrimEnd('。')}；{refused.AfterExplained.TrimEnd('。')}", evidence = new[] { $"录像{refused.VideoNumber}" } } },
            violates = new[] { c.Package.Law.Find("APL-55", ShanghaiTime.DateOf(refused.At))?.Text }.OfType<string>(),
            history = filing.Reason,
            proposal = new { opinion = "建议立案", names = new[] { filing.Created.ActorName }, at = filing.Created.At },
            legalReview = Of(filing.LegalReview),
            approval = Of(filing.Approval),
            @sealed = filing.Sealed ? true : (bool?)null,
        },
    });

    private async ValueTask<JsonObject> SupervisionAsync(SupervisionOrder order, Context c, CancellationToken ct)
    {
        if (order.Signature is null)
        {
            throw NotApproved("督办单");
        }

        var cards = await session.ListAsync<WarningCard>(new AggregateFilter { CaseId = order.CaseId, Departments = [order.Department!] }, ct);
        var due = ShanghaiTime.DateOf(order.OriginalDueAt.AddTicks(-1));
        return Node(new
        {
            recipients = new[] { c.OrganName(order.Department!) },
            supervision = new
            {
                recipient = c.OrganName(order.Department!),
                matterNumber = c.Case!.Number,
                summary = order.Summary,
                originalDueOn = due,
                daysLate = Math.Max(session.Calendar.WorkingDaysBetween(due, session.Today()), 0),
                cards = cards.Where(x => x.State != CardState.Revoked).Select(x => new { on = ShanghaiTime.DateOf(x.Created.At), colour = EnumNames<CardColour>.NameOf(x.Colour), reason = x.Reason }),
                receiverPower = order.ReceiverPower,
                requirement = order.Requirement,
                replyBy = order.ReplyDue,
                objectionBy = order.ObjectionDue,
                signer = order.Signature.Name,
            },
        });
    }

    private async ValueTask<JsonObject> CardAsync(WarningCard card, Context c, CancellationToken ct)
    {
        var task = card.TaskId is { } id ? await session.FindAsync<Work.WorkTask>(id, ct) : null;
        var due = card.OriginalDueAt is { } at ? ShanghaiTime.DateOf(at.AddTicks(-1)) : (DateOnly?)null;
        var days = due is { } day ? session.Calendar.WorkingDaysBetween(day, session.Today()) : 0;
        return Node(new
        {
            recipients = new[] { c.OrganName(card.Department!) },
            card = new
            {
                colour = EnumNames<CardColour>.NameOf(card.Colour),
                on = ShanghaiTime.DateOf(card.Created.At),
                recipient = c.OrganName(card.Department!),
                matterNumber = c.Case!.Number,
                summary = task?.Title ?? c.Case.Stage,
                reason = card.Reason,
                dueOn = due,
                daysLate = days > 0 ? days : (int?)null,
                answerBy = card.AnswerBy is { } answer ? ShanghaiTime.DateOf(answer.AddTicks(-1)) : (DateOnly?)null,
                consequence = card.Colour == CardColour.Yellow ? "仍未办理的，将发红牌并督办" : "已同时督办并报告分管领导",
            },
        });
    }

    private async ValueTask<JsonObject> InterviewAsync(Interview interview, CancellationToken ct)
    {
        var orders = new List<object>();
        var problems = new List<string>();
        foreach (var id in interview.OrderIds)
        {
            if (await session.FindAsync<RectificationOrder>(id, ct) is { } order)
            {
                var open = order.Items.Where(i => i.IsOpen).ToList();
                orders.Add(new { number = order.DocumentNumber, items = open.Select(i => i.Requirement) });
                problems.AddRange(open.Select(i => $"{order.DocumentNumber}第{i.Ordinal}项逾期未改正"));
            }
        }

        return Node(new
        {
            interview = new
            {
                reason = interview.Reason.TrimEnd('。'), appointedAt = interview.AppointedAt, place = interview.Place, persons = interview.Persons, materials = interview.Materials, orders,
                absence = "无正当理由不到场的，记录在案并依法处理", urgent = interview.Urgent ? true : (bool?)null,
                heldAt = interview.HeldAt, host = interview.Changed?.ActorName, recorder = session.Actor.Name, attendees = interview.Attendees,
                problems = problems.Count > 0 ? problems : [interview.Reason], explanation = interview.Explanation, promises = interview.Promises,
            },
        });
    }

    private async ValueTask<JsonObject> ServiceAsync(ProofOfService service, Context c, CancellationToken ct)
    {
        var documents = new List<object>();
        foreach (var id in service.DocumentIds)
        {
            var document = await session.GetAsync<OfficialDocument>(id, "documentIds", "文书", ct);
            documents.Add(new { title = document.Title, number = document.Number });
        }

        var d = service.Details;
        var consent = d.ConsentDocumentId is { } consentId ? (await session.FindAsync<OfficialDocument>(consentId, ct))?.Number ?? consentId : null;
        return Node(new
        {
            service = new
            {
                matter = $"{c.Scenario.Name}综合查一次", documents, addressee = d.Addressee ?? c.Case!.Target.Name, place = d.Place ?? c.Case!.Target.Address,
                method = ServiceRecording.NameOf(service.Method), servedOn = service.ServedOn,
                officers = service.Servers.Select(s => new { name = s.Name, certificateNumber = s.CertificateNumber }),
                receiver = d.ReceiverName, relation = d.ReceiverRelation ?? "本人", receivedAt = d.ReceivedAt, @delegate = d.DelegatedOrgan, delegationLetter = d.DelegationLetter,
                refusalReason = d.RefusalReason, witness = d.WitnessName, videoNumber = d.VideoNumber, mailNumber = d.MailNumber, returnSlipDate = d.ReturnSlipDate,
                electronicAccount = d.ElectronicAddress, arrivedAt = d.ArrivedAt, consentNumber = consent,
                noOtherWayReason = d.NoOtherWayReason, noticePlace = d.NoticePlace, publishedOn = d.PublishedOn,
            },
        });
    }

    private async ValueTask<JsonObject> PublicationAsync(PublicationEntry entry, Context c, CancellationToken ct)
    {
        if (entry.Review is null)
        {
            throw NotApproved("公示信息");
        }

        var rows = entry.PlanId is { } planId
            ? (await session.ListAsync<PublicationEntry>(new AggregateFilter { PlanId = planId, States = [nameof(PublicationState.Published)] }, ct)).ToList()
            : [entry];
        return Node(new
        {
            publication = new
            {
                title = $"{c.Scenario.Name}抽查结果公示表",
                plan = c.Plan?.Title,
                publishedOn = session.Today(),

                // Names in the rows are masked already; the template must not mask a mask.
                rows = (rows.Count > 0 ? rows : [entry]).Select((r, i) => new
                {
                    ordinal = i + 1, taskNumber = r.TaskNumber, matter = r.Matter, organs = r.Organs, name = r.TargetName, isIndividual = false, creditCode = r.CreditCode ?? "——",
                    district = r.District, checkedOn = r.CheckedOn, result = r.Result, handling = r.Handling,
                }),
                draw = c.Plan is not { Commitment: { } commitment, PublicValue: { } value } plan ? null : new
                {
                    drawId = commitment.DrawId, rosterCount = plan.TargetRoster?.Count, excludedCount = 0, poolCount = plan.TargetRoster?.Count, drawCount = plan.DrawCount,
                    rate = plan.TargetRoster is { Count: > 0 } roster ? $"{plan.DrawCount * 100m / roster.Count:0.##}%" : null, mode = plan.WeightMode == WeightMode.Uniform ? "等概率" : "加权",
                    algorithm = commitment.Algorithm, publicSource = value.Source, poolHash = commitment.PoolHash, exclusionHash = commitment.ExclusionHash, commitment = commitment.Commitment,
                },
            },
        });
    }

    private async ValueTask<IReadOnlyList<Finding>> GetFindingsAsync(IReadOnlyList<string> ids, CancellationToken ct)
    {
        var findings = new List<Finding>();
        foreach (var id in ids)
        {
            findings.Add(await session.GetAsync<Finding>(id, "findingId", "问题", ct));
        }

        return findings;
    }
}
