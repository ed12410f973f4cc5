using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Host.Access;
using Workflows.Storage.Audit;
using Workflows.Storage.Model;

namespace Workflows.Host.Tests.Access;

public sealed class ForeignDepartmentTests(RealDistrict district) : IClassFixture<RealDistrict>
{
    private const string Reason = """{"reason":"试探"}""";

    /// <summary>For each route that names something: which of the case's ids stands in its place, and a body that would be accepted.</summary>
    private static readonly Dictionary<string, (string Ids, string? Body)> Probes = new()
    {
        ["GET /api/plans/{id}"] = ("plan", null),
        ["GET /api/plans/{id}/draw"] = ("plan", null),
        ["GET /api/plans/{id}/draw/record"] = ("plan", null),
        ["GET /api/cases/{id}"] = ("case", null),
        ["GET /api/cases/{id}/timeline"] = ("case", null),
        ["GET /api/cases/{id}/waits"] = ("case", null),
        ["GET /api/cases/{id}/findings"] = ("case", null),
        ["POST /api/cases/{id}/cancel"] = ("case", Reason),
        ["POST /api/cases/{id}/team/changes"] = ("case", """{"out":"FIR-01","reason":"试探"}"""),
        ["POST /api/plans/{id}/cancel"] = ("plan", Reason),
        ["POST /api/plans/{id}/rosters"] = ("plan", "{}"),
        ["GET /api/cases/{id}/orders"] = ("case", null),
        ["GET /api/cases/{id}/extensions"] = ("case", null),
        ["GET /api/cases/{id}/proofs"] = ("case", null),
        ["GET /api/cases/{id}/reinspections"] = ("case", null),
        ["GET /api/cases/{id}/services"] = ("case", null),
        ["GET /api/cases/{id}/clocks"] = ("case", null),
        ["POST /api/cases/{id}/party-links"] = ("case", "{}"),
        ["GET /api/cases/{id}/party-links"] = ("case", null),
        ["POST /api/cases/{id}/party-links/{linkId}/revoke"] = ("case", Reason),
        ["POST /api/cases/{id}/evidence"] = ("case", "form"),
        ["POST /api/cases/{id}/statements/{statementId}/answer"] = ("case", """{"answer":"试探"}"""),
        ["GET /api/evidence/{id}"] = ("evidence", null),
        ["GET /api/tasks/{id}"] = ("task planTask", null),
        ["GET /api/tasks/{id}/draft"] = ("task planTask", null),
        ["POST /api/tasks/{id}/complete"] = ("task planTask", """{"outcome":null,"data":{}}"""),
        ["POST /api/tasks/{id}/seen"] = ("task planTask", "{}"),
        ["POST /api/tasks/{id}/delegate"] = ("task planTask", """{"to":"TOB-01","reason":"试探"}"""),
        ["POST /api/tasks/{id}/refuse"] = ("task planTask", Reason),
        ["GET /api/documents/{id}"] = ("document", null),
        ["GET /api/documents/{id}/html"] = ("document", null),
        ["POST /api/documents/{id}/corrections"] = ("document", """{"changes":[{"place":"试探","wrong":"试","right":"探"}],"reason":"试探"}"""),
        ["POST /api/publications/{id}/withdraw"] = ("publication", Reason),
        ["POST /api/filings/{id}/extend"] = ("filing", Reason),
        ["GET /api/documents/{id}/pdf"] = ("document", null),
        ["GET /api/documents/{id}/copy"] = ("document", null),
        ["GET /api/documents/{id}/qr"] = ("document", null),
        ["GET /api/cases/{id}/file"] = ("case", null),
        ["GET /api/cases/{id}/file/pdf"] = ("case", null),
        ["GET /api/cases/{id}/diagrams"] = ("case", null),
        ["POST /api/tasks/{id}/remind"] = ("task", Reason),
        ["POST /api/tasks/{id}/extend"] = ("task", """{"lastDay":"2027-06-01","reason":"试探"}"""),
        ["GET /api/task-forces/{id}"] = ("taskForce", null),
        ["GET /api/task-forces/{id}/plans"] = ("taskForce", null),
        ["POST /api/task-forces/{id}/changes"] = ("taskForce", """{"decision":{"purpose":"试探","from":"2099-01-01","leaderId":"TOB-01","members":["TOB-01"]},"reason":"试探"}"""),
        ["POST /api/task-forces/{id}/end"] = ("taskForce", """{"lastDay":"2099-01-01","reason":"试探"}"""),
        ["POST /api/deputies/{id}/end"] = ("deputy", Reason),
        ["POST /api/cards/falling/{limitId}/hold"] = ("limit", """{"workingDays":2,"reason":"试探"}"""),
        ["POST /api/cards/falling/{limitId}/release"] = ("limit", Reason),
        ["POST /api/cards/{id}/hold"] = ("card", Reason),
        ["POST /api/cards/{id}/release"] = ("card", "{}"),
        ["POST /api/cards/{id}/answer"] = ("card", Reason),
        ["POST /api/cards/{id}/appeal"] = ("card", Reason),
        ["POST /api/cards/{id}/appeal/decide"] = ("card", """{"revoke":true,"reason":"试探"}"""),
        ["GET /api/leads/{id}"] = ("lead", null),
        ["PUT /api/leads/{id}/position"] = ("lead", """{"at":"2026-12-01T08:00:00+08:00","latitude":29.8,"longitude":121.5}"""),
        ["DELETE /api/leads/{id}/position"] = ("lead", null),
        ["POST /api/estate-links/{id}/revoke"] = ("estateLink", Reason),
        ["GET /api/leads/{id}/photos/{number}"] = ("lead", null),
        ["GET /api/leads/{id}/evidence"] = ("lead", null),
        ["POST /api/leads/{id}/evidence"] = ("lead", "form"),
        ["POST /api/leads/{id}/triage"] = ("lead", "{}"),
        ["POST /api/leads/{id}/route"] = ("lead", "{}"),
        ["POST /api/leads/{id}/accept"] = ("lead", "{}"),
        ["POST /api/leads/{id}/crew"] = ("lead", """{"template":"试探"}"""),
        ["POST /api/leads/{id}/dispatch"] = ("lead", "{}"),
        ["POST /api/leads/{id}/return"] = ("lead", Reason),
        ["POST /api/leads/{id}/dispute"] = ("lead", Reason),
        ["POST /api/leads/{id}/decide"] = ("lead", """{"reason":"试探","department":"TOB"}"""),
        ["POST /api/leads/{id}/merge"] = ("lead", """{"into":"none","reason":"试探"}"""),
        ["POST /api/leads/{id}/whistle-answer"] = ("lead", """{"answer":"试探"}"""),
        ["POST /api/leads/{id}/transfer"] = ("lead", """{"receiver":"试探","reason":"试探"}"""),
        ["POST /api/leads/{id}/close"] = ("lead", """{"outcome":"试探","reason":"试探"}"""),
        ["GET /api/stuck-matters/{id}"] = ("stuckMatter", null),
        ["POST /api/stuck-matters/{id}/review"] = ("stuckMatter", """{"finding":"试探"}"""),
        ["POST /api/stuck-matters/{id}/answer"] = ("stuckMatter", """{"result":"试探"}"""),
        ["POST /api/stuck-matters/{id}/verify"] = ("stuckMatter", """{"done":true,"reason":"试探"}"""),
        ["GET /api/evidence/{id}/story"] = ("evidence", null),
        ["POST /api/evidence/{id}/recognition"] = ("evidence", """{"accept":true,"reason":"试探"}"""),
        ["POST /api/evidence/{id}/review"] = ("evidence", """{"kind":"Legal","passes":true,"opinion":"试探"}"""),
        ["POST /api/cases/{id}/consultations"] = ("case", """{"reason":"试探"}"""),
        ["POST /api/consultations/{id}/conclude"] = ("consultation", """{"attendees":["甲","乙"],"conclusion":"会商议定","minutes":"试探"}"""),
        ["POST /api/cases/{id}/transfers"] = ("case", """{"kind":"ToDepartment","receiver":"试探","reason":"试探","summary":"试探","findingIds":[],"evidenceIds":[]}"""),
        ["GET /api/transfers/{id}/letter"] = ("transfer", null),
        ["POST /api/transfers/{id}/decide"] = ("transfer", """{"transfers":true,"reason":"试探"}"""),
        ["POST /api/transfers/{id}/hand-over"] = ("transfer", """{"receivedBy":"试探"}"""),
        ["POST /api/transfers/{id}/receipt"] = ("transfer", """{"accepted":true}"""),
        ["GET /api/audit/cases/{id}"] = ("case", null),
        ["GET /api/audit/cases/{id}/people"] = ("case", null),
        ["POST /api/cases/{id}/visit-code"] = ("case", "{}"),
        ["GET /api/cases/{id}/visit"] = ("case", null),
        ["POST /api/cases/{id}/visit/sections"] = ("case", """{"section":{"department":"CUL","items":[]},"basedOn":0}"""),
        ["POST /api/oversight-notes/{id}/transfer"] = ("oversightNote", Reason),
        ["POST /api/oversight-notes/{id}/answer"] = ("oversightNote", Reason),
        ["POST /api/evaluations/{id}/scores"] = ("evaluation", """{"party":"甲","score":90}"""),
        ["GET /api/merges/{id}"] = ("merge", null),
        ["POST /api/merges/{id}/accept"] = ("merge", "{}"),
        ["POST /api/merges/{id}/refuse"] = ("merge", Reason),
        ["POST /api/plans/{id}/frequency-exceptions"] = ("plan", """{"targetId":"330203-EH-0001","reason":"试探"}"""),
        ["POST /api/projects/{id}/milestones/{code}/confirm"] = ("project", """{"by":"业主"}"""),
        ["POST /api/operations/incidents/{instanceId}/retry"] = ("instance", "{}"),
        ["POST /api/operations/dead-letters/{id}/retry"] = ("letter", "{}"),
    };

    /// <summary>Routes with a name in them that hold nothing of a department, or are kept by the administrator of the whole installation.</summary>
    private static readonly string[] OfNoDepartment =
    [
        "POST /api/agreements/{id}/end",
        // Everybody's own, in PushTests and SubscriptionTests.
        "DELETE /api/push/devices/{id}",
        "DELETE /api/subscriptions/{id}",
        // A measure is named by its code; its rows are bounded by area and department in MeasureTests.
        "GET /api/measures/{code}", "GET /api/measures/{code}/rows", "GET /api/measures/{code}/rows.xlsx",
        // Targets are bounded in MeasureTargetTests.
        "GET /api/measures/{code}/targets", "POST /api/measures/{code}/targets",
        // A target belongs to an area: every department that may check it counts against the same caps. FrequencyTests bounds it by area.
        "GET /api/targets/{id}/frequency",
        // So does its score; what another department's case left in it is shown without its reason, and ScoreRouteTests bounds it by area.
        "GET /api/targets/{id}/score", "POST /api/targets/{id}/score/answer",
        // Sheets are bounded by area in InspectionExchangeTests.
        "PUT /api/exchange/platforms/{code}", "GET /api/exchange/fields/{kind}", "GET /api/exchange/{platform}/{kind}", "POST /api/exchange/{platform}/{kind}/import",
        "POST /api/exchange/{platform}/{kind}/records",
        "GET /api/trials/{id}", "GET /api/trials/{id}/diagrams", "DELETE /api/trials/{id}", "GET /api/trials/{id}/timeline", "GET /api/trials/{id}/cases", "GET /api/trials/{id}/documents",
        "GET /api/trials/{id}/documents/{documentId}/html", "GET /api/trials/{id}/people", "GET /api/trials/{id}/limits", "GET /api/trials/{id}/coverage",
        "GET /api/trials/{id}/problems", "GET /api/trials/{id}/replay",
        "PUT /api/users/{id}", "PUT /api/users/{id}/password", "PUT /api/rosters/departments/{district}/{code}/contact", "GET /api/rosters/departments/{district}/{code}/contact", "GET /api/scenarios/{code}",
        // Rosters belong to an area: RosterEditingTests bounds them by it.
        "PUT /api/rosters/targets/{id}", "PUT /api/rosters/officers/{id}", "POST /api/rosters/targets/{id}/planned/{key}/withdraw", "POST /api/rosters/officers/{id}/planned/{key}/withdraw",
        "POST /api/rosters/{kind}/import", "POST /api/catalogues/{kind}/import", "POST /api/workflow-tasks/{taskId}/complete",
        "GET /elsa/api/descriptors/activities/{typeName}", "POST /elsa/api/descriptors/activities/{activityTypeName}/options/{propertyName}",
        "GET /api/scenarios/{code}/versions", "GET /api/scenarios/{code}/validation", "GET /api/scenarios/{code}/differences", "POST /api/scenarios/{code}/publish",
        "POST /api/scenarios/{code}/preview", "GET /api/scenarios/{code}/files", "GET /api/scenarios/{code}/files/{**path}", "PUT /api/scenarios/{code}/files/{**path}", "DELETE /api/scenarios/{code}/files/{**path}",
        "POST /api/scenarios/{code}/discard", "POST /api/scenarios/{code}/retract", "POST /api/scenarios/{code}/clone", "GET /api/scenarios/{code}/archive", "GET /api/definitions/{definitionId}/versions",
        "GET /api/definitions/{definitionId}/validation", "GET /api/definitions/{definitionId}/differences",
        "GET /elsa/api/features/installed/{fullName}", "PUT /elsa/api/identity/users/{id}", "DELETE /elsa/api/identity/users/{id}",
        "PUT /elsa/api/identity/roles/{id}", "DELETE /elsa/api/identity/roles/{id}",
        "POST /elsa/api/scripting/javascript/type-definitions/{definitionId}", "POST /elsa/api/tasks/{taskId}/complete",
        "POST /elsa/api/events/{eventName}/trigger", "POST /elsa/api/events/{eventName}/token", "GET /elsa/api/bookmark-queue/dead-letters/{id}",
        "POST /elsa/api/bookmark-queue/dead-letters/{id}/replay", "DELETE /elsa/api/bookmark-queue/dead-letters/{id}",
        "DELETE /elsa/api/workflow-definition-versions/{versionId}",
        "DELETE /elsa/api/workflow-definitions/{definitionId}",
        "DELETE /elsa/api/workflow-definitions/{definitionId}/version/{version}",
        "GET /elsa/api/workflow-definitions/by-definition-id/{definitionId}",
        "GET /elsa/api/workflow-definitions/by-id/{versionId}",
        "GET /elsa/api/workflow-definitions/subgraph/segments/{versionId}",
        "GET /elsa/api/workflow-definitions/subgraph/{versionId}",
        "GET /elsa/api/workflow-definitions/{definitionId}",
        "GET /elsa/api/workflow-definitions/{definitionId}/consumers",
        "GET /elsa/api/workflow-definitions/{definitionId}/execute",
        "GET /elsa/api/workflow-definitions/{definitionId}/export",
        "GET /elsa/api/workflow-definitions/{definitionId}/live-instances",
        "GET /elsa/api/workflow-definitions/{definitionId}/versions",
        "POST /elsa/api/workflow-definitions/{definitionId}/bulk-dispatch",
        "POST /elsa/api/workflow-definitions/{definitionId}/dispatch",
        "POST /elsa/api/workflow-definitions/{definitionId}/execute",
        "POST /elsa/api/workflow-definitions/{definitionId}/export",
        "POST /elsa/api/workflow-definitions/{definitionId}/import",
        "POST /elsa/api/workflow-definitions/{definitionId}/publish",
        "POST /elsa/api/workflow-definitions/{definitionId}/retract",
        "POST /elsa/api/workflow-definitions/{definitionId}/revert/{version}",
        "POST /elsa/api/workflow-definitions/{definitionId}/update-references",
        "PUT /elsa/api/workflow-definitions/{definitionId}/import",
    ];

    /// <summary>Routes of instances, which show ids and outcomes only: who keeps the workflows reads all of them, supervisors by row, as the tests beside them show.</summary>
    private static readonly string[] OfInstances =
    [
        "DELETE /elsa/api/workflow-instances/{id}",
        "GET /elsa/api/activity-executions/{id}",
        "GET /elsa/api/activity-executions/{id}/call-stack",
        "GET /elsa/api/alterations/{id}",
        "GET /elsa/api/workflow-instances/{id}",
        "GET /elsa/api/workflow-instances/{id}/execution-state",
        "GET /elsa/api/workflow-instances/{id}/export",
        "GET /elsa/api/workflow-instances/{id}/journal",
        "GET /elsa/api/workflow-instances/{id}/journal/{activityId}",
        "GET /elsa/api/workflow-instances/{id}/variables",
        "POST /elsa/api/cancel/workflow-instances/{id}",
        "POST /elsa/api/workflow-instances/{id}/export",
        "POST /elsa/api/workflow-instances/{id}/journal",
        "POST /elsa/api/workflow-instances/{id}/variables",
    ];

    [Fact]
    public void Every_route_that_names_something_is_tried_or_said_to_hold_nothing_of_a_department()
    {
        var named = RouteTable.Routes.Where(line => line.Value != "*" && line.Key.Contains('{', StringComparison.Ordinal)).Select(line => line.Key);
        Assert.Equal(named.Order(StringComparer.Ordinal), Probes.Keys.Concat(OfNoDepartment).Concat(OfInstances).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task What_belongs_to_other_departments_does_not_exist(string role)
    {
        var tried = new List<(string Actor, string Route, string Id)>();
        foreach (var (department, area) in ForeignPeople.With(role))
        {
            using var person = await district.PersonAsync(role, department, area);
            var actor = await IdOfAsync(role, department, area);
            foreach (var (route, probe) in Probes)
            {
                foreach (var id in probe.Ids.Split(' '))
                {
                    // Who tries more than so many in a minute is in the log alone.
                    if (tried.Count % RefusedAccess.MostInAMinute == 0)
                        district.Clock.Advance(TimeSpan.FromMinutes(1));
                    tried.Add((actor, route, district.Ids[id]));
                    using var answer = await SendAsync(person, Named(route, id), probe.Body);
                    Assert.True(answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.NotFound,
                        $"{route} ({id}) as {role} of {department} in {area}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
                }
            }
        }

        var kept = (await KeptAsync()).Select(line => JsonNode.Parse(line)!)
            .SelectMany(entry => Text(entry["data"]!, "names").Split(' ').Select(name => (Text(entry, "actor"), Text(entry["data"]!, "route"), name))).ToHashSet();
        Assert.NotEmpty(tried);
        Assert.All(tried, one => Assert.Contains(one, kept));
    }

    // Not every role may ask who it is.
    private async Task<string> IdOfAsync(string role, string department, string area)
    {
        await using var scope = district.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<UserManager<WorkflowUser>>().FindByNameAsync($"{role}.{department}.{area}".ToLowerInvariant()))!.Id;
    }

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    [Fact]
    public async Task Each_try_is_kept_in_the_audit_trail()
    {
        using var person = await district.PersonAsync("inspector", "TOB", "330203", "TOB-99");
        foreach (var (route, probe) in Probes)
        {
            using var answer = await SendAsync(person, Named(route, probe.Ids.Split(' ')[0]), probe.Body);
        }

        var kept = await KeptAsync();
        Assert.All(Probes, probe => Assert.Contains(kept, line =>
            line.Contains($"\"{probe.Key}\"", StringComparison.Ordinal) && line.Contains(district.Ids[probe.Value.Ids.Split(' ')[0]], StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_try_that_names_a_foreign_case_or_lead_beside_the_path_is_kept_as_well()
    {
        district.Clock.Advance(TimeSpan.FromMinutes(2));
        using var person = await district.PersonAsync("inspector", "TOB", "330203", "TOB-98");
        foreach (var list in new[] { "documents", "cards", "supervision-orders", "consultations" })
        {
            using var answer = await SendAsync(person, $"GET /api/{list}?caseId={district.Ids["case"]}&take=7", null);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        using var head = await district.SamplePersonAsync("tob.head");
        using var opened = await SendAsync(head, "POST /api/cases", $$"""{"scenarioCode":"esports-hotel","targetId":"330203-EH-001","trigger":"Report","occasion":"试探","leadId":"{{district.Ids["lead"]}}"}""");
        Assert.True(opened.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.NotFound, $"{(int)opened.StatusCode} {await opened.Content.ReadAsStringAsync()}");
        var kept = await KeptAsync();
        foreach (var list in new[] { "documents", "cards", "supervision-orders", "consultations" })
            Assert.Contains(kept, line => line.Contains($"\"GET /api/{list}\"", StringComparison.Ordinal) && line.Contains($"caseId={district.Ids["case"]}", StringComparison.Ordinal) && !line.Contains("take=", StringComparison.Ordinal));
        Assert.Contains(kept, line => line.Contains("\"POST /api/cases\"", StringComparison.Ordinal) && line.Contains($"leadId={district.Ids["lead"]}", StringComparison.Ordinal));
    }

    private async Task<List<string>> KeptAsync()
    {
        await using var scope = district.Services.CreateAsyncScope();
        using var lines = new MemoryStream();
        await scope.ServiceProvider.GetRequiredService<AuditTrail>().ExportAsync(lines, RefusedAccess.Family);
        return [.. Encoding.UTF8.GetString(lines.ToArray()).Split('\n').Where(line => line.Contains("access.refused", StringComparison.Ordinal))];
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task Lists_show_no_row_of_it(string role)
    {
        foreach (var (department, area) in ForeignPeople.With(role))
        {
            using var person = await district.PersonAsync(role, department, area);
            foreach (var route in RouteTable.Routes.Keys.Where(route => route.StartsWith("GET ", StringComparison.Ordinal) && !route.Contains('{', StringComparison.Ordinal)
                && !(role == "analyst" && route == "GET /elsa/api/workflow-instances")
                // What the law makes public names its plan; everybody sees it.
                && !route.StartsWith("GET /api/public/", StringComparison.Ordinal)
                // The stream of news has no end, and says nothing but that there is some (LiveNewsTests).
                && route != "GET /api/live"))
            {
                using var answer = await SendAsync(person, route + "?take=100", null);
                var text = await answer.Content.ReadAsStringAsync();
                Assert.All(district.Ids, id => Assert.False(text.Contains(id.Value, StringComparison.Ordinal), $"{route} as {role} of {department} in {area} shows the {id.Key}: {text}"));
                if (area != "330203")
                    Assert.DoesNotContain("330203-EH", text, StringComparison.Ordinal);
            }

            foreach (var list in new[] { "tasks", "documents", "cards", "supervision-orders" })
            {
                using var answer = await SendAsync(person, $"GET /api/{list}?caseId={district.Ids["case"]}", null);
                var text = await answer.Content.ReadAsStringAsync();
                Assert.All(district.Ids, id => Assert.DoesNotContain(id.Value, text, StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public async Task What_a_party_let_pass_is_late_in_its_name_for_those_who_take_part()
    {
        using var head = await district.SamplePersonAsync("hea.head");
        using var answer = await SendAsync(head, "GET /api/overdue", null);
        var rows = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsArray().Where(row => row!["caseId"]?.GetValue<string>() == district.Ids["case"]).ToList();
        Assert.Contains(rows, row => row!["kind"]!.GetValue<string>() == "clock" && row["owner"]!.GetValue<string>().StartsWith("party:", StringComparison.Ordinal));
        Assert.All(rows, row => Assert.True(row!["late"]!.GetValue<bool>() && row["dueAt"]!.GetValue<DateTimeOffset>() <= district.Now));
    }

    [Fact]
    public async Task Those_who_take_part_do_see_it()
    {
        // Without this the tests above would also pass on a service that shows nothing to anybody.
        using var head = await district.SamplePersonAsync("hea.head");
        using var supervisor = await district.SamplePersonAsync("supervisor");
        foreach (var (route, id) in new[] { ("GET /api/plans/{id}", "plan"), ("GET /api/cases/{id}", "case"), ("GET /api/evidence/{id}", "evidence") })
        {
            using var answer = await SendAsync(head, route.Replace("{id}", district.Ids[id], StringComparison.Ordinal), null);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        using var dispatcher = await district.SamplePersonAsync("dispatcher");
        using var incidents = await SendAsync(dispatcher, "GET /api/operations/incidents", null);
        Assert.Contains(district.Ids["letter"], await incidents.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var faulted = await SendAsync(dispatcher, "GET /api/operations/faulted", null);
        Assert.Contains(district.Ids["instance"], await faulted.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        foreach (var (route, id) in new[] { ("GET /api/tasks/{id}", "task"), ("GET /api/tasks/{id}", "planTask"), ("GET /api/documents/{id}", "document"), ("GET /api/audit/cases/{id}", "case") })
        {
            using var answer = await SendAsync(supervisor, route.Replace("{id}", district.Ids[id], StringComparison.Ordinal), null);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    public static TheoryData<string> Roles() => [.. RouteTable.AllRoles.Where(role => role != "administrator")];

    private string Named(string route, string id) => route.Replace("{id}", district.Ids[id], StringComparison.Ordinal).Replace("{instanceId}", district.Ids[id], StringComparison.Ordinal).Replace("{limitId}", district.Ids[id], StringComparison.Ordinal)
        .Replace("{linkId}", district.Ids["partyLink"], StringComparison.Ordinal).Replace("{statementId}", district.Ids["statement"], StringComparison.Ordinal)
        .Replace("{code}", "M1", StringComparison.Ordinal).Replace("{number}", "1", StringComparison.Ordinal);

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string route, string? body)
    {
        var parts = route.Split(' ');
        using var request = new HttpRequestMessage(new HttpMethod(parts[0]), parts[1]);
        if (body is not null)
        {
            request.Content = body == "form" ? new MultipartFormDataContent { { new StringContent("x"), "title" } } : new StringContent(body, Encoding.UTF8, "application/json");
            request.Headers.Add("Idempotency-Key", "foreign-" + Guid.NewGuid());
        }

        return await client.SendAsync(request);
    }
}
