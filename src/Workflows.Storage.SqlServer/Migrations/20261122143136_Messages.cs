using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Workflows.Storage.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class Messages : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "subject",
                table: "outbox",
                type: "nvarchar(max)",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "message_subscriptions",
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
                    table.PrimaryKey("pk_message_subscriptions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "messages",
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
                    table.PrimaryKey("pk_messages", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "papers",
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
                    table.PrimaryKey("pk_papers", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_message_subscriptions_case_id_created_at",
                table: "message_subscriptions",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_message_subscriptions_created_at_id",
                table: "message_subscriptions",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_message_subscriptions_department_state_created_at",
                table: "message_subscriptions",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_message_subscriptions_owner_state_created_at",
                table: "message_subscriptions",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_message_subscriptions_plan_id_created_at",
                table: "message_subscriptions",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_message_subscriptions_reference",
                table: "message_subscriptions",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_message_subscriptions_state_due_at",
                table: "message_subscriptions",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_message_subscriptions_target_id_created_at",
                table: "message_subscriptions",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_messages_case_id_created_at",
                table: "messages",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_messages_created_at_id",
                table: "messages",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_messages_department_state_created_at",
                table: "messages",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_messages_owner_state_created_at",
                table: "messages",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_messages_plan_id_created_at",
                table: "messages",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_messages_reference",
                table: "messages",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_messages_state_due_at",
                table: "messages",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_messages_target_id_created_at",
                table: "messages",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_papers_case_id_created_at",
                table: "papers",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_papers_created_at_id",
                table: "papers",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_papers_department_state_created_at",
                table: "papers",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_papers_owner_state_created_at",
                table: "papers",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_papers_plan_id_created_at",
                table: "papers",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_papers_reference",
                table: "papers",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_papers_state_due_at",
                table: "papers",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_papers_target_id_created_at",
                table: "papers",
                columns: new[] { "target_id", "created_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "message_subscriptions");

            migrationBuilder.DropTable(
                name: "messages");

            migrationBuilder.DropTable(
                name: "papers");

            migrationBuilder.DropColumn(
                name: "subject",
                table: "outbox");
        }
    }
}
