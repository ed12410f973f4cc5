using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Workflows.Storage.Model.Rows;

namespace Workflows.Storage.Model;

/// <summary>Tables, keys and indexes. Each index serves one query of the pump or of the read side.</summary>
internal static class ModelTables
{
    private const int IdLength = 200;

    public static void Workflows(ModelBuilder builder)
    {
        builder.Entity<WorkflowDefinitionRow>(t =>
        {
            t.ToTable("workflow_definitions").HasKey(r => r.VersionId);
            t.HasIndex(r => new { r.DefinitionId, r.Version }).IsUnique();
        });
        builder.Entity<PackageRow>(t =>
        {
            t.ToTable("packages").HasKey(r => r.VersionId);
            t.HasIndex(r => new { r.Name, r.Version }).IsUnique();
        });
        builder.Entity<WorkflowInstanceRow>(t =>
        {
            t.ToTable("workflow_instances").HasKey(r => r.Id);
            t.HasIndex(r => r.CaseKey);
            t.HasIndex(r => new { r.CreatedAt, r.Id });
            t.HasIndex(r => new { r.UpdatedAt, r.Id });
            t.HasIndex(r => new { r.DefinitionId, r.SubStatus, r.CreatedAt });
            t.HasIndex(r => new { r.DefinitionVersionId, r.Status });
            t.HasIndex(r => new { r.Status, r.SubStatus, r.CreatedAt });
            t.HasIndex(r => r.ParentInstanceId);
            t.HasIndex(r => r.CorrelationId);
        });
        builder.Entity<BookmarkRow>(t =>
        {
            t.ToTable("bookmarks").HasKey(r => r.Id);
            t.HasIndex(r => r.FireAt);
            t.HasIndex(r => r.Hash);
            t.HasIndex(r => r.InstanceId);
            t.HasIndex(r => new { r.WaitOwner, r.DueAt });
            t.HasIndex(r => new { r.CaseKey, r.CreatedAt });
        });
        builder.Entity<TriggerRow>(t =>
        {
            t.ToTable("triggers").HasKey(r => r.Id);
            t.HasIndex(r => r.Hash);
            t.HasIndex(r => r.DefinitionId);
        });
        builder.Entity<JournalRow>(t => t.ToTable("journal").HasKey(r => new { r.InstanceId, r.Sequence }));
        builder.Entity<ActivityExecutionRow>(t =>
        {
            t.ToTable("activity_executions").HasKey(r => r.Id);
            t.HasIndex(r => new { r.InstanceId, r.StartedAt });
            t.HasIndex(r => new { r.InstanceId, r.ActivityNodeId });
        });
    }

    public static void Alterations(ModelBuilder builder)
    {
        builder.Entity<AlterationPlanRow>(t =>
        {
            t.ToTable("alteration_plans").HasKey(r => r.Id);
            t.HasIndex(r => new { r.State, r.CreatedAt });
        });
        builder.Entity<AlterationJobRow>(t =>
        {
            t.ToTable("alteration_jobs").HasKey(r => r.Id);
            t.HasIndex(r => new { r.PlanId, r.State, r.Position });
            t.HasIndex(r => r.InstanceId);
        });
    }

    public static void Deliveries(ModelBuilder builder)
    {
        builder.Entity<CaseLockRow>(t => t.ToTable("case_locks").HasKey(r => r.CaseKey));
        builder.Entity<MailboxRow>(t =>
        {
            t.ToTable("mailbox").HasKey(r => r.Sequence);
            t.Property(r => r.Sequence).ValueGeneratedOnAdd();
            t.HasIndex(r => r.Id).IsUnique();
            t.HasIndex(r => new { r.State, r.AvailableAt });
            t.HasIndex(r => new { r.State, r.Hash });
        });
        builder.Entity<OutboxRow>(t =>
        {
            t.ToTable("outbox").HasKey(r => r.Id);
            t.HasIndex(r => r.NextAttemptAt);
            t.HasIndex(r => new { r.CaseKey, r.CreatedAt });
            t.HasIndex(r => new { r.Recipient, r.CreatedAt });
        });
        builder.Entity<DeadLetterRow>(t =>
        {
            t.ToTable("dead_letters").HasKey(r => r.Id);
            t.HasIndex(r => new { r.CreatedAt, r.Id });
            t.HasIndex(r => r.CaseKey);
        });
        builder.Entity<IdempotencyRow>(t =>
        {
            t.ToTable("idempotency").HasKey(r => new { r.Scope, r.Key });
            t.HasIndex(r => r.CreatedAt);
        });
    }

    public static void Supervision(ModelBuilder builder)
    {
        builder.Entity<AuditEntryRow>(t =>
        {
            t.ToTable("audit_entries").HasKey(r => new { r.CaseKey, r.Sequence });
            t.HasIndex(r => r.At);
        });
        builder.Entity<AuditSealRow>(t => t.ToTable("audit_seals").HasKey(r => r.CaseKey));
        builder.Entity<AuditRootRow>(t => t.ToTable("audit_roots").HasKey(r => r.Day));
        builder.Entity<NumberSeriesRow>(t => t.ToTable("number_series").HasKey(r => new { r.Organ, r.Form, r.Year }));
        builder.Entity<ScheduleRow>(t =>
        {
            t.ToTable("schedules").HasKey(r => r.Id);
            t.HasIndex(r => r.DefinitionId);
        });
        builder.Entity<DataProtectionKeyRow>(t => t.ToTable("data_protection_keys").HasKey(r => r.Id));
        builder.Entity<CalendarRow>(t =>
        {
            t.ToTable("calendars").HasKey(r => r.Id);
            t.HasIndex(r => r.LoadedAt);
        });
    }

    public static void Leads(ModelBuilder builder)
    {
        builder.Entity<LeadKeyRow>(t => t.ToTable("lead_keys").HasKey(r => r.Key));
        builder.Entity<LeadTraceRow>(t =>
        {
            t.ToTable("lead_traces").HasKey(r => r.Id);
            t.HasIndex(r => r.Bucket);
            t.HasIndex(r => r.CreatedAt);
            t.Property(r => r.Bucket).HasMaxLength(IdLength);
        });
    }

    public static void Aggregate(ModelBuilder builder, AggregateTable table)
    {
        EntityTypeBuilder t = builder.Entity(table.RowType).ToTable(table.Name);
        t.HasKey(nameof(AggregateRow.Id));
        if (table.IsShare)
            t.HasIndex(nameof(AggregateRow.CaseKey), nameof(AggregateRow.Department));
        if (table.IsMatter)
            t.HasIndex(nameof(AggregateRow.CaseKey));
        t.HasIndex(nameof(AggregateRow.CaseId), nameof(AggregateRow.CreatedAt));
        t.HasIndex(nameof(AggregateRow.PlanId), nameof(AggregateRow.CreatedAt));
        t.HasIndex(nameof(AggregateRow.TargetId), nameof(AggregateRow.CreatedAt));
        t.HasIndex(nameof(AggregateRow.Department), nameof(AggregateRow.State), nameof(AggregateRow.CreatedAt));
        t.HasIndex(nameof(AggregateRow.Owner), nameof(AggregateRow.State), nameof(AggregateRow.CreatedAt));
        t.HasIndex(nameof(AggregateRow.State), nameof(AggregateRow.DueAt));
        t.HasIndex(nameof(AggregateRow.CreatedAt), nameof(AggregateRow.Id));
        t.HasIndex(nameof(AggregateRow.Reference)).IsUnique();
        // Names of keys and indexed texts are bounded so that SQL Server can index them.
        foreach (string name in new[] { nameof(AggregateRow.Department), nameof(AggregateRow.Area), nameof(AggregateRow.Kind), nameof(AggregateRow.State) })
            t.Property(name).HasMaxLength(60);
        foreach (string name in new[] { nameof(AggregateRow.CaseKey), nameof(AggregateRow.CaseId), nameof(AggregateRow.PlanId), nameof(AggregateRow.TargetId), nameof(AggregateRow.Owner), nameof(AggregateRow.Reference) })
            t.Property(name).HasMaxLength(IdLength);
    }
}
