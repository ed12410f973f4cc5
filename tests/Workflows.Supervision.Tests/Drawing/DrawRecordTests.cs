using System.Text;
using Workflows.Supervision.Drawing;

namespace Workflows.Supervision.Tests.Drawing;

public class DrawRecordTests
{
    [Fact]
    public void A_record_reads_back_to_the_same_bytes_and_verifies()
    {
        var json = Draws.Json(Draws.Record());
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        var again = DrawRecord.Read(stream);
        Assert.Equal(json, Draws.Json(again));
        Assert.Equal(["T002", "T006", "T005"], again.Winners.Select(w => w.Id));
        Assert.Equal(["T003", "T008"], again.Alternates.Select(w => w.Id));
        Assert.Equal(8, again.Order.Length);
        Assert.Empty(Draws.Verify(json, Draws.Targets, again.Commitment).Problems);
    }

    [Fact]
    public void Stratified_and_uniform_records_verify_too()
    {
        var uniform = Draws.Record(Draws.Terms(5, 2) with { UniformPercent = 20 });
        Assert.Single(uniform.UniformOrder);
        Assert.Empty(Draws.Verify(Draws.Json(uniform)).Problems);
        var strata = Draws.Record(Draws.Terms(4, 1), [.. Draws.Targets.Select((t, i) => t with { Stratum = i < 5 ? "甲" : "乙" })]);
        Assert.Equal(2, strata.Quotas.Length);
        Assert.Empty(Draws.Verify(Draws.Json(strata)).Problems);
    }

    [Fact]
    public void A_closed_target_gives_way_to_the_next_alternate_with_its_own_team()
    {
        var record = Draws.Record()
            .SubstituteTarget("T006", Draws.Because(ExclusionCode.Closed, "抽取日前已注销"))
            .SubstituteTarget("T003", Draws.Because(ExclusionCode.Closed, "抽取日前已迁出"));
        Assert.Equal(["T002", "T008", "T005"], record.CurrentTargets.AsEnumerable());
        Assert.True(record.CurrentTeam("T008")!.IsComplete);
        Assert.Empty(Draws.Verify(Draws.Json(record)).Problems);
        Assert.Equal("no-alternate-left", Refused(() => record.SubstituteTarget("T002", Draws.Because("CLOSED", "注销"))));
        Assert.Equal("substitution-not-drawn", Refused(() => record.SubstituteTarget("T006", Draws.Because("CLOSED", "注销"))));
    }

    [Fact]
    public void A_recused_officer_gives_way_to_the_next_alternate_of_the_same_department_and_never_returns()
    {
        var record = Draws.Record();
        var order = record.CurrentTeam("T002")!.Departments[0].Order.Select(o => o.OfficerId).ToArray();
        var changed = record.SubstituteOfficer("T002", order[0], Draws.Because(ExclusionCode.Recused, "经营者系其表亲"));
        var team = changed.CurrentTeam("T002")!.Departments[0];
        Assert.Equal([order[2], order[1]], team.Members.AsEnumerable());
        Assert.Equal(order[3..], team.Alternates.AsEnumerable());
        Assert.Equal(record.CurrentTeam("T002")!.Departments[1].Members.AsEnumerable(), changed.CurrentTeam("T002")!.Departments[1].Members);
        for (var i = 3; i < 6; i++)
        {
            changed = changed.SubstituteOfficer("T002", changed.CurrentTeam("T002")!.Departments[0].Members[0], Draws.Because(ExclusionCode.Leave, "病假"));
        }

        Assert.Empty(Draws.Verify(Draws.Json(changed)).Problems);
        Assert.Equal("no-alternate-left", Refused(() => changed.SubstituteOfficer("T002", order[1], Draws.Because("LEAVE", "病假"))));
        Assert.Equal("substitution-not-in-team", Refused(() => changed.SubstituteOfficer("T002", order[0], Draws.Because("LEAVE", "病假"))));
    }

    [Fact]
    public void A_substitution_needs_a_reason_and_somebody_elses_approval()
    {
        var record = Draws.Record();
        Assert.Equal("substitution-without-reason", Refused(() => record.SubstituteTarget("T006", Draws.Because("CLOSED", " "))));
        Assert.Equal("substitution-without-approval", Refused(() => record.SubstituteTarget("T006", Draws.Because("CLOSED", "注销") with { ApprovedBy = "" })));
        Assert.Equal("substitution-self-approved", Refused(() => record.SubstituteTarget("T006", Draws.Because("CLOSED", "注销") with { ApprovedBy = "牵头部门" })));
    }

    [Fact]
    public void The_public_sees_figures_at_once_and_targets_only_when_served()
    {
        var record = Draws.Record().SubstituteTarget("T006", Draws.Because(ExclusionCode.Closed, "抽取日前已注销"));
        var notice = DrawNotice.Of(record, id => id == "T003");
        Assert.Equal((8, 3, 1, record.LatestHash), (notice.PoolSize, notice.Drawn, notice.Substituted, notice.RecordHash));
        Assert.Equal(1, notice.ExclusionsByCode[ExclusionCode.Recent]);
        Assert.Equal("T003", Assert.Single(notice.ServedTargets));
        var text = System.Text.Json.JsonSerializer.Serialize(notice);
        Assert.DoesNotContain(record.Secret, text, StringComparison.Ordinal);
        Assert.DoesNotContain("CUL0", text, StringComparison.Ordinal);
        Assert.DoesNotContain("T002", text, StringComparison.Ordinal);
    }

    private static string Refused(Action act) => Assert.Throws<DomainRuleException>(act).Code;
}
