using System.Net;
using System.Text.Json.Nodes;
using Workflows.Host.Tests.Journeys;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;
using Workflows.Supervision.Rosters;

namespace Workflows.Host.Tests.Visits;

/// <summary>年度检查频次: a class-B hotel has two checks a year of each organ; what comes from outside is neither counted nor refused.</summary>
public sealed class FrequencyTests(SampleService service) : IClassFixture<SampleService>
{
    private readonly CheckDesk _desk = new(service);

    [Fact]
    public async Task The_third_check_of_one_organ_in_a_year_is_refused_without_reason_and_a_complaint_or_reinspection_is_not()
    {
        var target = await _desk.TargetAsync("B");
        await _desk.OpenAsync("cul.head", target, "SpecialCampaign");
        await _desk.OpenAsync("dispatcher", target, "Complaint12345", source: "12345-1");
        Assert.Equal(2, (await _desk.OpenAsync("cul.head", target, "SpecialCampaign"))["visitOfYear"]!.GetValue<int>());
        using (var third = await _desk.TryAsync("cul.head", target, "SpecialCampaign"))
        {
            await third.RefusedAsync(409, "frequency-cap", "frequencyExceptionReason");
        }

        await _desk.OpenAsync("dispatcher", target, "Report", source: "举报-2");
        await _desk.OpenAsync("dispatcher", target, "Recheck", source: "责改-3");
        var excepted = await _desk.OpenAsync("cul.head", target, "SpecialCampaign", exception: "春节前专项整治");
        Assert.Equal((3, "春节前专项整治"), (excepted["visitOfYear"]!.GetValue<int>(), excepted["frequencyException"]!["reason"]!.GetValue<string>()));

        using var reader = await service.SamplePersonAsync("supervisor");
        using var answer = await reader.GetAsync(new Uri($"/api/targets/{target}/frequency", UriKind.Relative));
        var standing = await answer.SucceededAsync();
        var organ = standing["organs"]!.AsArray().Single(row => row!["department"]!.GetValue<string>() == "CUL")!;
        Assert.Equal((3, 2, 0), (organ["count"]!.GetValue<int>(), organ["cap"]!.GetValue<int>(), organ["remaining"]!.GetValue<int>()));
        Assert.Equal(
            ["Complaint12345 False", "Recheck False", "Report False", "SpecialCampaign True", "SpecialCampaign True", "SpecialCampaign True"],
            standing["checks"]!.AsArray().Select(check => $"{check!["trigger"]} {check["counted"]!.GetValue<bool>()}").Order(StringComparer.Ordinal));
        var story = await _desk.StoryAsync("supervisor", excepted["caseId"]!.GetValue<string>());
        Assert.Equal("春节前专项整治", story["case"]!["frequencyException"]!["reason"]!.GetValue<string>());
        Assert.Contains(story["timeline"]!.AsArray(), fact => fact!["kind"]!.GetValue<string>() == "case.opened" && fact["data"]!["exception"]?.GetValue<string>() == "春节前专项整治");
    }

    [Fact]
    public async Task A_check_outside_a_plan_names_its_source_or_is_ordered_by_the_head_of_the_leading_department()
    {
        var target = await _desk.TargetAsync("B");
        using (var unnamed = await _desk.TryAsync("dispatcher", target, "Complaint12345"))
            await unnamed.RefusedAsync(422, "source-missing", "sourceReference");
        using (var officer = await _desk.TryAsync("cul.01", target, "SpecialCampaign"))
            await officer.RefusedAsync(403, "head-required", "actor");
        using (var other = await _desk.TryAsync("fir.head", target, "SpecialCampaign"))
            await other.RefusedAsync(403, "other-department", "actor");
        using (var planned = await _desk.TryAsync("cul.head", target, "MonthlyPlan"))
            await planned.RefusedAsync(422, "trigger-unknown", "trigger");
        using (var excepted = await _desk.TryAsync("dispatcher", target, "Report", source: "举报-9", exception: "确需检查"))
            await excepted.RefusedAsync(403, "head-required", "actor");
    }

    [Fact]
    public async Task A_source_is_used_once_and_without_a_lead_only_dispatcher_or_leading_head_go_outside_the_cap()
    {
        var target = await _desk.TargetAsync("B");
        using (var officer = await _desk.TryAsync("cul.01", target, "Report", source: "举报-20"))
            await officer.RefusedAsync(403, "dispatcher-required", "actor");
        using (var other = await _desk.TryAsync("fir.head", target, "Report", source: "举报-20"))
            await other.RefusedAsync(403, "dispatcher-required", "actor");
        var opened = await _desk.OpenAsync("cul.head", target, "Report", source: "举报-20");
        using (var again = await _desk.TryAsync("dispatcher", target, "Report", source: " 举报-20 "))
            await again.RefusedAsync(409, "source-used", "sourceReference");
        // What was given up before the visit answers nothing.
        await _desk.WithdrawAsync(opened["caseId"]!.GetValue<string>());
        await _desk.OpenAsync("dispatcher", target, "Report", source: "举报-20");
        using var elsewhere = await service.PersonAsync("supervisor", null, "330206");
        await (await elsewhere.GetAsync(new Uri($"/api/targets/{target}/frequency", UriKind.Relative))).RefusedAsync(404, "target-unknown", "id");
    }

    [Fact]
    public async Task A_lead_carries_one_check_of_its_district_while_it_is_open_and_in_sight()
    {
        var target = await _desk.TargetAsync("B");
        var people = new Leads.LeadPeople(service);
        var lead = await people.ReportAsync();
        using (var unseen = await _desk.TryAsync("tob.head", target, "Report", lead: lead))
            await unseen.RefusedAsync(404, "not-found", "id");
        using (var differs = await _desk.TryAsync("dispatcher", target, "Complaint12345", lead: lead))
            await differs.RefusedAsync(422, "lead-differs", "leadId");
        using (var opened = await _desk.TryAsync("dispatcher", target, "Report", lead: lead))
            await opened.SucceededAsync();
        using (var second = await _desk.TryAsync("dispatcher", target, "Report", lead: lead))
            await second.RefusedAsync(409, "lead-has-case", "leadId");
        using (var otherTarget = await _desk.TryAsync("dispatcher", await _desk.TargetAsync("B"), "Report", lead: lead))
            await otherTarget.RefusedAsync(422, "lead-differs", "leadId");
        var closed = await people.AcceptedAsync();
        await people.DoAsync("hea.head", closed, "close", new { outcome = "已处置", reason = "样例处置", @class = "Service" });
        using (var ended = await _desk.TryAsync("dispatcher", target, "Report", lead: closed))
            await ended.RefusedAsync(409, "lead-ended", "leadId");
    }

    [Fact]
    public async Task A_target_at_its_cap_is_not_drawn_unless_the_head_excepts_it_before_the_commitment()
    {
        var target = await _desk.TargetAsync("B");
        await _desk.WithdrawAsync((await _desk.OpenAsync("cul.head", target, "SpecialCampaign"))["caseId"]!.GetValue<string>());
        for (var check = 0; check < 2; check++)
            await _desk.PastAsync((await _desk.OpenAsync("cul.head", target, "SpecialCampaign"))["caseId"]!.GetValue<string>(), 150);
        var journey = new DistrictJourney(service);
        await journey.PlanAsync();
        var plan = await journey.GetAsync("cul.head", $"/api/plans/{journey.PlanId}");
        using var head = await service.SamplePersonAsync("cul.head");
        var path = $"/api/plans/{journey.PlanId}/frequency-exceptions";
        await (await head.PostAsync(path, "blank-" + target, new { targetId = target, reason = " " })).RefusedAsync(422, "field-missing", "reason");
        using var granted = await head.PostAsync(path, "grant-" + target, new { targetId = target, reason = "重大活动保障" });
        var widened = await granted.SucceededAsync();
        Assert.Equal(plan["targetRoster"]!["count"]!.GetValue<int>() + 1, widened["targetRoster"]!["count"]!.GetValue<int>());
        var exception = Assert.Single(widened["frequencyExceptions"]!.AsArray())!;
        Assert.Equal(("重大活动保障", true), (exception["decision"]!["reason"]!.GetValue<string>(), exception["granted"]!.GetValue<bool>()));
        await journey.DoAsync("cul.head", "plan.approve", "批准", new { note = "同意" });
        await (await head.PostAsync(path, "late-" + target, new { targetId = target, reason = "重大活动保障" })).RefusedAsync(409, "exception-late", "state");
    }

    [Fact]
    public async Task A_drawn_target_whose_cap_is_reached_before_dispatch_waits_for_the_head_who_excepts_it()
    {
        var (journey, held) = await HeldAsync();
        Assert.Empty(held["caseIds"]!.AsArray());
        var target = Assert.Single(held["heldTargets"]!.AsArray())!["targetId"]!.GetValue<string>();
        using var head = await service.SamplePersonAsync("cul.head");
        using var granted = await head.PostAsync($"/api/plans/{journey.PlanId}/frequency-exceptions", "held-" + target, new { targetId = target, reason = "投诉集中，确需检查" });
        await granted.SucceededAsync();
        var going = await journey.GetAsync("cul.head", $"/api/plans/{journey.PlanId}");
        Assert.Empty(going["heldTargets"]!.AsArray());
        var story = await _desk.StoryAsync("cul.head", Assert.Single(going["caseIds"]!.AsArray())!.GetValue<string>());
        Assert.Equal("投诉集中，确需检查", story["case"]!["frequencyException"]!["reason"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_held_target_that_the_head_turns_down_ends_the_plan_and_the_reason_is_kept()
    {
        var (journey, held) = await HeldAsync();
        var target = Assert.Single(held["heldTargets"]!.AsArray())!["targetId"]!.GetValue<string>();
        using var head = await service.SamplePersonAsync("cul.head");
        using var refused = await head.PostAsync($"/api/plans/{journey.PlanId}/frequency-exceptions", "turned-" + target, new { targetId = target, reason = "已查两次，不再打扰", granted = false });
        await refused.SucceededAsync();
        var closed = await journey.GetAsync("cul.head", $"/api/plans/{journey.PlanId}");
        Assert.Equal("Closed", closed["state"]!.GetValue<string>());
        Assert.Equal("已查两次，不再打扰", Assert.Single(closed["frequencyExceptions"]!.AsArray())!["decision"]!["reason"]!.GetValue<string>());
    }

    // A plan whose only drawn target comes to its cap between draw and confirmation.
    private async Task<(DistrictJourney Journey, JsonObject Plan)> HeldAsync()
    {
        var journey = new DistrictJourney(service);
        await journey.PlanAsync();
        await journey.DoAsync("cul.head", "plan.approve", "批准", new { note = "同意" });
        service.Clock.Advance(TimeSpan.FromMinutes(5));
        await journey.DoAsync("dispatcher", "plan.public-value", null, new Supervision.Planning.EnterPublicValue("305184", "见证人现场投掷的六位数字", "样例见证人", "区司法局派员"));
        var drawn = (await journey.GetAsync("cul.head", $"/api/plans/{journey.PlanId}"))["draw"]!["targets"]![0]!.GetValue<string>();
        // Whichever hotel was drawn: class D has no cap.
        await _desk.ChangeAsync(async (session, token) =>
        {
            var record = (await session.FindAsync<TargetRecord>(drawn, token))!;
            session.Save(record with { Target = record.Target with { Credit = new CreditClassification("B", "样例", new DateOnly(2026, 1, 1)) } });
            return drawn;
        });
        var last = HttpStatusCode.Created;
        for (var check = 0; check < 20 && last == HttpStatusCode.Created; check++)
        {
            using var tried = await _desk.TryAsync("cul.head", drawn, "SpecialCampaign");
            last = tried.StatusCode;
        }

        Assert.Equal(HttpStatusCode.Conflict, last);
        await journey.DoAsync("cul.head", "plan.confirm-draw", "确认", new { note = "已核对" });
        return (journey, await journey.GetAsync("cul.head", $"/api/plans/{journey.PlanId}"));
    }
}
