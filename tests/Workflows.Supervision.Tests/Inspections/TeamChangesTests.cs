using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Tests.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Supervision.Tests.Inspections;

/// <summary>更换检查人员: who decides, who comes, and what goes with the place.</summary>
public sealed class TeamChangesTests
{
    private readonly World _world = new();

    private TeamChangeService Changes => new(_world.Session, new TeamService(_world.Session, _world));

    private Task<TeamChanged> ChangeAsync(Case one, string leaving, string? coming = null, string reason = "生病住院") =>
        Changes.ChangeAsync(one.Id, new ChangeTeam(leaving, reason, coming)).AsTask();

    private async Task<InspectionTeam> TeamOfAsync(Case one) => (await _world.Session.ListAsync<InspectionTeam>(new AggregateFilter { CaseId = one.Id }))[0];

    private async Task PutOnStandbyAsync(Case one, params string[] officers) =>
        _world.Session.Save((await TeamOfAsync(one)) with
        {
            Standby = [.. officers.Select(id => _world.Officers[id]).Select(o => new TeamMember { OfficerId = o.Id, Name = o.Name, Department = o.Department, CertificateNumber = o.CertificateNumber, CertificateValidTo = o.CertificateValidTo })],
        });

    [Fact]
    public async Task The_next_of_the_draw_takes_the_place_at_the_door_and_in_the_steps_that_wait()
    {
        var one = await _world.OpenCaseAsync();
        await _world.ArrivedAsync(one);
        await PutOnStandbyAsync(one, "MKT3", "FIR3");
        var tasks = new TaskService(_world.Session);
        var named = await tasks.CreateAsync(new NewTask { InstanceId = "root-1", CaseKey = one.CaseKey, CaseId = one.Id, ActivityId = "a", Kind = "visit.record", Title = "登记检查情况", Assignees = ["FIR1", "FIR2"] });
        var others = await tasks.CreateAsync(new NewTask { InstanceId = "root-1", CaseKey = one.CaseKey, CaseId = one.Id, ActivityId = "b", Kind = "visit.record", Title = "登记检查情况", Assignees = ["MKT1"] });

        _world.As(World.Head("FIR"));
        var changed = await ChangeAsync(one, "FIR1");

        Assert.Equal(("FIR3", 1), (changed.In.OfficerId, changed.Tasks));
        var team = await TeamOfAsync(one);
        Assert.Equal(["FIR3", "FIR2"], team.OfficersOf("FIR").Select(m => m.OfficerId));
        Assert.Equal(["MKT3"], team.Standby.Select(m => m.OfficerId));
        var visit = (await _world.Session.ListAsync<Visit>(new AggregateFilter { CaseId = one.Id }))[0];
        Assert.Equal(["FIR3", "FIR2"], visit.Attendances.Single(a => a.Department == "FIR").OfficerIds);
        var moved = (await _world.Session.FindAsync<WorkTask>(named.Id))!;
        Assert.Equal(["FIR3", "FIR2"], moved.Assignees);
        Assert.Equal(("生病住院", "负责人FIR"), (moved.PassedOn!.Reason, moved.PassedOn.By));
        Assert.Equal(["MKT1"], (await _world.Session.FindAsync<WorkTask>(others.Id))!.Assignees);
        var kept = Assert.Single(await _world.Session.ListAsync<Substitution>(new AggregateFilter { CaseId = one.Id }));
        Assert.Equal(("FIR1", "FIR3", "FIR", "head-FIR"), (kept.OutId, kept.InId, kept.Department!, kept.Approval.By));
        Assert.Contains(_world.Session.Facts, f => f.Kind == "visit.joined" && f.Data["out"] == "FIR1" && f.Data["in"] == "FIR3");
    }

    [Fact]
    public async Task Nobody_is_chosen_past_the_order_of_the_draw()
    {
        var one = await _world.OpenCaseAsync();
        _world.Officers["FIR4"] = _world.Officers["FIR3"] with { Id = "FIR4", Name = "另一人" };
        await _world.ArrivedAsync(one);
        await PutOnStandbyAsync(one, "FIR3");
        _world.As(World.Head("FIR"));

        var refusal = await Refused.WithAsync("standby-first", RefusalKind.Conflict, () => ChangeAsync(one, "FIR1", "FIR4"));
        Assert.Contains("执法员FIR3", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("FIR3", (await ChangeAsync(one, "FIR1", "FIR3")).In.OfficerId);
        // With the draw used up the head names somebody, and who came by the draw may fall out as well.
        await Refused.WithAsync("no-standby", RefusalKind.Conflict, () => ChangeAsync(one, "FIR3"));
        Assert.Equal("FIR4", (await ChangeAsync(one, "FIR3", "FIR4")).In.OfficerId);
    }

    [Fact]
    public async Task Who_comes_is_certified_on_the_day_not_recused_of_the_department_and_no_member_yet()
    {
        var one = await _world.OpenCaseAsync();
        await _world.ArrivedAsync(one);
        _world.As(World.Head("HEA"));

        await Refused.WithAsync("officer-unknown", RefusalKind.Invalid, () => ChangeAsync(one, "HEA1", "FIR3"));
        await Refused.WithAsync("officer-twice", RefusalKind.Invalid, () => ChangeAsync(one, "HEA1", "HEA2"));
        _world.Officers["HEA3"] = _world.Officers["HEA3"] with { Relations = ["T001"] };
        await Refused.WithAsync("officer-recused", RefusalKind.Conflict, () => ChangeAsync(one, "HEA1", "HEA3"));
        _world.Officers["HEA3"] = _world.Officers["HEA3"] with { Relations = [], CertificateValidTo = new DateOnly(2026, 11, 30) };
        await Refused.WithAsync("certificate-invalid", RefusalKind.Invalid, () => ChangeAsync(one, "HEA1", "HEA3"));
        await Refused.WithAsync("officer-unknown", RefusalKind.NotFound, () => ChangeAsync(one, "HEA3"));
        Assert.Equal(["HEA1", "HEA2"], (await TeamOfAsync(one)).OfficersOf("HEA").Select(m => m.OfficerId));
    }

    [Fact]
    public async Task A_certificate_that_ran_out_since_the_draw_keeps_a_standby_back()
    {
        var one = await _world.OpenCaseAsync();
        await _world.ArrivedAsync(one);
        _world.Officers["FIR3"] = _world.Officers["FIR3"] with { CertificateValidTo = new DateOnly(2026, 12, 1) };
        await PutOnStandbyAsync(one, "FIR3");
        _world.On(2026, 12, 2).As(World.Head("FIR"));

        await Refused.WithAsync("no-standby", RefusalKind.Conflict, () => ChangeAsync(one, "FIR1"));
    }

    [Fact]
    public async Task Only_the_head_of_the_department_decides_with_a_reason_and_only_while_the_case_is_open()
    {
        var one = await _world.OpenCaseAsync();
        await _world.ArrivedAsync(one);
        await PutOnStandbyAsync(one, "FIR3");

        _world.As(World.Officer("FIR"));
        await Refused.WithAsync("head-required", RefusalKind.Forbidden, () => ChangeAsync(one, "FIR1"));
        _world.As(World.Head("CUL"));
        await Refused.WithAsync("other-department", RefusalKind.Forbidden, () => ChangeAsync(one, "FIR1"));
        _world.As(World.Head("FIR"));
        await Refused.WithAsync("field-missing", RefusalKind.Invalid, () => ChangeAsync(one, "FIR1", reason: " "));
        _world.Session.Save(one with { State = CaseState.Closed });
        await Refused.WithAsync("case-closed", RefusalKind.Conflict, () => ChangeAsync(one, "FIR1"));
    }

    [Fact]
    public async Task Who_has_signed_the_record_is_not_replaced_any_more()
    {
        var one = await _world.OpenCaseAsync();
        var visit = await _world.ArrivedAsync(one);
        await PutOnStandbyAsync(one, "FIR3");
        _world.Session.Save(visit with { SectionsInWork = [new SectionInWork(new VisitSection { Department = "FIR", Items = [], Signatures = [_world.Signature("FIR", 1)] }, 1, _world.Session.Now, "执法员FIR1")] });
        _world.As(World.Head("FIR"));

        await Refused.WithAsync("already-signed", RefusalKind.Conflict, () => ChangeAsync(one, "FIR1"));
        Assert.Equal("FIR3", (await ChangeAsync(one, "FIR2")).In.OfficerId);
    }

    [Fact]
    public async Task Who_was_at_a_visit_that_is_recorded_stands_in_the_papers_to_come()
    {
        var one = await _world.OpenCaseAsync();
        var visit = await _world.ArrivedAsync(one);
        await PutOnStandbyAsync(one, "FIR3");
        _world.Session.Save(visit with { State = VisitState.Recorded });
        _world.As(World.Head("FIR"));

        await Refused.WithAsync("visit-over", RefusalKind.Conflict, () => ChangeAsync(one, "FIR1"));
        Assert.Equal(["FIR1", "FIR2"], (await TeamOfAsync(one)).OfficersOf("FIR").Select(m => m.OfficerId));
    }
}
