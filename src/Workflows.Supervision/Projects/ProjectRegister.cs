using System.Text.Json;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Projects;

/// <summary>
/// 动态登记库: a registration makes a project a target and starts the scenario's <c>project.json</c>, carried by a lead of the kind 节点. Owner, property firm or grid confirm that a
/// milestone was reached; what follows is drawn in the diagram.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="scenarios">Scenarios by package version.</param>
/// <param name="flows">Diagrams that carry projects through.</param>
public sealed class ProjectRegister(ISupervisionSession session, IScenarioCatalogue scenarios, ILeadFlows flows)
{
    /// <summary>Stimulus of a confirmed milestone.</summary>
    public const string ConfirmedStimulus = "Supervision.Milestone";

    // The lead waits beyond the last milestone: the milestones themselves are its clocks.
    private const int DaysAfterLastMilestone = 60;

    private static readonly string[] s_confirmers = ["业主", "物业", "网格"];

    /// <summary>登记.</summary>
    /// <exception cref="RuleViolationException"><c>project-flow-missing</c>, <c>field-missing</c>, <c>field-too-long</c>, <c>project-dates</c>, <c>project-known</c>, <c>caretaker-unknown</c>,
    /// <c>milestone-unknown</c>, <c>tag-unknown</c>, <c>area-invalid</c>, <c>other-area</c>.</exception>
    public async ValueTask<Lead> RegisterAsync(NewProject given, CancellationToken cancellationToken = default)
    {
        var flow = await flows.FindProjectAsync(given.Scenario, cancellationToken)
            ?? throw Refusal.Invalid("project-flow-missing", "scenario", "该场景没有已发布的项目流程（project.json），不能登记项目。");
        var scenario = (await scenarios.RequireAsync(flow.PackageVersionId, cancellationToken)).Scenario;
        Require(given, scenario);
        if (await session.FindAsync<TargetRecord>(given.Number, cancellationToken) is not null)
        {
            throw Refusal.Conflict("project-known", "number", $"登记编号“{given.Number}”已经存在，请核对。");
        }

        if (given.CaretakerId is { } caretaker && (caretaker.Length > 100 || await session.FindAsync<TargetRecord>(caretaker, cancellationToken) is not { } firm || firm.Area?[..6] != given.TownCode[..6]))
        {
            throw Refusal.Invalid("caretaker-unknown", "caretakerId", "物业企业不在本区县的检查对象名录中，请先导入名录或者从名录中选择。");
        }

        IReadOnlyList<string> departments = [.. scenario.Departments.Where(d => d.Role is DepartmentRole.Lead or DepartmentRole.Participating).Select(d => d.Code)];
        session.Save(TargetRecord.Of(
            new RosterTarget
            {
                Id = given.Number, Name = given.Name, Kind = Enum.TryParse<TargetKind>(scenario.TargetKind, out var kind) ? kind : TargetKind.Project, Address = given.Address,
                TownCode = given.TownCode, District = given.TownCode[..6], Tags = [.. given.Tags], Representative = given.Owner, Phone = given.Phone, Departments = [.. departments], OpenedOn = session.Today(),
                Project = new RegisteredProject(given.Owner, given.Contractor, given.CaretakerId, given.StartsOn, given.EndsOn),
            },
            session.Cause()));
        var (id, instance) = (session.NewId(), session.NewId());
        var milestones = scenario.Milestones.Select(m => new ProjectMilestone(m.Code, m.Title, PlannedOn(m, session.Today(), given.StartsOn, given.EndsOn, session.Calendar), Before: given.Reached.Contains(m.Code, StringComparer.Ordinal))).ToList();
        var lead = new Lead
        {
            Id = id, CaseKey = id, Area = given.TownCode, TargetId = given.Number, Department = scenario.Lead.Code, Created = session.Cause(), Trigger = TriggerKind.Milestone, Source = "项目登记",
            ExternalNumber = given.Number, Place = new LeadPlace(given.TownCode, null, given.Address), Text = given.Name, ReceivedAt = session.Now, State = LeadState.Received,
            CaretakerId = given.CaretakerId, Milestones = milestones,
            Patrols = given.Passed.Count == 0 ? [] : [new PatrolRecord("登记前", PatrolOutcomes.Clean, given.Passed, [], [], null, false, [], "登记时填报的此前巡查结果", session.Actor.Id, session.Now)],
            Involved = departments, Dispatch = new LeadDispatch(session.Now, [], instance, flow.PackageVersionId), Steps = [],
        };
        var last = milestones.Select(m => m.PlannedOn).Append(given.EndsOn).Max();
        lead = session.Move(lead, LeadState.Dispatched, "登记", given.Scenario, LeadLife.OwnerOf(scenario.Lead.Code), ShanghaiTime.PassedAt(last.AddDays(DaysAfterLastMilestone)), "项目进行中");
        session.Start(new DomainStart(
            flow.DefinitionVersionId, instance, lead.CaseKey, lead.Id, given.Number,
            JsonSerializer.Serialize(new { LeadId = lead.Id, Trigger = lead.Trigger.ToString(), LeadDepartment = lead.Department }, SupervisionJson.Options)));
        return session.Add(lead, "project.registered", ("target", given.Number), ("scenario", given.Scenario));
    }

    /// <summary>Owner, property firm or grid confirm that a milestone was reached; once is enough.</summary>
    /// <exception cref="RuleViolationException"><c>milestone-unknown</c>, <c>confirmer-unknown</c>, <c>lead-state</c>.</exception>
    public async ValueTask<Lead> ConfirmAsync(string id, string code, MilestoneConfirmation command, CancellationToken cancellationToken = default)
    {
        var lead = await GetAsync(id, cancellationToken);
        lead.RequireState("确认节点", LeadState.Dispatched);
        if (!s_confirmers.Contains(command.By, StringComparer.Ordinal))
        {
            throw Refusal.Invalid("confirmer-unknown", "by", $"确认人应为{string.Join("、", s_confirmers)}之一。");
        }

        var milestone = lead.Milestones.FirstOrDefault(m => m.Code == code) ?? throw Refusal.NotFound("milestone-unknown", "code", "项目没有这个节点，请核对。");
        if (milestone.ConfirmedAt is not null)
        {
            return lead;
        }

        var confirmed = lead with { Milestones = [.. lead.Milestones.Select(m => m.Code == code ? m with { ConfirmedAt = session.Now, ConfirmedBy = command.By } : m)] };
        session.Signal(new WorkflowSignal(lead.CaseKey, ConfirmedStimulus, JsonSerializer.Serialize(new { leadId = lead.Id, milestone = code }), "{}"));
        return session.Update(session.Noted(confirmed, $"{milestone.Title}节点确认", command.By), "project.milestone-confirmed", ("milestone", code), ("by", command.By));
    }

    /// <summary>
    /// 巡查 at a milestone. A home is entered with recorded consent alone; where entry is refused a notice is left and evidence is taken from outside. An item that an
    /// earlier patrol had passed is told apart.
    /// </summary>
    /// <returns>The outcome: <see cref="PatrolOutcomes.Recurred"/> where something that was passed is found.</returns>
    /// <exception cref="RuleViolationException"><c>consent-missing</c>, <c>notice-missing</c>, <c>evidence-missing</c>, <c>item-unknown</c>, <c>field-missing</c>.</exception>
    public async ValueTask<string> PatrolAsync(string id, string milestone, string outcome, PatrolReport report, CancellationToken cancellationToken = default)
    {
        var lead = await GetAsync(id, cancellationToken);
        var scenario = (await scenarios.RequireAsync(lead.Dispatch!.PackageVersionId!, cancellationToken)).Scenario;
        var (passed, found) = (report.Passed ?? [], report.Found ?? []);
        var note = Refusal.Text(report.Note, "data.note", "巡查情况");
        RequireLawful(outcome, report);
        if (outcome is PatrolOutcomes.Found or PatrolOutcomes.Fixed or PatrolOutcomes.PartyOpen && found.Count == 0)
        {
            throw Refusal.Invalid("field-missing", "data.found", "请填写发现问题的检查事项。");
        }

        if (passed.Concat(found).FirstOrDefault(code => scenario.Item(code) is null) is { } unknown)
        {
            throw Refusal.Invalid("item-unknown", "data.found", $"场景没有检查事项“{(unknown.Length > 40 ? unknown[..40] + "…" : unknown)}”，请核对。");
        }

        var recurred = found.Where(code => lead.Patrols.Any(p => p.Passed.Contains(code, StringComparer.Ordinal))).ToList();
        var result = outcome switch
        {
            PatrolOutcomes.Found when recurred.Count > 0 => PatrolOutcomes.Recurred,
            PatrolOutcomes.Refused when found.Count > 0 => PatrolOutcomes.FoundOutside,
            PatrolOutcomes.Refused when lead.Patrols.Any(p => p.Milestone == milestone && p.Outcome == PatrolOutcomes.Refused) => PatrolOutcomes.RefusedAgain,
            _ => outcome,
        };
        var record = new PatrolRecord(milestone, result, passed, found, recurred, report.Consent, report.NoticeLeft, report.EvidenceIds ?? [], note, session.Actor.Id, session.Now);
        session.Update(
            session.Noted(lead with { Patrols = [.. lead.Patrols, record] }, $"{milestone}巡查", result), "project.patrolled",
            ("milestone", milestone), ("outcome", result), ("found", string.Join(' ', found)), ("recurred", string.Join(' ', recurred)));
        return result;
    }

    private static void RequireLawful(string outcome, PatrolReport report)
    {
        if (report.Entered && string.IsNullOrWhiteSpace(report.Consent?.Person))
        {
            throw Refusal.Invalid("consent-missing", "data.consent", "进入住宅须经业主或者使用人同意并记录同意人和时间；不同意的选择“拒绝入户”。");
        }

        if (outcome == PatrolOutcomes.Refused && (report.Entered || !report.NoticeLeft))
        {
            throw Refusal.Invalid("notice-missing", "data.noticeLeft", "拒绝入户的不得强行进入：请留置告知书并从外围取证。");
        }

        if (outcome is PatrolOutcomes.Refused or PatrolOutcomes.Found or PatrolOutcomes.PartyOpen && report.EvidenceIds is not { Count: > 0 })
        {
            throw Refusal.Invalid("evidence-missing", "data.evidenceIds", "请上传现场或者外围照片。");
        }
    }

    /// <summary>Day on which a milestone is expected.</summary>
    internal static DateOnly PlannedOn(Milestone milestone, DateOnly registeredOn, DateOnly startsOn, DateOnly endsOn, WorkCalendar calendar)
    {
        var start = milestone.From switch { MilestoneStart.Registration => registeredOn, MilestoneStart.Start => startsOn, _ => endsOn };
        return milestone.After is { } after ? LegalDeadline.Compute(start, after, calendar).Due : start;
    }

    private void Require(NewProject given, Scenario scenario)
    {
        foreach (var (value, field, name, most) in new[] { (given.Number, "number", "登记编号", 100), (given.Name, "name", "项目名称", 100), (given.Address, "address", "地址", 200), (given.Owner, "owner", "业主", 60), (given.Phone, "phone", "电话", 40) })
        {
            if (Refusal.Text(value, field, name).Length > most)
            {
                throw Refusal.Invalid("field-too-long", field, $"“{name}”至多{most}字。");
            }
        }

        if (given.Contractor is { Length: > 100 })
        {
            throw Refusal.Invalid("field-too-long", "contractor", "“施工单位”至多100字。");
        }

        if (given.TownCode is not { Length: 9 } town || !town.All(char.IsAsciiDigit))
        {
            throw Refusal.Invalid("area-invalid", "townCode", "“镇街代码”应为九位数字，如 330203001。");
        }

        if (session.Actor.Area is { } own && !given.TownCode.StartsWith(own, StringComparison.Ordinal))
        {
            throw Refusal.Forbidden("other-area", "townCode", "只能登记本区域的项目。");
        }

        if (given.EndsOn < given.StartsOn || given.EndsOn > given.StartsOn.AddYears(5))
        {
            throw Refusal.Invalid("project-dates", "endsOn", "竣工日期应在开工日期之后、五年之内，请核对。");
        }

        if (given.Tags.Any(tag => !scenario.TargetTags.Contains(tag)))
        {
            throw Refusal.Invalid("tag-unknown", "tags", $"标签应为场景所列：{string.Join("、", scenario.TargetTags)}。");
        }

        if (given.Passed.Any(code => scenario.Item(code) is null))
        {
            throw Refusal.Invalid("item-unknown", "passed", "此前合格的事项应为场景的检查事项，请核对。");
        }

        if (given.Reached.Any(code => scenario.Milestones.All(m => m.Code != code)))
        {
            throw Refusal.Invalid("milestone-unknown", "reached", $"节点应为场景所列：{string.Join("、", scenario.Milestones.Select(m => m.Code))}。");
        }
    }

    private ValueTask<Lead> GetAsync(string id, CancellationToken ct) => session.GetAsync<Lead>(id, "id", "项目", ct);
}
