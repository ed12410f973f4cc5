using System.Text.Json.Nodes;
using Workflows.Engine.Activities;
using Workflows.Engine.Bursts;
using Workflows.Engine.Execution;
using Workflows.Supervision.Guards;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Sessions;

namespace Workflows.Activities.Planning;

/// <summary>逐案派发: one case and one instance of the case definition for each drawn target; waits until all of them have ended.</summary>
[Activity("Supervision", SupervisionCategory.Planning, "为每个抽中的对象建立案件并启动案件流程，全部办结后继续。", DisplayName = "逐案派发")]
[FlowNode("全部办结")]
public sealed class DispatchCases : Activity
{
    /// <summary>Stimulus that asks the plan for an alternate; payload: the plan, input: the target that is gone and who approved.</summary>
    public const string SubstituteStimulus = "Supervision.SubstituteTarget";

    private const string Pending = "Pending";

    /// <summary>Definition of the case.</summary>
    [Input(DisplayName = "案件流程", Description = "为每个对象启动哪个案件流程；与本计划同属一个发布包，取同一版本。", UIHint = "workflow-definition-picker", IsRequired = true, Order = 1)]
    public Input<string>? CaseDefinitionId { get; set; }

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var plan = await context.PlanAsync();
        var targets = plan.Draw?.Targets ?? [];
        foreach (var target in targets)
        {
            await DispatchOrHoldAsync(context, plan, target);
        }

        // What is held waits for a decision of its own and counts until then.
        context.SetProperty(Pending, targets.Count);
        Listen(context);
        if (targets.Count == 0)
        {
            await context.CompleteActivityWithOutcomesAsync("全部办结");
        }
    }

    /// <summary>Opens the case of one target and starts its workflow; the activity waits for its end.</summary>
    internal static async ValueTask<Case> DispatchAsync(ActivityExecutionContext context, InspectionPlan plan, string target, ExecuteActivityDelegate report, string definitionId)
    {
        var instanceId = context.NewId();
        var matter = await context.GetRequiredService<CaseService>().OpenAsync(
            new OpenCase { PlanId = plan.Id, TargetId = target, Trigger = Supervision.Inspections.TriggerKind.MonthlyPlan, RootInstanceId = instanceId }, context.CancellationToken);
        await context.GetRequiredService<PlanService>().AddCaseAsync(plan.Id, matter.Id, context.CancellationToken);
        var bookmark = context.CreateBookmark(new CreateBookmarkArgs
        {
            Stimulus = new { instanceId },
            IncludeActivityInstanceId = false,
            Callback = report,
            WaitName = $"等待案件办结：{matter.Number}",
            WaitOwner = $"department:{matter.LeadDepartment}",
        });
        context.Emit(new DispatchEffect
        {
            ActivityId = context.ActivityId,
            ActivityInstanceId = context.Id,
            Workflow = new WorkflowReference(definitionId, PackageVersions.DefinitionVersion(plan.PackageVersionId, definitionId)),
            InstanceId = instanceId,
            CorrelationId = matter.Id,
            Input = new Dictionary<string, JsonNode?>(StringComparer.Ordinal)
            {
                ["caseId"] = matter.Id,
                ["leadDepartment"] = matter.LeadDepartment,
                ["caseKey"] = instanceId,
            },
            ReportToBookmarkId = bookmark.Id,
        });
        return matter;
    }

    private void Listen(ActivityExecutionContext context) => context.CreateBookmark(new CreateBookmarkArgs
    {
        BookmarkName = SubstituteStimulus,
        Stimulus = new { planId = context.SubjectId() },
        IncludeActivityInstanceId = false,
        Callback = OnSubstituteAsync,
    });

    private async ValueTask OnSubstituteAsync(ActivityExecutionContext context)
    {
        Listen(context);
        string? Text(string name) => context.WorkflowInput.TryGetValue(name, out var node) ? node?.GetValue<string>() : null;
        var next = await context.GetRequiredService<PlanDraw>().SubstituteTargetAsync(
            context.SubjectId(), Text("targetId") ?? "", Text("reason") ?? "", Text("requestedBy") ?? "", Text("approvedBy") ?? "", context.CancellationToken);
        if (next is null)
        {
            return;
        }

        await DispatchOrHoldAsync(context, await context.PlanAsync(), next);
        context.SetProperty(Pending, context.GetProperty<int>(Pending) + 1);
    }

    /// <summary>Opens the case of a target, or holds the target back where the frequency cap of an organ has been reached since the draw.</summary>
    private async ValueTask DispatchOrHoldAsync(ActivityExecutionContext context, InspectionPlan plan, string target)
    {
        try
        {
            await DispatchAsync(context, plan, target);
        }
        catch (RuleViolationException full) when (full.Code == FrequencyCap.Code)
        {
            await context.GetRequiredService<PlanFrequency>().HoldAsync(plan.Id, target, full.Message, context.CancellationToken);
            context.CreateBookmark(new CreateBookmarkArgs
            {
                BookmarkName = PlanFrequency.DecidedStimulus,
                Stimulus = new { planId = plan.Id, targetId = target },
                IncludeActivityInstanceId = false,
                Callback = OnDecidedAsync,
                WaitName = $"检查频次例外待决定：{target}",
                WaitOwner = $"department:{plan.LeadDepartment}",
            });
        }
    }

    private async ValueTask OnDecidedAsync(ActivityExecutionContext context)
    {
        if (context.WorkflowInput.TryGetValue("granted", out var granted) && granted?.GetValue<bool>() == true)
        {
            await DispatchAsync(context, await context.PlanAsync(), context.WorkflowInput["targetId"]!.GetValue<string>());
            return;
        }

        await OnCaseEndedAsync(context);
    }

    private ValueTask<Case> DispatchAsync(ActivityExecutionContext context, InspectionPlan plan, string target) =>
        DispatchAsync(context, plan, target, OnCaseEndedAsync, context.Get(CaseDefinitionId) ?? "");

    private async ValueTask OnCaseEndedAsync(ActivityExecutionContext context)
    {
        var pending = context.GetProperty<int>(Pending) - 1;
        context.SetProperty(Pending, pending);
        if (pending <= 0)
        {
            await context.CompleteActivityWithOutcomesAsync("全部办结");
        }
    }
}
