using Workflows.Activities.Rectification;
using Workflows.Activities.Work;
using Workflows.Engine.Activities;
using Workflows.Engine.Execution;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sampling;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Activities.Sampling;

/// <summary>What was sampled; empty where nothing was.</summary>
/// <param name="Samples">The samples.</param>
public sealed record SamplesTaken(IReadOnlyList<SampleTaken>? Samples = null);

/// <summary>抽样取证: officers take samples for a laboratory, or note that none were taken.</summary>
[Activity("Supervision", SupervisionCategory.Inspection, "登记抽样情况：样品、批号、数量、备份样品和检验机构，须有两名以上执法人员；不需要抽样的选“不抽样”。", DisplayName = "抽样取证")]
[FlowNode(Taken, NotTaken)]
public sealed class TakeSamples : HumanStep
{
    /// <summary>Outcome and port: samples were taken.</summary>
    public const string Taken = "已抽样";

    /// <summary>Outcome and port: none were taken.</summary>
    public const string NotTaken = "不抽样";

    /// <inheritdoc/>
    protected override string Kind => "sample.take";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.Inspector;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Choices => [Taken, NotTaken];

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        if (context.ChosenOutcome() == NotTaken)
        {
            return NotTaken;
        }

        var samples = context.Submission<SamplesTaken>().Samples;
        if (samples is not { Count: > 0 })
        {
            throw new RuleViolationException(RefusalKind.Invalid, "field-missing", "data.samples", "已抽样的，须登记样品（data.samples）；没有抽样的请选“不抽样”。");
        }

        var visit = await CaseRecords.RequireAsync<Visit>(context, _ => true, "检查");
        await context.GetRequiredService<SamplingService>().TakeAsync(visit.Id, samples, context.CancellationToken);
        return Taken;
    }
}

/// <summary>What the laboratory reported.</summary>
/// <param name="Reports">A report for each sample.</param>
public sealed record SampleReports(IReadOnlyList<SampleReport>? Reports = null);

/// <summary>登记检验报告: what failed becomes a finding and is proposed for filing.</summary>
[Activity("Supervision", SupervisionCategory.Inspection, "登记检验机构的报告；检出不合格的，形成问题并提请立案。", DisplayName = "登记检验报告")]
[FlowNode(AllPassed, SomeFailed)]
public sealed class RecordTestReports : HumanStep
{
    /// <summary>Port: everything meets the standard.</summary>
    public const string AllPassed = "全部合格";

    /// <summary>Port: something does not.</summary>
    public const string SomeFailed = "检出不合格";

    /// <summary>Departments that file.</summary>
    [Output(DisplayName = "立案部门", Description = "检出不合格、应当立案的处罚部门。")]
    public Output<object>? FilingDepartments { get; set; }

    /// <inheritdoc/>
    protected override string Kind => "sample.report";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.Inspector;

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        var visit = await CaseRecords.RequireAsync<Visit>(context, v => v.Samples.Count > 0, "样品");
        var filing = await context.GetRequiredService<SamplingService>().ReportAsync(visit.Id, context.Submission<SampleReports>().Reports ?? [], context.CancellationToken);
        context.Set(FilingDepartments, filing);
        return (await CaseRecords.RequireAsync<Visit>(context, v => v.Id == visit.Id, "检查")).Samples.All(s => s.Report!.Passed) ? AllPassed : SomeFailed;
    }
}

/// <summary>等待复检申请: the party may ask for a second test (食品安全法 88).</summary>
[Activity("Supervision", SupervisionCategory.Inspection, "等待当事人在收到检验结论之日起七个工作日内申请复检；逾期、微生物指标不合格或者没有备份样品的不予受理。", DisplayName = "等待复检申请")]
[FlowNode("收到申请", WithdrawnPort)]
public sealed class ReceiveRetestRequest : PartyStep
{
    /// <inheritdoc/>
    protected override string Kind => "party.retest";

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        var visit = await CaseRecords.RequireAsync<Visit>(context, v => v.Samples.Any(s => s.Report is { Passed: false }), "不合格的检验结论");
        await context.GetRequiredService<SamplingService>().AskRetestAsync(visit.Id, context.Submission<AskRetest>(), context.CancellationToken);
        return "收到申请";
    }
}

/// <summary>登记复检结论: final; where the sample passes, the finding no longer counts.</summary>
[Activity("Supervision", SupervisionCategory.Inspection, "登记复检机构的结论；复检结论为最终结论，复检合格的，原问题不再计入。", DisplayName = "登记复检结论")]
[FlowNode(Passed, Failed)]
public sealed class RecordRetest : HumanStep
{
    /// <summary>Port: the second test passed.</summary>
    public const string Passed = "复检合格";

    /// <summary>Port: it failed again.</summary>
    public const string Failed = "复检不合格";

    /// <inheritdoc/>
    protected override string Kind => "sample.retest";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.Inspector;

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        var visit = await CaseRecords.RequireAsync<Visit>(context, v => v.Samples.Any(s => s.Retest is not null), "复检申请");
        return await context.GetRequiredService<SamplingService>().ConcludeAsync(visit.Id, context.Submission<SampleReport>(), context.CancellationToken) ? Passed : Failed;
    }
}
