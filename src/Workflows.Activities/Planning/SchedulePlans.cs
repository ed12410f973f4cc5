using Workflows.Engine.Activities;
using Workflows.Engine.Definitions;
using Workflows.Engine.Execution;
using Workflows.Supervision.Planning;

namespace Workflows.Activities.Planning;

/// <summary>定期编制计划: put behind a Cron or Timer trigger, it draws up the plans that recur; each then goes its own way from its approval on.</summary>
[Activity("Supervision", SupervisionCategory.Planning, "放在 Cron 或 Timer 之后：每次触发为每个片区编制一份抽查（巡查）计划并送审批；没有相应对象的片区不编。不同等级的频次用各自的触发器。", DisplayName = "定期编制计划")]
public sealed class SchedulePlans : CodeActivity, IDefinitionCheck
{
    /// <summary>Code of the scenario.</summary>
    [Input(DisplayName = "场景", Description = "场景编码；取其已发布版本。", IsRequired = true, Order = 1)]
    public Input<string>? Scenario { get; set; }

    /// <summary>Title.</summary>
    [Input(DisplayName = "计划名称", Description = "自动加上片区和月份。", IsRequired = true, Order = 2)]
    public Input<string>? Title { get; set; }

    /// <summary>Item of the annual plan.</summary>
    [Input(DisplayName = "年度计划事项编号", Description = "所依据的已公布年度抽查计划事项。", IsRequired = true, Order = 3)]
    public Input<string>? AnnualCode { get; set; }

    /// <summary>Areas.</summary>
    [Input(DisplayName = "片区", Description = "区县（六位）或者镇街（九位）区划代码，每个一项；每个片区一份计划。", IsRequired = true, UIHint = "multitext", Order = 4)]
    public Input<string[]>? Areas { get; set; }

    /// <summary>How many targets are drawn in each area.</summary>
    [Input(DisplayName = "每片区抽取数", Description = "不足时全部抽取；不填按场景的常用抽取比例。", Order = 5)]
    public Input<int?>? DrawCount { get; set; }

    /// <summary>Working days for the visits.</summary>
    [Input(DisplayName = "检查工作日数", Description = "自次一工作日起，几个工作日内上门；默认 10。", DefaultValue = 10, Order = 6)]
    public Input<int>? VisitDays { get; set; }

    /// <summary>Departments that go.</summary>
    [Input(DisplayName = "参与部门", Description = "部门代码，每个一项；不填为场景的牵头和参与部门。", UIHint = "multitext", Order = 7)]
    public Input<string[]>? Departments { get; set; }

    /// <summary>Credit classes.</summary>
    [Input(DisplayName = "信用等级", Description = "只巡查这些等级的对象（A、B、C、D，未评级为“-”）；不填为全部。", UIHint = "multitext", Order = 8)]
    public Input<string[]>? CreditClasses { get; set; }

    /// <inheritdoc/>
    public void Check(DefinitionCheckContext context)
    {
        if (context.TryGetFixed(Areas, out var areas) && areas is { } given && (given.Length is 0 or > PlanSchedule.MostAreas || given.Any(a => a is not { Length: 6 or 9 } || !a.All(char.IsAsciiDigit))))
        {
            context.Report("areas", ValidationCodes.InvalidValue, $"片区应为1至{PlanSchedule.MostAreas}个区划代码（区县六位或者镇街九位数字）。");
        }

        if (context.TryGetFixed(DrawCount, out var count) && count is < 1 or > 10_000)
        {
            context.Report("drawCount", ValidationCodes.InvalidValue, $"每片区抽取数为 {count}，请填写 1 至 10000。");
        }

        if (context.TryGetFixed(VisitDays, out var days) && days is < 1 or > 250)
        {
            context.Report("visitDays", ValidationCodes.InvalidValue, $"检查工作日数为 {days}，请填写 1 至 250。");
        }
    }

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context) => await context.GetRequiredService<PlanSchedule>().StartAsync(
        new ScheduledPlans(
            context.Get(Scenario) ?? "", context.Get(Title) ?? "", context.Get(AnnualCode) ?? "", context.Get(Areas) ?? [], context.Get(DrawCount),
            context.Get(VisitDays) is > 0 and var days ? days : 10, context.Get(Departments) ?? [], context.Get(CreditClasses) ?? []),
        context.CancellationToken);
}
