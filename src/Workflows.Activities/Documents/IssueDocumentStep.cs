using Workflows.Activities.Options;
using Workflows.Engine.Activities;
using Workflows.Engine.Execution;
using Workflows.Supervision.CaseFilings;
using Workflows.Supervision.Documents;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leniency;
using Workflows.Supervision.Publication;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Service;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Activities.Documents;

/// <summary>出具文书: issues a document of a form about the record in hand; a missing field stops it and is named.</summary>
[Activity("Supervision", SupervisionCategory.Document, "按文书种类从案件数据生成文书并取号；缺少要素时不出具，并指出缺少哪一项。", DisplayName = "出具文书", Type = "IssueDocument")]
public sealed class IssueDocumentStep : CodeActivity
{
    /// <summary>Form of the document.</summary>
    [Input(DisplayName = "文书种类", Description = "要出具的文书。", UIHint = "dropdown", IsRequired = true, Order = 1, OptionsProvider = typeof(FormOptions))]
    public Input<string>? Form { get; set; }

    /// <summary>Department whose organ issues it; by default that of the record, else the lead.</summary>
    [Input(DisplayName = "出具部门", Description = "以哪个部门的名义出具；不填为记录所属部门或者牵头部门。", UIHint = "dropdown", Order = 2, OptionsProvider = typeof(DepartmentOptions))]
    public Input<string>? Department { get; set; }

    /// <summary>Record of which it speaks; by default the latest of its kind.</summary>
    [Input(DisplayName = "所涉记录", Description = "文书所涉记录的编号；不填为本案最近一条。", Order = 3)]
    public Input<string>? SubjectId { get; set; }

    /// <summary>The document.</summary>
    [Output(DisplayName = "文书编号", Description = "所出具文书的内部编号。")]
    public Output<string>? DocumentId { get; set; }

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var key = context.Get(Form) ?? "";
        var form = FormCatalogue.Find(key)
            ?? throw new RuleViolationException(RefusalKind.Invalid, "form-unknown", "form", $"没有文书种类“{key}”，请从列表中选择。");
        var department = context.Get(Department) is { Length: > 0 } given ? given : null;
        var subject = context.Get(SubjectId) is { Length: > 0 } id ? id : await SubjectAsync(context, form, department);
        // A card or a supervision order goes to the department; it is issued by those who supervise it.
        var issuer = form.Subject is DocumentSubject.Card or DocumentSubject.Supervision ? null : department;
        var document = await context.GetRequiredService<DocumentIssuing>().IssueAsync(new IssueDocument(key, subject, issuer), context.CancellationToken);
        if (form.Subject == DocumentSubject.Order)
        {
            await context.GetRequiredService<OrderService>().MarkIssuedAsync(subject, document, context.CancellationToken);
        }

        context.JournalData["number"] = document.Number;
        context.Set(DocumentId, document.Id);
    }

    private static async ValueTask<string> SubjectAsync(ActivityExecutionContext context, FormDefinition form, string? department)
    {
        bool Own(SupervisionRecord record) => department is null || record.Department == department;
        SupervisionRecord? record = form.Subject switch
        {
            DocumentSubject.Plan => await context.PlanAsync(),
            DocumentSubject.Case => await context.CaseAsync(),
            DocumentSubject.Visit => await CaseRecords.LatestAsync<Visit>(context, _ => true),
            DocumentSubject.Sampling => await CaseRecords.LatestAsync<Visit>(context, v => v.Samples.Count > 0),
            DocumentSubject.Order => await CaseRecords.LatestAsync<RectificationOrder>(context, o => Own(o) && o.State == OrderState.Approved),
            DocumentSubject.Package => await CaseRecords.LatestAsync<RectificationPackage>(context, _ => true),
            DocumentSubject.Extension => await CaseRecords.LatestAsync<ExtensionRequest>(context, e => Own(e) && e.State != RequestState.Pending),
            DocumentSubject.Leniency => await CaseRecords.LatestAsync<LeniencyDecision>(context, l => Own(l) && l.State == LeniencyState.Decided),
            DocumentSubject.Reinspection => await CaseRecords.LatestAsync<Reinspection>(context, _ => true),
            DocumentSubject.Supervision => await CaseRecords.LatestAsync<SupervisionOrder>(context, Own),
            DocumentSubject.Card => await CaseRecords.LatestAsync<WarningCard>(context, Own),
            DocumentSubject.Interview => await CaseRecords.LatestAsync<Interview>(context, _ => true),
            DocumentSubject.Filing => await CaseRecords.LatestAsync<CaseFiling>(context, Own),
            DocumentSubject.Service => await CaseRecords.LatestAsync<ProofOfService>(context, Own),
            DocumentSubject.Publication => await CaseRecords.LatestAsync<PublicationEntry>(context, _ => true),
            DocumentSubject.Promise => await CaseRecords.LatestAsync<PartyStatement>(context, s => s.Promise is not null),
            _ => null,
        };
        return record?.Id ?? throw new RuleViolationException(
            RefusalKind.Conflict, "record-missing", context.ActivityId, $"出具“{form.Title}”所需的记录还没有，请检查流程图中的先后次序。");
    }
}
