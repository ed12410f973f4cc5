using System.Text.Json.Nodes;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Visits;

/// <summary>综合查一次: checks of one target that nobody has begun are proposed for one visit.</summary>
public sealed class MergeTests(SampleService service) : IClassFixture<SampleService>
{
    private readonly CheckDesk _desk = new(service);

    [Fact]
    public async Task Two_checks_of_one_target_become_one_case_with_all_departments_and_the_other_ends_with_its_reason()
    {
        var (target, first, second) = await TwoAsync();
        var proposal = await ProposalAsync(target);
        Assert.Equal(("OneRecord", 1, false), (Text(proposal, "kind"), proposal["visitsSaved"]!.GetValue<int>(), proposal["isMandatory"]!.GetValue<bool>()));
        var accepted = await DecideAsync("cul.head", proposal, "accept", new { reason = "同一周上门" });
        Assert.Equal(("Accepted", Text(first, "caseId")), (Text(accepted, "state"), Text(accepted, "mainCaseId")));
        var main = (await _desk.StoryAsync("supervisor", Text(first, "caseId")))["case"]!;
        Assert.Equal(["CUL", "FIR", "HEA"], main["departments"]!.AsArray().Where(d => d!["attends"]!.GetValue<bool>()).Select(d => Text(d!, "code")).Order(StringComparer.Ordinal));
        Assert.Equal(Text(second, "caseId"), Text(Assert.Single(main["mergedFrom"]!.AsArray())!, "caseId"));
        var other = await _desk.StoryAsync("supervisor", Text(second, "caseId"));
        Assert.Equal(("Withdrawn", $"综合查一次：并入案件{Text(first, "number")}"), (Text(other["case"]!, "state"), Text(other["case"]!, "closureReason")));
        Assert.DoesNotContain(other["tasks"]!.AsArray(), task => Text(task!, "state") == "Open");
        Assert.Empty(other["waits"]!.AsArray());
        // The withdrawn one is no check of its own; the merged one is a check of each of its organs.
        Assert.Equal((1, 1, 1), (await CountAsync(target, "CUL"), await CountAsync(target, "FIR"), await CountAsync(target, "HEA")));
        using var again = await SendAsync("cul.head", proposal, "accept", new { });
        await again.RefusedAsync(409, "merge-decided", "id");
    }

    [Fact]
    public async Task A_check_that_is_chosen_stays_counted_when_it_goes_along_with_a_complaint_whose_case_goes_on()
    {
        var target = await _desk.TargetAsync("B");
        await _desk.OpenAsync("cul.head", target, "SpecialCampaign", departments: ["CUL", "FIR"]);
        var complaint = await _desk.OpenAsync("dispatcher", target, "Complaint12345", source: "12345-7", departments: ["CUL", "HEA"]);
        var accepted = await DecideAsync("dispatcher", await ProposalAsync(target), "accept", new { });
        Assert.Equal(Text(complaint, "caseId"), Text(accepted, "mainCaseId"));
        Assert.Equal((1, 1, 0), (await CountAsync(target, "CUL"), await CountAsync(target, "FIR"), await CountAsync(target, "HEA")));
    }

    [Fact]
    public async Task A_refusal_needs_a_reason_and_a_decider_and_is_kept()
    {
        var (target, _, _) = await TwoAsync();
        var proposal = await ProposalAsync(target);
        using (var blank = await SendAsync("cul.head", proposal, "refuse", new { reason = " " }))
            await blank.RefusedAsync(422, "field-missing", "reason");
        using (var other = await SendAsync("fir.head", proposal, "refuse", new { reason = "另行安排" }))
            await other.RefusedAsync(403, "merge-decider", "actor");
        var refused = await DecideAsync("dispatcher", proposal, "refuse", new { reason = "夜间营业与日间消防检查时段不同" });
        Assert.Equal(("Refused", "夜间营业与日间消防检查时段不同"), (Text(refused, "state"), refused["decision"]!["reason"]!.GetValue<string>()));
        Assert.Equal("Refused", Text(await ProposalAsync(target), "state"));
    }

    [Fact]
    public async Task Checks_of_two_scenarios_go_to_the_door_on_one_day_and_keep_their_own_records()
    {
        var target = await _desk.TargetAsync("B", "宠物用品及美容店");
        var hotel = await _desk.OpenAsync("cul.head", target, "SpecialCampaign", departments: ["CUL", "FIR"]);
        var shop = await _desk.OpenAsync("agr.head", target, "SpecialCampaign", scenario: "pet-shop");
        var proposal = await ProposalAsync(target);
        Assert.Equal("SharedTrip", Text(proposal, "kind"));
        var day = proposal["to"]!.GetValue<string>();
        await DecideAsync("dispatcher", proposal, "accept", new { day });
        foreach (var opened in new[] { hotel, shop })
        {
            var one = (await _desk.StoryAsync("supervisor", Text(opened, "caseId")))["case"]!;
            Assert.Equal(("Open", day), (Text(one, "state"), Text(one["sharedTrip"]!, "day")));
        }
    }

    [Fact]
    public async Task What_the_list_demands_keeps_a_visit_from_beginning_until_it_is_decided_and_only_a_supervisor_refuses_it()
    {
        const string list = "区划代码,清单编码,事项名称,部门代码,对象标签,应当合并,窗口天数,生效日期\n330203,ZH-01,样例综合检查,CUL;FIR,合并样例,是,10,2026-01-01\n";
        using (var wrong = await ImportAsync("wrong-list", list.Replace("CUL;FIR", "CUL", StringComparison.Ordinal)))
            await wrong.RefusedAsync(422, "catalogue-errors", "file");
        using (var taken = await ImportAsync("good-list", list))
            Assert.Equal(1, (await taken.SucceededAsync())["change"]!["added"]!.GetValue<int>());
        var target = await _desk.TargetAsync("B", "合并样例");
        var first = await _desk.OpenAsync("cul.head", target, "SpecialCampaign", departments: ["CUL", "FIR"]);
        await _desk.OpenAsync("cul.head", target, "SpecialCampaign", departments: ["CUL", "HEA"]);
        var proposal = await ProposalAsync(target);
        Assert.Equal(("ZH-01", true), (Text(proposal, "ruleCode"), proposal["isMandatory"]!.GetValue<bool>()));
        await Assert.ThrowsAsync<Supervision.Sessions.RuleViolationException>(() => _desk.ChangeAsync(async (session, token) =>
        {
            await new Supervision.Merging.MergeEngine(session).BeginAsync((await session.FindAsync<Supervision.Inspections.Case>(Text(first, "caseId"), token))!, token);
            return "";
        }));
        using (var head = await SendAsync("cul.head", proposal, "refuse", new { reason = "另行安排" }))
            await head.RefusedAsync(403, "supervisor-required", "actor");
        Assert.Equal("Refused", Text(await DecideAsync("supervisor", proposal, "refuse", new { reason = "应急处置在先" }), "state"));
    }

    [Fact]
    public async Task The_strictest_rule_over_all_pairs_holds_and_what_is_left_when_a_check_is_given_up_is_proposed_anew()
    {
        const string list = "区划代码,清单编码,事项名称,部门代码,对象标签,应当合并,窗口天数,生效日期\n330203,ZH-02,样例综合检查,FIR;HEA,各对样例,是,10,2026-01-01\n";
        using (var taken = await ImportAsync("pairs-list", list))
            await taken.SucceededAsync();
        var target = await _desk.TargetAsync("B", "各对样例");
        var fire = await _desk.OpenAsync("dispatcher", target, "Report", source: "举报-31", departments: ["CUL", "FIR"]);
        var health = await _desk.OpenAsync("dispatcher", target, "Report", source: "举报-32", departments: ["CUL", "HEA"]);
        // The one that is opened last is in no pair that the list speaks of.
        var last = await _desk.OpenAsync("dispatcher", target, "Report", source: "举报-33", departments: ["CUL"]);
        var proposal = await ProposalAsync(target, "Proposed");
        Assert.Equal((3, "ZH-02", true), (proposal["parts"]!.AsArray().Count, Text(proposal, "ruleCode"), proposal["isMandatory"]!.GetValue<bool>()));
        using (var outside = await SendAsync("dispatcher", proposal, "accept", new { day = DateOnly.Parse(Text(proposal, "to"), System.Globalization.CultureInfo.InvariantCulture).AddDays(1) }))
            await outside.RefusedAsync(422, "merge-day", "day");
        await _desk.WithdrawAsync(Text(last, "caseId"));
        using (var late = await SendAsync("dispatcher", proposal, "accept", new { }))
            Assert.Contains("已失效", await late.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        // The list still demands the visit of the two that are left: it is proposed anew and keeps both from the door until it is decided.
        var anew = await ProposalAsync(target, "Proposed");
        Assert.Equal((2, "ZH-02", true), (anew["parts"]!.AsArray().Count, Text(anew, "ruleCode"), anew["isMandatory"]!.GetValue<bool>()));
        var begun = await Assert.ThrowsAsync<Supervision.Sessions.RuleViolationException>(() => BeginAsync(fire));
        Assert.Equal("merge-undecided", begun.Code);

        // When the second is given up too, nothing is left to merge and nobody waits.
        await _desk.WithdrawAsync(Text(health, "caseId"));
        await BeginAsync(fire);
    }

    private Task<string?> BeginAsync(JsonObject one) => _desk.ChangeAsync<string>(async (session, token) =>
    {
        await new Supervision.Merging.MergeEngine(session).BeginAsync((await session.FindAsync<Supervision.Inspections.Case>(Text(one, "caseId"), token))!, token);
        return "";
    });

    [Fact]
    public async Task What_one_department_found_in_order_is_not_looked_at_again_without_a_reason()
    {
        var target = await _desk.TargetAsync("C");
        await _desk.PastAsync(Text(await _desk.OpenAsync("cul.head", target, "SpecialCampaign", departments: ["CUL", "HEA"]), "caseId"), 20);
        using (var refused = await _desk.TryAsync("cul.head", target, "SpecialCampaign", departments: ["CUL", "FIR"]))
            await refused.RefusedAsync(409, "already-checked", "repeatReason");
        await _desk.OpenAsync("dispatcher", target, "Report", source: "举报-5", departments: ["CUL", "FIR"]);
        var repeated = await _desk.OpenAsync("cul.head", target, "SpecialCampaign", departments: ["CUL", "FIR"], repeat: "消防专项，前次未查消防");
        Assert.Equal("消防专项，前次未查消防", (await _desk.StoryAsync("supervisor", Text(repeated, "caseId")))["case"]!["repeatException"]!["reason"]!.GetValue<string>());
        var later = await _desk.TargetAsync("C");
        await _desk.PastAsync(Text(await _desk.OpenAsync("cul.head", later, "SpecialCampaign"), "caseId"), 150);
        await _desk.OpenAsync("cul.head", later, "SpecialCampaign");
    }

    private async Task<(string Target, JsonObject First, JsonObject Second)> TwoAsync()
    {
        var target = await _desk.TargetAsync("B");
        return (target, await _desk.OpenAsync("cul.head", target, "SpecialCampaign", departments: ["CUL", "FIR"]), await _desk.OpenAsync("cul.head", target, "SpecialCampaign", departments: ["CUL", "HEA"]));
    }

    private async Task<JsonNode> ProposalAsync(string target, string? state = null)
    {
        using var person = await service.SamplePersonAsync("supervisor");
        using var answer = await person.GetAsync(new Uri($"/api/merges?targetId={target}", UriKind.Relative));
        return (await answer.SucceededAsync())["items"]!.AsArray().Last(row => state is null || Text(row!, "state") == state)!;
    }

    private async Task<JsonObject> DecideAsync(string person, JsonNode proposal, string act, object body)
    {
        using var answer = await SendAsync(person, proposal, act, body);
        return await answer.SucceededAsync();
    }

    private async Task<HttpResponseMessage> SendAsync(string person, JsonNode proposal, string act, object body)
    {
        using var client = await service.SamplePersonAsync(person);
        return await client.PostAsync($"/api/merges/{Text(proposal, "id")}/{act}", act + Guid.NewGuid(), body);
    }

    private async Task<HttpResponseMessage> ImportAsync(string key, string csv)
    {
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        using var form = new MultipartFormDataContent();
        using var file = new StringContent(csv);
        form.Add(file, "file", "merges.csv");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/catalogues/merges/import") { Content = form };
        request.Headers.Add("Idempotency-Key", key);
        return await dispatcher.SendAsync(request);
    }

    private async Task<int> CountAsync(string target, string department)
    {
        using var person = await service.SamplePersonAsync("supervisor");
        using var answer = await person.GetAsync(new Uri($"/api/targets/{target}/frequency?scenario=esports-hotel", UriKind.Relative));
        return (await answer.SucceededAsync())["organs"]!.AsArray().Single(organ => Text(organ!, "department") == department)!["count"]!.GetValue<int>();
    }

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();
}
