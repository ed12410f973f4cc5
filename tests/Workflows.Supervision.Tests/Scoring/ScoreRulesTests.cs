using Workflows.Supervision.Inspections;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Scoring;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Tests.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Supervision.Tests.Scoring;

/// <summary>监管评分 by the points of the domain (scenarios.md 3): −2, −5, −15, overdue −10, rectified +3, self-check +2, twelve clean months +10, critical means class D.</summary>
public sealed class ScoreRulesTests
{
    private readonly World _world = new();

    [Fact]
    public async Task A_case_moves_the_score_by_the_rules_of_its_scenario()
    {
        var (one, orders) = await _world.ServedAsync("EH-20", "EH-22");
        var late = orders.SelectMany(o => o.Items).Single(i => i.ItemCode == "EH-20");
        foreach (var order in orders)
        {
            _world.Session.Save(order with { Items = [.. order.Items.Select(i => i.Ordinal == late.Ordinal && i.ItemCode == "EH-20" ? i with { Term = 2, State = RectificationItemState.Rectified } : i with { State = RectificationItemState.Rectified })] });
        }

        await RectifiedAsync(one);
        // Two general findings, one of them overdue in its first term, both rectified in the end: 100 − 5 − 10 − 5 + 3 + 3.
        Assert.Equal(86, (await CountAsync(one)).Points);
    }

    [Fact]
    public async Task A_critical_finding_leaves_class_D_at_once()
    {
        var (one, _) = await _world.VisitedAsync("EH-20");
        var found = Assert.Single(await _world.Session.ListAsync<Finding>(new AggregateFilter { CaseId = one.Id }));
        _world.Session.Save(found with { Severity = Severity.Critical, Disposition = Disposition.Filing });
        var score = await CountAsync(one);
        // Class D is below 60.
        Assert.True(score.Points < 60);
        Assert.Equal(59, score.Points);
    }

    [Fact]
    public async Task A_self_check_before_the_check_adds_two()
    {
        var (one, _) = await _world.VisitedAsync("EH-20");
        _world.Session.Save(new PartyStatement
        {
            Id = "s-1", CaseKey = one.CaseKey, CaseId = one.Id, TargetId = one.TargetId, Area = one.Area, Created = _world.Session.CauseNow(), Department = one.LeadDepartment,
            Subject = SelfCorrections.Subject, Text = "自行改正1项", EvidenceIds = [], SubmittedAt = _world.Session.Now,
        });
        Assert.Equal(97, (await CountAsync(one)).Points);
    }

    [Theory]
    [InlineData(2027, 11, 30, 95)]
    [InlineData(2027, 12, 1, 100)]
    public async Task Twelve_months_without_a_finding_add_ten_and_a_score_is_never_more_than_full(int year, int month, int day, int points)
    {
        _world.On(2026, 12, 1);
        var (one, _) = await _world.VisitedAsync("EH-20");
        await CountAsync(one);
        _world.On(year, month, day);
        var next = one with { Id = "case-2", Number = "样例2号", Created = _world.Session.CauseNow() };
        _world.Session.Save(next);
        Assert.Equal(points, (await CountAsync(next)).Points);
    }

    [Fact]
    public async Task A_refused_check_leaves_class_D_at_once()
    {
        var one = await _world.OpenCaseAsync();
        var visit = await _world.ArrivedAsync(one);
        _world.Session.Save(visit with { State = VisitState.Refused });
        var score = await CountAsync(one);
        // D < 60 or any c/refusal.
        Assert.Equal((59, "拒绝检查"), (score.Points, Assert.Single(score.Changes).Reason));
    }

    [Theory]
    [InlineData(Severity.Minor, false, 100)]
    [InlineData(Severity.Minor, true, 98)]
    [InlineData(Severity.General, false, 95)]
    [InlineData(Severity.General, true, 95)]
    public async Task What_was_fixed_on_the_spot_costs_nothing_only_where_it_is_minor_and_the_first_time(Severity severity, bool before, int points)
    {
        _world.On(2026, 12, 1);
        var (one, _) = await _world.VisitedAsync("EH-20");
        var found = Assert.Single(await _world.Session.ListAsync<Finding>(new AggregateFilter { CaseId = one.Id }));
        _world.Session.Save(found with { Severity = severity, Disposition = Disposition.FixedOnSpot });
        if (before)
        {
            _world.Session.Save(found with { Id = "earlier", CaseId = "case-0", Disposition = Disposition.Lenient, Created = found.Created with { At = one.Created.At.AddDays(-30) } });
        }

        Assert.Equal(points, (await CountAsync(one)).Points);
    }

    private async Task RectifiedAsync(Case one)
    {
        foreach (var finding in await _world.Session.ListAsync<Finding>(new AggregateFilter { CaseId = one.Id }))
        {
            _world.Session.Save(finding with { Disposition = Disposition.Rectified });
        }
    }

    private async Task<SupervisionScore> CountAsync(Case one) => await new ScoreService(_world.Session, _world).CountCaseAsync(one.Id);
}
