using System.Globalization;
using System.Text.Json.Nodes;
using Workflows.EndToEnd.Browsing;
using Workflows.EndToEnd.Walkthrough;

namespace Workflows.EndToEnd.Stories;

/// <summary>One case of a scenario that people of the sample district work on over HTTP, as the guide "From plan to publication" shows it.</summary>
internal sealed class CaseOverHttp : IDisposable
{
    private const string Arrived = "已到场";

    private readonly ServiceProcess _service;
    private readonly Dictionary<string, Desk> _desks = new(StringComparer.Ordinal);

    private CaseOverHttp(ServiceProcess service) => _service = service;

    public string Id { get; private set; } = "";

    /// <summary>Members of the team that was formed.</summary>
    public IReadOnlyList<JsonObject> Members { get; private set; } = [];

    /// <summary>A plan of the scenario is drawn up, approved and drawn, so that there is one case.</summary>
    /// <param name="service">The sample district.</param>
    /// <param name="scenario">Code of the scenario.</param>
    /// <param name="item">Number of the item of the annual plan.</param>
    /// <param name="departments">Codes and short names of the departments that take part.</param>
    public static async Task<CaseOverHttp> DrawnAsync(ServiceProcess service, string scenario, string item, params (string Code, string Name)[] departments)
    {
        var made = new CaseOverHttp(service);
        var today = (await (await made.DeskAsync("dispatcher")).PostAsync("/api/sample/clock", new JsonObject { ["workingDays"] = 1 }))["date"]!.GetValue<string>();
        var head = await made.DeskAsync("cul.head");
        var plan = (await head.PostAsync("/api/plans", new JsonObject
        {
            ["title"] = "联合抽查", ["scenarioCode"] = scenario, ["leadDepartment"] = "CUL", ["drawCount"] = 1, ["alternateCount"] = 2,
            ["annualItem"] = new JsonObject { ["year"] = int.Parse(today[..4], CultureInfo.InvariantCulture), ["code"] = item, ["title"] = "经营活动" },
            ["departments"] = new JsonArray([.. departments.Select(department => new JsonObject { ["code"] = department.Code, ["name"] = department.Name })]),
            ["visitFrom"] = today, ["visitTo"] = DateOnly.Parse(today, CultureInfo.InvariantCulture).AddDays(14).ToString("o", CultureInfo.InvariantCulture),
        }))["planId"]!.GetValue<string>();
        await head.CompleteAsync("plan.approve", "批准", new JsonObject { ["note"] = "同意" }, planId: plan);
        await (await made.DeskAsync("dispatcher")).CompleteAsync("plan.public-value", null, new JsonObject
        {
            ["value"] = "03 09 14 22 27 31 + 08", ["source"] = "双色球当日开奖号码", ["witnessName"] = "样例见证人", ["witnessCapacity"] = "区司法局",
        }, planId: plan);
        await head.CompleteAsync("plan.confirm-draw", "确认", new JsonObject { ["note"] = "抽取过程无异议" }, planId: plan);
        made.Id = (await head.GetAsync($"/api/cases?planId={plan}"))["items"]![0]!["id"]!.GetValue<string>();
        made.Members = [.. (await made.StoryAsync())["teams"]!.AsArray()[^1]!["members"]!.AsArray().Select(member => member!.AsObject())];
        return made;
    }

    /// <summary>All that is known of the case.</summary>
    public async Task<JsonNode> StoryAsync() => await (await DeskAsync("dispatcher")).GetAsync($"/api/cases/{Id}");

    /// <summary>What the case waits for: due moments by the activity that waits.</summary>
    public async Task<IReadOnlyList<JsonNode>> WaitsAsync() => [.. (await (await DeskAsync("dispatcher")).GetAsync($"/api/cases/{Id}/waits")).AsArray().Select(wait => wait!)];

    /// <summary>The team declares that nobody is related, the head approves, all arrive.</summary>
    public async Task ArriveAsync()
    {
        await CompleteAsync(Officer("CUL"), "team.recusal-declaration", "无需回避", new JsonObject());
        await CompleteAsync("cul.head", "visit.approve", "批准", new JsonObject { ["note"] = "同意" });
        await CompleteAsync(Officer("CUL"), "visit.arrive", Arrived, new JsonObject
        {
            ["arrival"] = new JsonObject
            {
                ["attendances"] = new JsonArray([.. Members.GroupBy(DepartmentOf).Select(unit => new JsonObject
                {
                    ["department"] = unit.Key, ["officerIds"] = new JsonArray([.. unit.Select(member => member["officerId"]!.DeepClone())]), ["assistantIds"] = new JsonArray(),
                })]),
            },
            ["certificates"] = new JsonObject { ["actionCode"] = "AC-2026-0001", ["recusalAnswer"] = "不申请回避" },
        });
    }

    /// <summary>The record: all is in order but these items.</summary>
    public async Task RecordAsync(string scenario, params string[] unmet)
    {
        var officer = await DeskAsync(Officer("CUL"));
        var items = (await officer.GetAsync($"/api/scenarios/{scenario}"))["items"]!.AsArray().Select(item => item!.AsObject()).ToList();
        var tags = (await StoryAsync())["case"]!["target"]!["tags"]!.AsArray().Select(tag => tag!.GetValue<string>()).ToHashSet(StringComparer.Ordinal);
        var photo = await (await DeskAsync(Officer("HEA"))).UploadAsync($"/api/cases/{Id}/evidence", "现场照片");
        var now = await NowAsync();
        await CompleteAsync(Officer("CUL"), "visit.record", null, new JsonObject
        {
            ["record"] = new JsonObject
            {
                ["sections"] = new JsonArray([.. Members.GroupBy(DepartmentOf).Select(unit => new JsonObject
                {
                    ["department"] = unit.Key,
                    ["items"] = new JsonArray([.. items.Where(item => item["supervisingDepartment"]!.GetValue<string>() == unit.Key && AppliesTo(item, tags)).Select(item => Answer(item, unmet, photo))]),
                    ["signatures"] = Signatures(unit, now),
                })]),
                ["party"] = new JsonObject { ["personName"] = "样例店长", ["capacity"] = "店长", ["statement"] = "无异议", ["signedAt"] = now },
            },
        });
    }

    /// <summary>The orders are prepared, approved by each department's own head and served.</summary>
    public async Task ServeOrdersAsync()
    {
        await CompleteAsync(Officer("CUL"), "order.prepare", null, new JsonObject { ["items"] = new JsonArray() });
        foreach (var order in (await OrdersAsync()).Select(order => order["department"]!.GetValue<string>()))
            await CompleteAsync($"{order.ToLowerInvariant()}.head", "order.approve", "批准", new JsonObject { ["note"] = "同意" });
        var story = await StoryAsync();
        foreach (var order in (await OrdersAsync()).Select(order => order["department"]!.GetValue<string>()))
        {
            await CompleteAsync(Officer(order), "document.serve", "已送达", new JsonObject
            {
                ["method"] = "直接送达", ["serverIds"] = new JsonArray([.. Members.Where(member => DepartmentOf(member) == order).Select(member => member["officerId"]!.DeepClone())]),
                ["details"] = new JsonObject
                {
                    ["addressee"] = story["case"]!["target"]!["name"]!.DeepClone(), ["place"] = story["case"]!["target"]!["address"]!.DeepClone(),
                    ["receiverName"] = "样例店长", ["receiverRelation"] = "店长", ["receivedAt"] = await NowAsync(),
                },
            });
        }
    }

    /// <summary>Path of the page that an officer of a department opens for the party.</summary>
    public async Task<string> PartyLinkAsync(string department) =>
        (await (await DeskAsync(Officer(department))).PostAsync($"/api/cases/{Id}/party-links", new JsonObject { ["validDays"] = 30 }))["path"]!.GetValue<string>();

    /// <summary>The orders are served, and the party hands in its proof to one department.</summary>
    public async Task ProveAsync(string department)
    {
        await ServeOrdersAsync();
        var link = (await PartyLinkAsync(department)).Split('/')[^1];
        using var party = Desk.OfTheParty(_service);
        var receipt = await party.UploadAsync($"/api/party/{link}/evidence", "整改照片");
        var own = (await OrdersAsync()).Single(order => order["department"]!.GetValue<string>() == department)["id"]!.GetValue<string>();
        await party.PostAsync($"/api/party/{link}/proofs", new JsonObject { ["orderId"] = own, ["items"] = new JsonArray(1), ["description"] = "已整改", ["evidenceIds"] = new JsonArray(receipt) });
    }

    /// <summary>Hands in a step of this case.</summary>
    public async Task CompleteAsync(string person, string kind, string? outcome, JsonNode data) => await (await DeskAsync(person)).CompleteAsync(kind, outcome, data, Id);

    /// <summary>User name of an officer of the team.</summary>
    public string Officer(string department) => Members.First(member => DepartmentOf(member) == department)["officerId"]!.GetValue<string>().ToLowerInvariant().Replace('-', '.');

    /// <summary>Time goes by for the whole district.</summary>
    public async Task AdvanceAsync(string duration) => await (await DeskAsync("dispatcher")).PostAsync("/api/sample/clock", new JsonObject { ["advance"] = duration });

    /// <summary>The moment in the district.</summary>
    public async Task<string> NowAsync() => (await (await DeskAsync("dispatcher")).GetAsync("/api/sample/clock"))["now"]!.GetValue<string>();

    public async Task<Desk> DeskAsync(string person)
    {
        if (!_desks.TryGetValue(person, out var desk))
            _desks[person] = desk = await Desk.OpenAsync(_service, person);
        return desk;
    }

    public void Dispose()
    {
        foreach (var desk in _desks.Values)
            desk.Dispose();
    }

    private async Task<IReadOnlyList<JsonNode>> OrdersAsync() => [.. (await (await DeskAsync("dispatcher")).GetAsync($"/api/cases/{Id}/orders")).AsArray().Select(order => order!)];

    private static string DepartmentOf(JsonObject member) => member["department"]!.GetValue<string>();

    private static bool AppliesTo(JsonObject item, HashSet<string> tags) => item["targetTags"]!.AsArray() is { } wanted && (wanted.Count == 0 || wanted.Any(tag => tags.Contains(tag!.GetValue<string>())));

    private static JsonObject Answer(JsonObject item, string[] unmet, string photo)
    {
        var code = item["code"]!.GetValue<string>();
        return unmet.Contains(code)
            ? new JsonObject { ["itemCode"] = code, ["answer"] = "不符合", ["facts"] = "现场查明" + item["findingWording"]!.GetValue<string>(), ["evidenceIds"] = new JsonArray(photo), ["roomEntry"] = item["occupiedRooms"]!.GetValue<bool>() ? new JsonObject { ["ground"] = "住客同意", ["by"] = "样例住客" } : null }
            : new JsonObject { ["itemCode"] = code, ["answer"] = "符合" };
    }

    private static JsonArray Signatures(IEnumerable<JsonObject> members, string now) => [.. members.Select(member => new JsonObject
    {
        ["officerId"] = member["officerId"]!.DeepClone(), ["name"] = member["name"]!.DeepClone(), ["certificateNumber"] = member["certificateNumber"]!.DeepClone(), ["at"] = now,
    })];
}
