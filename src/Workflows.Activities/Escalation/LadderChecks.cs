using System.Text.Json.Nodes;
using Workflows.Activities.Deadlines;
using Workflows.Activities.Leads;
using Workflows.Activities.Work;
using Workflows.Engine.Activities;
using Workflows.Engine.Definitions;
using Workflows.Supervision.Escalation;

namespace Workflows.Activities.Escalation;

/// <summary>What a diagram may say of a ladder, checked when it is validated or published; at run time a broken ladder would be an incident.</summary>
internal static class LadderChecks
{
    /// <summary>A rung, or the list of them, that is no ladder.</summary>
    public const string InvalidRung = "invalid-rung";

    private const int MaxRungs = 20;
    private static readonly string[] s_members = ["code", "title", "offset", "unit", "action", "recipients", "answerWithin", "objectionWithin"];

    public static void Check(LadderStep ladder, LadderKind kind, DefinitionCheckContext context)
    {
        var limit = StepReferences.Limit(context, ladder.TimeLimitId);
        if (limit is not null && limit is TimeLimit != (kind == LadderKind.Internal))
        {
            context.Report("timeLimitId", InvalidRung, kind == LadderKind.Internal
                ? $"内部督办阶梯针对承办单位超期，时限步骤须是“办理时限”；{limit.Id} 是整改期限。"
                : $"外部督促阶梯针对当事人逾期，时限步骤须是“整改期限”；{limit.Id} 是办理时限。");
        }

        StepReferences.Check(context, ladder.Watches, "watches", "监视步骤");
        if (!context.TryGetFixed(ladder.Rungs, out var node))
            return;
        if (node is JsonValue text)
        {
            var read = DiagramLadder.Read(text, out var problems);
            foreach (var (path, message) in problems)
                context.Report(path, InvalidRung, message + "。");
            if (problems.Count > 0)
                return;
            node = DiagramLadder.ToJson(read);
        }

        if (node is not JsonArray { Count: > 0 and <= MaxRungs } list)
        {
            context.Report("rungs", InvalidRung, node is JsonArray given ? $"梯级数为 {given.Count}，请填写 1 至 {MaxRungs} 级。" : "请一行写一级，例如 +3 工作日 红牌 单位负责人、分管领导。");
            return;
        }

        var rungs = new List<(int Index, LadderRung Rung)>();
        for (var i = 0; i < list.Count; i++)
        {
            if (Read(context, list[i], i) is { } rung)
                rungs.Add((i, rung));
        }

        CheckTogether(context, kind, limit, rungs);
    }

    private static LadderRung? Read(DefinitionCheckContext context, JsonNode? node, int index)
    {
        var path = $"rungs[{index}]";
        if (node is not JsonObject rung)
        {
            context.Report(path, InvalidRung, "梯级须是一个对象，含 offset、unit、action、recipients。");
            return null;
        }

        var whole = true;
        void Refuse(string member, string message)
        {
            context.Report($"{path}.{member}", InvalidRung, message);
            whole = false;
        }

        foreach (var (name, _) in rung)
        {
            if (!s_members.Contains(name, StringComparer.OrdinalIgnoreCase))
                Refuse(Shorten(name), $"梯级没有“{Shorten(name)}”这一项，可用的有：{string.Join("、", s_members)}。");
        }

        var offset = 0;
        if (Member(rung, "offset") is not JsonValue number || !number.TryGetValue(out offset))
            Refuse("offset", "偏移须是整数：到期日之前为负，到期为 0，之后为正。");
        if (!TryEnum<LadderAction>(Member(rung, "action"), out var action))
            Refuse("action", $"没有动作“{Shorten(Text(Member(rung, "action")))}”，可用的有：{string.Join("、", Enum.GetValues<LadderAction>().Select(a => $"{a} {LadderText.Of(a)}"))}。");
        var unit = LadderUnit.WorkingDays;
        if (Member(rung, "unit") is { } given && !TryEnum(given, out unit))
            Refuse("unit", $"没有单位“{Shorten(Text(given))}”，可用的有：WorkingDays 工作日、Minutes 分钟。");
        var title = Text(Member(rung, "title"));
        var read = new LadderRung { Offset = offset, Action = action, Unit = unit, Title = title };
        if (whole && !context.Descriptor.Ports.Any(p => p.Name == read.Port))
            Refuse("title", $"“{Shorten(read.Port)}”不是本阶梯的出口，它的后续步骤永远不会走到。请改成：{string.Join("、", context.Descriptor.Ports.Select(p => p.Name).Where(p => p is not (LadderStep.DonePort or LadderStep.EndPort)))}。");
        if (whole && action is LadderAction.YellowCard or LadderAction.RedCard && LeadSubject.IsLeadDiagram(context))
            Refuse("action", "线索流程中超时只计数、不发牌：黄牌、红牌属于案件，请改用提醒、催办、督办单或者会商。");
        CheckRecipients(context, Member(rung, "recipients"), path);
        return whole ? read : null;
    }

    private static void CheckRecipients(DefinitionCheckContext context, JsonNode? node, string path)
    {
        if (node is not JsonArray { Count: > 0 } words)
        {
            context.Report($"{path}.recipients", InvalidRung, $"没有填写告知谁，请填写一个或者几个：{RecipientWords.Known}。");
            return;
        }

        for (var i = 0; i < words.Count; i++)
        {
            if (!RecipientWords.IsKnown(Text(words[i])))
                context.Report($"{path}.recipients[{i}]", InvalidRung, $"没有接收人“{Shorten(Text(words[i]))}”，可用的有：{RecipientWords.Known}。");
        }
    }

    private static void CheckTogether(DefinitionCheckContext context, LadderKind kind, LimitStep? limit, List<(int Index, LadderRung Rung)> rungs)
    {
        // The rules speak of rungs in order of time, the problem of their place in the diagram.
        var ordered = Ladder.Sorted(rungs, r => r.Rung);
        var list = ordered.ConvertAll(r => r.Rung);
        foreach (var (path, message) in list.Count == 0 ? [] : Ladder.Problems(kind, list).Concat(Ladder.Doubts(list)))
            context.Report(InPlace(path, ordered), InvalidRung, message + "。");
        if (limit is null || !context.TryGetFixed(limit.StartsFrom, out var from) || !context.TryGetFixed(limit.Unit, out var unit))
            return;
        var elapsed = unit is "Hours" or "Minutes";
        foreach (var (index, rung) in rungs)
        {
            if (rung.Unit == LadderUnit.Minutes && !elapsed)
                context.Report($"rungs[{index}].unit", InvalidRung, $"时限 {limit.Id} 按日计算，梯级不得按分钟，请改用 WorkingDays。");
            else if (from == "Now" && unit == "WorkingDays" && rung.Offset < 0 && context.TryGetFixed(limit.Length, out var length) && length > 0 && -rung.Offset >= length)
                context.Report($"rungs[{index}].offset", InvalidRung, $"时限 {limit.Id} 只有 {length} 个工作日，提前 {-rung.Offset} 个工作日落在开始当日或者之前，这一级永远不会动作，请删去或者缩短提前量。");
        }
    }

    private static string InPlace(string path, List<(int Index, LadderRung Rung)> ordered)
    {
        var (open, close) = (path.IndexOf('[', StringComparison.Ordinal), path.IndexOf(']', StringComparison.Ordinal));
        return open < 0 ? path : $"rungs[{ordered[int.Parse(path[(open + 1)..close], System.Globalization.CultureInfo.InvariantCulture)].Index}]{path[(close + 1)..]}";
    }

    private static JsonNode? Member(JsonObject rung, string name) => rung.FirstOrDefault(m => m.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static bool TryEnum<T>(JsonNode? node, out T value)
        where T : struct, Enum
    {
        value = default;
        return Text(node) is { } text && Enum.GetNames<T>().Contains(text, StringComparer.Ordinal) && Enum.TryParse(text, out value);
    }

    private static string Shorten(string? text) => text is { Length: > 40 } ? text[..40] + "…" : text ?? "";
}
