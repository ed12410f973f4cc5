using System.Text.Json.Nodes;
using Workflows.Activities.Deadlines;
using Workflows.Activities.Options;
using Workflows.Activities.Work;
using Workflows.Engine.Activities;
using Workflows.Engine.Alterations;
using Workflows.Engine.Definitions;
using Workflows.Engine.Execution;
using Workflows.Supervision.Deadlines;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Activities.Escalation;

/// <summary>
/// A ladder as one step of the diagram: it waits for one rung after the other, does what the rung says, lets the rung's port flow
/// and stays until a watched step is done or the last rung has acted (scenarios.md 0.2).
/// </summary>
public abstract class LadderStep : Activity, IDefinitionCheck
{
    /// <summary>Port: a watched step was done.</summary>
    public const string DonePort = "已办结";

    /// <summary>Port: the last rung has acted.</summary>
    public const string EndPort = "阶梯结束";

    /// <summary>What the name of a wait ends with while its card is held.</summary>
    public const string Held = "（暂缓）";

    /// <summary>Step of the diagram whose limit the rungs count from.</summary>
    [Input(DisplayName = "时限步骤", Description = "梯级从哪个时限步骤的到期日起算。", UIHint = "dropdown", IsRequired = true, Order = 1, OptionsProvider = typeof(TimeLimitOptions))]
    public Input<string>? TimeLimitId { get; set; }

    /// <summary>The rungs, as lines of text (<see cref="RungText"/>) or as a list of <see cref="LadderRung"/> in JSON.</summary>
    [Input(DisplayName = "梯级", Description = "一行一级：偏移 单位 措施 告知谁。届满前写负数，届满时写 0，届满后写正数；单位为 工作日，或者 小时、分钟，不与工作日混用。例如：+3 工作日 红牌 单位负责人、分管领导。留空保存时，填入本场景的阶梯默认值。", UIHint = "multiline", IsRequired = true, Order = 2)]
    public Input<JsonNode>? Rungs { get; set; }

    /// <summary>Steps whose end ends the ladder.</summary>
    [Input(DisplayName = "监视步骤", Description = "其中一步办结，阶梯即结束；填步骤编号，每个一项。", UIHint = "multitext", Order = 3)]
    public Input<string[]>? Watches { get; set; }

    /// <summary>Department that is held; by default the lead.</summary>
    [Input(DisplayName = "承办部门", Description = "被提醒和督办的部门；不填为牵头部门。", UIHint = "dropdown", Order = 4, OptionsProvider = typeof(DepartmentOptions))]
    public Input<string>? Department { get; set; }

    /// <summary>Which ladder it is; the two are never mixed.</summary>
    protected abstract LadderKind LadderKind { get; }

    /// <inheritdoc/>
    public void Check(DefinitionCheckContext context) => LadderChecks.Check(this, LadderKind, context);

    /// <summary>Does what a rung says.</summary>
    protected abstract ValueTask ActAsync(ActivityExecutionContext context, LadderRung rung, StepLimit limit);

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var session = context.Session();
        context.SetProperty("After", -1);
        context.SetProperty("Since", ShanghaiTime.DateOf(session.Now).ToString("yyyy-MM-dd"));
        context.SetProperty("SinceAt", session.Now);
        await WaitForNextAsync(context);
        if (context.GetProperty<string>("Bookmark") is not null)
        {
            DeadlineChanged.Listen(context, OnMovedAsync);
        }
    }

    /// <inheritdoc/>
    protected override async ValueTask OnMigratedAsync(ActivityExecutionContext context, MigrationContext migration)
    {
        if (context.GetProperty<string>("Bookmark") is not { } bookmark)
        {
            return;
        }

        if (migration.IsChanged(nameof(Rungs)) && After(context) is >= 0 and var after)
        {
            context.SetProperty("After", await LastRungAsync(context, migration, after));
        }

        context.RemoveBookmark(bookmark);
        await WaitForNextAsync(context);
    }

    // The rung that acted last is found by its port; where it is gone, what lies in the past has had its day.
    private async ValueTask<int> LastRungAsync(ActivityExecutionContext context, MigrationContext migration, int after)
    {
        var (ladder, limit) = await ReadAsync(context);
        var before = DiagramLadder.Read(migration.Before<JsonNode>(nameof(Rungs)), out _) is { Count: > 0 } rungs
            ? Ladder.Create(LadderKind, rungs).Rungs
            : [];
        if (after < before.Count)
        {
            for (var i = ladder.Rungs.Count - 1; i >= 0; i--)
            {
                if (ladder.Rungs[i].Port == before[after].Port)
                {
                    return i;
                }
            }
        }

        var session = context.Session();
        return ladder.Steps(limit.LadderDue(), session.Calendar, null).TakeWhile(step => step.At <= session.Now).Select(step => step.Index).LastOrDefault(-1);
    }

    private async ValueTask OnRungAsync(ActivityExecutionContext context)
    {
        context.SetProperty("Bookmark", null);
        if (context.WatchedActivity() is not null)
        {
            await context.CompleteActivityWithOutcomesAsync(DonePort);
            return;
        }

        var (ladder, limit) = await ReadAsync(context);
        var session = context.Session();
        if (limit.Paused)
        {
            await StepLimits.RefreshAsync(session, limit, null, context.CancellationToken);
            await WaitForNextAsync(context);
            return;
        }

        var next = ladder.Next(limit.LadderDue(), session.Calendar, After(context), Since(context), SinceAt(context));
        if (next is not null && ActsAt(next, limit) <= session.Now)
        {
            context.SetProperty("After", next.Index);
            await ActAsync(context, next.Rung, limit);
            context.JournalData["rung"] = next.Rung.Port;
            Trace(context, next, limit);
            await context.ScheduleOutcomesAsync(next.Rung.Port);
        }

        await WaitForNextAsync(context);
    }

    private async ValueTask OnMovedAsync(ActivityExecutionContext context)
    {
        if (context.GetProperty<string>("Bookmark") is { } bookmark)
        {
            context.RemoveBookmark(bookmark);
        }

        DeadlineChanged.Listen(context, OnMovedAsync);
        await WaitForNextAsync(context);
    }

    private async ValueTask WaitForNextAsync(ActivityExecutionContext context)
    {
        var (ladder, limit) = await ReadAsync(context);
        var session = context.Session();
        var next = ladder.Next(limit.LadderDue(), session.Calendar, After(context), Since(context), SinceAt(context));
        if (next is null && !limit.Paused)
        {
            await context.CompleteActivityWithOutcomesAsync(EndPort);
            return;
        }

        var bookmark = context.CreateBookmark(new CreateBookmarkArgs
        {
            Stimulus = new { limitId = limit.Id },
            IncludeActivityInstanceId = true,
            Callback = OnRungAsync,
            DueAt = limit.Paused ? limit.DueAt : ActsAt(next!, limit),
            WaitName = $"{context.ActivityName ?? "督办阶梯"}{(limit.Paused ? "（暂停计时）" : $"：{next!.Rung.Port}{(ActsAt(next, limit) > next.At ? Held : "")}")}",
            WaitOwner = limit.HeldBy,
            CompletesWith = context.Get(Watches),
        });
        context.SetProperty("Bookmark", bookmark.Id);
    }

    private async ValueTask<(Ladder Ladder, StepLimit Limit)> ReadAsync(ActivityExecutionContext context)
    {
        var session = context.Session();
        var stepId = context.Get(TimeLimitId) ?? "";
        var subject = await WorkSubject.OfAsync(context);
        var limit = await StepLimits.FindAsync(
                session, subject.Records, stepId, context.Get(Department) is { Length: > 0 } unit && unit != Responsible.Rectifying ? unit : null, context.CancellationToken)
            ?? throw new RuleViolationException(
                RefusalKind.Invalid, "ladder-without-limit", "timeLimitId", $"阶梯 {context.ActivityId} 找不到时限步骤“{stepId}”，请在图中把该时限放在阶梯之前启动。");
        var rungs = DiagramLadder.Read(context.Get(Rungs), out var problems);
        if (problems.Count > 0)
        {
            throw new RuleViolationException(RefusalKind.Invalid, "ladder-invalid", problems[0].Path, $"阶梯 {context.ActivityId}：{string.Join('；', problems.Select(p => p.Message))}");
        }

        return (Ladder.Create(LadderKind, rungs), limit);
    }

    // A card that is held falls when the hold has ended; what stands after it in the ladder waits for it.
    private static DateTimeOffset ActsAt(Supervision.Escalation.LadderStep next, StepLimit limit) =>
        next.Rung.Action is LadderAction.YellowCard or LadderAction.RedCard && limit.CardHold?.EndsAt is { } end && end > next.At ? end : next.At;

    private static int After(ActivityExecutionContext context) => context.GetProperty<int>("After");

    private static DateOnly Since(ActivityExecutionContext context) => DateOnly.ParseExact(context.GetProperty<string>("Since")!, "yyyy-MM-dd");

    // A ladder that began before instants were kept skips nothing by the minute.
    private static DateTimeOffset? SinceAt(ActivityExecutionContext context) => context.GetProperty<DateTimeOffset?>("SinceAt");

    private static void Trace(ActivityExecutionContext context, Supervision.Escalation.LadderStep step, StepLimit limit) =>
        context.Session().Audit(new AuditFact(limit.CaseKey, "ladder.rung", new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["step"] = context.ActivityId,
            ["port"] = step.Rung.Port,
            ["limitId"] = limit.Id,
            ["due"] = limit.LastDay?.ToString("yyyy-MM-dd") ?? limit.DueAt.ToString("O"),
            ["department"] = limit.Department,
        }));
}
