using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Workflows.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class TaskForces : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "measure_targets",
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
                    table.PrimaryKey("pk_measure_targets", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_measure_targets_case_id_created_at",
                table: "measure_targets",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_measure_targets_created_at_id",
                table: "measure_targets",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_measure_targets_department_state_created_at",
                table: "measure_targets",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_measure_targets_owner_state_created_at",
                table: "measure_targets",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_measure_targets_plan_id_created_at",
                table: "measure_targets",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_measure_targets_reference",
                table: "measure_targets",
                column: "reference",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_measure_targets_state_due_at",
                table: "measure_targets",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_measure_targets_target_id_created_at",
                table: "measure_targets",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateTable(
                name: "task_forces",
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
                    table.PrimaryKey("pk_task_forces", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_task_forces_case_id_created_at",
                table: "task_forces",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_task_forces_created_at_id",
                table: "task_forces",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_task_forces_department_state_created_at",
                table: "task_forces",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_task_forces_owner_state_created_at",
                table: "task_forces",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_task_forces_plan_id_created_at",
                table: "task_forces",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_task_forces_reference",
                table: "task_forces",
                column: "reference",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_task_forces_state_due_at",
                table: "task_forces",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_task_forces_target_id_created_at",
                table: "task_forces",
                columns: new[] { "target_id", "created_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "measure_targets");

            migrationBuilder.DropTable(
                name: "task_forces");
        }
    }
}
