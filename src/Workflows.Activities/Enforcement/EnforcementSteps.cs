using Workflows.Activities.Work;
using Workflows.Engine.Activities;
using Workflows.Engine.Definitions;
using Workflows.Engine.Execution;
using Workflows.Supervision.Enforcement;
using Workflows.Supervision.Work;

namespace Workflows.Activities.Enforcement;

/// <summary>强制程序步骤: one step of the lawful way to forced execution; what the law puts in front of it has to be done.</summary>
[Activity("Supervision", SupervisionCategory.Filing, "责令停止、听取陈述申辩、限期拆除决定、公告、催告、强制执行决定、责成等法定步骤；次序、送达后的复议诉讼期限、公告和催告的履行期限由系统把关，决定和紧急批准由牵头部门负责人作出。", DisplayName = "强制程序步骤")]
[FlowNode(EnforcementProcedure.Done, EnforcementProcedure.Performed, WithdrawnPort)]
public sealed class TakeEnforcementStep : HumanStep, IDefinitionCheck
{
    // Other steps are activities of their own, with fields and outcomes of their own.
    private static readonly string[] s_stages =
    [
        .. new[]
        {
            EnforcementStage.StopOrder, EnforcementStage.Views, EnforcementStage.Decision, EnforcementStage.Announcement, EnforcementStage.Reminder, EnforcementStage.Defence,
            EnforcementStage.ExecutionDecision, EnforcementStage.Mandate, EnforcementStage.EmergencyApproval,
        }.Select(static stage => stage.ToString()),
    ];

    /// <summary>Which step.</summary>
    [Input(DisplayName = "法定步骤", Description = "本步骤是哪一个法定步骤。", UIHint = "dropdown", IsRequired = true, Order = 7,
        Options = ["StopOrder=责令停止", "Views=听取陈述申辩", "Decision=限期改正、拆除决定", "Announcement=公告限期自行拆除", "Reminder=催告", "Defence=催告后陈述申辩", "ExecutionDecision=强制执行决定", "Mandate=人民政府责成", "EmergencyApproval=紧急情况批准"])]
    public Input<string>? Stage { get; set; }

    /// <inheritdoc/>
    protected override string Kind => "enforcement.step";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.Inspector;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Choices => [EnforcementProcedure.Done, EnforcementProcedure.Performed];

    /// <inheritdoc/>
    void IDefinitionCheck.Check(DefinitionCheckContext context)
    {
        Check(context);
        if (context.TryGetFixed(Stage, out var stage) && !s_stages.Contains(stage, StringComparer.Ordinal))
        {
            context.Report("stage", ValidationCodes.InvalidValue, $"没有法定步骤“{(stage.Length > 40 ? stage[..40] + "…" : stage)}”，可用的有：{string.Join("、", s_stages)}。");
        }
    }

    /// <inheritdoc/>
    protected override ValueTask<IReadOnlyDictionary<string, string>> SubjectAsync(ActivityExecutionContext context, string department) =>
        new(new Dictionary<string, string>(StringComparer.Ordinal) { ["stage"] = context.Get(Stage) ?? "" });

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        await context.GetRequiredService<EnforcementProcedure>().TakeAsync(
            context.SubjectId(), Enum.Parse<EnforcementStage>(context.Get(Stage) ?? ""), task.Outcome!, context.Submission<EnforcementReport>(), context.CancellationToken);
        return task.Outcome!;
    }
}

/// <summary>认定回复: another authority says whether it breaks the law and can be put right (认定函).</summary>
[Activity("Supervision", SupervisionCategory.Filing, "规划部门或者鉴定机构对是否违法、能否改正作出书面认定。", DisplayName = "认定回复")]
[FlowNode(Demolish, Correct, Lawful)]
public sealed class ReplyConfirmation : HumanStep
{
    /// <summary>Port: it has to be taken down.</summary>
    public const string Demolish = "应当拆除";

    /// <summary>Port: it can be put right.</summary>
    public const string Correct = "可以改正";

    /// <summary>Port: nothing is wrong.</summary>
    public const string Lawful = EnforcementProcedure.Lawful;

    /// <inheritdoc/>
    protected override string Kind => "enforcement.confirm";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.Inspector;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Choices => [Demolish, Correct, Lawful];

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        await context.GetRequiredService<EnforcementProcedure>().TakeAsync(context.SubjectId(), EnforcementStage.Confirmation, task.Outcome!, context.Submission<EnforcementReport>(), context.CancellationToken);
        return task.Outcome!;
    }
}

/// <summary>登记当事人选择: what the party does while its period runs; ends with the period.</summary>
[Activity("Supervision", SupervisionCategory.Filing, "期限内登记当事人自行拆除、申请协助拆除（违建处置规定第十五条），或者申请复议、提起诉讼；期限届满自动撤回。", DisplayName = "登记当事人选择")]
[FlowNode(Itself, Help, Contest, WithdrawnPort)]
public sealed class RegisterPartyChoice : HumanStep
{
    /// <summary>Port: it does it itself.</summary>
    public const string Itself = "自行履行";

    /// <summary>Port: it asks for help.</summary>
    public const string Help = "申请协助";

    /// <summary>Port: it asks for review or goes to court.</summary>
    public const string Contest = "复议或者诉讼";

    /// <inheritdoc/>
    protected override string Kind => "enforcement.choice";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.Inspector;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Choices => [Itself, Help, Contest];

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        if (task.Outcome == Contest)
        {
            var report = context.Submission<EnforcementReport>();
            await context.GetRequiredService<EnforcementProcedure>().TakeAsync(
                context.SubjectId(), EnforcementStage.Contest, EnforcementProcedure.Done, report with { Note = report.Note ?? "当事人申请复议或者提起诉讼" }, context.CancellationToken);
        }

        return task.Outcome!;
    }
}

/// <summary>核实自行履行: somebody looks whether the party has done what it said.</summary>
[Activity("Supervision", SupervisionCategory.Filing, "现场核实当事人是否已自行（或者经协助）履行；未履行的，回到法定步骤继续办理。", DisplayName = "核实自行履行")]
[FlowNode(EnforcementProcedure.Done, EnforcementProcedure.NotPerformed)]
public sealed class VerifyPerformance : HumanStep
{
    /// <inheritdoc/>
    protected override string Kind => "enforcement.verify";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.Inspector;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Choices => [EnforcementProcedure.Done, EnforcementProcedure.NotPerformed];

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        await context.GetRequiredService<EnforcementProcedure>().TakeAsync(context.SubjectId(), EnforcementStage.Verification, task.Outcome!, context.Submission<EnforcementReport>(), context.CancellationToken);
        return task.Outcome!;
    }
}

/// <summary>复议诉讼结果: waits for as long as review and court take; nothing is late meanwhile.</summary>
[Activity("Supervision", SupervisionCategory.Filing, "等待并登记复议、诉讼结果和送达日期；等待期间不算超期；复议或者一审维持的，当事人另有十五日可以起诉、上诉。", DisplayName = "复议诉讼结果")]
[FlowNode(EnforcementProcedure.Upheld, EnforcementProcedure.FinallyUpheld, EnforcementProcedure.Annulled)]
public sealed class AwaitRemedy : HumanStep
{
    /// <inheritdoc/>
    protected override string Kind => "enforcement.remedy";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.Inspector;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Choices => [EnforcementProcedure.Upheld, EnforcementProcedure.FinallyUpheld, EnforcementProcedure.Annulled];

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        await context.GetRequiredService<EnforcementProcedure>().TakeAsync(context.SubjectId(), EnforcementStage.Remedy, task.Outcome!, context.Submission<EnforcementReport>(), context.CancellationToken);
        return task.Outcome!;
    }
}

/// <summary>实施强制拆除: by day, with witness, video and inventory.</summary>
[Activity("Supervision", SupervisionCategory.Filing, "实施强制拆除：不得在夜间和法定节假日进行，紧急情况须有理由并事先经牵头部门负责人批准；须有见证人、录像和物品清单。实施前当事人已自行履行的，选“当事人已自行履行”，不再强制。", DisplayName = "实施强制拆除")]
[FlowNode(EnforcementProcedure.Done, EnforcementProcedure.Performed)]
public sealed class ExecuteForcibly : HumanStep
{
    /// <inheritdoc/>
    protected override string Kind => "enforcement.execute";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.Inspector;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Choices => [EnforcementProcedure.Done, EnforcementProcedure.Performed];

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        var procedure = context.GetRequiredService<EnforcementProcedure>();
        await (task.Outcome == EnforcementProcedure.Performed
            ? procedure.TakeAsync(context.SubjectId(), EnforcementStage.Execution, task.Outcome, context.Submission<EnforcementReport>(), context.CancellationToken)
            : procedure.ExecuteAsync(context.SubjectId(), context.Submission<ExecutionReport>(), context.CancellationToken));
        return task.Outcome!;
    }
}

/// <summary>通知停止供电: only for the items and under the conditions of the law, by the head, in writing.</summary>
[Activity("Supervision", SupervisionCategory.Filing, "牵头部门负责人书面通知供电企业停止供电：限本案已查明的所列事项，且房屋无人居住、危及房屋安全；不符合条件的选“不通知”。", DisplayName = "通知停止供电")]
[FlowNode(CutPort, NotPort)]
public sealed class CutSupply : HumanStep
{
    /// <summary>Port: the supplier was written to.</summary>
    public const string CutPort = "已通知";

    /// <summary>Port: the conditions are not met.</summary>
    public const string NotPort = "不通知";

    /// <summary>Items for which the law allows it.</summary>
    [Input(DisplayName = "适用事项", Description = "法律准许停止供电的检查事项编码，每个一项。", UIHint = "multitext", IsRequired = true, Order = 7)]
    public Input<string[]>? Items { get; set; }

    /// <inheritdoc/>
    protected override ValueTask<IReadOnlyDictionary<string, string>> SubjectAsync(ActivityExecutionContext context, string department) =>
        new(new Dictionary<string, string>(StringComparer.Ordinal) { ["items"] = string.Join('、', context.Get(Items) ?? []) });

    /// <inheritdoc/>
    protected override string Kind => "enforcement.supply";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.DepartmentHead;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Choices => [CutPort, NotPort];

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        if (task.Outcome == CutPort)
        {
            await context.GetRequiredService<EnforcementProcedure>().CutSupplyAsync(context.SubjectId(), context.Get(Items) ?? [], context.Submission<SupplyCut>(), context.CancellationToken);
        }

        return task.Outcome!;
    }
}
