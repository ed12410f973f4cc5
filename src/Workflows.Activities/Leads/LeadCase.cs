using System.Text.Json.Nodes;
using Workflows.Activities.Planning;
using Workflows.Engine.Activities;
using Workflows.Engine.Bursts;
using Workflows.Engine.Execution;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;

namespace Workflows.Activities.Leads;

/// <summary>线索转案件: a case of the lead's target, in the package of the lead's scenario, with a family of its own; waits for its end.</summary>
[Activity("Supervision", SupervisionCategory.Leads, "以线索的检查对象建立案件并启动案件流程，办结后继续；对象不在名录的，凭现场证据立为临时对象；没有证据的从“无对象”出口继续。", DisplayName = "线索转案件")]
[FlowNode(EndedPort, NobodyPort)]
public sealed class OpenLeadCase : Activity
{
    /// <summary>Port: the case has ended.</summary>
    public const string EndedPort = "案件办结";

    /// <summary>Port: the lead names no target of the roster, and there is no evidence of another.</summary>
    public const string NobodyPort = "无对象";

    /// <summary>Definition of the case.</summary>
    [Input(DisplayName = "案件流程", Description = "启动哪个案件流程；与本流程同属一个发布包，取同一版本。", UIHint = "workflow-definition-picker", IsRequired = true, Order = 1)]
    public Input<string>? CaseDefinitionId { get; set; }

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var lead = await context.LeadAsync();
        if (await context.GetRequiredService<AdHocTargets>().OfAsync(lead, context.CancellationToken) is not { } target)
        {
            await context.CompleteActivityWithOutcomesAsync(NobodyPort);
            return;
        }

        var package = lead.Dispatch?.PackageVersionId
            ?? throw new RuleViolationException(RefusalKind.Conflict, "lead-without-package", context.ActivityId, "线索没有场景：请在管执清单中为该事项填写场景，并由场景的线索流程办理。");
        var instanceId = context.NewId();
        var matter = await context.GetRequiredService<CaseService>().OpenAsync(
            new OpenCase { TargetId = target, PackageVersionId = package, Trigger = lead.Trigger, SourceReference = lead.Id, RootInstanceId = instanceId, Departments = await DepartmentsAsync(context, lead, package) }, context.CancellationToken);
        await context.GetRequiredService<LeadFlowSteps>().BecomeAsync(lead.Id, matter.Id, target, context.CancellationToken);
        var bookmark = context.CreateBookmark(new CreateBookmarkArgs
        {
            Stimulus = new { instanceId },
            IncludeActivityInstanceId = false,
            Callback = OnEndedAsync,
            WaitName = $"等待案件办结：{matter.Number}",
            WaitOwner = $"department:{matter.LeadDepartment}",
        });
        var definition = context.Get(CaseDefinitionId) ?? "";
        context.Emit(new DispatchEffect
        {
            ActivityId = context.ActivityId,
            ActivityInstanceId = context.Id,
            Workflow = new WorkflowReference(definition, PackageVersions.DefinitionVersion(package, definition)),
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
    }

    // What was found on the spot tells who is concerned; without it all of the scenario are.
    private static async ValueTask<IReadOnlyList<string>?> DepartmentsAsync(ActivityExecutionContext context, Lead lead, string package)
    {
        var scenario = (await context.GetRequiredService<IScenarioCatalogue>().RequireAsync(package, context.CancellationToken)).Scenario;
        return lead.Settlement?.ItemCode is { } code && scenario.Item(code) is { } item ? [.. new[] { scenario.Lead.Code, item.SupervisingDepartment, item.PenaltyDepartment }.Distinct(StringComparer.Ordinal)] : null;
    }

    private async ValueTask OnEndedAsync(ActivityExecutionContext context) => await context.CompleteActivityWithOutcomesAsync(EndedPort);
}

/// <summary>线索办结: the lead ends with an outcome; its source is told.</summary>
[Activity("Supervision", SupervisionCategory.Leads, "办结线索并告知来源；吹哨未应答的不能办结。", DisplayName = "线索办结")]
public sealed class EndLead : CodeActivity
{
    /// <summary>Outcome.</summary>
    [Input(DisplayName = "办理结果", Description = "例如 已劝离、已整改、未查获；转案件的不填，取案件的结果。", Order = 1)]
    public Input<string>? Outcome { get; set; }

    /// <summary>Service, management or enforcement.</summary>
    [Input(DisplayName = "处置类别", Description = "服务、管理或者执法。", UIHint = "dropdown", DefaultValue = "Management", Order = 2, Options = ["Service=服务", "Management=管理", "Enforcement=执法"])]
    public Input<string>? Class { get; set; }

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var lead = await context.LeadAsync();
        var matter = lead.CaseId is { } caseId ? await context.Session().FindAsync<Case>(caseId, context.CancellationToken) : null;
        var outcome = context.Get(Outcome) is { Length: > 0 } given ? given : matter?.Outcome ?? "已处置";
        var reason = matter is null ? lead.Steps[^1].Text ?? outcome : $"转案件{matter.Number}办理：{matter.Outcome ?? "办理中"}";
        await context.GetRequiredService<LeadEnding>().CloseByFlowAsync(
            lead.Id, new CloseLead(outcome, reason, Enum.TryParse<ResponseClass>(context.Get(Class), out var response) ? response : ResponseClass.Management, outcome), context.CancellationToken);
    }
}
