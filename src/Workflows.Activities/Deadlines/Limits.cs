using Workflows.Activities.Options;
using Workflows.Activities.Work;
using Workflows.Engine.Activities;
using Workflows.Engine.Alterations;
using Workflows.Engine.Definitions;
using Workflows.Engine.Execution;
using Workflows.Supervision.CaseFilings;
using Workflows.Supervision.Deadlines;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Service;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Activities.Deadlines;

/// <summary>
/// A time limit as a step of the diagram. It waits until the limit has passed, or until one of the watched steps is done
/// first. It is never early: when it wakes it asks its clock again, and waits on when the clock was moved, paused or recounted.
/// 超期 is said of the handling unit and 逾期 of the party (practice.md 6), so there are two kinds with a port each.
/// </summary>
public abstract class LimitStep : Activity, IDefinitionCheck
{
    /// <summary>Port: a watched step was done first.</summary>
    public const string KeptPort = "按期办结";

    // A case that comes from a lead has no window of a plan: it is visited within the days in which leads are handled.
    private const int DaysWithoutPlan = 5;

    /// <summary>Code of the rule that gives the length.</summary>
    [Input(DisplayName = "规则代码", Description = "时限依据的规则，例如 CASE-FILE、APL-60；记在时限和审计中。", UIHint = "dropdown", IsRequired = true, Order = 1, OptionsProvider = typeof(RuleOptions))]
    public Input<string>? RuleCode { get; set; }

    /// <summary>Length in units.</summary>
    [Input(DisplayName = "长度", Description = "时限的长度；跟随计划窗口或整改期限时填 0。", DefaultValue = 0, Order = 2)]
    public Input<int>? Length { get; set; }

    /// <summary>Unit of the length.</summary>
    [Input(DisplayName = "单位", Description = "工作日和自然日首日不计；小时和分钟连续计算。", UIHint = "dropdown", Order = 3, DefaultValue = "WorkingDays",
        Options = ["WorkingDays=工作日", "CalendarDays=自然日", "Months=月", "Hours=小时", "Minutes=分钟"])]
    public Input<string>? Unit { get; set; }

    /// <summary>What the count starts from.</summary>
    [Input(DisplayName = "起算", Description = "从本步骤开始、最近一次送达之日、强制程序中决定（或者其后复议、诉讼结果）送达之日或者立案之日起算（立案时选定了有自己期限的办案程序的，长度取该程序的期限），或者跟随计划检查窗口、责令改正各项期限。", UIHint = "dropdown", Order = 4, DefaultValue = "Now",
        Options = ["Now=本步骤开始", "Served=最近一次送达之日", "DecisionServed=强制程序决定或者复议、诉讼结果送达之日", "Filing=立案之日", "PlanWindow=计划检查窗口", "RectificationItems=责令改正各项期限"])]
    public Input<string>? StartsFrom { get; set; }

    /// <summary>Steps whose end ends the limit.</summary>
    [Input(DisplayName = "监视步骤", Description = "其中一步办结，时限即按期结束；填步骤编号，每个一项。", UIHint = "multitext", Order = 5)]
    public Input<string[]>? Watches { get; set; }

    /// <summary>Department that is held; by default the lead.</summary>
    [Input(DisplayName = "承办部门", Description = "受时限约束的部门；不填为牵头部门。", UIHint = "dropdown", Order = 6, OptionsProvider = typeof(DepartmentOptions))]
    public Input<string>? Department { get; set; }

    /// <summary>Why no ladder stands beside it, where that is so; validation asks for a ladder or this.</summary>
    [Input(DisplayName = "不设阶梯的理由", Description = "时限旁不放督办或者督促阶梯的，在此说明理由；否则校验不通过。", Order = 8)]
    public Input<string>? WithoutLadder { get; set; }

    /// <summary>Whether the limit binds the party rather than the handling unit.</summary>
    protected abstract bool BindsParty { get; }

    /// <summary>Port by which it leaves when it has passed.</summary>
    protected abstract string PassedPort { get; }

    /// <inheritdoc/>
    public void Check(DefinitionCheckContext context) => LimitChecks.Check(this, context);

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var limit = await StartAsync(context);
        context.SetProperty(nameof(StepLimit), limit.Id);
        Wait(context, limit);
        DeadlineChanged.Listen(context, OnMovedAsync);
    }

    /// <inheritdoc/>
    protected override async ValueTask OnCanceledAsync(ActivityExecutionContext context)
    {
        // A try that faulted may have begun no limit.
        if (await FindLimitAsync(context) is { } limit)
            await StepLimits.EndAsync(context.Session(), limit, StepLimitState.Withdrawn, "流程环节结束", context.CancellationToken);
    }

    /// <inheritdoc/>
    protected override int MigrationOrder => 0;

    /// <inheritdoc/>
    protected override async ValueTask OnMigratedAsync(ActivityExecutionContext context, MigrationContext migration)
    {
        var limit = await LimitAsync(context);
        if (migration.Timers != TimerPolicy.Keep && migration.IsChanged(nameof(RuleCode), nameof(Length), nameof(Unit), nameof(StartsFrom)))
        {
            limit = await RestateAsync(context, limit, migration.Timers == TimerPolicy.RecomputeFromNow);
        }

        context.RemoveBookmark(context.GetProperty<string>("Bookmark")!);
        Wait(context, limit);
    }

    private async ValueTask<StepLimit> RestateAsync(ActivityExecutionContext context, StepLimit limit, bool fromNow)
    {
        var follows = context.Get(StartsFrom) is "PlanWindow" or "RectificationItems";
        if (follows && limit.ClockId is null)
        {
            return await RefreshAsync(context, limit);
        }

        var length = context.Get(Length);
        LimitLength? counted = follows ? null : context.Get(Unit) switch
        {
            "Hours" => new LimitLength(null, TimeSpan.FromHours(length)),
            "Minutes" => new LimitLength(null, TimeSpan.FromMinutes(length)),
            var unit => new LimitLength(new LegalPeriod(length, Enum.Parse<PeriodUnit>(unit ?? "WorkingDays")), null),
        };
        return await StepLimits.RestateAsync(context.Session(), limit, context.Get(RuleCode) ?? "", counted, fromNow, context.CancellationToken);
    }

    private async ValueTask OnDueAsync(ActivityExecutionContext context)
    {
        var session = context.Session();
        var limit = await LimitAsync(context);
        if (context.WatchedActivity() is not null)
        {
            await StepLimits.EndAsync(session, limit, StepLimitState.Kept, "已办结", context.CancellationToken);
            await context.CompleteActivityWithOutcomesAsync(KeptPort);
            return;
        }

        limit = await RefreshAsync(context, limit);
        if (limit.Paused || limit.DueAt > session.Now)
        {
            Wait(context, limit);
            return;
        }

        await StepLimits.EndAsync(session, limit, StepLimitState.Passed, "期限届满", context.CancellationToken);
        await context.CompleteActivityWithOutcomesAsync(PassedPort);
    }

    private async ValueTask OnMovedAsync(ActivityExecutionContext context)
    {
        var after = await RefreshAsync(context, await LimitAsync(context));
        DeadlineChanged.Listen(context, OnMovedAsync);
        // Who moved the clock may have moved the limit with it: what counts is when this step would wake.
        if (after.DueAt == context.GetProperty<DateTimeOffset>("DueAt") && after.Paused == context.GetProperty<bool>("Paused"))
        {
            return;
        }

        context.RemoveBookmark(context.GetProperty<string>("Bookmark")!);
        Wait(context, after);
    }

    private void Wait(ActivityExecutionContext context, StepLimit limit)
    {
        var bookmark = context.CreateBookmark(new CreateBookmarkArgs
        {
            Stimulus = new { limitId = limit.Id },
            IncludeActivityInstanceId = true,
            Callback = OnDueAsync,
            DueAt = limit.DueAt,
            WaitName = (context.ActivityName ?? limit.RuleCode) + (limit.Paused ? "（暂停计时）" : ""),
            WaitOwner = limit.HeldBy,
            CompletesWith = context.Get(Watches),
        });
        context.SetProperty("Bookmark", bookmark.Id);
        context.SetProperty("DueAt", limit.DueAt);
        context.SetProperty("Paused", limit.Paused);
    }

    private async ValueTask<StepLimit> StartAsync(ActivityExecutionContext context)
    {
        var session = context.Session();
        var rule = context.Get(RuleCode) ?? "";
        var today = ShanghaiTime.DateOf(session.Now);
        var (scope, window) = await ScopeAsync(context);
        switch (context.Get(StartsFrom))
        {
            case "PlanWindow":
                return StepLimits.Follow(session, scope, rule, window > today ? window : today);
            case "RectificationItems":
                var due = await StepLimits.EarliestItemDueAsync(session, context.SubjectId(), context.CancellationToken);
                return StepLimits.Follow(session, scope, rule, due ?? today);
            case "Served":
                var served = await CaseRecords.LatestAsync<ProofOfService>(context, _ => true);
                return Count(context, session, scope, rule, "送达", served?.ServedOn ?? today);
            case "DecisionServed":
                // 复议和诉讼期限自知道决定或者结果之日起算 (复议法 20, 行政诉讼法 45 and 46), whenever the diagram comes to them.
                var known = (await session.FindAsync<Case>(context.SubjectId(), context.CancellationToken))?.Enforcement.LastOrDefault(act => act.ServedOn is not null);
                return Count(context, session, scope, rule, "送达", known?.ServedOn ?? today);
            case "Filing":
                var filings = await session.ListAsync<CaseFiling>(
                    new AggregateFilter { CaseId = context.SubjectId(), Departments = [scope.Department] }, context.CancellationToken);
                var filedOn = filings.Select(f => f.FiledOn).Max() ?? today;
                // 繁简分流: the step beside it waits for all that were filed that day, so the longest of their ways counts, and the diagram's length where one has none of its own. An organ with a law of its own (治安: 30 days) has its own.
                var ways = filings.Where(f => f.FiledOn == filedOn).Select(f => f.LimitRule == CaseFilingService.GeneralRule ? f.Procedure?.Limit : f.Limit).ToList();
                return ways.Count > 0 && ways.All(way => way is not null)
                    ? StepLimits.StartLegal(session, scope, rule, "立案", filedOn, ways.MaxBy(way => LegalDeadline.Compute(filedOn, way!.Value, session.Calendar).Due)!.Value)
                    : Count(context, session, scope, rule, "立案", filedOn);
            default:
                return Count(context, session, scope, rule, context.ActivityName ?? rule, today);
        }
    }

    private StepLimit Count(ActivityExecutionContext context, ISupervisionSession session, LimitScope scope, string rule, string startEvent, DateOnly start)
    {
        var length = context.Get(Length);
        var unit = context.Get(Unit) ?? "WorkingDays";
        return unit switch
        {
            "Hours" => StepLimits.StartElapsed(session, scope, rule, startEvent, TimeSpan.FromHours(length)),
            "Minutes" => StepLimits.StartElapsed(session, scope, rule, startEvent, TimeSpan.FromMinutes(length)),
            _ => StepLimits.StartLegal(session, scope, rule, startEvent, start, new LegalPeriod(length, Enum.Parse<PeriodUnit>(unit))),
        };
    }

    private async ValueTask<(LimitScope Scope, DateOnly Window)> ScopeAsync(ActivityExecutionContext context)
    {
        var session = context.Session();
        var department = context.Get(Department);
        var subject = await WorkSubject.OfAsync(context);
        var plan = subject.Plan ?? (subject.PlanId is { } planId ? await session.FindAsync<InspectionPlan>(planId, context.CancellationToken) : null);
        var unit = subject.Plan is null ? await Responsible.ResolveAsync(context, department, subject.LeadDepartment) : department is { Length: > 0 } given ? given : subject.LeadDepartment;
        var held = BindsParty && subject.TargetId is { } target ? $"party:{target}" : $"department:{unit}";
        return (
            new LimitScope(subject.CaseKey, subject.Matter?.Id, subject.PlanId, subject.TargetId, subject.Area, unit, held),
            plan?.VisitTo ?? (subject.Matter is { } matter ? session.Calendar.AddWorkingDays(ShanghaiTime.DateOf(matter.Created.At), DaysWithoutPlan) : ShanghaiTime.DateOf(session.Now)));
    }

    private async ValueTask<StepLimit> RefreshAsync(ActivityExecutionContext context, StepLimit limit)
    {
        var session = context.Session();
        var followed = context.Get(StartsFrom) switch
        {
            "RectificationItems" => await StepLimits.EarliestItemDueAsync(session, context.SubjectId(), context.CancellationToken),
            "PlanWindow" => (await ScopeAsync(context)).Window,
            _ => null,
        };
        return await StepLimits.RefreshAsync(session, limit, followed, context.CancellationToken);
    }

    private static ValueTask<StepLimit?> FindLimitAsync(ActivityExecutionContext context) =>
        context.Session().FindAsync<StepLimit>(context.GetProperty<string>(nameof(StepLimit)) ?? "", context.CancellationToken);

    private static async ValueTask<StepLimit> LimitAsync(ActivityExecutionContext context) => await FindLimitAsync(context)
        ?? throw new InvalidOperationException($"时限步骤 {context.ActivityId} 的记录不存在。");
}

/// <summary>办理时限: binds the handling unit.</summary>
[Activity("Supervision", SupervisionCategory.Clock, "开始计时；被监视的步骤先办完则按期结束，否则从“超期未办”出口继续。", DisplayName = "办理时限")]
[Port(Overdue, MeansTimeLimitPassed = true)]
[Port(KeptPort)]
public sealed class TimeLimit : LimitStep
{
    /// <summary>Port: the handling unit did not do it in time.</summary>
    public const string Overdue = "超期未办";

    /// <inheritdoc/>
    protected override bool BindsParty => false;

    /// <inheritdoc/>
    protected override string PassedPort => Overdue;
}

/// <summary>当事人权利期限: the party may do something until it ends; nothing is late when it does not.</summary>
[Activity("Supervision", SupervisionCategory.Clock, "当事人可以申请复检、陈述申辩等的期限；期限届满未提出的从“期限届满”出口继续，不算逾期。", DisplayName = "当事人权利期限")]
[Port(Over, MeansTimeLimitPassed = true)]
[Port(KeptPort)]
public sealed class PartyPeriod : LimitStep
{
    /// <summary>Port: the days are over.</summary>
    public const string Over = "期限届满";

    /// <inheritdoc/>
    protected override bool BindsParty => true;

    /// <inheritdoc/>
    protected override string PassedPort => Over;
}

/// <summary>整改期限: binds the party.</summary>
[Activity("Supervision", SupervisionCategory.Clock, "跟随责令改正各项中最早的期限计时；当事人到期未改正的从“逾期未改正”出口继续。", DisplayName = "整改期限")]
[Port(Overdue, MeansTimeLimitPassed = true)]
[Port(KeptPort)]
public sealed class RectificationLimit : LimitStep
{
    /// <summary>Port: the party did not put it right in time.</summary>
    public const string Overdue = "逾期未改正";

    /// <inheritdoc/>
    protected override bool BindsParty => true;

    /// <inheritdoc/>
    protected override string PassedPort => Overdue;
}
