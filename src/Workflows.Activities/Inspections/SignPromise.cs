using Workflows.Activities.Work;
using Workflows.Engine.Activities;
using Workflows.Engine.Execution;
using Workflows.Supervision.Work;

namespace Workflows.Activities.Inspections;

/// <summary>What an officer keys in of a promise that was signed before him.</summary>
/// <param name="Signer">Who signed for the party.</param>
/// <param name="Capacity">In what capacity.</param>
/// <param name="EvidenceIds">Picture of the signature or of the signed paper.</param>
public sealed record PromiseSigned(string? Signer = null, string? Capacity = null, IReadOnlyList<string>? EvidenceIds = null);

/// <summary>签署承诺书: the party signs before the officers; the letter is issued and kept in the case file.</summary>
[Activity("Supervision", SupervisionCategory.Inspection, "当事人在执法人员面前签署守法承诺书，承诺内容、所涉事项和有效期取自场景（promise）；签后自动出具承诺书存入案卷，是否守诺计入下次抽查权重。不愿签署的从“未签”出口继续，不得因此加重处理。", DisplayName = "签署承诺书")]
[FlowNode(Signed, NotSigned)]
public sealed class SignPromise : HumanStep
{
    /// <summary>Outcome and port: signed.</summary>
    public const string Signed = "已签";

    /// <summary>Outcome and port: the party does not wish to; nothing follows from that.</summary>
    public const string NotSigned = "未签";

    /// <inheritdoc/>
    protected override string Kind => "promise.sign";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.Inspector;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Choices => [Signed, NotSigned];

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        if (task.Outcome == Signed)
        {
            var given = context.Submission<PromiseSigned>();
            await context.GetRequiredService<PromiseService>().GiveAsync(new GivePromise(context.SubjectId(), given.Signer, given.Capacity, given.EvidenceIds), context.CancellationToken);
        }

        return task.Outcome!;
    }
}
