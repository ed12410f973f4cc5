using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Workflows.Storage.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class DefinitionDrafts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "deleted_at",
                table: "workflow_definitions",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "description",
                table: "workflow_definitions",
                type: "nvarchar(max)",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_readonly",
                table: "workflow_definitions",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "published_at",
                table: "workflow_definitions",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "saved_by",
                table: "workflow_definitions",
                type: "nvarchar(max)",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "usable_as_activity",
                table: "workflow_definitions",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "published_at",
                table: "packages",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "saved_by",
                table: "packages",
                type: "nvarchar(max)",
                nullable: true);

            // What was published once is no draft; the newest row of a name that never was stays one.
            migrationBuilder.Sql("UPDATE workflow_definitions SET published_at = created_at WHERE is_published = 1 OR is_latest = 0");
            migrationBuilder.Sql("UPDATE packages SET published_at = created_at WHERE is_published = 1 OR version < (SELECT MAX(p.version) FROM packages AS p WHERE p.name = packages.name)");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "deleted_at",
                table: "workflow_definitions");

            migrationBuilder.DropColumn(
                name: "description",
                table: "workflow_definitions");

            migrationBuilder.DropColumn(
                name: "is_readonly",
                table: "workflow_definitions");

            migrationBuilder.DropColumn(
                name: "published_at",
                table: "workflow_definitions");

            migrationBuilder.DropColumn(
                name: "saved_by",
                table: "workflow_definitions");

            migrationBuilder.DropColumn(
                name: "usable_as_activity",
                table: "workflow_definitions");

            migrationBuilder.DropColumn(
                name: "published_at",
                table: "packages");

            migrationBuilder.DropColumn(
                name: "saved_by",
                table: "packages");
        }
    }
}
