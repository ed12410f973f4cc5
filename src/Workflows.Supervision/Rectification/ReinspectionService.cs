using Workflows.Supervision.Guards;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Rectification;

/// <summary>The record of a re-inspection.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Method">现场, 书面 or 视频.</param>
/// <param name="Officers">Signatures; two certified officers of each organ that has an open item.</param>
/// <param name="Opinions">An opinion on each open item, and on no other.</param>
/// <param name="PartyView">View of the party.</param>
/// <param name="HomeEntry">How a home was entered, or that nobody did; required for 现场 where the scenario guards homes.</param>
public sealed record RecordReinspection(
    string CaseId, string Method, IReadOnlyList<OfficerSignature> Officers, IReadOnlyList<OpinionOnItem> Opinions, string? PartyView = null, HomeEntry? HomeEntry = null);

/// <summary>Result of a re-inspection.</summary>
/// <param name="ReinspectionId">Its id.</param>
/// <param name="Outcome">全部改正, 部分改正 or 未改正.</param>
/// <param name="FileOrders">Orders with failed items that go to 立案 at once.</param>
/// <param name="InterviewOrders">Orders with failed items for which 约谈 comes first.</param>
public sealed record ReinspectionResult(string ReinspectionId, string Outcome, IReadOnlyList<string> FileOrders, IReadOnlyList<string> InterviewOrders);

/// <summary>复查: of the open items only, by the organs that have one, together.</summary>
/// <param name="session">The session.</param>
/// <param name="rosters">The rosters, for certificates.</param>
/// <param name="scenarios">Scenarios by package version.</param>
public sealed class ReinspectionService(ISupervisionSession session, Planning.IRosterDirectory rosters, IScenarioCatalogue scenarios)
{
    /// <summary>Outcome: everything is put right.</summary>
    public const string AllRectified = "全部改正";

    /// <summary>Outcome: some items passed and closed, the others go on.</summary>
    public const string PartlyRectified = "部分改正";

    /// <summary>Outcome: nothing passed.</summary>
    public const string NotRectified = "未改正";

    /// <summary>
    /// Records it. Items that pass close; those that fail although their term is over go to 约谈 or 立案 by kind of clause and term;
    /// items whose term still runs may be looked at and go on if they do not pass.
    /// </summary>
    /// <exception cref="RuleViolationException">
    /// <c>assistant-decides</c>, <c>nothing-to-reinspect</c>, <c>opinion-missing</c>, <c>opinion-unknown</c>, <c>two-signatures</c>, <c>certificate-invalid</c>, <c>method-unknown</c>, <c>home-not-entered</c>,
    /// and those of <see cref="HomeEntry.Require"/>.
    /// </exception>
    public async ValueTask<ReinspectionResult> RecordAsync(RecordReinspection command, CancellationToken cancellationToken = default)
    {
        Deciders.RequireOfficer(session.Actor, "作出复查意见");
        var one = await session.GetAsync<Case>(command.CaseId, "caseId", "案件", cancellationToken);
        var orders = (await session.ListAsync<RectificationOrder>(new AggregateFilter { CaseId = one.Id }, cancellationToken))
            .Where(o => o.State == OrderState.Served && o.Items.Any(i => i.IsOpen)).ToList();
        if (command.Method is not ("现场" or "书面" or "视频"))
        {
            throw Refusal.Invalid("method-unknown", "method", "复查方式只能是“现场”“书面”或者“视频”。");
        }

        RequireOpinions(orders, command.Opinions, session.Today());
        if (command.Method == "现场")
        {
            await RequireLawfulEntryAsync(one, orders, command, cancellationToken);
        }

        await RequireOfficersAsync(orders, command.Officers, cancellationToken);
        var earlier = await session.ListAsync<Reinspection>(new AggregateFilter { CaseId = one.Id }, cancellationToken);
        var (file, interview) = (new List<string>(), new List<string>());
        foreach (var order in orders)
        {
            var opinions = command.Opinions.Where(o => o.OrderId == order.Id).ToList();
            var passed = opinions.Where(o => o.Opinion == ItemOpinion.Rectified).Select(o => o.Ordinal).ToHashSet();
            var changed = await Settlement.CloseItemsAsync(session, order, passed, RectificationItemState.Rectified, "order.reinspected", cancellationToken);
            var failed = changed.Items.Where(i => i.IsOpen && i.Due < session.Today()).ToList();
            var goingOn = changed.Items.Where(i => i.State == RectificationItemState.ProofSubmitted && !failed.Contains(i)).ToList();
            if (failed.Count + goingOn.Count == 0)
            {
                continue;
            }

            changed = session.Update(
                changed with { Items = [.. changed.Items.Select(i => failed.Contains(i) ? i with { State = RectificationItemState.Overdue } : goingOn.Contains(i) ? i with { State = RectificationItemState.Open } : i)] },
                "order.not-rectified");
            if (failed.Count == 0)
            {
                continue;
            }

            var toFile = await AnyGoesToFilingAsync(failed, earlier.Count, cancellationToken);
            (toFile ? file : interview).Add(order.Id);
        }

        var conclusion = ConclusionOf(command.Opinions);
        var record = session.Add(
            new Reinspection
            {
                Id = session.NewId(),
                CaseKey = one.CaseKey,
                CaseId = one.Id,
                PlanId = one.PlanId,
                TargetId = one.TargetId,
                Area = one.Area,
                Created = session.Cause(),
                OrderIds = [.. orders.Select(o => o.Id)],
                Ordinal = earlier.Count + 1,
                Method = command.Method,
                At = session.Now,
                Officers = command.Officers,
                Opinions = command.Opinions,
                PartyView = command.PartyView,
                HomeEntry = command.HomeEntry,
                Conclusion = conclusion,
            },
            "reinspection.recorded", ("conclusion", conclusion));
        return new ReinspectionResult(record.Id, conclusion, file, interview);
    }

    /// <summary>The conclusion that follows from the opinions on the items.</summary>
    public static string ConclusionOf(IReadOnlyList<OpinionOnItem> opinions) =>
        opinions.All(o => o.Opinion == ItemOpinion.Rectified) ? AllRectified
        : opinions.Any(o => o.Opinion is ItemOpinion.Rectified or ItemOpinion.Partly) ? PartlyRectified
        : NotRectified;

    private async ValueTask RequireLawfulEntryAsync(Case one, List<RectificationOrder> orders, RecordReinspection command, CancellationToken ct)
    {
        var scenario = (await scenarios.RequireAsync(one.PackageVersionId, ct)).Scenario;
        HomeEntry.Require(scenario, command.HomeEntry, "homeEntry", session.Now);
        if (!scenario.HomesGuarded || command.HomeEntry is not { IsEntered: false })
        {
            return;
        }

        for (var i = 0; i < command.Opinions.Count; i++)
        {
            var opinion = command.Opinions[i];
            var item = orders.First(o => o.Id == opinion.OrderId).Items.First(line => line.Ordinal == opinion.Ordinal);
            if (opinion.Opinion == ItemOpinion.Rectified && item.State != RectificationItemState.ProofSubmitted && opinion.EvidenceIds.Count == 0 && scenario.Item(item.ItemCode)?.InsideHome == true)
            {
                throw Refusal.Invalid("home-not-entered", $"opinions[{i}].evidenceIds", $"没有进入住宅，第{opinion.Ordinal}项不能仅凭现场认定为已改正：请上传当事人提供或者从外部取得的证据，或者改用书面、视频复查。");
            }
        }
    }

    private async ValueTask<bool> AnyGoesToFilingAsync(List<RectificationItem> failed, int earlierReinspections, CancellationToken ct)
    {
        foreach (var item in failed)
        {
            var finding = await session.GetAsync<Finding>(item.FindingId, "findingId", "问题", ct);
            if (finding.NoSecondTerm || finding.PenaltyClause == PenaltyClause.CorrectFirst
                || finding.Severity >= Severity.Serious || item.Term > 1 || earlierReinspections > 0)
            {
                return true;
            }
        }

        return false;
    }

    private static void RequireOpinions(List<RectificationOrder> orders, IReadOnlyList<OpinionOnItem> opinions, DateOnly today)
    {
        if (orders.Count == 0)
        {
            throw Refusal.Conflict("nothing-to-reinspect", "caseId", "没有需要复查的未办结事项。");
        }

        var open = orders.SelectMany(o => o.Items.Where(i => i.IsOpen).Select(i => (o.Id, i.Ordinal))).ToHashSet();
        var given = new HashSet<(string, int)>();
        for (var i = 0; i < opinions.Count; i++)
        {
            var key = (opinions[i].OrderId, opinions[i].Ordinal);
            if (!open.Contains(key) || !given.Add(key))
            {
                throw Refusal.Invalid("opinion-unknown", $"opinions[{i}]", $"第{key.Ordinal}项不是未办结事项或者重复，复查只针对未办结事项。");
            }

            Refusal.Text(opinions[i].Found, $"opinions[{i}].found", "复查发现的情况");
        }

        var missing = orders.SelectMany(o => o.Items.Where(i => i.IsOpen && (i.Due < today || i.State == RectificationItemState.ProofSubmitted)).Select(i => (o.Id, i.Ordinal)))
            .Count(key => !given.Contains(key));
        if (missing > 0 || given.Count == 0)
        {
            throw Refusal.Invalid("opinion-missing", "opinions", $"还有{Math.Max(missing, 1)}项到期或者已报材料的事项没有复查意见，请逐项填写。");
        }
    }

    private async ValueTask RequireOfficersAsync(List<RectificationOrder> orders, IReadOnlyList<OfficerSignature> officers, CancellationToken ct)
    {
        var members = new List<TeamMember>();
        foreach (var signature in officers)
        {
            var standing = await rosters.FindOfficerAsync(signature.OfficerId, ct);
            if (standing is not { InService: true } || standing.CertificateNumber != signature.CertificateNumber)
            {
                throw Refusal.Invalid("signature-not-own", "officers", $"{signature.Name}不是在岗执法人员或者证号不符，请核对。");
            }

            members.Add(new TeamMember
            {
                OfficerId = standing.Id, Name = standing.Name, Department = standing.Department,
                CertificateNumber = standing.CertificateNumber, CertificateValidTo = standing.CertificateValidTo,
            });
        }

        TeamGuard.Require(members, [.. orders.Select(o => o.Department!).Distinct()], session.Today(), []);
    }
}
