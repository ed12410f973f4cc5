using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Workflows.Activities.Work;
using Workflows.Engine.Activities;

namespace Workflows.Activities.Tests.Guide;

/// <summary>The activities as the analysts' guide lists them: a section for each, taken from the descriptors alone.</summary>
internal static class ActivityCatalogue
{
    private static readonly string[] s_everyHumanStep =
        [.. typeof(HumanStep).GetProperties().Where(p => p.DeclaringType == typeof(HumanStep) && p.IsDefined(typeof(InputAttribute), false)).Select(p => p.Name)];

    // Studio does not offer it in the toolbox, yet every diagram and every region is one.
    private static readonly string[] s_alwaysListed = ["Elsa.Flowchart"];

    private static readonly JsonSerializerOptions s_readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IReadOnlyList<ActivityDescriptor> Listed(ActivityRegistry registry) =>
    [
        .. registry.Descriptors.Where(d => d.IsBrowsable || s_alwaysListed.Contains(d.TypeName))
            .OrderBy(d => d.Namespace == "Supervision" ? 0 : 1).ThenBy(d => d.Category, StringComparer.Ordinal).ThenBy(d => d.TypeName, StringComparer.Ordinal),
    ];

    public static string Write(ActivityRegistry registry)
    {
        var text = new StringBuilder();
        var listed = Listed(registry);
        var human = listed.First(IsHumanStep);
        text.Append("### 人工步骤的通用输入\n\n以下输入每个人工步骤都有，各步骤的小节不再重复。\n\n");
        Inputs(text, human.Inputs.Where(i => s_everyHumanStep.Contains(i.Name)));
        foreach (var category in listed.GroupBy(d => d.Category))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n### {category.Key}\n");
            foreach (var activity in category)
                Section(text, activity);
        }

        return text.ToString();
    }

    private static bool IsHumanStep(ActivityDescriptor activity) => s_everyHumanStep.All(name => activity.Inputs.Any(i => i.Name == name));

    private static void Section(StringBuilder text, ActivityDescriptor activity)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n#### {activity.DisplayName} `{activity.TypeName}`\n\n{activity.Description}");
        var isHuman = IsHumanStep(activity);
        text.Append(isHuman ? "（人工步骤）\n\n" : "\n\n");
        var own = activity.Inputs.Where(i => i.IsBrowsable && !(isHuman && s_everyHumanStep.Contains(i.Name))).ToList();
        if (own.Count > 0)
        {
            Inputs(text, own);
            text.Append('\n');
        }

        var slots = activity.Ports.Where(p => p.Kind == PortKind.Embedded).ToList();
        if (slots.Count > 0)
            text.Append("内嵌步骤：").AppendJoin('、', slots.Select(Port)).Append("\n\n");
        var outcomes = activity.Ports.Where(p => p.Kind == PortKind.Flow).ToList();
        var chosen = activity.Inputs.Where(i => i.UIHint is "dynamic-outcomes" or "http-status-codes").Select(i => $"输入“{i.DisplayName}”的每一项");
        var fixedOnes = outcomes.Count > 0 ? outcomes.Select(Port) : chosen.Any() ? [] : ["`Done`"];
        text.Append("出口：").AppendJoin('、', [.. fixedOnes, .. chosen]).Append('\n');
        if (activity.Outputs.Count > 0)
            text.Append("\n输出：").AppendJoin('、', activity.Outputs.Select(o => $"{o.DisplayName} `{Json(o.Name)}`")).Append('\n');
    }

    private static void Inputs(StringBuilder text, IEnumerable<InputDescriptor> inputs)
    {
        text.Append("| 输入 | 属性 | 类型 | 说明 |\n|---|---|---|---|\n");
        foreach (var input in inputs)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {Cell(input.DisplayName)}{(input.IsRequired ? "（必填）" : "")} | `{Json(input.Name)}` | {Cell(input.TypeName)} | ");
            var notes = new List<string>();
            if (!string.IsNullOrEmpty(input.Description))
                notes.Add(Cell(input.Description));
            if (input.Options.Count > 0)
                notes.Add("可选：" + string.Join('、', input.Options.Select(o => o.Text == o.Value ? $"`{o.Value}`" : $"`{o.Value}` {o.Text}")) + "。");
            else if (input.OptionsProvider is not null)
                notes.Add("选项由系统目录给出。");
            if (input.DefaultValue is { } value && input.Description?.Contains("默认", StringComparison.Ordinal) != true)
                notes.Add($"默认 `{Cell(value.ToJsonString(s_readable))}`。");
            text.AppendJoin(' ', notes).Append(" |\n");
        }
    }

    private static string Port(PortDescriptor port) =>
        $"`{port.Name}`{(port.DisplayName == port.Name ? "" : $" {port.DisplayName}")}{(port.MeansTimeLimitPassed ? "（时限届满，必须连线）" : "")}";

    private static string Json(string property) => char.ToLowerInvariant(property[0]) + property[1..];

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
