using System.Text;
using Workflows.Supervision.Drawing;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Planning;

/// <summary>When a draw is too large for a burst and becomes a job.</summary>
public sealed record LargeDraw
{
    /// <summary>Name of the job.</summary>
    public const string Job = "draw";

    /// <summary>Draws of every size in the burst, as a simulation does.</summary>
    public static LargeDraw Never { get; } = new() { MostInBurst = int.MaxValue };

    /// <summary>Eligible targets up to which a draw is made in the burst, 1 or more. Ordering 20,000 targets takes some tens of milliseconds.</summary>
    public int MostInBurst { get; init; } = 20_000;

    /// <summary>How long a job may take before it is ordered again.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Whether the draw of a plan is a job.</summary>
    public bool Concerns(InspectionPlan plan) => plan.TargetRoster is { } roster && roster.Count > MostInBurst;
}

/// <summary>A draw ordered as a job, with what it must be made from.</summary>
/// <param name="PlanId">The plan.</param>
/// <param name="DrawId">Id of the draw.</param>
/// <param name="Commitment">The published hash of the secret.</param>
/// <param name="TargetRosterHash">Hash of the frozen targets.</param>
/// <param name="OfficerRosterHash">Hash of the frozen officers.</param>
public sealed record DrawJobOrder(string PlanId, string DrawId, string Commitment, string TargetRosterHash, string OfficerRosterHash)
{
    /// <summary>The order for a plan whose public value stands.</summary>
    /// <exception cref="RuleViolationException"><c>plan-order</c>.</exception>
    public static DrawJobOrder For(InspectionPlan plan) =>
        plan is { State: PlanState.ValueKnown, Commitment: { } commitment, TargetRoster: { } targets, OfficerRoster: { } officers }
            ? new DrawJobOrder(plan.Id, commitment.DrawId, commitment.Commitment, targets.Sha256, officers.Sha256)
            : throw Refusal.Conflict("plan-order", "state", $"计划当前为“{plan.State}”，不能抽取，请先公布承诺并登记公开值。");
}

/// <summary>A draw that was made, not yet accepted.</summary>
/// <param name="Result">The result with its record, word for word.</param>
/// <param name="IsComplete">Whether each department has its two officers for each target.</param>
public sealed record MadeDraw(DrawResult Result, bool IsComplete);

/// <summary>
/// All that a draw is made from. Everything in it was frozen before the public value was known, so the record is the same bytes whoever makes it, when
/// and however often: in the burst, or in a job beside it.
/// </summary>
/// <param name="Plan">The plan.</param>
/// <param name="Sheet">The frozen rosters.</param>
/// <param name="Secret">The sealed secret.</param>
/// <param name="UniformPercent">Share of winners with equal chances.</param>
public sealed record DrawInput(InspectionPlan Plan, DrawSheet Sheet, SealedSecret Secret, int UniformPercent)
{
    /// <summary>Requires that this is still what a job was ordered for.</summary>
    /// <exception cref="RuleViolationException"><c>plan-order</c>, <c>draw-superseded</c>.</exception>
    public DrawInput Require(DrawJobOrder order) => DrawJobOrder.For(Plan) == order
        ? this
        : throw Refusal.Conflict("draw-superseded", "drawId", $"抽取“{order.DrawId}”的承诺或者名录已被新的承诺取代，本次抽取作废。");

    /// <summary>The terms of a draw of a plan.</summary>
    internal static DrawTerms Terms(InspectionPlan plan, string drawId, string operatorId, int uniformPercent) =>
        new(drawId, plan.Id, plan.PackageVersionId, operatorId, plan.DrawCount, plan.AlternateCount, uniformPercent);

    /// <summary>Draws.</summary>
    /// <exception cref="DomainRuleException">Anything differs from the commitment.</exception>
    public MadeDraw Make()
    {
        var published = Plan.Commitment ?? throw Refusal.Conflict("plan-order", "commitment", "尚未公布抽取承诺，不能抽取。");
        var value = Plan.PublicValue ?? throw Refusal.Conflict("plan-order", "publicValue", "尚未登记公开值，不能抽取。");
        var commitment = new Drawing.DrawCommitment(
            Terms(Plan, published.DrawId, published.By, UniformPercent),
            published.Algorithm, published.Commitment, published.PoolHash, published.ExclusionHash, DrawOfficer.HashRoster(Sheet.Officers), published.At);
        var record = DrawRecord.Create(
            commitment,
            DrawPool.Freeze(Sheet.Pool),
            Sheet.Exclusions,
            Sheet.Officers,
            DrawSecret.FromHex(Secret.SecretHex),
            new PublicValue(value.Value, value.Source, value.At, [$"{value.WitnessName}{(value.WitnessCapacity is { } capacity ? $"（{capacity}）" : "")}"]),
            [.. Plan.Departments.Where(d => d.Attends).Select(d => new DepartmentNeed(d.Code, d.Officers))],
            Plan.VisitFrom,
            id => Sheet.Towns.GetValueOrDefault(id));
        return new MadeDraw(ResultOf(record), record.Teams.All(t => t.IsComplete));
    }

    private static DrawResult ResultOf(DrawRecord record)
    {
        using var stream = new MemoryStream();
        record.Write(stream);
        return new DrawResult(
            record.Commitment.Terms.DrawId,
            Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length),
            record.Commitment.PoolHash,
            record.Commitment.OfficersHash,
            [.. record.Winners.Select(w => w.Id)],
            [.. record.Alternates.Select(a => a.Id)],
            [.. record.Teams.SelectMany(t => t.Departments.Select(d => new DrawnOfficers(t.TargetId, d.Department, d.Members, d.Alternates)))]);
    }
}
