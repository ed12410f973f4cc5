using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Workflows.Supervision.Drawing;

/// <summary>What the matching of officers was given, kept so that it can be replayed.</summary>
/// <param name="Needs">Departments that attend.</param>
/// <param name="VisitDate">Date for which certificates had to be valid.</param>
/// <param name="Targets">Town of each drawn target and of each alternate.</param>
public sealed record TeamPlan(ImmutableArray<DepartmentNeed> Needs, DateOnly VisitDate, ImmutableArray<TeamTarget> Targets);

/// <summary>
/// The whole record of a draw (random-draw 7): exportable as canonical JSON and enough to replay the draw offline. The
/// core never changes; substitutions are appended in a hash chain that begins at the core's hash.
/// </summary>
public sealed record DrawRecord
{
    /// <summary>Id of this form of record.</summary>
    public const string CurrentFormat = "ssf-draw-record/1";

    /// <summary>Form of the record.</summary>
    public string Format { get; init; } = CurrentFormat;

    /// <summary>What was published before the public value was known.</summary>
    public required DrawCommitment Commitment { get; init; }

    /// <summary>The frozen targets, in ordinal order.</summary>
    public required ImmutableArray<DrawCandidate> Pool { get; init; }

    /// <summary>Targets left out, with reasons.</summary>
    public required ImmutableArray<Exclusion> Exclusions { get; init; }

    /// <summary>The frozen officers.</summary>
    public required ImmutableArray<DrawOfficer> Officers { get; init; }

    /// <summary>The public value.</summary>
    public required PublicValue PublicValue { get; init; }

    /// <summary>The secret, revealed.</summary>
    public required string Secret { get; init; }

    /// <summary>The seed.</summary>
    public required string Seed { get; init; }

    /// <summary>Winners of each stratum; empty in an unstratified draw.</summary>
    public required ImmutableArray<StratumQuota> Quotas { get; init; }

    /// <summary>The whole order by weighted tickets, stratum after stratum.</summary>
    public required ImmutableArray<DrawnRow> Order { get; init; }

    /// <summary>The order by equal chances, as far as it was used; empty without a uniform share.</summary>
    public required ImmutableArray<DrawnRow> UniformOrder { get; init; }

    /// <summary>The drawn targets.</summary>
    public required ImmutableArray<DrawnTarget> Winners { get; init; }

    /// <summary>Those who stand by.</summary>
    public required ImmutableArray<DrawnTarget> Alternates { get; init; }

    /// <summary>What the matching of officers was given; null if none were matched here.</summary>
    public TeamPlan? TeamPlan { get; init; }

    /// <summary>The officers matched to each drawn target.</summary>
    public ImmutableArray<TargetTeam> Teams { get; init; } = [];

    /// <summary>Hash of all above, lower-case hexadecimal.</summary>
    public string Hash { get; init; } = "";

    /// <summary>Later changes, in order.</summary>
    public ImmutableArray<Substitution> Substitutions { get; init; } = [];

    /// <summary>Hash of the last substitution, or of the record: what an audit entry refers to.</summary>
    [JsonIgnore]
    public string LatestHash => Substitutions.IsEmpty ? Hash : Substitutions[^1].Hash;

    /// <summary>The targets to visit now, substitutions applied, in order.</summary>
    [JsonIgnore]
    public ImmutableArray<string> CurrentTargets
    {
        get
        {
            var targets = Winners.Select(w => w.Id).ToList();
            foreach (var change in Substitutions.Where(s => s.Department is null))
            {
                targets[targets.IndexOf(change.Out)] = change.In;
            }

            return [.. targets];
        }
    }

    /// <summary>Draws, matches officers if a plan is given, and puts everything on record.</summary>
    /// <param name="commitment">The published commitment.</param>
    /// <param name="pool">The frozen targets.</param>
    /// <param name="exclusions">The targets left out.</param>
    /// <param name="officers">The frozen officers.</param>
    /// <param name="secret">The secret.</param>
    /// <param name="publicValue">The public value.</param>
    /// <param name="needs">Departments that attend; empty if officers are not matched here.</param>
    /// <param name="visitDate">Date for which certificates must be valid.</param>
    /// <param name="townOf">Town of a target, or null to treat every officer as at home.</param>
    /// <exception cref="DomainRuleException">Anything differs from the commitment.</exception>
    public static DrawRecord Create(
        DrawCommitment commitment,
        DrawPool pool,
        IReadOnlyList<Exclusion> exclusions,
        IReadOnlyList<DrawOfficer> officers,
        DrawSecret secret,
        PublicValue publicValue,
        IReadOnlyList<DepartmentNeed> needs,
        DateOnly visitDate,
        Func<string, string?>? townOf = null)
    {
        DrawTerms.Check(commitment.ExclusionsHash == Draw.HashExclusions(exclusions), "draw-exclusions-changed", "排除名单在承诺后被改动，不得抽取。", "exclusions");
        DrawTerms.Check(commitment.OfficersHash == DrawOfficer.HashRoster(officers), "draw-officers-changed", "执法人员名录在承诺后被改动，不得抽取。", "officers");
        var outcome = Draw.Reveal(commitment, pool, secret, publicValue);
        var seed = Convert.FromHexString(outcome.Seed);
        var uniform = outcome.Winners.Count(w => w.By == "uniform");
        var plan = needs.Count == 0 ? null : new TeamPlan(
            [.. needs], visitDate, [.. outcome.Winners.Concat(outcome.Alternates).Select(t => new TeamTarget(t.Id, townOf?.Invoke(t.Id)))]);
        var record = new DrawRecord
        {
            Commitment = commitment,
            Pool = pool.Candidates,
            Exclusions = [.. exclusions],
            Officers = [.. officers],
            PublicValue = publicValue with { KnownAt = publicValue.KnownAt.ToUniversalTime() },
            Secret = secret.Reveal(),
            Seed = outcome.Seed,
            Quotas = outcome.Quotas,
            Order = [.. WeightedOrders(outcome).SelectMany(o => o.Rows())],
            UniformOrder = uniform > 0 ? outcome.Orders[1].First(uniform) : [],
            Winners = outcome.Winners,
            Alternates = outcome.Alternates,
            TeamPlan = plan,
            Teams = plan is null ? [] : TeamDraw.Match(
                seed, commitment.Terms.DrawId, plan.Targets.Take(outcome.Winners.Length), plan.Needs, officers, visitDate),
        };
        return record with { Hash = record.ComputeHash() };
    }

    /// <summary>The team of a target now, substitutions applied; null if none was matched.</summary>
    public TargetTeam? CurrentTeam(string targetId)
    {
        var team = Teams.FirstOrDefault(t => t.TargetId == targetId);
        foreach (var change in Substitutions)
        {
            if (change.Department is null && change.In == targetId)
            {
                team = change.Team;
            }
            else if (change.Department is not null && change.TargetId == targetId && team is not null)
            {
                team = team with { Departments = [.. team.Departments.Select(d => d.Department == change.Department ? Replace(d, change) : d)] };
            }
        }

        return team;
    }

    /// <summary>Replaces a drawn target by the next alternate of its stratum (递补).</summary>
    /// <exception cref="DomainRuleException">Not a current target, no reason, not approved, or no alternate left (<c>no-alternate-left</c>).</exception>
    public DrawRecord SubstituteTarget(string targetId, SubstitutionRequest request)
    {
        request.Require();
        DrawTerms.Check(CurrentTargets.Contains(targetId), "substitution-not-drawn", $"对象 {targetId} 不在本次抽取结果中。", targetId);
        var stratum = Pool.First(c => c.Id == targetId).Stratum;
        var used = Substitutions.Where(s => s.Department is null).Select(s => s.In).ToHashSet(StringComparer.Ordinal);
        var next = Alternates.FirstOrDefault(a => a.Stratum == stratum && !used.Contains(a.Id))
            ?? throw new DomainRuleException("no-alternate-left", $"对象 {targetId} 没有可用的递补对象，请说明理由、经批准后重新抽取。", targetId);
        var team = TeamPlan is null ? null : TeamDraw.Match(
            Convert.FromHexString(Seed), Commitment.Terms.DrawId, [TeamPlan.Targets.First(t => t.Id == next.Id)], TeamPlan.Needs, Officers, TeamPlan.VisitDate)[0];
        return Append(targetId, null, targetId, next.Id, request, team);
    }

    /// <summary>Replaces an officer by the next alternate of the same department for the same target (回避 and others).</summary>
    /// <exception cref="DomainRuleException">Not in the team, no reason, not approved, or no alternate left (<c>no-alternate-left</c>).</exception>
    public DrawRecord SubstituteOfficer(string targetId, string officerId, SubstitutionRequest request)
    {
        request.Require();
        var department = CurrentTeam(targetId)?.Departments.FirstOrDefault(d => d.Members.Contains(officerId))
            ?? throw new DomainRuleException("substitution-not-in-team", $"执法人员 {officerId} 不在对象 {targetId} 的检查组中。", officerId);
        return department.Alternates.IsEmpty
            ? throw new DomainRuleException("no-alternate-left", $"部门 {department.Department} 没有可替换的执法人员，请报批调派。", department.Department)
            : Append(targetId, department.Department, officerId, department.Alternates[0], request, null);
    }

    /// <summary>Writes the record as canonical JSON.</summary>
    public void Write(Stream stream) => JsonSerializer.Serialize(stream, this, DrawRecordJson.Options);

    /// <summary>Reads a record; it is not verified, see <see cref="DrawVerifier"/>.</summary>
    /// <exception cref="JsonException">Not a record of this form.</exception>
    public static DrawRecord Read(Stream stream) =>
        JsonSerializer.Deserialize<DrawRecord>(stream, DrawRecordJson.Options) ?? throw new JsonException("null");

    internal static IEnumerable<DrawOrder> WeightedOrders(DrawOutcome outcome) =>
        outcome.Quotas.IsEmpty ? outcome.Orders.Take(1) : outcome.Orders;

    internal string ComputeHash() => DrawRecordJson.Hash(this with { Hash = "", Substitutions = [] });

    private static DepartmentTeam Replace(DepartmentTeam team, Substitution change) => team with
    {
        Members = team.Members.Replace(change.Out, change.In),
        Alternates = team.Alternates.Remove(change.In),
    };

    private DrawRecord Append(string targetId, string? department, string leaving, string coming, SubstitutionRequest request, TargetTeam? team) => this with
    {
        Substitutions = Substitutions.Add(new Substitution(
            Substitutions.Length + 1, request.At.ToUniversalTime(), targetId, department, leaving, coming,
            request.Code, request.Reason, request.RequestedBy, request.ApprovedBy, team, LatestHash, "").Sealed()),
    };
}
