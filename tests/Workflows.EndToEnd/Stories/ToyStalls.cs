using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Workflows.EndToEnd.Browsing;
using Workflows.EndToEnd.Walkthrough;

namespace Workflows.EndToEnd.Stories;

/// <summary>
/// A scenario of an analyst for persons who sell toys from a stall: one department with 120 items in twelve groups, two more where the first is not met, and a score that counts at the end.
/// It comes into the district with the first story that needs it.
/// </summary>
internal static class ToyStalls
{
    public const string Code = "toy-stalls";

    /// <summary>Items that are asked of everybody.</summary>
    public const int Asked = 120;

    /// <summary>The item that opens <see cref="Opened"/> where it is not met. It may be put right on the spot.</summary>
    public const string First = "TS-001";

    /// <summary>Beginning of the names of all persons.</summary>
    public const string Persons = "样例摊主";

    /// <summary>The items that the first one opens.</summary>
    public static readonly IReadOnlyList<string> Opened = ["TS-002", "TS-003"];

    /// <summary>A case at one of the stalls, drawn.</summary>
    public static async Task<CaseOverHttp> DrawnAsync(ServiceProcess service, string item)
    {
        using (var analyst = await Desk.OpenAsync(service, "analyst"))
        {
            if (!(await analyst.TextAsync("/api/scenarios")).Contains($"\"{Code}\"", StringComparison.Ordinal))
                await ImportAsync(service, analyst);
        }

        return await CaseOverHttp.DrawnAsync(service, Code, item, ("CUL", "文旅"));
    }

    /// <summary>Number of an item, from 1.</summary>
    public static string ItemCode(int n) => string.Create(CultureInfo.InvariantCulture, $"TS-{n:000}");

    private static async Task ImportAsync(ServiceProcess service, Desk analyst)
    {
        await analyst.SendFileAsync("/api/scenarios/import", Pack(), "application/zip", "scenario.zip");
        await analyst.PostAsync($"/api/scenarios/{Code}/publish");
        var csv = "编号,名称,类型,地址,镇街代码,部门代码,信用等级,信用来源,信用日期,标签,状态,最近检查日期,近90日投诉数,开业日期,负责人,联系电话\n"
            + string.Concat(new[] { "甲", "乙", "丙" }.Select((name, n) => $"330203-TS-00{n + 1},{Persons}{name},个人,宁波市海曙区样例路{n + 5}号,330203001,CUL,B,样例数据,2026-01-01,玩具摊,正常,,0,2020-01-01,,0574-0000000{n + 1}\n"));
        using var administrator = await Desk.OpenAsync(service, "admin");
        await administrator.SendFileAsync("/api/rosters/targets/import", Encoding.UTF8.GetBytes(csv), "text/csv", "targets.csv");
    }

    // The scenario that the house does not ship, for one department and with a list of its own.
    private static byte[] Pack()
    {
        var folder = Repository.Find("tests", "Workflows.Host.Tests", "Scenarios", "stationery-shop");
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            {
                var name = Path.GetRelativePath(folder, path).Replace('\\', '/');
                var text = File.ReadAllText(path);
                if (name is "scenario.json" or "case.json" or "plan.json")
                    text = text.Replace("stationery-shop", Code, StringComparison.Ordinal).Replace("\"MKT\"", "\"CUL\"", StringComparison.Ordinal).Replace("文具店", "玩具摊", StringComparison.Ordinal);
                text = name switch { "scenario.json" => Listed(text), "case.json" => Scored(text), _ => text };
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return stream.ToArray();
    }

    private static string Listed(string text)
    {
        var scenario = JsonNode.Parse(text)!.AsObject();
        scenario["targetKind"] = "Person";
        scenario["departments"] = new JsonArray(scenario["departments"]!.AsArray().Single(one => one!["code"]!.GetValue<string>() == "CUL")!.DeepClone());
        scenario["departments"]![0]!["name"] = "文化和广电旅游体育局";
        scenario["departments"]![0]!["numberName"] = "文";
        var pattern = scenario["items"]![0]!;
        scenario["items"] = new JsonArray([.. Enumerable.Range(1, Asked + Opened.Count).Select(n =>
        {
            var item = pattern.DeepClone().AsObject();
            item["code"] = ItemCode(n);
            item["title"] = n == 1 ? "玩具有生产者名称和警示标志" : string.Create(CultureInfo.InvariantCulture, $"查验事项{n}");
            item["group"] = string.Create(CultureInfo.InvariantCulture, $"第{Math.Max(0, n - 3) / 10 + 1}组");
            item["finding"] = n == 1 ? "摊位上的玩具没有生产者名称和警示标志" : "现场不符合该项要求";
            if (n == 1)
            {
                item["severity"] = "General";
                item["onSpot"] = new JsonObject { ["possible"] = "Yes", ["action"] = "当场撤下没有标志的玩具" };
            }

            if (Opened.Contains(ItemCode(n)))
                item["askedWhen"] = new JsonObject { ["item"] = First, ["answers"] = new JsonArray("不符合") };
            return item;
        })]);
        return scenario.ToJsonString();
    }

    // Between the publication and the end the score is counted.
    private static string Scored(string text)
    {
        var diagram = JsonNode.Parse(text)!;
        var (activities, connections) = (diagram["root"]!["activities"]!.AsArray(), diagram["root"]!["connections"]!.AsArray());
        foreach (var connection in connections.Where(one => one!["target"]!["activity"]!.GetValue<string>() == "End"))
            connection!["target"]!["activity"] = "Score";
        connections.Add(JsonNode.Parse("""{"source":{"activity":"Score","port":"Done"},"target":{"activity":"End","port":"In"}}"""));
        var score = activities.Single(one => one!["id"]!.GetValue<string>() == "Close")!.DeepClone();
        (score["id"], score["type"], score["name"], score["metadata"]!["displayText"]) = ("Score", "Supervision.UpdateSupervisionScore", "更新监管评分", "更新监管评分");
        activities.Add(score);
        return diagram.ToJsonString();
    }
}
