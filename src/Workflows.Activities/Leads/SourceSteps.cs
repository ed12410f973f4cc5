using System.Text.Json.Nodes;
using Workflows.Activities.Planning;
using Workflows.Activities.Work;
using Workflows.Engine.Activities;
using Workflows.Engine.Bursts;
using Workflows.Engine.Execution;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Activities.Leads;

/// <summary>溯源登记: where it came from and who else got it.</summary>
[Activity("Supervision", SupervisionCategory.Leads, "登记问题来源单位及其所在区域，以及从同一来源购入的其他对象；对象须在名录中。", DisplayName = "溯源登记")]
[FlowNode(LeadTracing.HerePort, LeadTracing.ElsewherePort, LeadTracing.UnknownPort)]
public sealed class TraceSource : HumanStep
{
    /// <inheritdoc/>
    protected override string Kind => "lead.trace";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.Inspector;

    /// <inheritdoc/>
    protected override ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task) =>
        context.GetRequiredService<LeadTracing>().TraceAsync(context.SubjectId(), context.Submission<SourceTraced>(), context.CancellationToken);
}

/// <summary>关联对象逐户立案: one lead makes a case at every target that was traced, each with a family of its own; waits for all of them.</summary>
[Activity("Supervision", SupervisionCategory.Leads, "对溯源登记的每个关联对象各建立一个案件并启动案件流程，全部办结后继续。", DisplayName = "关联对象逐户立案")]
[FlowNode(AllEndedPort, NobodyPort)]
public sealed class OpenRelatedCases : Activity
{
    /// <summary>Port: all cases have ended.</summary>
    public const string AllEndedPort = "全部办结";

    /// <summary>Port: nobody else is concerned.</summary>
    public const string NobodyPort = "无关联对象";

    private const string Open = "Open";

    /// <summary>Definition of the cases.</summary>
    [Input(DisplayName = "案件流程", Description = "启动哪个案件流程；与本流程同属一个发布包，取同一版本。", UIHint = "workflow-definition-picker", IsRequired = true, Order = 1)]
    public Input<string>? CaseDefinitionId { get; set; }

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var lead = await context.LeadAsync();
        if (lead.Related.Count == 0)
        {
            await context.CompleteActivityWithOutcomesAsync(NobodyPort);
            return;
        }

        var package = lead.Dispatch?.PackageVersionId
            ?? throw new RuleViolationException(RefusalKind.Conflict, "lead-without-package", context.ActivityId, "线索没有场景：请在管执清单中为该事项填写场景，并由场景的线索流程办理。");
        var definition = context.Get(CaseDefinitionId) ?? "";
        var refused = new List<(string Target, string Reason)>();
        foreach (var target in lead.Related)
        {
            var instanceId = context.NewId();
            Case matter;
            try
            {
                matter = await context.GetRequiredService<CaseService>().OpenAsync(
                    new OpenCase { TargetId = target, PackageVersionId = package, Trigger = lead.Trigger, SourceReference = lead.Id, RootInstanceId = instanceId }, context.CancellationToken);
            }
            catch (RuleViolationException one)
            {
                // One buyer that may not be visited again this year is no reason to leave the others alone; it stands on the lead.
                refused.Add((target, one.Message));
                continue;
            }

            var bookmark = context.CreateBookmark(new CreateBookmarkArgs
            {
                Stimulus = new { instanceId },
                IncludeActivityInstanceId = false,
                Callback = OnEndedAsync,
                WaitName = $"等待案件办结：{matter.Number}",
                WaitOwner = $"department:{matter.LeadDepartment}",
            });
            context.Emit(new DispatchEffect
            {
                ActivityId = context.ActivityId,
                ActivityInstanceId = context.Id,
                Workflow = new WorkflowReference(definition, PackageVersions.DefinitionVersion(package, definition)),
                InstanceId = instanceId,
                CorrelationId = matter.Id,
                Input = new Dictionary<string, JsonNode?>(StringComparer.Ordinal) { ["caseId"] = matter.Id, ["leadDepartment"] = matter.LeadDepartment, ["caseKey"] = instanceId },
                ReportToBookmarkId = bookmark.Id,
            });
        }

        var opened = lead.Related.Count - refused.Count;
        context.SetProperty(Open, opened);
        await context.GetRequiredService<LeadTracing>().WaitForCasesAsync(lead.Id, opened, refused, context.CancellationToken);
        if (opened == 0)
        {
            await context.CompleteActivityWithOutcomesAsync(NobodyPort);
        }
    }

    private async ValueTask OnEndedAsync(ActivityExecutionContext context)
    {
        var left = context.GetProperty<int>(Open) - 1;
        context.SetProperty(Open, left);
        if (left == 0)
        {
            await context.CompleteActivityWithOutcomesAsync(AllEndedPort);
        }
    }
}

/// <summary>移送线索: what is not ours goes to whoever has it; the lead then waits for the receipt.</summary>
[Activity("Supervision", SupervisionCategory.Leads, "把线索移送本区域或者本平台以外的单位，此后由调度员等待回执并办结；本流程到此为止。", DisplayName = "移送线索")]
public sealed class SendLeadAway : CodeActivity
{
    /// <summary>Who gets it.</summary>
    [Input(DisplayName = "受移送单位", Description = "不填为溯源登记的来源单位所在地的主管部门。", Order = 1)]
    public Input<string>? Receiver { get; set; }

    /// <summary>Why.</summary>
    [Input(DisplayName = "移送理由", Description = "例如 来源单位不在本区域。", IsRequired = true, Order = 2)]
    public Input<string>? Reason { get; set; }

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var lead = await context.LeadAsync();
        var receiver = context.Get(Receiver) is { Length: > 0 } given ? given : $"{lead.Origin?.Area ?? "外地"}主管部门";
        await context.GetRequiredService<LeadEnding>().TransferByFlowAsync(lead.Id, new TransferLead(receiver, context.Get(Reason) ?? ""), context.CancellationToken);
    }
}
