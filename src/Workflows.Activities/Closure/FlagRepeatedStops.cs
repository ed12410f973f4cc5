using Workflows.Engine.Activities;
using Workflows.Engine.Definitions;
using Workflows.Engine.Execution;
using Workflows.Supervision.Rectification;

namespace Workflows.Activities.Closure;

/// <summary>累计停业标记: a party that was stopped several times within months may not apply for years; the flag stands on its roster row.</summary>
[Activity("Supervision", SupervisionCategory.Closure, "对象在若干月内被采取停止类措施达到次数的，在名录中标记限制申请的截止日，例如一年内两次的三年。", DisplayName = "累计停业标记")]
public sealed class FlagRepeatedStops : CodeActivity, IDefinitionCheck
{
    /// <summary>How many measures.</summary>
    [Input(DisplayName = "次数", Description = "达到几次即标记。", DefaultValue = 2, Order = 1)]
    public Input<int>? Times { get; set; }

    /// <summary>Within how many months.</summary>
    [Input(DisplayName = "期间（月）", Description = "在几个月之内累计。", DefaultValue = 12, Order = 2)]
    public Input<int>? Months { get; set; }

    /// <summary>For how many years.</summary>
    [Input(DisplayName = "限制年数", Description = "自最近一次起限制申请几年。", DefaultValue = 3, Order = 3)]
    public Input<int>? Years { get; set; }

    /// <summary>Kinds of measure that count.</summary>
    [Input(DisplayName = "措施种类", Description = "计入次数的措施种类，例如 责令停止生产经营，每个一项；不填为全部停止类措施。同一案件同一日的计一次。", UIHint = "multitext", Order = 4)]
    public Input<string[]>? Kinds { get; set; }

    /// <inheritdoc/>
    public void Check(DefinitionCheckContext context)
    {
        foreach (var (input, name, title, most) in new[] { (Times, "times", "次数", 20), (Months, "months", "期间", 120), (Years, "years", "限制年数", 20) })
        {
            if (context.TryGetFixed(input, out var value) && (value < 1 || value > most))
            {
                context.Report(name, ValidationCodes.InvalidValue, $"{title}为 {value}，请填写 1 至 {most}。");
            }
        }
    }

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        static int Or(int given, int otherwise) => given > 0 ? given : otherwise;
        var until = await context.GetRequiredService<RepeatedStops>().FlagAsync(
            context.SubjectId(), context.Get(Kinds) ?? [], Or(context.Get(Times), 2), Or(context.Get(Months), 12), Or(context.Get(Years), 3), context.CancellationToken);
        if (until is { } day)
        {
            context.JournalData["bannedUntil"] = day.ToString("yyyy-MM-dd");
        }
    }
}
