using System.Text.Json.Nodes;
using Workflows.Supervision.Documents;
using Workflows.Supervision.Scenarios;

namespace Workflows.Host.Api.Scenarios;

/// <summary>Data of an invented case with which a template can be looked at before there is a real one: each field that its form needs says what belongs there.</summary>
internal static class ExampleModel
{
    private const string Instant = "2026-03-02T09:30:00+08:00";
    private const string Day = "2026-03-02";

    /// <summary>What templates look into without asking first whether it is there.</summary>
    private static readonly (string Path, string Name)[] Further =
    [
        ("party.name", "当事人名称"), ("party.address", "当事人地址"), ("party.creditCode", "统一社会信用代码"), ("party.representative", "法定代表人（负责人）"), ("party.phone", "联系电话"),
        ("check.sections[].items[]", "检查事项"), ("record.sections[].officers[].name", "检查人员"), ("record.sections[].officers[].certificateNumber", "执法证号"), ("interview.attendees[]", "参加人员"),
    ];

    /// <summary>The data for a form.</summary>
    /// <param name="form">The form.</param>
    /// <param name="scenario">The scenario, for its own name and titles.</param>
    public static JsonObject Of(FormDefinition form, Scenario scenario)
    {
        var model = new JsonObject();
        foreach (var field in form.Required)
            Put(model, field.Path.Split('.'), 0, field.Name);
        foreach (var (path, name) in Further.Where(field => form.Required.Any(known => known.Path.Split('.')[0] == field.Path.Split('.')[0]) || field.Path.StartsWith("party.", StringComparison.Ordinal)))
            Put(model, path.Split('.'), 0, name);
        Member(model, "document")["title"] = scenario.Documents.FirstOrDefault(document => document.Form == form.Key)?.Title ?? form.Title;
        Member(model, "document")["sample"] = true;
        Member(model, "document")["number"] = "〔文号〕";
        Member(model, "document")["verificationCode"] = "〔验证码〕";
        Member(model, "matter")["scenario"] = scenario.Title;
        return model;
    }

    /// <summary>Fills in what a template asked for and did not find.</summary>
    /// <param name="model">The data.</param>
    /// <param name="paths">Paths such as <c>order.items[0].ordinal</c>.</param>
    public static void Fill(JsonObject model, IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            var steps = path.Replace("[0]", "[]", StringComparison.Ordinal).Split('.');
            Put(model, steps, 0, steps[^1].Replace("[]", "", StringComparison.Ordinal));
        }
    }

    private static void Put(JsonObject holder, string[] path, int at, string name)
    {
        var isList = path[at].EndsWith("[]", StringComparison.Ordinal);
        var member = isList ? path[at][..^2] : path[at];
        var isLast = at == path.Length - 1;
        if (isList)
        {
            var list = holder[member] as JsonArray;
            if (list is null)
                holder[member] = list = [];
            if (isLast)
            {
                if (list.Count == 0)
                    list.Add(Value(member, name));
                return;
            }

            if (list.Count == 0)
                list.Add(new JsonObject());
            if (list[0] is JsonObject entry)
                Put(entry, path, at + 1, name);
        }
        else if (isLast)
        {
            holder[member] ??= Value(member, name);
        }
        else if (holder[member] is null or JsonObject)
        {
            Put(Member(holder, member), path, at + 1, name);
        }
    }

    private static JsonObject Member(JsonObject holder, string name)
    {
        if (holder[name] is JsonObject known)
            return known;
        var made = new JsonObject();
        holder[name] = made;
        return made;
    }

    private static JsonNode Value(string member, string name) => member switch
    {
        "isIndividual" => false,
        "visitOfYear" or "drawCount" or "ordinal" or "checked" or "daysLate" or "rosterCount" or "headCount" => 1,
        _ when member.EndsWith("At", StringComparison.Ordinal) || member == "at" => Instant,
        _ when member.EndsWith("On", StringComparison.Ordinal) || member is "on" or "due" or "from" or "to" or "visitFrom" or "visitTo" or "validTo" => Day,
        _ when name.EndsWith("期限", StringComparison.Ordinal) || name.EndsWith("日期", StringComparison.Ordinal) || name.EndsWith("止日", StringComparison.Ordinal) => Day,
        _ => $"〔{name}〕",
    };
}
