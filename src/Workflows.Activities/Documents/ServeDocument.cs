using Workflows.Activities.Options;
using Workflows.Activities.Planning;
using Workflows.Activities.Work;
using Workflows.Engine.Activities;
using Workflows.Engine.Execution;
using Workflows.Supervision.Documents;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Sampling;
using Workflows.Supervision.Service;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;

namespace Workflows.Activities.Documents;

/// <summary>How a document was served.</summary>
/// <param name="Method">One of the six ways.</param>
/// <param name="Details">What the way needs.</param>
/// <param name="ServerIds">Two officers.</param>
public sealed record ServiceReport(ServiceMethod Method, ServiceDetails Details, IReadOnlyList<string> ServerIds);

/// <summary>送达: officers serve a document by one of six ways; the proof of service starts the clocks.</summary>
[Activity("Supervision", SupervisionCategory.Document, "登记送达方式和送达回证；送达日期启动整改期限。未送达的换一种方式再送。", DisplayName = "送达")]
[FlowNode("已送达", "送达未果")]
public sealed class ServeDocument : HumanStep
{
    /// <summary>Form of the document that is served.</summary>
    [Input(DisplayName = "文书种类", Description = "送达哪一种文书（本部门最近出具的一份）。", UIHint = "dropdown", IsRequired = true, Order = 0, OptionsProvider = typeof(FormOptions))]
    public Input<string>? Form { get; set; }

    /// <inheritdoc/>
    protected override string Kind => "document.serve";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.Inspector;

    /// <inheritdoc/>
    protected override bool IsDecision => false;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Choices => ["已送达", "送达未果"];

    /// <inheritdoc/>
    protected override async ValueTask<string> DefaultDepartmentAsync(ActivityExecutionContext context, string lead) =>
        (await CaseRecords.LatestAsync<OfficialDocument>(context, d => d.Form == context.Get(Form)))?.Department ?? lead;

    /// <inheritdoc/>
    protected override async ValueTask<DateTimeOffset?> LawfulDueAsync(ActivityExecutionContext context, string department)
    {
        var scenario = (await context.ScenarioAsync(await context.CaseAsync())).Scenario;
        return scenario.Department(department)?.Clocks is { Service: { } within } own
            && own.HoldFor((await CaseRecords.AllAsync<Finding>(context)).Where(f => f.PenaltyDepartment == department).SelectMany(f => f.Penalises))
            ? LegalDeadline.Compute((await DocumentAsync(context, department)).IssuedOn, within, context.Session().Calendar).PassedAt
            : null;
    }

    /// <inheritdoc/>
    protected override async ValueTask<IReadOnlyDictionary<string, string>> SubjectAsync(ActivityExecutionContext context, string department) =>
        new Dictionary<string, string>(StringComparer.Ordinal) { ["documentId"] = (await DocumentAsync(context, department)).Id, ["form"] = context.Get(Form) ?? "" };

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        if (context.ChosenOutcome() == "送达未果")
        {
            return "送达未果";
        }

        var document = await context.Session().FindAsync<OfficialDocument>(task.Subject["documentId"], context.CancellationToken)
            ?? throw new InvalidOperationException("送达的文书不存在。");
        var report = context.Submission<ServiceReport>();
        var proof = await context.GetRequiredService<ServiceRecording>().RecordAsync(
            new RecordService(context.SubjectId(), [document.Id], report.Method, report.Details, report.ServerIds), context.CancellationToken);
        var parts = document.Subject.Split(':', 2);
        if (parts is ["Order" or "order", var orderId])
        {
            await context.GetRequiredService<OrderService>().MarkServedAsync(orderId, proof.ServedOn, context.CancellationToken);
        }
        else if (parts is [nameof(DocumentSubject.Sampling), var visitId])
        {
            await context.GetRequiredService<SamplingService>().MarkToldAsync(visitId, proof.ServedOn, context.CancellationToken);
        }

        return "已送达";
    }

    private async ValueTask<OfficialDocument> DocumentAsync(ActivityExecutionContext context, string department)
    {
        var form = context.Get(Form);
        return await CaseRecords.LatestAsync<OfficialDocument>(context, d => d.Form == form && d.Department == department)
            ?? await CaseRecords.RequireAsync<OfficialDocument>(context, d => d.Form == form, "要送达的文书");
    }
}
