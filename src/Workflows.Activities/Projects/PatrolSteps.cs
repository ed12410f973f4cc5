using Workflows.Activities.Planning;
using Workflows.Activities.Work;
using Workflows.Engine.Activities;
using Workflows.Engine.Execution;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Projects;
using Workflows.Supervision.Work;

namespace Workflows.Activities.Projects;

/// <summary>节点巡查: somebody looks at a project; a home is entered with consent alone.</summary>
[Activity("Supervision", SupervisionCategory.Leads, "到达节点后现场巡查。入户须记录同意人；拒绝入户的留置告知、外围取证，不得强行进入，另约时间再次巡查；外围取证已经发现问题的从“外围发现问题”继续；此前巡查合格、现又发现的从“合格后复发”继续。", DisplayName = "节点巡查")]
[FlowNode(PatrolOutcomes.Clean, PatrolOutcomes.Fixed, PatrolOutcomes.Found, PatrolOutcomes.Recurred, PatrolOutcomes.Refused, PatrolOutcomes.RefusedAgain, PatrolOutcomes.FoundOutside, PatrolOutcomes.PartyOpen)]
public sealed class PatrolProject : HumanStep
{
    /// <summary>Milestone at which it is done.</summary>
    [Input(DisplayName = "节点", Description = "在哪个节点巡查，例如 M1。", IsRequired = true, Order = 7)]
    public Input<string>? Milestone { get; set; }

    /// <inheritdoc/>
    protected override string Kind => "project.patrol";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.Inspector;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Choices => PatrolOutcomes.Chosen;

    /// <inheritdoc/>
    protected override ValueTask<IReadOnlyDictionary<string, string>> SubjectAsync(ActivityExecutionContext context, string department) =>
        new(new Dictionary<string, string>(StringComparer.Ordinal) { ["milestone"] = context.Get(Milestone) ?? "" });

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        var port = await context.GetRequiredService<ProjectRegister>().PatrolAsync(
            context.SubjectId(), context.Get(Milestone) ?? "", task.Outcome!, context.Submission<PatrolReport>(), context.CancellationToken);
        if (IsAskedAgainAfter(port))
        {
            await context.GetRequiredService<LeadFlowSteps>().GoesOnAsync(context.SubjectId(), context.ActivityName ?? "节点巡查", port, context.CancellationToken);
        }

        return port;
    }

    /// <inheritdoc/>
    protected override bool IsAskedAgainAfter(string port) => port == PatrolOutcomes.Refused;
}

/// <summary>责任主体审核: the legal reviewer says who is the party where somebody else may have done it.</summary>
[Activity("Supervision", SupervisionCategory.Leads, "由法制审核员认定责任主体，例如前业主所为的，由现使用人改正还是另行查处。", DisplayName = "责任主体审核")]
[FlowNode(PresentUserPort, SomebodyElsePort)]
public sealed class ReviewResponsibleParty : HumanStep
{
    /// <summary>Port: the present owner or user is the party.</summary>
    public const string PresentUserPort = "现使用人为当事人";

    /// <summary>Port: somebody else is.</summary>
    public const string SomebodyElsePort = "另有责任人";

    /// <inheritdoc/>
    protected override string Kind => "project.party";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.LegalReviewer;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Choices => [PresentUserPort, SomebodyElsePort];

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        var note = context.Submission<DecisionNote>().Note;
        await context.GetRequiredService<LeadFlowSteps>().DoneAsync(context.SubjectId(), "责任主体审核", string.IsNullOrEmpty(note) ? task.Outcome! : $"{task.Outcome}：{note}", context.CancellationToken);
        return task.Outcome!;
    }
}
