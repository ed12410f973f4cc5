using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Workflows.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Oversight : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "evaluations",
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
                    table.PrimaryKey("pk_evaluations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "oversight_notes",
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
                    table.PrimaryKey("pk_oversight_notes", x => x.id);
                });

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
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_evaluations_state_due_at",
                table: "evaluations",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_evaluations_target_id_created_at",
                table: "evaluations",
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
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_oversight_notes_state_due_at",
                table: "oversight_notes",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_oversight_notes_target_id_created_at",
                table: "oversight_notes",
                columns: new[] { "target_id", "created_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "evaluations");

            migrationBuilder.DropTable(
                name: "oversight_notes");
        }
    }
}
