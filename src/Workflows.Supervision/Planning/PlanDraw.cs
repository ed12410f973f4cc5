using System.Collections.Immutable;
using System.Text;
using Workflows.Supervision.Drawing;
using Workflows.Supervision.Guards;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Scoring;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Work;
using Workflows.Supervision.TaskForces;

namespace Workflows.Supervision.Planning;

/// <summary>The double random draw of a plan: freeze, commit, draw; each leaves what the offline verifier needs.</summary>
/// <param name="session">The session.</param>
/// <param name="plans">The plan's rules.</param>
/// <param name="scenarios">Scenarios by package version.</param>
/// <param name="secrets">Source of secrets.</param>
public sealed class PlanDraw(ISupervisionSession session, PlanService plans, IScenarioCatalogue scenarios, IDrawSecretSource secrets)
{
    /// <summary>Freezes who may be drawn, with what weight, who is left out and which officers there are.</summary>
    /// <exception cref="RuleViolationException"><c>roster-after-commitment</c>, <c>roster-empty</c>, and <c>task-force-…</c> where the plan's task force gives no officers.</exception>
    public async ValueTask<InspectionPlan> FreezeAsync(string planId, CancellationToken cancellationToken = default)
    {
        var plan = await PlanAsync(planId, cancellationToken);
        PlanService.RequireRosterOpen(plan);
        var scenario = await ScenarioAsync(plan, cancellationToken);
        var sheet = await ScreenAsync(plan, scenario, cancellationToken);
        if (sheet.Pool.Length == 0)
        {
            throw Refusal.Conflict("roster-empty", "targetRoster", $"本区域名录中没有可抽取的检查对象（已排除{sheet.Exclusions.Length}家），请核对名录和排除规则。");
        }

        session.Save(sheet);
        var pool = DrawPool.Freeze(sheet.Pool);
        return await plans.FreezeRostersAsync(
            planId,
            new RosterSnapshot(sheet.Id, pool.Hash, sheet.Pool.Length, session.Now),
            new RosterSnapshot(sheet.Id, DrawOfficer.HashRoster(sheet.Officers), sheet.Officers.Length, session.Now),
            cancellationToken);
    }

    /// <summary>Freezes the rosters anew, because they were corrected while the plan waits for its approval.</summary>
    /// <exception cref="RuleViolationException"><c>other-department</c> (403), <c>roster-after-commitment</c> (409), <c>roster-empty</c>.</exception>
    public async ValueTask<InspectionPlan> RefreezeAsync(string planId, CancellationToken cancellationToken = default)
    {
        var plan = await PlanAsync(planId, cancellationToken);
        if (!session.Actor.Is(Role.Dispatcher))
        {
            Deciders.RequireDepartment(session.Actor, plan.LeadDepartment, "重新冻结名录");
        }

        return await FreezeAsync(planId, cancellationToken);
    }

    /// <summary>Seals a secret and publishes the commitment. Every commitment takes the next serial number of the plan.</summary>
    public async ValueTask<InspectionPlan> CommitAsync(string planId, CancellationToken cancellationToken = default)
    {
        var plan = await PlanAsync(planId, cancellationToken);
        // A force that was dissolved after the freeze gives nobody any more.
        await TaskForceOfficers.OfPlanAsync(session, plan, cancellationToken);
        var sheet = await SheetAsync(plan, cancellationToken);
        var earlier = await session.ListAsync<SealedSecret>(new AggregateFilter { PlanId = planId }, cancellationToken);
        var drawId = $"DRAW-{plan.Id}-{earlier.Count + 1:0000}";
        var secret = DrawSecret.FromBytes(secrets.Create(drawId));
        var commitment = Draw.Commit(DrawInput.Terms(plan, drawId, session.Actor.Id, UniformPercent(plan, await ScenarioAsync(plan, cancellationToken))), DrawPool.Freeze(sheet.Pool), sheet.Exclusions, sheet.Officers, secret, session.Now);
        var sealedSecret = new SealedSecret
        {
            Id = session.NewId(),
            CaseKey = plan.CaseKey,
            PlanId = plan.Id,
            Department = plan.LeadDepartment,
            Area = plan.Area,
            Created = session.CauseNow(),
            DrawId = drawId,
            SecretHex = secret.Reveal(),
        };
        session.Save(sealedSecret);
        return await plans.CommitAsync(
            planId,
            new DrawCommitment
            {
                DrawId = drawId,
                Commitment = commitment.Commitment,
                PoolHash = commitment.PoolHash,
                ExclusionHash = commitment.ExclusionsHash,
                Algorithm = commitment.Algorithm,
                SecretKey = sealedSecret.Id,
                At = session.Now,
                By = session.Actor.Id,
            },
            cancellationToken);
    }

    /// <summary>Draws targets and officers and puts everything on record.</summary>
    /// <returns>False where a department lacks officers: the head has to decide before the plan goes on.</returns>
    public async ValueTask<bool> DrawAsync(string planId, CancellationToken cancellationToken = default)
    {
        var plan = await PlanAsync(planId, cancellationToken);
        var sealedSecret = await session.GetAsync<SealedSecret>(plan.Commitment?.SecretKey ?? "", "commitment.secretKey", "封存的密值", cancellationToken);
        var input = new DrawInput(plan, await SheetAsync(plan, cancellationToken), sealedSecret, UniformPercent(plan, await ScenarioAsync(plan, cancellationToken)));
        return await AcceptAsync(planId, input.Make(), cancellationToken);
    }

    /// <summary>Takes over a draw that was made, here or in a job.</summary>
    /// <returns>False where a department lacks officers; nothing is taken over then.</returns>
    public async ValueTask<bool> AcceptAsync(string planId, MadeDraw made, CancellationToken cancellationToken = default)
    {
        if (made.IsComplete)
        {
            await plans.AcceptDrawAsync(planId, made.Result, cancellationToken);
        }

        return made.IsComplete;
    }

    /// <summary>Share of winners that are drawn with equal chances, in per cent.</summary>
    public static int UniformPercent(InspectionPlan plan, Scenario scenario) => plan.WeightMode == WeightMode.Weighted ? (int)(scenario.Draw.UniformShare * 100) : 0;

    /// <summary>Takes the plan back for another draw and freezes the rosters anew, under the approval that stands.</summary>
    public async ValueTask ReopenAsync(string planId, string reason, CancellationToken cancellationToken = default)
    {
        var plan = await plans.ReopenAsync(planId, reason, cancellationToken);
        var approval = plan.Approval;
        await FreezeAsync(planId, cancellationToken);
        await plans.KeepApprovalAsync(planId, approval, cancellationToken);
    }

    /// <summary>Replaces a drawn target that is gone by the next alternate and appends that to the record of the draw.</summary>
    /// <returns>The alternate, or null when none is left.</returns>
    public async ValueTask<string?> SubstituteTargetAsync(
        string planId, string targetId, string reason, string requestedBy, string approvedBy, CancellationToken cancellationToken = default)
    {
        var plan = await PlanAsync(planId, cancellationToken);
        var file = await session.GetAsync<DrawFile>(plan.Draw?.DrawFileId ?? "", "drawFileId", "抽取记录", cancellationToken);
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(file.Json));
        var record = DrawRecord.Read(stream);
        var used = record.Substitutions.Where(s => s.Department is null).Select(s => s.In).ToHashSet(StringComparer.Ordinal);
        if (record.Alternates.All(a => used.Contains(a.Id)))
        {
            return null;
        }

        var changed = record.SubstituteTarget(targetId, new SubstitutionRequest(ExclusionCode.Closed, reason, requestedBy, approvedBy, session.Now));
        using var written = new MemoryStream();
        changed.Write(written);
        var json = Encoding.UTF8.GetString(written.ToArray());
        session.Update(
            file with { Json = json, Sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(written.ToArray())) },
            "draw.substituted", ("out", targetId), ("in", changed.Substitutions[^1].In));
        var next = changed.Substitutions[^1].In;
        var team = changed.CurrentTeam(next);
        if (team is not null)
        {
            session.Update(
                plan with { Draw = plan.Draw! with { Officers = [.. plan.Draw.Officers, .. team.Departments.Select(d => new DrawnOfficers(next, d.Department, d.Members, d.Alternates))] } },
                "plan.target-substituted", ("out", targetId), ("in", next));
        }

        return next;
    }

    private async ValueTask<Scenario> ScenarioAsync(InspectionPlan plan, CancellationToken cancellationToken) =>
        (await scenarios.RequireAsync(plan.PackageVersionId, cancellationToken)).Scenario;

    private async ValueTask<DrawSheet> ScreenAsync(InspectionPlan plan, Scenario scenario, CancellationToken cancellationToken)
    {
        var area = new AggregateFilter { AreaPrefix = plan.Area };
        var cases = (await session.ListAsync<Case>(area, cancellationToken)).ToLookup(c => c.TargetId, StringComparer.Ordinal);
        var findings = (await session.ListAsync<Finding>(area, cancellationToken)).ToLookup(f => f.TargetId, StringComparer.Ordinal);
        // Read only where the scenario lets the score speak: most do not, and the area may have very many.
        var scores = scenario.Draw.Factors.Any(f => f.ScoreBelow is not null)
            ? (await session.ListAsync<SupervisionScore>(area, cancellationToken)).ToDictionary(s => s.TargetId!, s => (int?)s.Points, StringComparer.Ordinal)
            : [];
        var promises = scenario.Draw.Factors.Any(f => f.Promise is not null)
            ? (await session.ListAsync<PartyStatement>(area, cancellationToken)).Where(s => s.Promise is not null).ToLookup(s => s.TargetId, StringComparer.Ordinal)
            : null;
        var screening = new TargetScreening(
            scenario, session.Calendar, session.Today(), [.. plan.Departments.Where(d => d.Attends).Select(d => d.Code)],
            plan.FrequencyExceptions.Where(e => e.Granted).Select(e => e.TargetId).ToHashSet(StringComparer.Ordinal));
        var roster = (await session.ListAsync<TargetRecord>(area, cancellationToken)).Select(t => t.Target).ToList();
        var facts = await RiskFactsReader.ReadAsync(session, scenario, plan.Area, roster, findings, cancellationToken);
        var pool = ImmutableArray.CreateBuilder<DrawCandidate>();
        var exclusions = ImmutableArray.CreateBuilder<Exclusion>();
        var towns = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var target in roster.Where(t => TargetScreening.Concerns(scenario, t, plan.CreditClasses)).OrderBy(t => t.Id, StringComparer.Ordinal))
        {
            if (screening.ExclusionOf(target, [.. cases[target.Id]]) is { } exclusion)
            {
                exclusions.Add(exclusion);
            }
            else
            {
                pool.Add(screening.CandidateOf(target, plan.WeightMode, [.. findings[target.Id]], scores.GetValueOrDefault(target.Id), promises is null ? null : PromiseService.StandingOf(promises[target.Id], [.. findings[target.Id]], session.Today()), [.. cases[target.Id]], facts.Of(target)));
                towns[target.Id] = target.TownCode;
            }
        }

        return new DrawSheet
        {
            Id = session.NewId(),
            CaseKey = plan.CaseKey,
            PlanId = plan.Id,
            Department = plan.LeadDepartment,
            Area = plan.Area,
            Created = session.CauseNow(),
            Pool = pool.ToImmutable(),
            Exclusions = exclusions.ToImmutable(),
            Officers = await OfficersAsync(plan, cancellationToken),
            Towns = towns.ToImmutable(),
        };
    }

    private async ValueTask<ImmutableArray<DrawOfficer>> OfficersAsync(InspectionPlan plan, CancellationToken cancellationToken)
    {
        var force = (await TaskForceOfficers.OfPlanAsync(session, plan, cancellationToken))?.ToDictionary(m => m.OfficerId, m => m.Department, StringComparer.Ordinal);
        var attending = plan.Departments.Where(d => d.Attends).Select(d => d.Code).ToList();
        // Where a plan is for one town, the officers of the whole district go there too; those stationed with another town do not.
        var district = plan.Area is { Length: > 6 } town ? town[..6] : plan.Area;
        var officers = (await session.ListAsync<OfficerRecord>(new AggregateFilter { AreaPrefix = district, Departments = attending }, cancellationToken))
            .Where(o => plan.Area is not { Length: > 6 } area || o.Area is not { Length: > 6 } station || station == area)
            .Where(o => force is null || force.GetValueOrDefault(o.Id) == o.Department);
        var teams = await session.ListAsync<InspectionTeam>(new AggregateFilter { AreaPrefix = plan.Area }, cancellationToken);
        var last = teams.Where(t => t.TargetId is not null).GroupBy(t => t.TargetId!).Select(g => g.Last())
            .SelectMany(t => t.Members.Select(m => (m.OfficerId, t.TargetId))).ToLookup(x => x.OfficerId, x => x.TargetId!, StringComparer.Ordinal);
        var openCases = (await session.ListAsync<Case>(new AggregateFilter { AreaPrefix = plan.Area, States = ["Open"] }, cancellationToken)).Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        var load = teams.Where(t => openCases.Contains(t.CaseId ?? "")).SelectMany(t => t.Members).GroupBy(m => m.OfficerId).ToDictionary(g => g.Key, g => g.Count());
        return [.. officers.OrderBy(o => o.Id, StringComparer.Ordinal)
            .Select(o => DrawOfficer.Freeze(o.Officer, plan.VisitFrom, load.GetValueOrDefault(o.Id), [.. last[o.Id]]))];
    }

    private async ValueTask<InspectionPlan> PlanAsync(string planId, CancellationToken cancellationToken) =>
        await session.GetAsync<InspectionPlan>(planId, "planId", "检查计划", cancellationToken);

    private ValueTask<DrawSheet> SheetAsync(InspectionPlan plan, CancellationToken cancellationToken) =>
        session.GetAsync<DrawSheet>(plan.TargetRoster?.SnapshotId ?? "", "targetRoster", "冻结的名录", cancellationToken);
}
