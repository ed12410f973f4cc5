using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Workflows.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Leads : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "catalogue_matters",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    case_key = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    case_id = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    plan_id = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    department = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    area = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    target_id = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    owner = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    kind = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    state = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    reference = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    revision = table.Column<long>(type: "INTEGER", nullable: false),
                    base_revision = table.Column<long>(type: "INTEGER", nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_catalogue_matters", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "delegations",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    case_key = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    case_id = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    plan_id = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    department = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    area = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    target_id = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    owner = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    kind = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    state = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    reference = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    revision = table.Column<long>(type: "INTEGER", nullable: false),
                    base_revision = table.Column<long>(type: "INTEGER", nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_delegations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "lead_keys",
                columns: table => new
                {
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    lead_id = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    revision = table.Column<long>(type: "INTEGER", nullable: false),
                    base_revision = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_lead_keys", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "lead_traces",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    bucket = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_lead_traces", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "leads",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    case_key = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    case_id = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    plan_id = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    department = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    area = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    target_id = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    owner = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    kind = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    state = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    reference = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    revision = table.Column<long>(type: "INTEGER", nullable: false),
                    base_revision = table.Column<long>(type: "INTEGER", nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_leads", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "stuck_requests",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    case_key = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    case_id = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    plan_id = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    department = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    area = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    target_id = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    owner = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    kind = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    state = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    reference = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    revision = table.Column<long>(type: "INTEGER", nullable: false),
                    base_revision = table.Column<long>(type: "INTEGER", nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_stuck_requests", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_catalogue_matters_case_id_created_at",
                table: "catalogue_matters",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_catalogue_matters_created_at_id",
                table: "catalogue_matters",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_catalogue_matters_department_state_created_at",
                table: "catalogue_matters",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_catalogue_matters_owner_state_created_at",
                table: "catalogue_matters",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_catalogue_matters_plan_id_created_at",
                table: "catalogue_matters",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_catalogue_matters_reference",
                table: "catalogue_matters",
                column: "reference",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_catalogue_matters_state_due_at",
                table: "catalogue_matters",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_catalogue_matters_target_id_created_at",
                table: "catalogue_matters",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_delegations_case_id_created_at",
                table: "delegations",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_delegations_created_at_id",
                table: "delegations",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_delegations_department_state_created_at",
                table: "delegations",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_delegations_owner_state_created_at",
                table: "delegations",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_delegations_plan_id_created_at",
                table: "delegations",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_delegations_reference",
                table: "delegations",
                column: "reference",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_delegations_state_due_at",
                table: "delegations",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_delegations_target_id_created_at",
                table: "delegations",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_lead_traces_bucket",
                table: "lead_traces",
                column: "bucket");

            migrationBuilder.CreateIndex(
                name: "ix_lead_traces_created_at",
                table: "lead_traces",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_leads_case_id_created_at",
                table: "leads",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_leads_created_at_id",
                table: "leads",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_leads_department_state_created_at",
                table: "leads",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_leads_owner_state_created_at",
                table: "leads",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_leads_plan_id_created_at",
                table: "leads",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_leads_reference",
                table: "leads",
                column: "reference",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_leads_state_due_at",
                table: "leads",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_leads_target_id_created_at",
                table: "leads",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_stuck_requests_case_id_created_at",
                table: "stuck_requests",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_stuck_requests_created_at_id",
                table: "stuck_requests",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_stuck_requests_department_state_created_at",
                table: "stuck_requests",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_stuck_requests_owner_state_created_at",
                table: "stuck_requests",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_stuck_requests_plan_id_created_at",
                table: "stuck_requests",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_stuck_requests_reference",
                table: "stuck_requests",
                column: "reference",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_stuck_requests_state_due_at",
                table: "stuck_requests",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_stuck_requests_target_id_created_at",
                table: "stuck_requests",
                columns: new[] { "target_id", "created_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "catalogue_matters");

            migrationBuilder.DropTable(
                name: "delegations");

            migrationBuilder.DropTable(
                name: "lead_keys");

            migrationBuilder.DropTable(
                name: "lead_traces");

            migrationBuilder.DropTable(
                name: "leads");

            migrationBuilder.DropTable(
                name: "stuck_requests");
        }
    }
}
