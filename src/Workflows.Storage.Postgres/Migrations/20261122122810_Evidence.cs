using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Workflows.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Evidence : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "case_transfers",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    case_key = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    case_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    plan_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    department = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    area = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    target_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    owner = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    kind = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    state = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    due_at = table.Column<long>(type: "bigint", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    reference = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    base_revision = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_case_transfers", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "cooperation_agreements",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    case_key = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    case_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    plan_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    department = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    area = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    target_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    owner = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    kind = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    state = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    due_at = table.Column<long>(type: "bigint", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    reference = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    base_revision = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_cooperation_agreements", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "evidence_recognitions",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    case_key = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    case_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    plan_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    department = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    area = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    target_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    owner = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    kind = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    state = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    due_at = table.Column<long>(type: "bigint", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    reference = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    base_revision = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_evidence_recognitions", x => x.id);
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
                unique: true);

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
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_cooperation_agreements_state_due_at",
                table: "cooperation_agreements",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_cooperation_agreements_target_id_created_at",
                table: "cooperation_agreements",
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
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_evidence_recognitions_state_due_at",
                table: "evidence_recognitions",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_evidence_recognitions_target_id_created_at",
                table: "evidence_recognitions",
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
                name: "evidence_recognitions");
        }
    }
}
