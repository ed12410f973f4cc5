using System.Text.Json.Nodes;
using Workflows.Supervision.Guards;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Documents;

/// <content>Plan, notices and records of the visit.</content>
public sealed partial class DocumentModelBuilder
{
    private async ValueTask<JsonObject> PlanAsync(InspectionPlan plan, Context c, CancellationToken ct)
    {
        if (plan.Approval is null)
        {
            throw NotApproved("检查计划");
        }

        var organs = new List<(PlanDepartment Department, Organ? Organ)>();
        foreach (var department in plan.Departments)
        {
            organs.Add((department, await rosters.FindOrganAsync(department.Code, plan.Area, ct)));
        }

        string NameOf(string code) => organs.FirstOrDefault(o => o.Department.Code == code).Organ?.Name ?? code;
        var sheet = plan.TargetRoster is { } roster0 ? await session.FindAsync<DrawSheet>(roster0.SnapshotId, ct) : null;
        var excluded = sheet?.Exclusions.Select(e => e.Id).Distinct(StringComparer.Ordinal).Count() ?? 0;
        var teams = plan.Draw is null ? null : await DrawnTeamsAsync(plan, NameOf, ct);
        return Node(new
        {
            recipients = organs.Select(o => o.Organ?.Name ?? o.Department.Name),
            plan = new
            {
                purpose = $"“{c.Scenario.Title}”要求，推行综合查一次，减少对经营主体的重复检查",
                bases = Texts(c, ["ZJ-13", "ZJ-14", "ZJ-21"], session.Today()),
                annualItem = $"{plan.AnnualItem.Year}年度抽查计划第{plan.AnnualItem.Code}项（{plan.AnnualItem.Title}）",
                lead = new { organ = NameOf(plan.LeadDepartment) },
                departments = organs.Select(o => new
                {
                    organ = o.Organ?.Name ?? o.Department.Name,
                    duty = o.Department.Code == plan.LeadDepartment ? "牵头组织，并检查本部门事项" : "检查本部门事项",
                    officers = o.Department.Officers,
                    contact = o.Organ?.Contact,
                    phone = o.Organ?.Phone,
                    itemsLeftTo = o.Department.ItemsLeftTo is { } left ? NameOf(left) : null,
                }),
                headCount = plan.HeadCount,
                headCountLimit = c.Scenario.HeadCountWarning,
                headCountWarning = plan.HeadCount > c.Scenario.HeadCountWarning ? true : (bool?)null,
                draw = new
                {
                    rosterCount = plan.TargetRoster?.Count + excluded, excludedCount = excluded,
                    exclusions = (sheet?.Exclusions.GroupBy(e => (e.Code, e.Reason)) ?? []).Select(g => new { code = g.Key.Code, title = g.Key.Reason, count = g.Count() }),
                    poolCount = plan.TargetRoster?.Count,
                    drawCount = plan.DrawCount, alternateCount = plan.AlternateCount, algorithm = plan.Commitment?.Algorithm ?? "SSF-DRAW-v1",
                    rate = plan.TargetRoster is { Count: > 0 } roster ? $"{plan.DrawCount * 100m / roster.Count:0.##}%" : null,
                    mode = plan.WeightMode switch
                    {
                        WeightMode.Uniform => "等概率抽取", WeightMode.Weighted => "按信用风险加权抽取", WeightMode.Stratified => "分层抽取", _ => "全覆盖排批次",
                    },
                },
                visitFrom = plan.VisitFrom,
                visitTo = plan.VisitTo,
                surprise = plan.Surprise,
                items = c.Scenario.Items.Select(i => new
                {
                    code = i.Code, title = i.Title, department = NameOf(i.SupervisingDepartment), bases = Texts(c, i.Violates, session.Today()), methods = i.Methods.Select(MethodName),
                }),
                scenarioVersion = plan.PackageVersionId,
                publicationDays = c.Scenario.Publication.Within.Length,
                result = plan.Draw is not { } draw ? null : new
                {
                    drawId = plan.Commitment!.DrawId, at = draw.At, publicSource = plan.PublicValue!.Source, witness = plan.PublicValue.WitnessName,
                    poolHash = plan.Commitment.PoolHash, commitment = plan.Commitment.Commitment, targets = teams, alternates = draw.Alternates,
                },
            },
        });
    }

    private async ValueTask<List<object>> DrawnTeamsAsync(InspectionPlan plan, Func<string, string> nameOf, CancellationToken ct)
    {
        var rows = new List<object>();
        foreach (var (id, n) in plan.Draw!.Targets.Select((t, i) => (t, i + 1)))
        {
            var target = await rosters.FindTargetAsync(id, ct);
            var teams = new List<object>();
            foreach (var drawn in plan.Draw.Officers.Where(o => o.TargetId == id))
            {
                var people = new List<object>();
                foreach (var officerId in drawn.Drawn)
                {
                    var officer = await rosters.FindOfficerAsync(officerId, ct);
                    people.Add(new { name = officer?.Name ?? officerId, certificateNumber = officer?.CertificateNumber });
                }

                teams.Add(new { department = nameOf(drawn.Department), officers = people });
            }

            rows.Add(new { ordinal = n, name = target?.Name ?? id, address = target?.Address, teams });
        }

        return rows;
    }

    private async ValueTask<(JsonObject, bool)> VisitAsync(string form, Visit visit, Context c, CancellationToken ct)
    {
        var team = visit.TeamId is { } teamId ? await session.FindAsync<InspectionTeam>(teamId, ct) : null;
        var findings = (await session.ListAsync<Finding>(new AggregateFilter { CaseId = visit.CaseId }, ct)).Where(f => f.VisitId == visit.Id).ToList();
        var officers = People(team?.Members.Where(m => m.Department == c.Organ.Department && !m.IsAssistant));
        var (record, restricted) = form == "inspection-record" ? await RecordAsync(visit, team, findings, c, ct) : ([], false);
        return form switch
        {
            "inspection-record" => (record, restricted),
            "inspection-result" => (Result(visit, findings, c), false),
            "refusal-record" => (Node(new
            {
                refusal = visit.Refusal is not { } refused ? null : new
                {
                    at = refused.At, place = c.Case!.Target.Address, officers, certificatesShown = visit.CertificatesShownAt is not null, reason = refused.Reason,
                    lawExplained = refused.LawExplained, policeCalledAt = refused.PoliceCalledAt, videoNumber = refused.VideoNumber,
                    person = new { name = refused.PersonName, capacity = refused.Capacity }, facts = refused.Facts, afterExplained = refused.AfterExplained, witness = refused.WitnessName,
                    next = "依法处理，并按规定提请立案",
                },
            }), false),
            "not-found-certificate" => (await NotFoundAsync(visit, ct), false),
            "service-address" => (Node(new { address = new { postal = c.Case!.Target.Address, phone = c.Case.Target.Phone, electronicConsent = false, officers } }), false),
            _ => (Check(visit, team, c), false),
        };
    }

    private JsonObject Check(Visit visit, InspectionTeam? team, Context c)
    {
        var one = c.Case!;
        var sections = one.Departments.Where(d => c.Scenario.Items.Any(i => i.SupervisingDepartment == d.Code && i.AppliesTo(one.Target.Tags))).Select(d => new
        {
            organ = d.Organ,
            items = c.Scenario.Items.Where(i => i.SupervisingDepartment == d.Code && i.AppliesTo(one.Target.Tags)).Select(i => $"{i.Code} {i.Title}"),
            methods = c.Scenario.Items.Where(i => i.SupervisingDepartment == d.Code).SelectMany(i => i.Methods).Distinct().Select(MethodName),
            officers = (team?.Members.Where(m => m.Department == (d.ItemsLeftTo ?? d.Code) && !m.IsAssistant) ?? [])
                .Select(m => new { name = m.Name, certificateNumber = m.CertificateNumber, noConflict = true }),
            assistants = team?.Members.Where(m => m.Department == d.Code && m.IsAssistant).Select(m => m.Name),
        }).ToList();
        var headCount = team?.Members.Count ?? 0;
        return Node(new
        {
            recipients = one.Departments.Select(d => d.Organ),
            check = new
            {
                bases = Texts(c, c.Scenario.Items.Where(i => i.SupervisingDepartment == c.Organ.Department).SelectMany(i => i.Violates), visit.PlannedOn),
                source = c.Plan is { } plan ? $"{plan.AnnualItem.Year}年度抽查计划（{plan.Title}）" : "专项任务",
                trigger = one.Trigger == TriggerKind.MonthlyPlan ? "双随机抽查" : "定向检查",
                from = visit.PlannedOn,
                sections,
                visitOfYear = one.VisitOfYear,
                frequencyException = one.FrequencyException?.Reason,
                surprise = one.Surprise,
                headCount,
                headCountLimit = c.Scenario.HeadCountWarning,
                headCountWarning = headCount > c.Scenario.HeadCountWarning ? true : (bool?)null,
                otherOrgans = one.Departments.Where(d => d.Code != c.Organ.Department).Select(d => d.Organ),
                materials = new[] { "营业执照和有关许可证件", "检查事项涉及的台账、记录" },
                proposal = team?.OfficersOf(one.LeadDepartment).FirstOrDefault() is not { } handler ? null : new
                {
                    opinion = one.PlanId is null ? "拟开展检查，请审批" : "拟按抽查计划开展联合检查，请审批", name = handler.Name, at = team.Created.At,
                },
                approval = Of(visit.Approval ?? (c.Plan?.Approval is { } a ? new Decision(a.By, a.Name, a.At, a.Note ?? "同意") : null)),
            },
            task = new { from = visit.PlannedOn, to = visit.PlannedOn, surprise = one.Surprise, sections, equipment = new[] { "执法证件", "执法记录仪", "移动执法终端" } },
        });
    }

    private async ValueTask<(JsonObject, bool)> RecordAsync(Visit visit, InspectionTeam? team, List<Finding> findings, Context c, CancellationToken ct)
    {
        var sections = new List<object>();
        var fixes = new List<object>();
        foreach (var section in visit.Sections)
        {
            var items = new List<object>();
            foreach (var result in section.Items)
            {
                var item = c.Scenario.Item(result.ItemCode);
                var evidence = new List<object>();
                foreach (var id in result.EvidenceIds)
                {
                    if (await session.FindAsync<Evidence>(id, ct) is { } e)
                    {
                        evidence.Add(new { number = $"证据{e.Ordinal}", title = e.Title, at = e.TakenAt, place = e.Place, sha256 = e.Sha256 });
                    }
                }

                items.Add(new
                {
                    code = result.ItemCode, title = item?.Title, answer = EnumNames<ItemAnswer>.NameOf(result.Answer), facts = result.Facts,
                    entry = result.RoomEntry is { } entry ? $"{EnumNames<RoomEntryGround>.NameOf(entry.Ground)}：{entry.By}" : null,
                    fixedBy = result.FactsFixedBy is { } by ? c.OrganName(by) : null, evidence,
                });
                if (result.Fix is { } fix)
                {
                    var names = await EvidenceAsync([fix.BeforeEvidenceId, fix.AfterEvidenceId], ct);
                    fixes.Add(new { itemCode = result.ItemCode, at = fix.At, description = fix.Description, before = names[0], after = names[1] });
                }
            }

            // An organ that takes part without items of its own was there all the same, and the record says so.
            if (items.Count == 0)
            {
                items.Add(new { code = "——", title = "本机关无单列检查事项", answer = "配合检查", evidence = Array.Empty<object>() });
            }

            sections.Add(new { organ = c.OrganName(section.Department), officers = section.Signatures.Select(s => new { name = s.Name, certificateNumber = s.CertificateNumber }), items });
        }

        var party = visit.Party;
        return (Node(new
        {
            record = new
            {
                matter = $"{c.Scenario.Name}综合查一次",
                startedAt = visit.ArrivedAt,
                endedAt = visit.EndedAt,
                place = c.Case!.Target.Address,
                person = new { name = party?.PersonName, capacity = party?.Capacity },
                recorder = team?.Members.FirstOrDefault(m => m.OfficerId == visit.RecorderId)?.Name ?? session.Actor.Name,
                witness = party?.WitnessName,
                certificatesShownAt = visit.CertificatesShownAt,
                actionCode = visit.ActionCode,
                recusalAnswer = visit.RecusalAnswer,
                homeEntry = visit.HomeEntry?.InWords,
                absent = visit.Absent.Select(a => new { organ = c.OrganName(a.Department), reason = a.Reason ?? "未说明" }),
                sections,
                fixes,
                partyStatement = party?.Statement ?? (party is null ? null : "无"),
                refusal = party is { SignedAt: null, RefusalReason: not null } ? new { reason = party.RefusalReason, witness = party.WitnessName ?? "无", videoNumber = party.VideoNumber ?? "无" } : null,
            },
        }), findings.Any(f => f.ConcernsMinor || f.Sealed));
    }

    private JsonObject Result(Visit visit, List<Finding> findings, Context c)
    {
        var outcomes = VisitRecording.OutcomesOf(findings);
        var testing = visit.Samples.Where(s => s.IsAtLaboratory).Select(s => new { number = s.Number, product = s.Product, laboratory = s.Laboratory }).ToArray();
        return Node(new
        {
            result = new
            {
                checkedOn = visit.ArrivedAt is { } at ? ShanghaiTime.DateOf(at) : (DateOnly?)null,
                organs = visit.Attendances.Select(a => c.OrganName(a.Department)),
                sections = visit.Sections.Select(s => new
                {
                    organ = c.OrganName(s.Department),
                    @checked = s.Items.Count(i => i.Answer is ItemAnswer.Compliant or ItemAnswer.NonCompliant),
                    failed = findings.Where(f => f.SupervisingDepartment == s.Department && MinorData.MaySee(session.Actor, f))
                        .Select(f => new { title = f.ItemTitle, handling = EnumNames<Disposition>.NameOf(f.Disposition) }),
                }),
                outcome = testing.Length > 0 ? string.Join("、", outcomes.Select(o => o == VisitOutcome.NoProblem ? "现场检查未发现问题，抽样检验中" : o)) : string.Join("、", outcomes),
                samples = testing.Length > 0 ? testing : null,
                next = outcomes[0] switch
                {
                    VisitOutcome.NoProblem when testing.Length > 0 => "检验结论作出后另行告知",
                    VisitOutcome.NoProblem => "本次检查办结",
                    VisitOutcome.FixedOnSpot => "已当场改正，依法处理后办结",
                    _ => "责令改正和其他处理另行送达文书",
                },
                publishBy = LegalDeadline.Compute(session.Today(), c.Scenario.Publication.Within, session.Calendar).Due,
            },
        });
    }

    private async ValueTask<JsonObject> NotFoundAsync(Visit visit, CancellationToken ct)
    {
        var attempts = new List<object>();
        foreach (var attempt in visit.NotFoundAttempts)
        {
            var officer = await rosters.FindOfficerAsync(attempt.By, ct);
            attempts.Add(new { at = attempt.At, by = officer?.Name ?? attempt.By, note = attempt.Note, evidence = await EvidenceAsync(attempt.EvidenceIds, ct) });
        }

        var last = visit.NotFoundAttempts.LastOrDefault(a => a.GridConfirmation is not null);
        return Node(new
        {
            notFound = new
            {
                attempts,
                grid = last is null ? null : new { on = ShanghaiTime.DateOf(last.At), by = "属地网格员", text = last.GridConfirmation },
                conclusion = "经不同时段两次核实，通过登记的住所（经营场所）无法联系",
            },
        });
    }

    private static IEnumerable<object> People(IEnumerable<TeamMember>? members) =>
        (members ?? []).Select(m => new { name = m.Name, certificateNumber = m.CertificateNumber });

    private static IReadOnlyList<string> Texts(Context c, IEnumerable<string> codes, DateOnly on) =>
        [.. codes.Distinct().Select(code => c.Package.Law.Find(code, on)?.Text).OfType<string>().Distinct()];

    private static string MethodName(CheckMethod method) => method switch
    {
        CheckMethod.Document => "书面检查",
        CheckMethod.OnSite => "实地核查",
        CheckMethod.Interview => "现场询问",
        CheckMethod.Sampling => "抽样检测",
        CheckMethod.System => "系统比对",
        _ => "影像核查",
    };
}
