using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Workflows.Storage.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class JointSupervision : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "case_transfers",
                columns: table => new
                {
                    id = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    case_key = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    case_id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    plan_id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    department = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    area = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    target_id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    owner = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    kind = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    state = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    due_at = table.Column<long>(type: "bigint", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    reference = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    base_revision = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "nvarchar(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_case_transfers", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "cooperation_agreements",
                columns: table => new
                {
                    id = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    case_key = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    case_id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    plan_id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    department = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    area = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    target_id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    owner = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    kind = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    state = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    due_at = table.Column<long>(type: "bigint", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    reference = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    base_revision = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "nvarchar(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_cooperation_agreements", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "evaluations",
                columns: table => new
                {
                    id = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    case_key = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    case_id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    plan_id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    department = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    area = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    target_id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    owner = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    kind = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    state = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    due_at = table.Column<long>(type: "bigint", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    reference = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    base_revision = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "nvarchar(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_evaluations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "evidence_recognitions",
                columns: table => new
                {
                    id = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    case_key = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    case_id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    plan_id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    department = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    area = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    target_id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    owner = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    kind = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    state = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    due_at = table.Column<long>(type: "bigint", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    reference = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    base_revision = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "nvarchar(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_evidence_recognitions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "exchange_entries",
                columns: table => new
                {
                    id = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    case_key = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    case_id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    plan_id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    department = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    area = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    target_id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    owner = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    kind = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    state = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    due_at = table.Column<long>(type: "bigint", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    reference = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    base_revision = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "nvarchar(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_exchange_entries", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "exchange_platforms",
                columns: table => new
                {
                    id = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    case_key = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    case_id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    plan_id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    department = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    area = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    target_id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    owner = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    kind = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    state = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    due_at = table.Column<long>(type: "bigint", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    reference = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    base_revision = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "nvarchar(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_exchange_platforms", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "merge_proposals",
                columns: table => new
                {
                    id = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    case_key = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    case_id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    plan_id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    department = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    area = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    target_id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    owner = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    kind = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    state = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    due_at = table.Column<long>(type: "bigint", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    reference = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    base_revision = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "nvarchar(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_merge_proposals", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "merge_rules",
                columns: table => new
                {
                    id = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    case_key = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    case_id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    plan_id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    department = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    area = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    target_id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    owner = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    kind = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    state = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    due_at = table.Column<long>(type: "bigint", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    reference = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    base_revision = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "nvarchar(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_merge_rules", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "oversight_notes",
                columns: table => new
                {
                    id = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    case_key = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    case_id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    plan_id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    department = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    area = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    target_id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    owner = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    kind = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    state = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    due_at = table.Column<long>(type: "bigint", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    reference = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    base_revision = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "nvarchar(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_oversight_notes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "visit_codes",
                columns: table => new
                {
                    id = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    case_key = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    case_id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    plan_id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    department = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    area = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    target_id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    owner = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    kind = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    state = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    due_at = table.Column<long>(type: "bigint", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    reference = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    base_revision = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "nvarchar(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_visit_codes", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_case_transfers_case_id_created_at",
                table: "case_transfers",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_case_transfers_created_at_id",
                table: "case_transfers",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_case_transfers_department_state_created_at",
                table: "case_transfers",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_case_transfers_owner_state_created_at",
                table: "case_transfers",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_case_transfers_plan_id_created_at",
                table: "case_transfers",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_case_transfers_reference",
                table: "case_transfers",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_case_transfers_state_due_at",
                table: "case_transfers",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_case_transfers_target_id_created_at",
                table: "case_transfers",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_cooperation_agreements_case_id_created_at",
                table: "cooperation_agreements",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_cooperation_agreements_created_at_id",
                table: "cooperation_agreements",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_cooperation_agreements_department_state_created_at",
                table: "cooperation_agreements",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_cooperation_agreements_owner_state_created_at",
                table: "cooperation_agreements",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_cooperation_agreements_plan_id_created_at",
                table: "cooperation_agreements",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_cooperation_agreements_reference",
                table: "cooperation_agreements",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_cooperation_agreements_state_due_at",
                table: "cooperation_agreements",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_cooperation_agreements_target_id_created_at",
                table: "cooperation_agreements",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_evaluations_case_id_created_at",
                table: "evaluations",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_evaluations_created_at_id",
                table: "evaluations",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_evaluations_department_state_created_at",
                table: "evaluations",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_evaluations_owner_state_created_at",
                table: "evaluations",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_evaluations_plan_id_created_at",
                table: "evaluations",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_evaluations_reference",
                table: "evaluations",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_evaluations_state_due_at",
                table: "evaluations",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_evaluations_target_id_created_at",
                table: "evaluations",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_evidence_recognitions_case_id_created_at",
                table: "evidence_recognitions",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_evidence_recognitions_created_at_id",
                table: "evidence_recognitions",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_evidence_recognitions_department_state_created_at",
                table: "evidence_recognitions",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_evidence_recognitions_owner_state_created_at",
                table: "evidence_recognitions",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_evidence_recognitions_plan_id_created_at",
                table: "evidence_recognitions",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_evidence_recognitions_reference",
                table: "evidence_recognitions",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_evidence_recognitions_state_due_at",
                table: "evidence_recognitions",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_evidence_recognitions_target_id_created_at",
                table: "evidence_recognitions",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_exchange_entries_case_id_created_at",
                table: "exchange_entries",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_exchange_entries_created_at_id",
                table: "exchange_entries",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_exchange_entries_department_state_created_at",
                table: "exchange_entries",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_exchange_entries_owner_state_created_at",
                table: "exchange_entries",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_exchange_entries_plan_id_created_at",
                table: "exchange_entries",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_exchange_entries_reference",
                table: "exchange_entries",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_exchange_entries_state_due_at",
                table: "exchange_entries",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_exchange_entries_target_id_created_at",
                table: "exchange_entries",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_exchange_platforms_case_id_created_at",
                table: "exchange_platforms",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_exchange_platforms_created_at_id",
                table: "exchange_platforms",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_exchange_platforms_department_state_created_at",
                table: "exchange_platforms",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_exchange_platforms_owner_state_created_at",
                table: "exchange_platforms",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_exchange_platforms_plan_id_created_at",
                table: "exchange_platforms",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_exchange_platforms_reference",
                table: "exchange_platforms",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_exchange_platforms_state_due_at",
                table: "exchange_platforms",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_exchange_platforms_target_id_created_at",
                table: "exchange_platforms",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_merge_proposals_case_id_created_at",
                table: "merge_proposals",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_merge_proposals_created_at_id",
                table: "merge_proposals",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_merge_proposals_department_state_created_at",
                table: "merge_proposals",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_merge_proposals_owner_state_created_at",
                table: "merge_proposals",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_merge_proposals_plan_id_created_at",
                table: "merge_proposals",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_merge_proposals_reference",
                table: "merge_proposals",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_merge_proposals_state_due_at",
                table: "merge_proposals",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_merge_proposals_target_id_created_at",
                table: "merge_proposals",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_merge_rules_case_id_created_at",
                table: "merge_rules",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_merge_rules_created_at_id",
                table: "merge_rules",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_merge_rules_department_state_created_at",
                table: "merge_rules",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_merge_rules_owner_state_created_at",
                table: "merge_rules",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_merge_rules_plan_id_created_at",
                table: "merge_rules",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_merge_rules_reference",
                table: "merge_rules",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_merge_rules_state_due_at",
                table: "merge_rules",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_merge_rules_target_id_created_at",
                table: "merge_rules",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_oversight_notes_case_id_created_at",
                table: "oversight_notes",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_oversight_notes_created_at_id",
                table: "oversight_notes",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_oversight_notes_department_state_created_at",
                table: "oversight_notes",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_oversight_notes_owner_state_created_at",
                table: "oversight_notes",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_oversight_notes_plan_id_created_at",
                table: "oversight_notes",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_oversight_notes_reference",
                table: "oversight_notes",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_oversight_notes_state_due_at",
                table: "oversight_notes",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_oversight_notes_target_id_created_at",
                table: "oversight_notes",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_visit_codes_case_id_created_at",
                table: "visit_codes",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_visit_codes_created_at_id",
                table: "visit_codes",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_visit_codes_department_state_created_at",
                table: "visit_codes",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_visit_codes_owner_state_created_at",
                table: "visit_codes",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_visit_codes_plan_id_created_at",
                table: "visit_codes",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_visit_codes_reference",
                table: "visit_codes",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_visit_codes_state_due_at",
                table: "visit_codes",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_visit_codes_target_id_created_at",
                table: "visit_codes",
                columns: new[] { "target_id", "created_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "case_transfers");

            migrationBuilder.DropTable(
                name: "cooperation_agreements");

            migrationBuilder.DropTable(
                name: "evaluations");

            migrationBuilder.DropTable(
                name: "evidence_recognitions");

            migrationBuilder.DropTable(
                name: "exchange_entries");

            migrationBuilder.DropTable(
                name: "exchange_platforms");

            migrationBuilder.DropTable(
                name: "merge_proposals");

            migrationBuilder.DropTable(
                name: "merge_rules");

            migrationBuilder.DropTable(
                name: "oversight_notes");

            migrationBuilder.DropTable(
                name: "visit_codes");
        }
    }
}
