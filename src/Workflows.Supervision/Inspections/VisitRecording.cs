using Workflows.Supervision.Evidences;
using Workflows.Supervision.Guards;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;

namespace Workflows.Supervision.Inspections;

/// <summary>现场检查笔录: takes the signed record of a joint visit, checks it and makes its findings.</summary>
/// <param name="session">The session.</param>
/// <param name="scenarios">Scenarios by package version.</param>
public sealed class VisitRecording(ISupervisionSession session, IScenarioCatalogue scenarios)
{
    /// <summary>Takes the record.</summary>
    /// <exception cref="RuleViolationException">
    /// <c>certificates-not-shown</c>, <c>section-department</c>, <c>section-missing</c>, <c>section-handed-in</c>, <c>item-unknown</c>, <c>item-not-asked</c>, <c>item-twice</c>,
    /// <c>item-missing</c>, <c>field-missing</c>, <c>fix-evidence</c>, <c>two-signatures</c>, <c>signature-not-own</c>, <c>signature-evidence</c>,
    /// <c>refusal-witness</c>, <c>minor-notice-missing</c>, <c>basis-not-in-force</c>, <c>assistant-decides</c>, <c>party-unidentified</c>.
    /// </exception>
    public async ValueTask<VisitResult> RecordAsync(string visitId, VisitRecord command, CancellationToken cancellationToken = default)
    {
        var visit = await session.GetAsync<Visit>(visitId, "visitId", "检查", cancellationToken);
        Deciders.RequireOfficer(session.Actor, "签署检查笔录");
        VisitService.Require(visit, VisitState.Arrived, "记录检查情况");
        if (visit.CertificatesShownAt is null)
        {
            throw Refusal.Conflict("certificates-not-shown", "visitId", "尚未登记出示执法证件和亮码，请先出示再记录检查情况。");
        }

        var one = await session.GetAsync<Case>(visit.CaseId!, "caseId", "案件", cancellationToken);
        PartyIdentifying.Require(one, "形成检查笔录");
        var team = await session.GetAsync<InspectionTeam>(visit.TeamId!, "teamId", "检查小组", cancellationToken);
        var package = await scenarios.RequireAsync(one.PackageVersionId, cancellationToken);
        command = command with { Sections = VisitSections.Joined(command.Sections, visit, session.Actor.Department) };
        RequireSections(command, visit, one, team, package.Scenario);
        RequireParty(command.Party);
        await RequireHandwritingAsync(command, one, cancellationToken);
        var found = new List<Finding>();
        var corrected = await SelfCorrections.OfAsync(session, one.Id, cancellationToken);
        for (var s = 0; s < command.Sections.Count; s++)
        {
            for (var i = 0; i < command.Sections[s].Items.Count; i++)
            {
                // Where nobody could be identified the record keeps the facts; a finding needs somebody against whom it is made.
                if (one.Target.Identity == PartyIdentity.Unknown)
                {
                    continue;
                }

                if (Examine(command.Sections[s].Items[i], $"sections[{s}].items[{i}]", visit, one, package, corrected) is { } finding)
                {
                    await EvidenceGuard.RequireUsableAsync(session, finding.EvidenceIds, null, $"sections[{s}].items[{i}].evidenceIds", cancellationToken);
                    found.Add(session.Add(finding, "finding.made", ("item", finding.ItemCode), ("disposition", finding.Disposition.ToString())));
                }
            }
        }

        session.Update(
            visit with { State = VisitState.Recorded, Sections = command.Sections, SectionsInWork = null, Party = command.Party, RecorderId = session.Actor.Id, EndedAt = command.EndedAt ?? session.Now },
            "visit.recorded", ("findings", found.Count.ToString()));
        return new VisitResult(
            one.Target.Identity == PartyIdentity.Unknown ? [VisitOutcome.Unknown] : OutcomesOf(found), [.. found.Select(f => f.Id)],
            [.. found.Where(f => f.Fix is not null && package.Scenario.Item(f.ItemCode)?.As(f.VariantCode)?.Leniency is not null).Select(f => f.Id)]);
    }

    /// <summary>What a set of findings comes to.</summary>
    public static IReadOnlyList<string> OutcomesOf(IReadOnlyList<Finding> findings)
    {
        if (findings.Count == 0)
        {
            return [VisitOutcome.NoProblem];
        }

        var outcomes = new List<string>();
        if (findings.Any(f => f.IsFiledAtOnce))
        {
            outcomes.Add(VisitOutcome.File);
        }

        if (findings.Any(f => f.IsRectified))
        {
            outcomes.Add(VisitOutcome.Rectify);
        }

        return outcomes.Count > 0 ? outcomes : [VisitOutcome.FixedOnSpot];
    }

    private Finding? Examine(ItemResult result, string field, Visit visit, Case one, ScenarioPackage package, IReadOnlyDictionary<string, string> corrected)
    {
        if (result.Answer == ItemAnswer.NotChecked)
        {
            Refusal.Text(result.Facts, $"{field}.facts", "未检查的原因");
        }

        if (result.Answer != ItemAnswer.NonCompliant)
        {
            return null;
        }

        return Found(result, field, visit, one, package, corrected);
    }

    /// <summary>Makes the finding of an item that is not met; it is not yet recorded.</summary>
    /// <exception cref="RuleViolationException">As <see cref="RecordAsync"/>, for one item.</exception>
    internal Finding Found(ItemResult result, string field, Visit visit, Case one, ScenarioPackage package, IReadOnlyDictionary<string, string>? corrected = null)
    {
        var item = package.Scenario.Item(result.ItemCode)?.For(one.Target.Tags, result.VariantCode)
            ?? throw Refusal.Invalid("item-unknown", $"{field}.variantCode", $"事项“{result.ItemCode}”没有情形“{result.VariantCode}”，请从清单中选择。");
        if (item.MinorsInvolved && visit.MinorNotice is null)
        {
            throw Refusal.Conflict("minor-notice-missing", field, "发现未成年人的，须先通知监护人并告知公安机关，登记时间后再记录。");
        }

        // What the party mended by itself beforehand needs no officer to stand by.
        var report = corrected?.GetValueOrDefault(item.Code);
        var fixable = item.OnSpot != OnSpotPossibility.No || report is not null;
        if (result.Fix is { } fix && (!fixable || string.IsNullOrWhiteSpace(fix.BeforeEvidenceId)
            || string.IsNullOrWhiteSpace(fix.AfterEvidenceId) || fix.BeforeEvidenceId == fix.AfterEvidenceId))
        {
            throw !fixable
                ? Refusal.Invalid("not-fixable-on-spot", $"{field}.fix", $"事项“{item.Code}”不能当场改正，请改为责令改正。")
                : Refusal.Invalid("fix-evidence", $"{field}.fix", "当场改正须有改正前、改正后两份证据，请补充。");
        }

        var day = result.ViolatedOn ?? ShanghaiTime.DateOf(visit.ArrivedAt!.Value);
        if (day > session.Today())
        {
            throw Refusal.Invalid("violation-in-future", $"{field}.violatedOn", "违法行为发生日不能晚于今日，请核对。");
        }

        var fixedNow = result.Fix is not null;
        var penalises = Cite(item.Penalises, day, package.Law, $"{field}.violatedOn");
        return new Finding
        {
            Id = session.NewId(),
            CaseKey = one.CaseKey,
            CaseId = one.Id,
            PlanId = one.PlanId,
            TargetId = one.TargetId,
            Area = one.Area,
            Department = item.SupervisingDepartment,
            Created = session.Cause(),
            VisitId = visit.Id,
            ItemCode = item.Code,
            VariantCode = item.VariantCode,
            ItemTitle = item.Title,
            SupervisingDepartment = item.SupervisingDepartment,
            PenaltyDepartment = item.PenaltyDepartment,
            Severity = item.Severity,
            PenaltyClause = item.PenaltyClause,
            ViolatedOn = day,
            Violates = Cite(item.Violates, day, package.Law, $"{field}.violatedOn"),
            Orders = Cite(item.Orders, day, package.Law, $"{field}.violatedOn"),
            Penalises = penalises,
            Facts = Refusal.Text(result.Facts, $"{field}.facts", "事实"),
            EvidenceIds = result.EvidenceIds.Count > 0 ? result.EvidenceIds
                : throw Refusal.Invalid("field-missing", $"{field}.evidenceIds", "不符合的事项缺少证据，请补充。"),
            Fix = result.Fix,
            SelfCorrectionId = result.Fix is null ? null : report,
            IsRectified = item.IsRectified && !fixedNow,
            IsFiledAtOnce = item.IsFiledAtOnce,
            NoSecondTerm = !item.SecondTerm || package.Scenario.Rectification.NoSecondTermItems.Contains(item.Code),
            Sealed = item.SealedRecord || package.Scenario.Department(item.PenaltyDepartment)?.Seals(penalises) == true,
            ConcernsMinor = item.MinorsInvolved,
            Disposition = item.IsFiledAtOnce ? Disposition.Filing : fixedNow ? Disposition.FixedOnSpot : Disposition.Rectification,
        };
    }

    private static List<Citation> Cite(IReadOnlyList<string> codes, DateOnly day, ILegalCitations law, string field) =>
        [.. codes.Select(code => law.Find(code, day) ?? throw Refusal.Invalid("basis-not-in-force", field,
            $"法律依据“{code}”在违法行为发生日{ChineseDate.Of(day)}没有有效条文，请核对日期或者补充依据库。"))];

    private async ValueTask RequireHandwritingAsync(VisitRecord command, Case one, CancellationToken cancellationToken)
    {
        for (var s = 0; s < command.Sections.Count; s++)
        {
            await VisitSections.RequireHandwritingAsync(session, one.Id, command.Sections[s], $"sections[{s}]", cancellationToken);
        }

        if (command.Party?.EvidenceId is { } id)
        {
            await VisitSections.RequireHandwritingAsync(session, one.Id, id, "party.evidenceId", cancellationToken);
        }
    }

    private static void RequireSections(VisitRecord command, Visit visit, Case one, InspectionTeam team, Scenario scenario)
    {
        var present = visit.Attendances.Select(a => a.Department).ToHashSet(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var s = 0; s < command.Sections.Count; s++)
        {
            var (section, field) = (command.Sections[s], $"sections[{s}]");
            if (!present.Contains(section.Department))
            {
                throw Refusal.Invalid("section-department", $"{field}.department", $"部门“{section.Department}”未到场，不能填写该部门栏；由他人固定事实的，请写在到场部门栏并注明。");
            }

            TeamGuard.RequireSignatures(team, section.Department, section.Signatures, $"{field}.signatures");
            for (var i = 0; i < section.Items.Count; i++)
            {
                RequireItem(section, section.Items[i], $"{field}.items[{i}]", visit, one, scenario, seen);
            }
        }

        foreach (var department in present.Where(d => command.Sections.All(s => s.Department != d)))
        {
            throw Refusal.Invalid("section-missing", $"sections[{department}]", $"到场部门“{department}”没有填写检查情况，请补充。");
        }

        var answers = command.Sections.SelectMany(s => s.Items).ToDictionary(i => i.ItemCode, i => i.Answer, StringComparer.Ordinal);
        var missing = scenario.Items.Where(i => present.Contains(i.SupervisingDepartment) && i.AppliesTo(one.Target.Tags) && i.IsAsked(answers) && !seen.Contains(i.Code)).Select(i => i.Code).ToList();
        if (missing.Count > 0)
        {
            throw Refusal.Invalid("item-missing", "sections", $"事项{string.Join("、", missing)}没有填写；未检查的请选“未检查”并说明原因。");
        }
    }

    private static void RequireItem(VisitSection section, ItemResult result, string field, Visit visit, Case one, Scenario scenario, HashSet<string> seen)
    {
        if (scenario.Item(result.ItemCode) is not { } item)
        {
            throw Refusal.Invalid("item-unknown", $"{field}.itemCode", $"事项“{result.ItemCode}”不在检查清单中，请从清单中选择。");
        }

        if (!seen.Add(item.Code))
        {
            throw Refusal.Invalid("item-twice", $"{field}.itemCode", $"事项“{item.Code}”重复填写，请只保留一处。");
        }

        if (result.Answer == ItemAnswer.NonCompliant && !item.AppliesTo(one.Target.Tags))
        {
            throw Refusal.Invalid("item-not-asked", $"{field}.itemCode", $"事项“{item.Code}”不适用于本检查对象（标签：{string.Join("、", one.Target.Tags)}），不能据以认定问题；对象情况有变的，请先更新名录标签。");
        }

        if (result.RoomEntry is not null)
        {
            Refusal.Text(result.RoomEntry.By, $"{field}.roomEntry.by", "在场民警或者同意进入的住客");
        }
        else if (item.OccupiedRooms && scenario.OccupiedRoomsGuarded && result.Answer == ItemAnswer.NonCompliant)
        {
            throw Refusal.Invalid("room-entry-missing", $"{field}.roomEntry", $"事项“{item.Code}”在有人入住的客房内查明，须记明进入的依据（公安机关在场或者住客同意）和在场民警或者住客；没有依据的，不得进入，由经营者自行整理后另行检查。");
        }

        if (item.InsideHome && scenario.HomesGuarded && visit.HomeEntry is { IsEntered: false } && result.Answer == ItemAnswer.Compliant)
        {
            throw Refusal.Invalid("home-not-entered", $"{field}.answer", $"没有进入住宅，事项“{item.Code}”不能认定为符合：请选“未检查”并说明未获同意；从外部查明问题的，选“不符合”并附照片。");
        }

        // By cooperation agreement an attending team fixes the facts for a department that is not there (浙江条例 18) and hands them over.
        var absent = visit.Absent.Any(a => a.Department == item.SupervisingDepartment) || one.Departments.Any(d => d.Code == item.SupervisingDepartment && !d.Attends);
        if (item.SupervisingDepartment != section.Department && !(absent && result.FactsFixedBy == section.Department))
        {
            throw Refusal.Invalid("section-department", $"{field}.itemCode",
                $"事项“{item.Code}”由部门“{item.SupervisingDepartment}”监管，不能写在“{section.Department}”栏；受托固定事实的，请注明固定事实的部门。");
        }
    }

    private static void RequireParty(PartySignature party)
    {
        Refusal.Text(party.PersonName, "party.personName", "在场人员");
        if (party.SignedAt is null)
        {
            Refusal.Text(party.RefusalReason, "party.refusalReason", "当事人未签名的原因");
            if (string.IsNullOrWhiteSpace(party.WitnessName) && string.IsNullOrWhiteSpace(party.VideoNumber))
            {
                throw Refusal.Invalid("refusal-witness", "party.witnessName", "当事人拒绝签名的，须有见证人或者录像编号，请补充其一。");
            }
        }
    }
}
