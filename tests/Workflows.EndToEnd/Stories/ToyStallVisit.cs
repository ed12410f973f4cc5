using System.Text.Json.Nodes;

namespace Workflows.EndToEnd.Stories;

/// <summary>The visit to a stall over HTTP: one item not met and put right on the spot, the person identified.</summary>
internal static class ToyStallVisit
{
    /// <summary>Number of the papers that the person showed.</summary>
    public const string Number = "SAMPLE0000000002";

    /// <summary>From the team's declaration to the publication, which waits.</summary>
    public static async Task MadeAsync(CaseOverHttp one)
    {
        var officer = one.Officer("CUL");
        await one.CompleteAsync(officer, "team.recusal-declaration", "无需回避", new JsonObject());
        await one.CompleteAsync(officer, "visit.arrive", "已到场", new JsonObject
        {
            ["arrival"] = new JsonObject { ["attendances"] = new JsonArray(new JsonObject { ["department"] = "CUL", ["officerIds"] = Officers(one), ["assistantIds"] = new JsonArray() }) },
            ["certificates"] = new JsonObject { ["actionCode"] = "AC-2026-0121", ["recusalAnswer"] = "不申请回避" },
        });
        var desk = await one.DeskAsync(officer);
        var (before, after) = (await desk.UploadAsync($"/api/cases/{one.Id}/evidence", "改正前"), await desk.UploadAsync($"/api/cases/{one.Id}/evidence", "改正后"));
        var now = await one.NowAsync();
        var target = (await one.StoryAsync())["case"]!["target"]!;
        await one.CompleteAsync(officer, "visit.record", null, new JsonObject
        {
            ["record"] = new JsonObject
            {
                ["sections"] = new JsonArray(new JsonObject
                {
                    ["department"] = "CUL",
                    ["items"] = new JsonArray([.. Enumerable.Range(1, ToyStalls.Asked + ToyStalls.Opened.Count).Select(n => new JsonObject
                    {
                        ["itemCode"] = ToyStalls.ItemCode(n), ["answer"] = n == 1 ? "不符合" : "符合",
                        ["facts"] = n == 1 ? "三件玩具没有警示标志" : null, ["evidenceIds"] = n == 1 ? new JsonArray(before, after) : new JsonArray(),
                        ["fix"] = n == 1 ? new JsonObject { ["at"] = now, ["beforeEvidenceId"] = before, ["afterEvidenceId"] = after, ["description"] = "当场撤下" } : null,
                    })]),
                    ["signatures"] = new JsonArray([.. one.Members.Select(member => new JsonObject
                    {
                        ["officerId"] = member["officerId"]!.DeepClone(), ["name"] = member["name"]!.DeepClone(), ["certificateNumber"] = member["certificateNumber"]!.DeepClone(), ["at"] = now,
                    })]),
                }),
                ["party"] = new JsonObject { ["personName"] = target["name"]!.DeepClone(), ["capacity"] = "本人", ["statement"] = "无异议", ["signedAt"] = now },
            },
            ["identification"] = new JsonObject { ["kind"] = "个人", ["name"] = target["name"]!.DeepClone(), ["identityNumber"] = Number, ["address"] = target["address"]!.DeepClone() },
        });
        await one.CompleteAsync(officer, "finding.education", null, new JsonObject { ["education"] = "告知没有警示标志的玩具的危险" });
    }

    private static JsonArray Officers(CaseOverHttp one) => [.. one.Members.Select(member => member["officerId"]!.DeepClone())];
}
