using FsCheck;
using FsCheck.Fluent;
using Workflows.Supervision.Drawing;

namespace Workflows.Supervision.Tests.Drawing;

public class TeamDrawTests
{
    private static readonly byte[] Seed = new byte[32];
    private static readonly TeamTarget Hotel = new("T001", "330203001");

    private static DepartmentTeam Match(params DrawOfficer[] officers) => Match(new DepartmentNeed("CUL"), officers);

    private static DepartmentTeam Match(DepartmentNeed need, params DrawOfficer[] officers) =>
        TeamDraw.Match(Seed, "D1", [Hotel], [need], officers, Draws.Visit)[0].Departments[0];

    private static DrawOfficer[] Fit(int count) => [.. Enumerable.Range(1, count).Select(i => Draws.Officer($"W{i:00}", "CUL"))];

    [Fact]
    public void The_first_two_of_the_order_go_and_the_others_stand_by()
    {
        var team = Match(Fit(5));
        Assert.Equal(team.Order.Select(o => o.OfficerId), team.Members.Concat(team.Alternates));
        Assert.Equal(2, team.Members.Length);
        Assert.Equal(TeamFallback.None, team.Fallback);
    }

    [Fact]
    public void Each_ground_keeps_an_officer_out_and_is_named()
    {
        var bad = new[]
        {
            (ExclusionCode.NoCertificate, Draws.Officer("X1", "CUL") with { CertificateNumber = null }),
            (ExclusionCode.NoCertificate, Draws.Officer("X2", "CUL") with { CertificateValidTo = Draws.Visit.AddDays(-1) }),
            (ExclusionCode.Leave, Draws.Officer("X3", "CUL") with { OnLeave = true }),
            (ExclusionCode.Suspended, Draws.Officer("X4", "CUL") with { Suspended = true }),
            (ExclusionCode.Conflict, Draws.Officer("X5", "CUL") with { Conflicts = ["T001"] }),
            (ExclusionCode.LastTime, Draws.Officer("X6", "CUL") with { LastVisited = ["T001"] }),
            (ExclusionCode.Load, Draws.Officer("X7", "CUL") with { Load = 4, LargestLoad = 4 }),
            (ExclusionCode.Field, Draws.Officer("X8", "CUL") with { Fields = ["消防"] }),
            (ExclusionCode.OtherTown, Draws.Officer("X9", "CUL") with { Town = "330203002" }),
        };
        var team = Match(new DepartmentNeed("CUL", 2, "公共场所"), [.. bad.Select(b => b.Item2), .. Fit(2)]);
        Assert.Equal(["W01", "W02"], team.Members.Order());
        Assert.Empty(team.Alternates);
        Assert.Equal(bad.Select(b => (b.Item2.Id, b.Item1)), team.Exclusions.Select(e => (e.Id, e.Code)).Order());
    }

    [Fact]
    public void A_certificate_that_ends_on_the_day_of_the_visit_is_valid() =>
        Assert.Equal(2, Match([.. Fit(2).Select(o => o with { CertificateValidTo = Draws.Visit })]).Members.Length);

    [Fact]
    public void Too_few_officers_relax_last_time_then_towns_and_then_ask()
    {
        var fit = Fit(1);
        var last = Draws.Officer("L1", "CUL") with { LastVisited = ["T001"] };
        var away = Draws.Officer("B1", "CUL") with { Town = "330203002" };
        var kin = Draws.Officer("K1", "CUL") with { Conflicts = ["T001"] };
        var expired = Draws.Officer("E1", "CUL") with { CertificateValidTo = Draws.Visit.AddDays(-1) };
        var relaxed = Match([.. fit, last, away, kin, expired]);
        Assert.Equal((TeamFallback.RelaxedLastTime, "W01 L1"), (relaxed.Fallback, string.Join(' ', relaxed.Members)));
        var borrowed = Match([.. fit, away, kin, expired]);
        Assert.Equal((TeamFallback.Borrowed, "W01 B1"), (borrowed.Fallback, string.Join(' ', borrowed.Members)));
        var asking = Match([.. fit, kin, expired]);
        Assert.Equal((TeamFallback.NeedsApproval, "W01"), (asking.Fallback, string.Join(' ', asking.Members)));
        Assert.False(TeamDraw.Match(Seed, "D1", [Hotel], [new("CUL")], [.. fit, kin], Draws.Visit)[0].IsComplete);
    }

    [Fact]
    public void One_officer_instead_of_two_is_refused() =>
        Assert.Equal("team-too-small", Assert.Throws<DomainRuleException>(() => Match(new DepartmentNeed("CUL", 1), Fit(3))).Code);

    [Fact]
    public void Not_all_come_from_one_small_group_when_another_is_at_hand()
    {
        var officers = Fit(6);
        var order = TeamDraw.Order(Seed, "D1", "T001", "CUL", officers.Select(o => o.Id)).Select(o => o.OfficerId).ToArray();
        var grouped = officers.Select(o => o with { Group = o.Id == order[4] ? "二组" : "一组" }).ToArray();
        var team = Match(grouped);
        Assert.True(team.Mixed);
        Assert.Equal([order[0], order[4]], team.Members.AsEnumerable());
        Assert.Equal([order[1], order[2], order[3], order[5]], team.Alternates.AsEnumerable());
        Assert.False(Match([.. officers.Select(o => o with { Group = "一组" })]).Mixed);
    }

    [Fact]
    public void Tasks_of_one_draw_count_as_load()
    {
        var officers = Fit(4).Select(o => o with { LargestLoad = 1 }).ToArray();
        var teams = TeamDraw.Match(Seed, "D1", [new("T001"), new("T002"), new("T003")], [new("CUL")], officers, Draws.Visit);
        Assert.Equal(4, teams[0].Departments[0].Members.Concat(teams[1].Departments[0].Members).Distinct().Count());
        Assert.Equal(TeamFallback.NeedsApproval, teams[2].Departments[0].Fallback);
        Assert.Empty(teams[2].Departments[0].Members);
    }

    [Fact]
    public void Nobody_without_certificate_or_with_a_conflict_is_ever_sent_and_a_complete_team_has_two()
    {
        var officers = Arb.From(
            from count in Gen.Choose(0, 12)
            from bits in Gen.ArrayOf(Gen.Choose(0, 63), count)
            select bits.Select((b, i) => Draws.Officer($"W{i:00}", "CUL") with
            {
                CertificateNumber = (b & 1) == 0 ? "1" : null,
                Conflicts = (b & 6) == 2 ? ["T001"] : [],
                LastVisited = (b & 8) == 0 ? [] : ["T001"],
                Town = (b & 16) == 0 ? null : "330203002",
                Suspended = (b & 32) != 0 && i % 3 == 0,
            }).ToArray());
        Prop.ForAll(officers, o =>
        {
            var team = Match(o);
            var sent = team.Members.Select(id => o.First(x => x.Id == id)).ToArray();
            var possible = o.Count(x => x.CertificateNumber is not null && x.Conflicts.IsEmpty && !x.Suspended);
            return sent.All(x => x.CertificateNumber is not null && x.Conflicts.IsEmpty && !x.Suspended)
                && sent.Length == Math.Min(2, possible)
                && team.Alternates.All(id => o.First(x => x.Id == id) is { CertificateNumber: not null, Conflicts.IsEmpty: true, Suspended: false })
                && (team.Fallback == TeamFallback.NeedsApproval) == (possible < 2);
        }).QuickCheckThrowOnFailure();
    }
}
