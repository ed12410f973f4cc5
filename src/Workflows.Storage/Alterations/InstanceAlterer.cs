using System.Data.Common;
using System.Text;
using System.Text.Json.Nodes;
using Workflows.Engine.Alterations;
using Workflows.Engine.Bursts;
using Workflows.Engine.State;
using Workflows.Storage.Definitions;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Providers;
using Workflows.Storage.Sessions;
using Workflows.Storage.Stimuli;
using Workflows.Supervision;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Sessions;

namespace Workflows.Storage.Alterations;

/// <summary>Carries out what is done to instances from outside their diagrams.</summary>
internal sealed class InstanceAlterer(DefinitionCatalog catalog, IBurstRunner runner, BurstRecorder recorder)
{
    public async ValueTask<StimulusResult> AlterAsync(BatchScope scope, StimulusSession session, BurstContext context, AlterInstance alter, CancellationToken cancellationToken)
    {
        var desk = new Desk(scope, session, context, Find(scope, session, alter.InstanceId));
        foreach (InstanceAlteration alteration in alter.Alterations)
        {
            switch (alteration)
            {
                case CancelAlteration:
                    await CancelAsync(desk, cancellationToken);
                    break;
                case SetVariablesAlteration set:
                    await SetAsync(desk, set.Values, cancellationToken);
                    break;
                case MigrateAlteration migrate:
                    await MigrateAsync(desk, migrate, cancellationToken);
                    break;
            }
        }
        var outcome = new AlterationOutcome(desk.Row.Id, desk.Changed, desk.Log, desk.Migration, desk.Package);
        alter.Note?.Invoke(session, outcome);
        return new StimulusResult { Outcome = desk.Changed ? StimulusOutcome.Done : StimulusOutcome.NothingToDo, InstanceIds = [desk.Row.Id], SubStatus = desk.Row.SubStatus, Value = outcome };
    }

    public static async ValueTask<StimulusResult> DeleteAsync(BatchScope scope, StimulusSession session, DeleteInstance delete, CancellationToken cancellationToken)
    {
        WorkflowInstanceRow row = Find(scope, session, delete.InstanceId);
        if (row.Status != nameof(WorkflowStatus.Finished))
            throw new RuleViolationException(RefusalKind.Conflict, "instance-running", "id", $"流程实例“{row.Id}”仍在运行：请先取消，再删除。");
        if (await scope.HasMatterAsync(row.CaseKey, cancellationToken))
            throw new RuleViolationException(RefusalKind.Conflict, "instance-of-matter", "id", $"流程实例“{row.Id}”属于案件或计划，是监管记录的一部分，不能删除：请保留，需要归档时导出。");
        session.Changes.Instances.Remove(row.Id);
        session.Changes.Further.AddRange(scope.DeletionOf(row.Id));
        session.Audit(new AuditFact(row.CaseKey, "workflow.deleted", new Dictionary<string, string?>(StringComparer.Ordinal) { ["instance"] = row.Id, ["definition"] = row.DefinitionVersionId }));
        return new StimulusResult { Outcome = StimulusOutcome.Done, InstanceIds = [row.Id], SubStatus = row.SubStatus };
    }

    public async ValueTask<StimulusResult> ImportAsync(BatchScope scope, StimulusSession session, ImportInstance import, CancellationToken cancellationToken)
    {
        if (scope.InstanceOf(import.InstanceId, session.Changes) is not null || await scope.HasMatterAsync(import.InstanceId, cancellationToken))
            throw new RuleViolationException(RefusalKind.Conflict, "instance-exists", "id", $"流程实例“{import.InstanceId}”已存在，不能覆盖：请先删除原实例或换用其他环境导入。");
        WorkflowState state = WorkflowState.Deserialize(Encoding.UTF8.GetBytes(import.State));
        if (await scope.DefinitionAsync(new WorkflowReference(state.DefinitionId, state.DefinitionVersionId), cancellationToken) is not { } definition || definition.DefinitionId != state.DefinitionId)
            throw new RuleViolationException(RefusalKind.Invalid, "definition-missing", "definitionVersionId", $"流程定义版本“{state.DefinitionVersionId}”不存在：请先导入该定义。");
        if (await scope.HasExecutionsAsync([.. import.Executions.Select(e => e.Id)], [.. state.Bookmarks.Select(b => b.Id)], cancellationToken))
            throw new RuleViolationException(RefusalKind.Conflict, "execution-exists", "activityExecutionRecords", "文件中的步骤执行或等待编号已被其他实例占用：请从原环境重新导出。");
        var burst = new Burst { State = state, AddedBookmarks = state.Bookmarks, Journal = import.Journal, Executions = import.Executions };
        WorkflowInstanceRow row = await recorder.RecordAsync(scope, session, burst, null, null, import.InstanceId, cancellationToken);
        session.Audit(new AuditFact(row.CaseKey, "workflow.imported", new Dictionary<string, string?>(StringComparer.Ordinal) { ["instance"] = row.Id, ["definition"] = row.DefinitionVersionId }));
        return new StimulusResult { Outcome = StimulusOutcome.Done, InstanceIds = [row.Id], SubStatus = row.SubStatus };
    }

    private static WorkflowInstanceRow Find(BatchScope scope, StimulusSession session, string id) =>
        scope.InstanceOf(id, session.Changes) ?? throw new UnknownWorkflowException($"找不到流程实例“{id}”：请核对实例编号。");

    private async ValueTask CancelAsync(Desk desk, CancellationToken cancellationToken)
    {
        if (desk.Row.Status == nameof(WorkflowStatus.Running) && await OpenMatters.OfAsync(desk.Session, desk.Row.Id, cancellationToken) is { } matter)
            throw OpenMatters.NotByInstance(matter, desk.Row.Id);
        WorkflowDefinitionRow definition = await DefinitionOfAsync(desk, cancellationToken);
        Burst burst = await runner.CancelAsync(definition, desk.Row.State, "cancelled", await ContextAsync(desk, definition, cancellationToken), cancellationToken);
        if (!await RecordAsync(desk, burst, "流程实例已取消。", "流程实例已经结束，无需取消。", cancellationToken))
            return;
        await FamilyTree.CancelChildrenAsync(desk.Scope, desk.Session, desk.Row.Id, "cancelled", cancellationToken);
        Audit(desk, "workflow.cancelled", []);
    }

    private async ValueTask SetAsync(Desk desk, IReadOnlyDictionary<string, JsonNode?> values, CancellationToken cancellationToken)
    {
        WorkflowDefinitionRow definition = await DefinitionOfAsync(desk, cancellationToken);
        Burst burst = await runner.SetVariablesAsync(definition, desk.Row.State, values, await ContextAsync(desk, definition, cancellationToken), cancellationToken);
        if (!await RecordAsync(desk, burst, $"已设置变量：{string.Join('、', values.Keys)}。", "流程实例已经结束，变量不再改变。", cancellationToken))
            return;
        Audit(desk, "workflow.variables-set", [new("variables", string.Join(',', values.Keys))]);
    }

    private async ValueTask MigrateAsync(Desk desk, MigrateAlteration migrate, CancellationToken cancellationToken)
    {
        WorkflowDefinitionRow from = await DefinitionOfAsync(desk, cancellationToken);
        WorkflowDefinitionRow to = await TargetAsync(desk, migrate, cancellationToken);
        if (to is { IsPublished: false, IsLatest: true })
            throw Refused("target-draft", $"版本{to.Version}是草稿，仍可能改动：请先发布，再迁移。");
        MigratedBurst migrated = await GoOverAsync(from, to, desk, migrate.Migration, cancellationToken);
        await RecordAsync(desk, migrated.Burst, $"已由版本{from.Version}迁移到版本{to.Version}。", "", cancellationToken);
        desk.Migration = migrated.Report;
        desk.Package = await MovePackageAsync(desk, to, cancellationToken);
        Audit(desk, "workflow.migrated",
        [
            new("from", from.VersionId),
            new("to", to.VersionId),
            new("timers", migrate.Migration.Timers.ToString()),
            new("packageFrom", desk.Package?.From),
            new("packageTo", desk.Package?.To),
        ]);
    }

    private async ValueTask<MigratedBurst> GoOverAsync(WorkflowDefinitionRow from, WorkflowDefinitionRow to, Desk desk, Migration migration, CancellationToken cancellationToken)
    {
        try
        {
            return await runner.MigrateAsync(from, to, desk.Row.State, migration, await ContextAsync(desk, to, cancellationToken), cancellationToken);
        }
        catch (Exception e) when (e is not (MigrationRefusedException or DomainRuleException or BurstLimitException or DbException or BatchConflictException or OperationCanceledException))
        {
            // A step of the new version that cannot begin refuses the migration; the instance stays where it was.
            throw Refused("step-failed", $"新版本的步骤无法开始或继续：{e.Message}");
        }
    }

    private static async ValueTask<WorkflowDefinitionRow> TargetAsync(Desk desk, MigrateAlteration migrate, CancellationToken cancellationToken)
    {
        string definitionId = desk.Row.DefinitionId;
        string? versionId = migrate.VersionId;
        if (migrate.PackageVersionId is { } package)
        {
            versionId = await desk.Scope.VersionInPackageAsync(definitionId, package, cancellationToken)
                ?? throw Refused("target-unknown", $"发布包版本“{package}”中没有流程“{definitionId}”：请核对编号。");
        }
        return await desk.Scope.DefinitionAsync(new WorkflowReference(definitionId, versionId, migrate.Version), cancellationToken)
            ?? throw Refused("target-unknown", $"流程“{definitionId}”没有版本“{versionId ?? migrate.Version?.ToString(System.Globalization.CultureInfo.InvariantCulture)}”：请从版本列表中选择。");
    }

    /// <summary>The matter that an instance carries through goes over to the package of its new version, where the instance is the root of its family.</summary>
    private static async ValueTask<PackageMove?> MovePackageAsync(Desk desk, WorkflowDefinitionRow to, CancellationToken cancellationToken)
    {
        if (to.PackageVersionId is not { } package || desk.Row.Id != desk.Row.CaseKey || desk.Row.CorrelationId is not { } subject)
            return null;
        StimulusSession session = desk.Session;
        if (await session.FindAsync<Case>(subject, cancellationToken) is { } matter)
        {
            if (matter.PackageVersionId == package)
                return null;
            session.Save(matter with { PackageVersionId = package, Changed = session.CauseNow() });
            return new PackageMove(matter.PackageVersionId, package);
        }
        if (await session.FindAsync<InspectionPlan>(subject, cancellationToken) is not { } plan || plan.PackageVersionId == package)
            return null;
        session.Save(plan with { PackageVersionId = package, Changed = session.CauseNow() });
        return new PackageMove(plan.PackageVersionId, package);
    }

    private async ValueTask<bool> RecordAsync(Desk desk, Burst burst, string done, string nothing, CancellationToken cancellationToken)
    {
        desk.Log.Add(burst.Changed ? done : nothing);
        if (!burst.Changed)
            return false;
        desk.Changed = true;
        desk.Row = await recorder.RecordAsync(desk.Scope, desk.Session, burst, desk.Row, null, desk.Row.CaseKey, cancellationToken);
        return true;
    }

    private static void Audit(Desk desk, string kind, KeyValuePair<string, string?>[] data) => desk.Session.Audit(new AuditFact(
        desk.Row.CaseKey, kind, new Dictionary<string, string?>(data.Where(d => d.Value is not null), StringComparer.Ordinal) { ["instance"] = desk.Row.Id }));

    private static async ValueTask<WorkflowDefinitionRow> DefinitionOfAsync(Desk desk, CancellationToken cancellationToken) =>
        await desk.Scope.DefinitionAsync(new WorkflowReference(desk.Row.DefinitionId, desk.Row.DefinitionVersionId, desk.Row.DefinitionVersion), cancellationToken)
        ?? throw new UnknownWorkflowException($"流程实例“{desk.Row.Id}”所用的定义版本“{desk.Row.DefinitionVersionId}”已不存在：请重新导入该版本。");

    private ValueTask<BurstContext> ContextAsync(Desk desk, WorkflowDefinitionRow definition, CancellationToken cancellationToken) =>
        runner.BindAsync(desk.Context, definition, catalog, desk.Scope.Connection, cancellationToken);

    private static MigrationRefusedException Refused(string code, string message) => new([new MigrationProblem(code, null, message)]);

    /// <summary>One instance under alteration.</summary>
    private sealed class Desk(BatchScope scope, StimulusSession session, BurstContext context, WorkflowInstanceRow row)
    {
        public BatchScope Scope => scope;

        public StimulusSession Session => session;

        public BurstContext Context => context;

        public WorkflowInstanceRow Row { get; set; } = row;

        public bool Changed { get; set; }

        public List<string> Log { get; } = [];

        public MigrationReport? Migration { get; set; }

        public PackageMove? Package { get; set; }
    }
}
