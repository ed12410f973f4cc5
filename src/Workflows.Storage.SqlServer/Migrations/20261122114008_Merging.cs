using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Workflows.Storage.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class Merging : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "merge_proposals");

            migrationBuilder.DropTable(
                name: "merge_rules");
        }
    }
}
