using Workflows.Supervision.Evidences;
using Workflows.Supervision.Guards;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Leads;

/// <summary>What a response is measured by.</summary>
public enum ResponseMeasure
{
    /// <summary>联络: somebody speaks to whoever reported, or to the team.</summary>
    Contact,

    /// <summary>到达: the team is there.</summary>
    Arrival,
}

/// <summary>接处警: a lead is confirmed, the nearest team is sent, and what it does on the spot is recorded. Teams, targets and zones are data of the scenario.</summary>
/// <param name="session">The session.</param>
/// <param name="scenarios">Scenarios by package version.</param>
/// <param name="rosters">The rosters.</param>
public sealed class LeadResponse(ISupervisionSession session, IScenarioCatalogue scenarios, IRosterDirectory rosters)
{
    /// <summary>The dispatcher's look at what came in; a machine's word alone sends nobody.</summary>
    /// <exception cref="RuleViolationException"><c>channel-unknown</c>, <c>zone-unknown</c>, <c>target-unknown</c>.</exception>
    public async ValueTask<Lead> ConfirmAsync(string id, LeadConfirmation command, bool genuine, CancellationToken cancellationToken = default)
    {
        var lead = await session.GetAsync<Lead>(id, "id", "线索", cancellationToken);
        var scenario = (await PackageAsync(lead, cancellationToken)).Scenario;
        if (command.Channel is { } channel && !scenario.Response.Channels.Contains(channel, StringComparer.Ordinal))
        {
            throw Refusal.Invalid("channel-unknown", "data.channel", $"场景没有出动方式“{channel}”，可用的有：{string.Join("、", scenario.Response.Channels)}。");
        }

        RequireZone(scenario, command.Zone);
        if (command.TargetId is { } target && await rosters.FindTargetAsync(target, cancellationToken) is null)
        {
            throw Refusal.NotFound("target-unknown", "data.targetId", $"检查对象“{target}”不在名录中，请核对；不在名录中的人员和场所不填，由现场取证后立为临时对象。");
        }

        var outcome = genuine ? "属实" : "误报";
        return session.Update(
            session.Noted(lead with { Channel = command.Channel ?? lead.Channel, Zone = command.Zone ?? lead.Zone, TargetId = command.TargetId ?? lead.TargetId }, "人工复核", command.Note is { Length: > 0 } note ? $"{outcome}：{note}" : outcome),
            "lead.confirmed", ("outcome", outcome), ("channel", command.Channel), ("zone", command.Zone));
    }

    /// <summary>Sends the nearest team of the area that moves on the lead's way; without coordinates the first of the town, else of the area.</summary>
    /// <param name="id">The lead.</param>
    /// <param name="channel">Way, where the diagram says one; else that of the lead, else any.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The lead with its team, or null where the scenario has none for it.</returns>
    public async ValueTask<Lead?> SendNearestAsync(string id, string? channel, CancellationToken cancellationToken = default)
    {
        var lead = await session.GetAsync<Lead>(id, "id", "线索", cancellationToken);
        var response = (await PackageAsync(lead, cancellationToken)).Scenario.Response;
        var way = channel is { Length: > 0 } ? channel : lead.Channel;
        var nearest = response.Teams
            .Where(team => (way is null || team.Channel == way) && lead.Place.Area.StartsWith(team.Area[..Math.Min(6, team.Area.Length)], StringComparison.Ordinal))
            .Select(team => (Team: team, Metres: lead.Place.MetresTo(new LeadPlace(team.Area, Latitude: team.Latitude, Longitude: team.Longitude))))
            .Where(one => one.Metres is not { } far || response.ReachMetres is not { } reach || far <= reach)
            .OrderBy(one => one.Metres ?? double.MaxValue).ThenBy(one => one.Team.Area == lead.Place.Area ? 0 : 1).ThenBy(one => one.Team.Code, StringComparer.Ordinal)
            .FirstOrDefault();
        if (nearest.Team is not { } chosen)
        {
            return null;
        }

        var team = new LeadTeam(chosen.Code, chosen.Name, chosen.Channel, chosen.Department, nearest.Metres is { } metres ? Math.Round(metres) : null, session.Now);
        var sent = session.Noted(lead with { Team = team, Channel = chosen.Channel, Involved = LeadPlacing.With(lead, chosen.Department) }, "一键派队", $"{chosen.Name}（{chosen.Channel}）");
        session.Tell(sent, LeadLife.OwnerOf(chosen.Department), "出动");
        return session.Update(sent, "lead.team-sent", ("team", chosen.Code), ("channel", chosen.Channel), ("metres", team.Metres?.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    /// <summary>Minutes that the scenario sets for the area and way of a lead: the nearest area first, then the way; null where it sets none.</summary>
    public async ValueTask<int?> MinutesAsync(Lead lead, ResponseMeasure measure, CancellationToken cancellationToken = default)
    {
        var scenario = (await PackageAsync(lead, cancellationToken)).Scenario;
        var target = scenario.Response.Targets
            .Where(t => (t.Area is null || lead.Place.Area.StartsWith(t.Area, StringComparison.Ordinal)) && (t.Channel is null || t.Channel == lead.Channel))
            .OrderByDescending(t => t.Area?.Length ?? 0).ThenBy(t => t.Channel is null ? 1 : 0).FirstOrDefault();
        return measure == ResponseMeasure.Contact ? target?.ContactMinutes ?? scenario.ContactMinutes : target?.ArrivalMinutes ?? scenario.ArrivalMinutes;
    }

    /// <summary>
    /// What the team did. The item holds as it does in the zone, and the law as on the day of the act. A fine on the spot needs a person who is known, two certified officers, a clause
    /// that punishes at once, and an amount within the simple procedure; above it the matter goes the ordinary way. Who was not met leaves a picture behind.
    /// </summary>
    /// <exception cref="RuleViolationException"><c>outcome-unknown</c>, <c>field-missing</c>, <c>evidence-missing</c>, <c>item-unknown</c>, <c>item-not-in-zone</c>, <c>zone-unknown</c>,
    /// <c>penalty-clause</c>, <c>ordinary-procedure</c>, <c>two-officers</c>, <c>certificate-invalid</c>, <c>officer-recused</c>, <c>monitoring-unreviewed</c>, <c>evidence-rejected</c>, <c>coordinates-invalid</c>, <c>accuracy-invalid</c>, <c>device-time-invalid</c>.</exception>
    public async ValueTask<Lead> SettleAsync(string id, string outcome, SettleLead command, CancellationToken cancellationToken = default)
    {
        var lead = await session.GetAsync<Lead>(id, "id", "线索", cancellationToken);
        var package = await PackageAsync(lead, cancellationToken);
        var zone = command.Zone ?? lead.Zone;
        RequireZone(package.Scenario, zone);
        var note = Refusal.Text(command.Note, "data.note", "处理情况");
        var evidence = command.EvidenceIds ?? [];
        if (outcome == LeadOutcomes.NotFound && evidence.Count == 0 && lead.Sensing?.Snapshot is null)
        {
            throw Refusal.Invalid("evidence-missing", "data.evidenceIds", "未查获的须留存影像：请上传现场照片，或者由告警附带抓拍。");
        }

        var concerns = outcome is LeadOutcomes.Persuaded or LeadOutcomes.Punished or LeadOutcomes.Filed;
        var item = concerns ? ItemOf(package.Scenario, lead, command, zone) : null;
        if (concerns && evidence.Count == 0 && (outcome != LeadOutcomes.Persuaded || lead.Sensing?.Snapshot is null))
        {
            throw Refusal.Invalid("evidence-missing", "data.evidenceIds", "先取证后处理：请上传现场照片或者录像。");
        }

        if (outcome == LeadOutcomes.Punished)
        {
            await RequireSimpleProcedureAsync(package, lead, item!, command, cancellationToken);
            await EvidenceGuard.RequireUsableAsync(session, evidence, session.Actor.Department, "data.evidenceIds", cancellationToken);
        }

        var day = ShanghaiTime.DateOf(lead.OccurredAt ?? lead.ReceivedAt);
        var settled = lead with
        {
            Zone = zone,
            Settlement = new LeadSettlement
            {
                Outcome = outcome, ItemCode = item?.Code, VariantCode = item?.VariantCode, Severity = item?.Severity, Person = command.Person, Fine = outcome == LeadOutcomes.Punished ? command.Fine : null,
                Violates = Law(package, item?.Violates, day), Penalises = Law(package, item?.Penalises, day), SecondOfficer = outcome == LeadOutcomes.Punished ? command.SecondOfficer : null,
                EvidenceIds = evidence, Note = note, By = session.Actor.Id, At = session.Now,
            },
        };
        settled = session.Marked(session.Noted(settled with { Positions = [] }, "现场处理", outcome), "现场处理", null, outcome, command.Device);
        return session.Update(settled, "lead.settled", ("outcome", outcome), ("item", item?.Code), ("variant", item?.VariantCode), ("zone", zone));
    }

    private static ScenarioItem ItemOf(Scenario scenario, Lead lead, SettleLead command, string? zone)
    {
        var code = command.ItemCode ?? lead.MatterCode;
        var item = code is null ? null : scenario.Item(code);
        if (item is null)
        {
            throw Refusal.Invalid("item-unknown", "data.itemCode", $"场景没有检查事项“{code ?? "（未填）"}”，请填写事项编码。");
        }

        var held = command.VariantCode is { } variant ? item.As(variant) : item.In(zone);
        return held ?? throw Refusal.Invalid("item-not-in-zone", "data.zone", $"事项{code}在“{zone}”不适用，请核对所在区域或者改选事项。");
    }

    private async ValueTask RequireSimpleProcedureAsync(ScenarioPackage package, Lead lead, ScenarioItem item, SettleLead command, CancellationToken ct)
    {
        var person = command.Person ?? throw Refusal.Invalid("field-missing", "data.person", "当场处罚须查明当事人：请填写姓名或者单位名称；身份不明的，转案件办理。");
        _ = Refusal.Text(person.Name, "data.person.name", "当事人姓名或者单位名称");
        if (item.Penalises.Count == 0 || item.PenaltyClause is PenaltyClause.CorrectFirst or PenaltyClause.NoClause)
        {
            throw Refusal.Invalid("penalty-clause", "data.itemCode", $"事项{item.Code}没有可以直接适用的罚则，不能当场处罚：请劝离教育，或者转案件责令改正。");
        }

        if (item.Severity >= Severity.Serious)
        {
            throw Refusal.Invalid("ordinary-procedure", "data.itemCode", $"事项{item.Code}属严重以上，不适用简易程序，请选择“{LeadOutcomes.Filed}”。");
        }

        var scenario = package.Scenario;
        var day = ShanghaiTime.DateOf(lead.OccurredAt ?? lead.ReceivedAt);
        var clauses = item.Penalises.Select(code => package.Law.Find(code, day)).OfType<Citation>();
        var ofOwnLaw = scenario.Department(session.Actor.Department ?? "")?.Clocks is { } clocks && clocks.HoldFor(clauses) ? clocks.OnSpotFineMax : null;
        var limit = ofOwnLaw ?? (person.IsOrganisation ? scenario.Response.OnSpotFineOfOrganisation : scenario.Response.OnSpotFineOfPerson);
        if (command.Fine is not >= 0 || command.Fine > limit)
        {
            throw Refusal.Invalid("ordinary-procedure", "data.fine", $"当场罚款至多 {limit} 元（行政处罚法第五十一条），警告填 0；超过的适用普通程序，请选择“{LeadOutcomes.Filed}”。");
        }

        if (command.SecondOfficer is not { Length: > 0 } second || Deciders.IsSame(session.Actor, second)
            || await rosters.FindOfficerAsync(second, ct) is not { InService: true } officer || officer.Department != session.Actor.Department)
        {
            throw Refusal.Invalid("two-officers", "data.secondOfficer", "当场处罚须由本部门两名以上执法人员实施：请填写另一名执法人员。");
        }

        var own = await rosters.FindOfficerAsync(session.Actor.OfficerId ?? session.Actor.Id, ct);
        foreach (var (one, field, who) in new[] { (own, "actor", "您"), (officer, "data.secondOfficer", "另一名执法人员") })
        {
            if (one is not { InService: true } || string.IsNullOrWhiteSpace(one.CertificateNumber) || one.CertificateValidTo is not { } validTo || validTo < session.Today())
            {
                throw Refusal.Invalid("certificate-invalid", field, $"{who}的执法证无效，当场处罚须由两名以上持有效执法证的人员实施，请更换。");
            }

            if (lead.TargetId is { } target && one.Relations.Contains(target, StringComparer.Ordinal))
            {
                throw Refusal.Conflict("officer-recused", field, $"{who}与当事人有利害关系，应当回避（行政处罚法第四十三条），请更换。");
            }
        }
    }

    private static void RequireZone(Scenario scenario, string? zone)
    {
        if (zone is not null && !scenario.Zones.Contains(zone, StringComparer.Ordinal))
        {
            throw Refusal.Invalid("zone-unknown", "data.zone", $"场景没有区域“{zone}”，可用的有：{string.Join("、", scenario.Zones)}。");
        }
    }

    private static IReadOnlyList<Citation> Law(ScenarioPackage package, IReadOnlyList<string>? codes, DateOnly on) => [.. (codes ?? []).Select(code => package.Law.Find(code, on)).OfType<Citation>()];

    private async ValueTask<ScenarioPackage> PackageAsync(Lead lead, CancellationToken ct) => await scenarios.RequireAsync(
        lead.Dispatch?.PackageVersionId ?? throw Refusal.Conflict("lead-without-package", "id", "线索没有场景：请在管执清单中为该事项填写场景，并由场景的线索流程办理。"), ct);
}
