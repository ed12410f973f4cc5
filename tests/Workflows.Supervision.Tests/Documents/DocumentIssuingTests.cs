using System.Text.Json.Nodes;
using Workflows.Supervision.Documents;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Tests.Sessions;

namespace Workflows.Supervision.Tests.Documents;

public sealed class DocumentIssuingTests
{
    private readonly World _world = new();

    private async Task<RectificationOrder> ApprovedAsync(params string[] codes)
    {
        var (one, _) = await _world.VisitedAsync(codes);
        var package = await _world.Orders.PrepareAsync(new PrepareOrders(one.Id));
        var order = (await _world.Session.FindAsync<RectificationOrder>(package.OrderIds[0]))!;
        await _world.As(World.Head(order.Department!)).Orders.ApproveAsync(order.Id, null);
        _world.As(World.Officer(order.Department!));
        return order;
    }

    private Task<OfficialDocument> IssueAsync(string form, string subject, JsonObject? details = null, string? correctionOf = null) =>
        _world.Issuing.IssueAsync(new IssueDocument(form, subject, null, details, correctionOf)).AsTask();

    [Fact]
    public async Task An_order_bears_number_absolute_date_and_the_law_of_the_day_of_the_violation()
    {
        var order = await ApprovedAsync("EH-20");
        var document = await IssueAsync("rectification-order", order.Id);
        var model = JsonNode.Parse(document.Model)!;

        Assert.Equal("甬海曙卫责改字〔2026〕第0001号", document.Number);
        Assert.Equal(document.Number, (string)model["document"]!["number"]!);
        Assert.Equal("2026-12-10", (string)model["order"]!["items"]![0]!["due"]!);
        Assert.Equal("timeLimited", (string)model["order"]!["kind"]!);
        Assert.Contains("公共场所卫生管理条例", (string)model["order"]!["findings"]![0]!["violates"]![0]!, StringComparison.Ordinal);
        Assert.Equal("宁波市海曙区卫生健康局", (string)model["organ"]!["name"]!);
        Assert.Equal(64, document.HtmlSha256.Length);
        Assert.Contains(document.Number, document.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_date_in_a_year_without_a_published_calendar_is_marked_provisional()
    {
        _world.On(2026, 12, 22);
        var order = await ApprovedAsync("EH-21");
        var model = JsonNode.Parse((await IssueAsync("rectification-order", order.Id)).Model)!;

        Assert.True((bool)model["order"]!["provisional"]!);
    }

    [Fact]
    public async Task A_missing_field_blocks_the_issue_is_named_and_takes_no_number()
    {
        _world.Target = _world.Target with { CreditCode = null, Representative = null };
        var order = await ApprovedAsync("EH-20");

        var refusal = await Refused.WithAsync("document-incomplete", RefusalKind.Invalid, () => IssueAsync("rectification-order", order.Id));

        Assert.Contains("统一社会信用代码（party.creditCode）", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("法定代表人（负责人）（party.representative）", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_world.Session.Numbers.Keys, s => s.Form == "责改");
    }

    [Fact]
    public async Task A_preview_takes_no_number_and_keeps_nothing()
    {
        var order = await ApprovedAsync("EH-20");

        var (_, html, missing, _) = await _world.Issuing.PreviewAsync(new IssueDocument("rectification-order", order.Id));

        Assert.Empty(missing);
        Assert.Contains("\"draft\":true", html, StringComparison.Ordinal);
        Assert.DoesNotContain(_world.Session.Numbers.Keys, s => s.Form == "责改");
        Assert.Empty(await _world.Session.ListAsync<OfficialDocument>(new AggregateFilter()));
    }

    [Fact]
    public async Task A_rendering_that_fails_leaves_no_document()
    {
        var order = await ApprovedAsync("EH-20");
        _world.RenderingFails = true;

        await Refused.WithAsync("template-failed", RefusalKind.Invalid, () => IssueAsync("rectification-order", order.Id));

        Assert.Empty(await _world.Session.ListAsync<OfficialDocument>(new AggregateFilter()));
    }

    [Fact]
    public async Task Nothing_is_issued_before_its_approval_nor_by_an_assistant()
    {
        var (one, _) = await _world.VisitedAsync("EH-20");
        var id = (await _world.Orders.PrepareAsync(new PrepareOrders(one.Id))).OrderIds[0];
        await Refused.WithAsync("document-not-approved", RefusalKind.Conflict, () => IssueAsync("rectification-order", id));

        _world.As(World.Assistant("HEA"));
        await Refused.WithAsync("assistant-decides", RefusalKind.Forbidden, () => IssueAsync("rectification-order", id));
    }

    [Fact]
    public async Task Numbers_run_without_gaps_in_each_series_and_start_anew_each_year()
    {
        var (one, visit) = await _world.VisitedAsync();
        var visitId = (await _world.Session.ListAsync<Visit>(new AggregateFilter { CaseId = one.Id }))[0].Id;
        Assert.Empty(visit.FindingIds);
        var first = await IssueAsync("inspection-result", visitId);
        var second = await IssueAsync("inspection-result", visitId);
        _world.On(2027, 1, 4);
        var third = await IssueAsync("inspection-result", visitId);

        Assert.Equal(["甬海曙文旅检告字〔2026〕第0001号", "甬海曙文旅检告字〔2026〕第0002号", "甬海曙文旅检告字〔2027〕第0001号"], new[] { first.Number, second.Number, third.Number });
    }

    [Fact]
    public async Task An_issued_document_is_corrected_only_by_a_further_one()
    {
        var order = await ApprovedAsync("EH-20");
        var original = await IssueAsync("rectification-order", order.Id);
        var details = new JsonObject
        {
            ["correction"] = new JsonObject { ["reason"] = "笔误", ["changes"] = new JsonArray(new JsonObject { ["place"] = "第一项", ["wrong"] = "甲", ["right"] = "乙" }) },
        };

        await Refused.WithAsync("correction-only", RefusalKind.Invalid, () => IssueAsync("rectification-order", order.Id, null, original.Id));
        var correction = await IssueAsync("correction-notice", original.Id, details, original.Id);

        Assert.Equal(original.Id, correction.CorrectionOf);
        Assert.Equal(original.Html, (await _world.Session.FindAsync<OfficialDocument>(original.Id))!.Html);
        Assert.Contains(original.Number, correction.Model, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Details_cannot_touch_what_the_system_states()
    {
        var order = await ApprovedAsync("EH-20");

        await Refused.WithAsync("details-forbidden", RefusalKind.Invalid, () => IssueAsync("rectification-order", order.Id, new JsonObject { ["organ"] = new JsonObject { ["name"] = "假机关" } }));
    }

    [Fact]
    public async Task A_supervision_order_comes_from_who_supervises_and_not_from_the_unit_that_receives_it()
    {
        var one = await _world.OpenCaseAsync();
        _world.As(World.WithRole(Role.Supervisor, "GUI"));
        var orders = new SupervisionOrderService(_world.Session);
        var order = await orders.DraftAsync(new DraftSupervisionOrder(one.Id, "FIR", "复查超期未办", "限期复查", "权责清单第12项", _world.Session.Now.AddDays(-4)));
        await orders.SignAsync(order.Id);
        var document = await IssueAsync("supervision-order", order.Id);

        Assert.Equal("甬海曙GUI督〔2026〕1号", document.Number);
        Assert.Contains("宁波市海曙区消防救援大队", (string)JsonNode.Parse(document.Model)!["supervision"]!["recipient"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void Letters_are_numbered_without_zeros()
    {
        Assert.Equal("甬综指督〔2026〕12号", DocumentIssuing.NumberOf(new NumberSeries("甬综指", "督", 2026), 12, isLetter: true));
        Assert.Equal("甬综执责改字〔2026〕第0012号", DocumentIssuing.NumberOf(new NumberSeries("甬综执", "责改", 2026), 12, isLetter: false));
    }

    [Fact]
    public void The_catalogue_holds_every_form_of_the_scenarios_and_no_other()
    {
        var forms = Directory.GetDirectories(Path.Combine(RepositoryFiles.Root, "workflow-definitions"))
            .Select(folder => JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "scenario.json")))!["documents"]!.AsArray())
            .SelectMany(documents => documents.Select(d => d!["form"]!.GetValue<string>())).Distinct();
        Assert.Equal(forms.Order(), FormCatalogue.All.Select(f => f.Key).Order());
    }

    [Fact]
    public void Missing_elements_are_named_with_their_place()
    {
        var form = FormCatalogue.Find("rectification-package")!;
        var model = JsonNode.Parse("""{"package":{"checkedOn":"2026-12-01","organs":["a"],"orders":[{"organ":"a","number":"1","items":[{"requirement":"x","due":"d"},{"requirement":" "}]}],"submission":[]}}""")!.AsObject();

        var missing = RequiredFields.Missing(form, model).Select(m => m.Path).Where(p => p.StartsWith("package", StringComparison.Ordinal));

        Assert.Equal(["package.orders[0].items[1].requirement", "package.orders[0].items[1].due", "package.submission"], missing);
    }
}
