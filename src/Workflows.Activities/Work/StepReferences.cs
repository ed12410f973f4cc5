using Workflows.Activities.Deadlines;
using Workflows.Engine.Activities;
using Workflows.Engine.Definitions;

namespace Workflows.Activities.Work;

/// <summary>Inputs that name other steps of the diagram: a step that was renamed or taken out leaves them pointing nowhere.</summary>
internal static class StepReferences
{
    /// <summary>Reports every named step that the definition does not have.</summary>
    public static void Check(DefinitionCheckContext context, Input<string[]>? input, string property, string name)
    {
        if (!context.TryGetFixed(input, out var ids))
            return;
        for (var i = 0; i < ids.Length; i++)
        {
            if (context.Find(ids[i]) is null)
                context.Report($"{property}[{i}]", ValidationCodes.UnknownStep, $"“{name}”中的步骤 {Shorten(ids[i])} 不在图中，请改成现有步骤的编号，或者删去。");
        }
    }

    /// <summary>The limit that an input names; reports a step that is not there or is no limit.</summary>
    public static LimitStep? Limit(DefinitionCheckContext context, Input<string>? input)
    {
        if (!context.TryGetFixed(input, out var id) || id.Length == 0)
            return null;
        if (context.Find(id) is LimitStep limit)
            return limit;
        context.Report("timeLimitId", ValidationCodes.UnknownStep, context.Find(id) is null
            ? $"“时限步骤”{Shorten(id)} 不在图中，请填写现有“办理时限”或者“整改期限”步骤的编号。"
            : $"“时限步骤”{Shorten(id)} 不是时限，请填写“办理时限”或者“整改期限”步骤的编号。");
        return null;
    }

    private static string Shorten(string? id) => id is { Length: > 60 } ? id[..60] + "…" : id ?? "";
}
