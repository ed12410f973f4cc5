using System.Globalization;
using System.Text.Json.Nodes;
using Workflows.Activities.Escalation;
using Workflows.Supervision.Escalation;

namespace Workflows.Host.Elsa.Differences;

/// <summary>The differences between the rungs of one ladder, rung by rung.</summary>
internal static class RungChanges
{
    private static readonly Dictionary<string, string> Recipients = new(StringComparer.Ordinal)
    {
        ["handler"] = "承办单位", ["unit-head"] = "承办单位负责人", ["party"] = "当事人", ["command-centre"] = "指挥中心", ["guidance-office"] = "指导办",
        ["leader-in-charge"] = "分管领导", ["supervisor"] = "督办人",
    };

    /// <summary>What changed.</summary>
    /// <param name="ladder">Name of the ladder in quotation marks.</param>
    /// <param name="stepId">Id of the ladder.</param>
    /// <param name="before">Rungs of the former version.</param>
    /// <param name="after">Rungs of the present one.</param>
    /// <returns>Null where one of them is no list of rungs.</returns>
    public static IReadOnlyList<DefinitionChange>? Between(string ladder, string stepId, JsonNode? before, JsonNode? after)
    {
        if (Read(before) is not { } former || Read(after) is not { } present)
            return null;
        var sentences = new List<string>();
        foreach (var name in former.Concat(present).Select(rung => rung.Name).Distinct(StringComparer.Ordinal))
        {
            var old = former.Where(rung => rung.Name == name).ToList();
            var now = present.Where(rung => rung.Name == name).ToList();
            // Rungs of one name that stayed as they are need no word; the others pair up in their order of time.
            foreach (var same in old.Where(now.Contains).ToList())
            {
                old.Remove(same);
                now.Remove(same);
            }

            sentences.AddRange(old.Zip(now).SelectMany(pair => Describe(ladder, pair.First, pair.Second)));
            sentences.AddRange(old.Skip(now.Count).Select(rung => $"{ladder}取消梯级“{name}”（{rung.When}）"));
            sentences.AddRange(now.Skip(old.Count).Select(rung => $"{ladder}增加梯级“{name}”：{rung.When}，{rung.Action}，告知{rung.Told}"));
        }

        return [.. sentences.Select(sentence => new DefinitionChange(ChangeKind.Ladder, sentence, stepId))];
    }

    private static IEnumerable<string> Describe(string ladder, Rung old, Rung now)
    {
        if (old.When != now.When)
            yield return $"{ladder}的梯级“{old.Name}”由{old.When}改为{now.When}";
        if (old.Action != now.Action)
            yield return $"{ladder}的梯级“{old.Name}”的动作由{old.Action}改为{now.Action}";
        if (old.Told != now.Told)
            yield return $"{ladder}的梯级“{old.Name}”的告知对象由{old.Told}改为{now.Told}";
        if (old.When == now.When && old.Action == now.Action && old.Told == now.Told)
            yield return $"{ladder}的梯级“{old.Name}”（{now.When}）的答复或异议期限已修改";
    }

    private static List<Rung>? Read(JsonNode? node)
    {
        var given = DiagramLadder.Read(node, out var problems);
        if (problems.Count > 0)
            return null;
        var list = DiagramLadder.ToJson(given);
        var rungs = list.OfType<JsonObject>().Select(Rung.Read).ToList();
        return rungs.Contains(null) ? null : [.. rungs.OfType<Rung>().OrderBy(rung => rung.Offset)];
    }

    private sealed record Rung(string Name, int Offset, string When, string Action, string Told, string Rest)
    {
        public static Rung? Read(JsonObject json)
        {
            if (json["offset"] is not JsonValue given || !int.TryParse(given.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var offset)
                || !Enum.TryParse<LadderAction>(json["action"]?.ToString(), out var action))
            {
                return null;
            }

            var unit = json["unit"]?.ToString() == "Minutes" ? "分钟" : "个工作日";
            var when = offset switch { 0 => "到期时", < 0 => $"到期前{-offset}{unit}", _ => $"到期后{offset}{unit}" };
            var told = (json["recipients"] as JsonArray ?? []).Select(recipient => Recipients.GetValueOrDefault(recipient?.ToString() ?? "", recipient?.ToString() ?? ""));
            var words = string.Join('、', told) is { Length: > 0 } names ? names : "无人";
            var name = json["title"]?.ToString() is { Length: > 0 } title ? title : LadderText.Of(action);
            return new Rung(name, offset, when, LadderText.Of(action), words, $"{json["answerWithin"]?.ToJsonString()} {json["objectionWithin"]?.ToJsonString()}");
        }
    }
}
