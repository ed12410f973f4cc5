using Workflows.Engine.Activities;
using Workflows.Engine.Execution;

namespace Workflows.Engine.Tests.Kit;

/// <summary>A step with a time limit, as the product's activities have it.</summary>
[Activity("Test", "测试", "等待办理，逾期走期限端口。", DisplayName = "限期办理", Kind = ActivityKind.Task)]
[Port("办结")]
[Port("逾期未办", DisplayName = "逾期未办", MeansTimeLimitPassed = true)]
internal sealed class LimitStep : Activity
{
    [Input(DisplayName = "办理期限", Description = "多长时间内办结。", IsRequired = true, Order = 1)]
    public Input<TimeSpan>? Limit { get; set; }

    [Input(DisplayName = "方式", Options = ["a=甲", "b=乙"], Order = 0)]
    public Input<string>? Mode { get; set; }

    [Input(DisplayName = "部门", OptionsProvider = typeof(Departments), Order = 2)]
    public Input<string>? Department { get; set; }

    [Output(DisplayName = "办理人")]
    public Output<string>? Officer { get; set; }

    protected internal override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        context.CreateBookmark(new CreateBookmarkArgs { BookmarkName = "Done", Callback = DoneAsync, WaitName = "限期办理", WaitOwner = "department:" + context.Get(Department) });
        context.CreateBookmark(new CreateBookmarkArgs { BookmarkName = "Late", Callback = LateAsync, DueAt = context.Now + context.Get(Limit) });
        return default;
    }

    private ValueTask DoneAsync(ActivityExecutionContext context)
    {
        context.Set(Officer, "officer:1");
        return context.CompleteActivityWithOutcomesAsync("办结");
    }

    private ValueTask LateAsync(ActivityExecutionContext context) => context.CompleteActivityWithOutcomesAsync("逾期未办");

    private sealed class Departments : IInputOptionsProvider
    {
        public ValueTask<IReadOnlyList<InputOption>> GetOptionsAsync(InputOptionsContext context, CancellationToken cancellationToken) =>
            new([new InputOption("消防", "FIR")]);
    }
}
