using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Supervision.CaseFilings;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leniency;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Publication;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Service;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Transfers;
using Workflows.Supervision.Work;

namespace Workflows.Supervision.Documents;

/// <summary>A document before its number: model and all that is needed to issue it.</summary>
/// <param name="Form">The form.</param>
/// <param name="Document">Its title and code in the scenario.</param>
/// <param name="Organ">The organ that issues it.</param>
/// <param name="PackageVersionId">Package version, for the template.</param>
/// <param name="Scenario">Code of the scenario, whose templates come first.</param>
/// <param name="Keys">Record whose keys the document takes over.</param>
/// <param name="Model">The model.</param>
/// <param name="Restricted">Whether it holds data on a minor or is sealed by law.</param>
public sealed record DocumentDraft(
    FormDefinition Form, ScenarioDocument Document, Organ Organ, string PackageVersionId, string Scenario, SupervisionRecord Keys, JsonObject Model, bool Restricted)
{
    /// <summary>Department that has it on file: the unit to which a card or a supervision order goes, all of the case for the minutes of a consultation (null), else who issues it.</summary>
    public string? Department => Keys switch
    {
        WarningCard or SupervisionOrder => Keys.Department,
        Consultation => null,
        _ => Organ.Department,
    };
}

/// <summary>Builds the model of each form from the records, in the shape that the templates document.</summary>
/// <param name="session">The session.</param>
/// <param name="scenarios">Scenarios by package version.</param>
/// <param name="rosters">The rosters, for organs.</param>
public sealed partial class DocumentModelBuilder(ISupervisionSession session, IScenarioCatalogue scenarios, IRosterDirectory rosters)
{
    private static readonly HashSet<string> OwnParts = new(StringComparer.Ordinal) { "document", "organ", "party", "matter", "remedies" };

    /// <summary>Builds the model of a document.</summary>
    /// <exception cref="RuleViolationException"><c>form-unknown</c>, <c>document-not-approved</c>, <c>organ-unknown</c>, <c>details-forbidden</c> or the subject is unknown.</exception>
    public async ValueTask<DocumentDraft> BuildAsync(IssueDocument command, CancellationToken cancellationToken = default)
    {
        var form = FormCatalogue.Find(command.Form) ?? throw Refusal.Invalid("form-unknown", "form", $"文书“{command.Form}”不在文书目录中，请核对。");
        var subject = await SubjectAsync(form, command.SubjectId, cancellationToken);
        var one = subject is Case itself ? itself : subject.CaseId is { } caseId ? await session.GetAsync<Case>(caseId, "caseId", "案件", cancellationToken) : null;
        var plan = subject as InspectionPlan ?? (subject.PlanId is { } planId ? await session.FindAsync<InspectionPlan>(planId, cancellationToken) : null);
        var packageId = one?.PackageVersionId ?? plan?.PackageVersionId ?? "";
        var package = await scenarios.RequireAsync(packageId, cancellationToken);
        var entry = package.Scenario.Documents.FirstOrDefault(d => d.Form == form.Key) ?? throw Refusal.Conflict("form-unknown", "form", $"场景没有登记文书“{form.Title}”，请在 documents 中登记。");
        var organ = await OrganAsync(command, subject, one, plan, cancellationToken);
        var context = new Context(one, plan, package, organ);
        var (parts, restricted) = await PartsAsync(form, subject, context, cancellationToken);
        var model = Common(form, entry, context);
        Merge(model, parts);
        if (command.Details is { } details)
        {
            if (details.Select(d => d.Key).FirstOrDefault(OwnParts.Contains) is { } forbidden)
            {
                throw Refusal.Invalid("details-forbidden", $"details.{forbidden}", $"“{forbidden}”由系统生成，不能填写，请删除。");
            }

            Merge(model, details.DeepClone().AsObject());
        }

        return new DocumentDraft(form, entry, organ, packageId, package.Scenario.Code, subject, model, restricted);
    }

    private async ValueTask<Organ> OrganAsync(IssueDocument command, SupervisionRecord subject, Case? one, InspectionPlan? plan, CancellationToken ct)
    {
        var lead = one?.LeadDepartment ?? plan!.LeadDepartment;

        // Cards and supervision orders come from command centre or guidance office, though their record belongs to the unit that receives them; so do the minutes of a consultation.
        string?[] wanted = command.Department is not null ? [command.Department]
            : subject is WarningCard or SupervisionOrder or Consultation ? [session.Actor.Department, "CMD", "GUI", lead]
            : [subject.Department ?? lead];
        foreach (var department in wanted.OfType<string>())
        {
            if (await rosters.FindOrganAsync(department, one?.Area ?? plan?.Area, ct) is { } organ)
            {
                return organ;
            }
        }

        throw Refusal.Invalid("organ-unknown", "department", $"部门“{wanted[^1]}”在本区域没有登记执法主体，请先维护部门名录。");
    }

    private async ValueTask<SupervisionRecord> SubjectAsync(FormDefinition form, string id, CancellationToken ct) => form.Subject switch
    {
        DocumentSubject.Plan => await session.GetAsync<InspectionPlan>(id, "subjectId", "检查计划", ct),
        DocumentSubject.Case => await session.GetAsync<Case>(id, "subjectId", "案件", ct),
        DocumentSubject.Visit or DocumentSubject.Sampling => await session.GetAsync<Visit>(id, "subjectId", "检查", ct),
        DocumentSubject.Order => await session.GetAsync<RectificationOrder>(id, "subjectId", "责令改正通知书", ct),
        DocumentSubject.Package => await session.GetAsync<RectificationPackage>(id, "subjectId", "整改汇总", ct),
        DocumentSubject.Extension => await session.GetAsync<ExtensionRequest>(id, "subjectId", "延期申请", ct),
        DocumentSubject.Leniency => await session.GetAsync<LeniencyDecision>(id, "subjectId", "不予处罚", ct),
        DocumentSubject.Measure => await session.GetAsync<StopMeasure>(id, "subjectId", "停止措施", ct),
        DocumentSubject.Reinspection => await session.GetAsync<Reinspection>(id, "subjectId", "复查", ct),
        DocumentSubject.Supervision => await session.GetAsync<SupervisionOrder>(id, "subjectId", "督办单", ct),
        DocumentSubject.Card => await session.GetAsync<WarningCard>(id, "subjectId", "预警牌", ct),
        DocumentSubject.Interview => await session.GetAsync<Interview>(id, "subjectId", "约谈", ct),
        DocumentSubject.Filing => await session.GetAsync<CaseFiling>(id, "subjectId", "立案", ct),
        DocumentSubject.Transfer => await session.GetAsync<CaseTransfer>(id, "subjectId", "移送", ct),
        DocumentSubject.Consultation => await session.GetAsync<Consultation>(id, "subjectId", "会商", ct),
        DocumentSubject.Service => await session.GetAsync<ProofOfService>(id, "subjectId", "送达回证", ct),
        DocumentSubject.Publication => await session.GetAsync<PublicationEntry>(id, "subjectId", "公示信息", ct),
        DocumentSubject.Promise => await session.GetAsync<PartyStatement>(id, "subjectId", "守法承诺", ct),
        _ => await session.GetAsync<OfficialDocument>(id, "subjectId", "文书", ct),
    };

    private async ValueTask<(JsonObject Parts, bool Restricted)> PartsAsync(FormDefinition form, SupervisionRecord subject, Context context, CancellationToken ct) => subject switch
    {
        InspectionPlan plan => (await PlanAsync(plan, context, ct), false),
        Visit visit when form.Subject == DocumentSubject.Sampling => (await SamplingAsync(visit, context, ct), false),
        Visit visit => await VisitAsync(form.Key, visit, context, ct),
        RectificationOrder order => await OrderAsync(order, context, ct),
        RectificationPackage package => await PackageAsync(package, context, ct),
        ExtensionRequest extension => (await ExtensionAsync(extension, ct), false),
        LeniencyDecision leniency => await LeniencyAsync(leniency, context, ct),
        StopMeasure measure => await MeasureAsync(form.Key, measure, context, ct),
        Reinspection reinspection => (await ReinspectionAsync(reinspection, context, ct), false),
        SupervisionOrder order => (await SupervisionAsync(order, context, ct), false),
        WarningCard card => (await CardAsync(card, context, ct), false),
        Interview interview => (await InterviewAsync(interview, ct), false),
        CaseFiling filing => await FilingAsync(filing, context, ct),
        CaseTransfer transfer => await TransferAsync(transfer, context, ct),
        Consultation consultation => (MinutesOf(consultation, context), false),
        ProofOfService service => (await ServiceAsync(service, context, ct), false),
        PublicationEntry entry => (await PublicationAsync(entry, context, ct), false),
        PartyStatement { Promise: { } promise } statement => (Node(new
        {
            promise = new
            {
                signer = promise.Signer, capacity = promise.Capacity, texts = promise.Texts, items = promise.Items, givenOn = promise.GivenOn, validTo = promise.ValidTo,
                manner = statement.EvidenceIds.Count > 0 ? "当面签署，签名影像存入案卷" : "在当事人办理页面签署",
            },
        }), false),
        OfficialDocument document => (Node(new { correction = new { originalTitle = document.Title, originalNumber = document.Number, originalIssuedOn = document.IssuedOn } }), document.Restricted),
        _ => ([], false),
    };

    private JsonObject Common(FormDefinition form, ScenarioDocument entry, Context c)
    {
        var target = c.Case?.Target;
        return Node(new
        {
            document = new { title = entry.Title, issuedOn = session.Today() },
            organ = new { name = c.Organ.Name, address = c.Organ.Address, contact = c.Organ.Contact, phone = c.Organ.Phone, supervisionPhone = c.Organ.SupervisionPhone ?? c.Organ.Phone },
            party = target is null ? null : new
            {
                name = target.Name, address = target.Address, phone = target.Phone, isIndividual = target.IsIndividual, creditCode = target.CreditCode,
                representative = target.Representative, representativeTitle = target.RepresentativeTitle, identityNumber = target.IdentityNumber, tradeName = target.TradeName,
                unidentified = form.MarkOf(target.Identity),
            },
            matter = new { taskNumber = c.Case?.Number ?? c.Plan?.AnnualItem.Code, scenario = c.Scenario.Name, planTitle = c.Plan?.Title ?? c.Scenario.Title },
            remedies = new { reconsideration = c.Organ.Reconsideration, court = c.Organ.Court },
        });
    }

    private async ValueTask<IReadOnlyList<string>> EvidenceAsync(IEnumerable<string> ids, CancellationToken ct)
    {
        var names = new List<string>();
        foreach (var id in ids)
        {
            names.Add(await session.FindAsync<Evidence>(id, ct) is { } evidence ? $"证据{evidence.Ordinal}（{evidence.Title}）" : id);
        }

        return names;
    }

    private static JsonObject Node(object value) => JsonSerializer.SerializeToNode(value, SupervisionJson.Options)!.AsObject();

    private static void Merge(JsonObject into, JsonObject from)
    {
        foreach (var (name, value) in from.ToList())
        {
            if (value is JsonObject inner && into[name] is JsonObject outer)
            {
                Merge(outer, inner);
            }
            else
            {
                into[name] = value?.DeepClone();
            }
        }
    }

    private static RuleViolationException NotApproved(string what) => Refusal.Conflict("document-not-approved", "subjectId", $"{what}尚未批准，不能签发文书，请先报批。");

    private static object? Of(Decision? d) => d is null ? null : new { opinion = d.Reason, name = d.Name, at = d.At };

    private sealed record Context(Case? Case, InspectionPlan? Plan, ScenarioPackage Package, Organ Organ)
    {
        public Scenario Scenario => Package.Scenario;

        public string OrganName(string department) => Case?.Departments.FirstOrDefault(d => d.Code == department)?.Organ ?? Scenario.Department(department)?.Name ?? department;
    }
}
