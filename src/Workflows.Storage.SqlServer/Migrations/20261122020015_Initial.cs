using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Workflows.Storage.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "activity_executions",
                columns: table => new
                {
                    id = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    instance_id = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    activity_id = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    activity_node_id = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    activity_type = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    activity_type_version = table.Column<int>(type: "int", nullable: false),
                    activity_name = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    parent_id = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    status = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    has_bookmarks = table.Column<bool>(type: "bit", nullable: false),
                    fault_count = table.Column<int>(type: "int", nullable: false),
                    started_at = table.Column<long>(type: "bigint", nullable: false),
                    completed_at = table.Column<long>(type: "bigint", nullable: true),
                    body = table.Column<string>(type: "nvarchar(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_activity_executions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "alteration_jobs",
                columns: table => new
                {
                    id = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    plan_id = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    instance_id = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    position = table.Column<int>(type: "int", nullable: false),
                    state = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    completed_at = table.Column<long>(type: "bigint", nullable: true),
                    log = table.Column<string>(type: "nvarchar(max)", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_alteration_jobs", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "alteration_plans",
                columns: table => new
                {
                    id = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    state = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    completed_at = table.Column<long>(type: "bigint", nullable: true),
                    job_count = table.Column<int>(type: "int", nullable: false),
                    actor = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    alterations = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    filter = table.Column<string>(type: "nvarchar(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_alteration_plans", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "audit_entries",
                columns: table => new
                {
                    case_key = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    actor = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    department = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    kind = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    activity_id = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    data = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    previous_hash = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    hash = table.Column<string>(type: "nvarchar(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_entries", x => new { x.case_key, x.sequence });
                });

            migrationBuilder.CreateTable(
                name: "audit_roots",
                columns: table => new
                {
                    day = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    hash = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    previous_hash = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    heads = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    created_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_roots", x => x.day);
                });

            migrationBuilder.CreateTable(
                name: "audit_seals",
                columns: table => new
                {
                    case_key = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_seals", x => x.case_key);
                });

            migrationBuilder.CreateTable(
                name: "bookmarks",
                columns: table => new
                {
                    id = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    instance_id = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    case_key = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    correlation_id = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    name = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    hash = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    activity_id = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    activity_instance_id = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    wait_name = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    wait_owner = table.Column<string>(type: "nvarchar(450)", nullable: true),
                    payload = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    due_at = table.Column<long>(type: "bigint", nullable: true),
                    fire_at = table.Column<long>(type: "bigint", nullable: true),
                    attempts = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bookmarks", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "calendars",
                columns: table => new
                {
                    id = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    loaded_at = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "nvarchar(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_calendars", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "case_filings",
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
                    table.PrimaryKey("pk_case_filings", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "case_locks",
                columns: table => new
                {
                    case_key = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    audit_sequence = table.Column<long>(type: "bigint", nullable: false),
                    audit_hash = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    audit_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_case_locks", x => x.case_key);
                });

            migrationBuilder.CreateTable(
                name: "cases",
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
                    table.PrimaryKey("pk_cases", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "consultations",
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
                    table.PrimaryKey("pk_consultations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "data_protection_keys",
                columns: table => new
                {
                    id = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    xml = table.Column<string>(type: "nvarchar(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_data_protection_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "dead_letters",
                columns: table => new
                {
                    id = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    kind = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    case_key = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    instance_id = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    body = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    error = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    created_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dead_letters", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "deadline_clocks",
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
                    table.PrimaryKey("pk_deadline_clocks", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "departments",
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
                    table.PrimaryKey("pk_departments", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "documents",
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
                    table.PrimaryKey("pk_documents", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "draw_files",
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
                    table.PrimaryKey("pk_draw_files", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "draw_sheets",
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
                    table.PrimaryKey("pk_draw_sheets", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "elapsed_limits",
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
                    table.PrimaryKey("pk_elapsed_limits", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "evidence",
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
                    table.PrimaryKey("pk_evidence", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "extension_requests",
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
                    table.PrimaryKey("pk_extension_requests", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "findings",
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
                    table.PrimaryKey("pk_findings", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "idempotency",
                columns: table => new
                {
                    scope = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    key = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    body_hash = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    status = table.Column<int>(type: "int", nullable: false),
                    answer = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_idempotency", x => new { x.scope, x.key });
                });

            migrationBuilder.CreateTable(
                name: "identity_roles",
                columns: table => new
                {
                    id = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    name = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true),
                    normalized_name = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true),
                    concurrency_stamp = table.Column<string>(type: "nvarchar(max)", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_roles", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "identity_users",
                columns: table => new
                {
                    id = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    display_name = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    department = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    area = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    officer_id = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    user_name = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true),
                    normalized_user_name = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true),
                    email = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true),
                    normalized_email = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true),
                    email_confirmed = table.Column<bool>(type: "bit", nullable: false),
                    password_hash = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    security_stamp = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    concurrency_stamp = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    phone_number = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    phone_number_confirmed = table.Column<bool>(type: "bit", nullable: false),
                    two_factor_enabled = table.Column<bool>(type: "bit", nullable: false),
                    lockout_end = table.Column<long>(type: "bigint", nullable: true),
                    lockout_enabled = table.Column<bool>(type: "bit", nullable: false),
                    access_failed_count = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_users", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "inspection_plans",
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
                    table.PrimaryKey("pk_inspection_plans", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "inspection_teams",
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
                    table.PrimaryKey("pk_inspection_teams", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "interviews",
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
                    table.PrimaryKey("pk_interviews", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "journal",
                columns: table => new
                {
                    instance_id = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    timestamp = table.Column<long>(type: "bigint", nullable: false),
                    event_name = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    activity_instance_id = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    parent_activity_instance_id = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    activity_id = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    activity_type = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    activity_type_version = table.Column<int>(type: "int", nullable: false),
                    activity_name = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    activity_node_id = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    message = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    payload = table.Column<string>(type: "nvarchar(max)", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_journal", x => new { x.instance_id, x.sequence });
                });

            migrationBuilder.CreateTable(
                name: "leniency_decisions",
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
                    table.PrimaryKey("pk_leniency_decisions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "mailbox",
                columns: table => new
                {
                    sequence = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    id = table.Column<string>(type: "nvarchar(450)", nullable: true),
                    kind = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    case_key = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    hash = table.Column<string>(type: "nvarchar(450)", nullable: true),
                    state = table.Column<int>(type: "int", nullable: false),
                    available_at = table.Column<long>(type: "bigint", nullable: false),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    attempts = table.Column<int>(type: "int", nullable: false),
                    body = table.Column<string>(type: "nvarchar(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mailbox", x => x.sequence);
                });

            migrationBuilder.CreateTable(
                name: "notices",
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
                    table.PrimaryKey("pk_notices", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "number_series",
                columns: table => new
                {
                    organ = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    form = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    year = table.Column<int>(type: "int", nullable: false),
                    value = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_number_series", x => new { x.organ, x.form, x.year });
                });

            migrationBuilder.CreateTable(
                name: "officers",
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
                    table.PrimaryKey("pk_officers", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "outbox",
                columns: table => new
                {
                    id = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    channel = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    recipient = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    kind = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    body = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    case_key = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    case_id = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    activity_id = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    bookmark_id = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    state = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    attempts = table.Column<int>(type: "int", nullable: false),
                    next_attempt_at = table.Column<long>(type: "bigint", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    delivered_at = table.Column<long>(type: "bigint", nullable: true),
                    last_error = table.Column<string>(type: "nvarchar(max)", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outbox", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "packages",
                columns: table => new
                {
                    version_id = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    name = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    version = table.Column<int>(type: "int", nullable: false),
                    hash = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    is_published = table.Column<bool>(type: "bit", nullable: false),
                    source = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    files = table.Column<string>(type: "nvarchar(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_packages", x => x.version_id);
                });

            migrationBuilder.CreateTable(
                name: "party_links",
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
                    table.PrimaryKey("pk_party_links", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "party_statements",
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
                    table.PrimaryKey("pk_party_statements", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "proofs_of_service",
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
                    table.PrimaryKey("pk_proofs_of_service", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "publication_entries",
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
                    table.PrimaryKey("pk_publication_entries", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "rectification_orders",
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
                    table.PrimaryKey("pk_rectification_orders", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "rectification_packages",
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
                    table.PrimaryKey("pk_rectification_packages", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "rectification_proofs",
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
                    table.PrimaryKey("pk_rectification_proofs", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "recusals",
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
                    table.PrimaryKey("pk_recusals", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "reinspections",
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
                    table.PrimaryKey("pk_reinspections", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "schedules",
                columns: table => new
                {
                    id = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    kind = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    expression = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    definition_id = table.Column<string>(type: "nvarchar(450)", nullable: true),
                    definition_version_id = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    activity_id = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    last_acted_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_schedules", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "sealed_secrets",
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
                    table.PrimaryKey("pk_sealed_secrets", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "step_limits",
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
                    table.PrimaryKey("pk_step_limits", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "stop_measures",
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
                    table.PrimaryKey("pk_stop_measures", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "substitutions",
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
                    table.PrimaryKey("pk_substitutions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "supervision_orders",
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
                    table.PrimaryKey("pk_supervision_orders", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "supervision_scores",
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
                    table.PrimaryKey("pk_supervision_scores", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "targets",
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
                    table.PrimaryKey("pk_targets", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "towns",
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
                    table.PrimaryKey("pk_towns", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "triggers",
                columns: table => new
                {
                    id = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    definition_id = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    definition_version_id = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    activity_id = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    name = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    hash = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    payload = table.Column<string>(type: "nvarchar(max)", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_triggers", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "visits",
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
                    table.PrimaryKey("pk_visits", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "warning_cards",
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
                    table.PrimaryKey("pk_warning_cards", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "work_tasks",
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
                    table.PrimaryKey("pk_work_tasks", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "workflow_definitions",
                columns: table => new
                {
                    version_id = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    definition_id = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    version = table.Column<int>(type: "int", nullable: false),
                    name = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    is_published = table.Column<bool>(type: "bit", nullable: false),
                    is_latest = table.Column<bool>(type: "bit", nullable: false),
                    hash = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    package_version_id = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    source = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    json = table.Column<string>(type: "nvarchar(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_workflow_definitions", x => x.version_id);
                });

            migrationBuilder.CreateTable(
                name: "workflow_instances",
                columns: table => new
                {
                    id = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    case_key = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    definition_id = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    definition_version_id = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    definition_version = table.Column<int>(type: "int", nullable: false),
                    status = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    sub_status = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    correlation_id = table.Column<string>(type: "nvarchar(450)", nullable: true),
                    name = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    parent_instance_id = table.Column<string>(type: "nvarchar(450)", nullable: true),
                    report_bookmark_id = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    incident_count = table.Column<int>(type: "int", nullable: false),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    updated_at = table.Column<long>(type: "bigint", nullable: false),
                    finished_at = table.Column<long>(type: "bigint", nullable: true),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    base_revision = table.Column<long>(type: "bigint", nullable: false),
                    state = table.Column<string>(type: "nvarchar(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_workflow_instances", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "identity_role_claims",
                columns: table => new
                {
                    id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    role_id = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    claim_type = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    claim_value = table.Column<string>(type: "nvarchar(max)", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_role_claims", x => x.id);
                    table.ForeignKey(
                        name: "fk_identity_role_claims_role_id",
                        column: x => x.role_id,
                        principalTable: "identity_roles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "identity_user_claims",
                columns: table => new
                {
                    id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    user_id = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    claim_type = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    claim_value = table.Column<string>(type: "nvarchar(max)", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_user_claims", x => x.id);
                    table.ForeignKey(
                        name: "fk_identity_user_claims_user_id",
                        column: x => x.user_id,
                        principalTable: "identity_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "identity_user_logins",
                columns: table => new
                {
                    login_provider = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    provider_key = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    provider_display_name = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    user_id = table.Column<string>(type: "nvarchar(450)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_user_logins", x => new { x.login_provider, x.provider_key });
                    table.ForeignKey(
                        name: "fk_identity_user_logins_user_id",
                        column: x => x.user_id,
                        principalTable: "identity_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "identity_user_roles",
                columns: table => new
                {
                    user_id = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    role_id = table.Column<string>(type: "nvarchar(450)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_user_roles", x => new { x.user_id, x.role_id });
                    table.ForeignKey(
                        name: "fk_identity_user_roles_role_id",
                        column: x => x.role_id,
                        principalTable: "identity_roles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_identity_user_roles_user_id",
                        column: x => x.user_id,
                        principalTable: "identity_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "identity_user_tokens",
                columns: table => new
                {
                    user_id = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    login_provider = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    name = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    value = table.Column<string>(type: "nvarchar(max)", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_user_tokens", x => new { x.user_id, x.login_provider, x.name });
                    table.ForeignKey(
                        name: "fk_identity_user_tokens_user_id",
                        column: x => x.user_id,
                        principalTable: "identity_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_activity_executions_instance_id_activity_node_id",
                table: "activity_executions",
                columns: new[] { "instance_id", "activity_node_id" });

            migrationBuilder.CreateIndex(
                name: "ix_activity_executions_instance_id_started_at",
                table: "activity_executions",
                columns: new[] { "instance_id", "started_at" });

            migrationBuilder.CreateIndex(
                name: "ix_alteration_jobs_instance_id",
                table: "alteration_jobs",
                column: "instance_id");

            migrationBuilder.CreateIndex(
                name: "ix_alteration_jobs_plan_id_state_position",
                table: "alteration_jobs",
                columns: new[] { "plan_id", "state", "position" });

            migrationBuilder.CreateIndex(
                name: "ix_alteration_plans_state_created_at",
                table: "alteration_plans",
                columns: new[] { "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_entries_at",
                table: "audit_entries",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_bookmarks_case_key_created_at",
                table: "bookmarks",
                columns: new[] { "case_key", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_bookmarks_fire_at",
                table: "bookmarks",
                column: "fire_at");

            migrationBuilder.CreateIndex(
                name: "ix_bookmarks_hash",
                table: "bookmarks",
                column: "hash");

            migrationBuilder.CreateIndex(
                name: "ix_bookmarks_instance_id",
                table: "bookmarks",
                column: "instance_id");

            migrationBuilder.CreateIndex(
                name: "ix_bookmarks_wait_owner_due_at",
                table: "bookmarks",
                columns: new[] { "wait_owner", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_calendars_loaded_at",
                table: "calendars",
                column: "loaded_at");

            migrationBuilder.CreateIndex(
                name: "ix_case_filings_case_id_created_at",
                table: "case_filings",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_case_filings_created_at_id",
                table: "case_filings",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_case_filings_department_state_created_at",
                table: "case_filings",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_case_filings_owner_state_created_at",
                table: "case_filings",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_case_filings_plan_id_created_at",
                table: "case_filings",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_case_filings_reference",
                table: "case_filings",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_case_filings_state_due_at",
                table: "case_filings",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_case_filings_target_id_created_at",
                table: "case_filings",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_cases_case_id_created_at",
                table: "cases",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_cases_case_key",
                table: "cases",
                column: "case_key");

            migrationBuilder.CreateIndex(
                name: "ix_cases_created_at_id",
                table: "cases",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_cases_department_state_created_at",
                table: "cases",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_cases_owner_state_created_at",
                table: "cases",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_cases_plan_id_created_at",
                table: "cases",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_cases_reference",
                table: "cases",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_cases_state_due_at",
                table: "cases",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_cases_target_id_created_at",
                table: "cases",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_consultations_case_id_created_at",
                table: "consultations",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_consultations_created_at_id",
                table: "consultations",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_consultations_department_state_created_at",
                table: "consultations",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_consultations_owner_state_created_at",
                table: "consultations",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_consultations_plan_id_created_at",
                table: "consultations",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_consultations_reference",
                table: "consultations",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_consultations_state_due_at",
                table: "consultations",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_consultations_target_id_created_at",
                table: "consultations",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_dead_letters_case_key",
                table: "dead_letters",
                column: "case_key");

            migrationBuilder.CreateIndex(
                name: "ix_dead_letters_created_at_id",
                table: "dead_letters",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_deadline_clocks_case_id_created_at",
                table: "deadline_clocks",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_deadline_clocks_created_at_id",
                table: "deadline_clocks",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_deadline_clocks_department_state_created_at",
                table: "deadline_clocks",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_deadline_clocks_owner_state_created_at",
                table: "deadline_clocks",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_deadline_clocks_plan_id_created_at",
                table: "deadline_clocks",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_deadline_clocks_reference",
                table: "deadline_clocks",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_deadline_clocks_state_due_at",
                table: "deadline_clocks",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_deadline_clocks_target_id_created_at",
                table: "deadline_clocks",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_departments_case_id_created_at",
                table: "departments",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_departments_created_at_id",
                table: "departments",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_departments_department_state_created_at",
                table: "departments",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_departments_owner_state_created_at",
                table: "departments",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_departments_plan_id_created_at",
                table: "departments",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_departments_reference",
                table: "departments",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_departments_state_due_at",
                table: "departments",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_departments_target_id_created_at",
                table: "departments",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_documents_case_id_created_at",
                table: "documents",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_documents_created_at_id",
                table: "documents",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_documents_department_state_created_at",
                table: "documents",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_documents_owner_state_created_at",
                table: "documents",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_documents_plan_id_created_at",
                table: "documents",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_documents_reference",
                table: "documents",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_documents_state_due_at",
                table: "documents",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_documents_target_id_created_at",
                table: "documents",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_draw_files_case_id_created_at",
                table: "draw_files",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_draw_files_created_at_id",
                table: "draw_files",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_draw_files_department_state_created_at",
                table: "draw_files",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_draw_files_owner_state_created_at",
                table: "draw_files",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_draw_files_plan_id_created_at",
                table: "draw_files",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_draw_files_reference",
                table: "draw_files",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_draw_files_state_due_at",
                table: "draw_files",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_draw_files_target_id_created_at",
                table: "draw_files",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_draw_sheets_case_id_created_at",
                table: "draw_sheets",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_draw_sheets_created_at_id",
                table: "draw_sheets",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_draw_sheets_department_state_created_at",
                table: "draw_sheets",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_draw_sheets_owner_state_created_at",
                table: "draw_sheets",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_draw_sheets_plan_id_created_at",
                table: "draw_sheets",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_draw_sheets_reference",
                table: "draw_sheets",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_draw_sheets_state_due_at",
                table: "draw_sheets",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_draw_sheets_target_id_created_at",
                table: "draw_sheets",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_elapsed_limits_case_id_created_at",
                table: "elapsed_limits",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_elapsed_limits_created_at_id",
                table: "elapsed_limits",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_elapsed_limits_department_state_created_at",
                table: "elapsed_limits",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_elapsed_limits_owner_state_created_at",
                table: "elapsed_limits",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_elapsed_limits_plan_id_created_at",
                table: "elapsed_limits",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_elapsed_limits_reference",
                table: "elapsed_limits",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_elapsed_limits_state_due_at",
                table: "elapsed_limits",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_elapsed_limits_target_id_created_at",
                table: "elapsed_limits",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_evidence_case_id_created_at",
                table: "evidence",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_evidence_created_at_id",
                table: "evidence",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_evidence_department_state_created_at",
                table: "evidence",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_evidence_owner_state_created_at",
                table: "evidence",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_evidence_plan_id_created_at",
                table: "evidence",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_evidence_reference",
                table: "evidence",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_evidence_state_due_at",
                table: "evidence",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_evidence_target_id_created_at",
                table: "evidence",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_extension_requests_case_id_created_at",
                table: "extension_requests",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_extension_requests_created_at_id",
                table: "extension_requests",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_extension_requests_department_state_created_at",
                table: "extension_requests",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_extension_requests_owner_state_created_at",
                table: "extension_requests",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_extension_requests_plan_id_created_at",
                table: "extension_requests",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_extension_requests_reference",
                table: "extension_requests",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_extension_requests_state_due_at",
                table: "extension_requests",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_extension_requests_target_id_created_at",
                table: "extension_requests",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_findings_case_id_created_at",
                table: "findings",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_findings_created_at_id",
                table: "findings",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_findings_department_state_created_at",
                table: "findings",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_findings_owner_state_created_at",
                table: "findings",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_findings_plan_id_created_at",
                table: "findings",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_findings_reference",
                table: "findings",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_findings_state_due_at",
                table: "findings",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_findings_target_id_created_at",
                table: "findings",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_idempotency_created_at",
                table: "idempotency",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_identity_role_claims_role_id",
                table: "identity_role_claims",
                column: "role_id");

            migrationBuilder.CreateIndex(
                name: "ix_identity_roles_normalized_name",
                table: "identity_roles",
                column: "normalized_name",
                unique: true,
                filter: "[normalized_name] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_identity_user_claims_user_id",
                table: "identity_user_claims",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_identity_user_logins_user_id",
                table: "identity_user_logins",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_identity_user_roles_role_id",
                table: "identity_user_roles",
                column: "role_id");

            migrationBuilder.CreateIndex(
                name: "ix_identity_users_normalized_email",
                table: "identity_users",
                column: "normalized_email");

            migrationBuilder.CreateIndex(
                name: "ix_identity_users_normalized_user_name",
                table: "identity_users",
                column: "normalized_user_name",
                unique: true,
                filter: "[normalized_user_name] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_inspection_plans_case_id_created_at",
                table: "inspection_plans",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_inspection_plans_case_key",
                table: "inspection_plans",
                column: "case_key");

            migrationBuilder.CreateIndex(
                name: "ix_inspection_plans_created_at_id",
                table: "inspection_plans",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_inspection_plans_department_state_created_at",
                table: "inspection_plans",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_inspection_plans_owner_state_created_at",
                table: "inspection_plans",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_inspection_plans_plan_id_created_at",
                table: "inspection_plans",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_inspection_plans_reference",
                table: "inspection_plans",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_inspection_plans_state_due_at",
                table: "inspection_plans",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_inspection_plans_target_id_created_at",
                table: "inspection_plans",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_inspection_teams_case_id_created_at",
                table: "inspection_teams",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_inspection_teams_case_key_department",
                table: "inspection_teams",
                columns: new[] { "case_key", "department" });

            migrationBuilder.CreateIndex(
                name: "ix_inspection_teams_created_at_id",
                table: "inspection_teams",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_inspection_teams_department_state_created_at",
                table: "inspection_teams",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_inspection_teams_owner_state_created_at",
                table: "inspection_teams",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_inspection_teams_plan_id_created_at",
                table: "inspection_teams",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_inspection_teams_reference",
                table: "inspection_teams",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_inspection_teams_state_due_at",
                table: "inspection_teams",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_inspection_teams_target_id_created_at",
                table: "inspection_teams",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_interviews_case_id_created_at",
                table: "interviews",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_interviews_created_at_id",
                table: "interviews",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_interviews_department_state_created_at",
                table: "interviews",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_interviews_owner_state_created_at",
                table: "interviews",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_interviews_plan_id_created_at",
                table: "interviews",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_interviews_reference",
                table: "interviews",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_interviews_state_due_at",
                table: "interviews",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_interviews_target_id_created_at",
                table: "interviews",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_leniency_decisions_case_id_created_at",
                table: "leniency_decisions",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_leniency_decisions_created_at_id",
                table: "leniency_decisions",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_leniency_decisions_department_state_created_at",
                table: "leniency_decisions",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_leniency_decisions_owner_state_created_at",
                table: "leniency_decisions",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_leniency_decisions_plan_id_created_at",
                table: "leniency_decisions",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_leniency_decisions_reference",
                table: "leniency_decisions",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_leniency_decisions_state_due_at",
                table: "leniency_decisions",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_leniency_decisions_target_id_created_at",
                table: "leniency_decisions",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_mailbox_id",
                table: "mailbox",
                column: "id",
                unique: true,
                filter: "[id] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_mailbox_state_available_at",
                table: "mailbox",
                columns: new[] { "state", "available_at" });

            migrationBuilder.CreateIndex(
                name: "ix_mailbox_state_hash",
                table: "mailbox",
                columns: new[] { "state", "hash" });

            migrationBuilder.CreateIndex(
                name: "ix_notices_case_id_created_at",
                table: "notices",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_notices_created_at_id",
                table: "notices",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_notices_department_state_created_at",
                table: "notices",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_notices_owner_state_created_at",
                table: "notices",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_notices_plan_id_created_at",
                table: "notices",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_notices_reference",
                table: "notices",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_notices_state_due_at",
                table: "notices",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_notices_target_id_created_at",
                table: "notices",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_officers_case_id_created_at",
                table: "officers",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_officers_created_at_id",
                table: "officers",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_officers_department_state_created_at",
                table: "officers",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_officers_owner_state_created_at",
                table: "officers",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_officers_plan_id_created_at",
                table: "officers",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_officers_reference",
                table: "officers",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_officers_state_due_at",
                table: "officers",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_officers_target_id_created_at",
                table: "officers",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_outbox_case_key_created_at",
                table: "outbox",
                columns: new[] { "case_key", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_outbox_next_attempt_at",
                table: "outbox",
                column: "next_attempt_at");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_recipient_created_at",
                table: "outbox",
                columns: new[] { "recipient", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_packages_name_version",
                table: "packages",
                columns: new[] { "name", "version" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_party_links_case_id_created_at",
                table: "party_links",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_party_links_created_at_id",
                table: "party_links",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_party_links_department_state_created_at",
                table: "party_links",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_party_links_owner_state_created_at",
                table: "party_links",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_party_links_plan_id_created_at",
                table: "party_links",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_party_links_reference",
                table: "party_links",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_party_links_state_due_at",
                table: "party_links",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_party_links_target_id_created_at",
                table: "party_links",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_party_statements_case_id_created_at",
                table: "party_statements",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_party_statements_created_at_id",
                table: "party_statements",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_party_statements_department_state_created_at",
                table: "party_statements",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_party_statements_owner_state_created_at",
                table: "party_statements",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_party_statements_plan_id_created_at",
                table: "party_statements",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_party_statements_reference",
                table: "party_statements",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_party_statements_state_due_at",
                table: "party_statements",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_party_statements_target_id_created_at",
                table: "party_statements",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_proofs_of_service_case_id_created_at",
                table: "proofs_of_service",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_proofs_of_service_created_at_id",
                table: "proofs_of_service",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_proofs_of_service_department_state_created_at",
                table: "proofs_of_service",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_proofs_of_service_owner_state_created_at",
                table: "proofs_of_service",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_proofs_of_service_plan_id_created_at",
                table: "proofs_of_service",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_proofs_of_service_reference",
                table: "proofs_of_service",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_proofs_of_service_state_due_at",
                table: "proofs_of_service",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_proofs_of_service_target_id_created_at",
                table: "proofs_of_service",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_publication_entries_case_id_created_at",
                table: "publication_entries",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_publication_entries_created_at_id",
                table: "publication_entries",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_publication_entries_department_state_created_at",
                table: "publication_entries",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_publication_entries_owner_state_created_at",
                table: "publication_entries",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_publication_entries_plan_id_created_at",
                table: "publication_entries",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_publication_entries_reference",
                table: "publication_entries",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_publication_entries_state_due_at",
                table: "publication_entries",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_publication_entries_target_id_created_at",
                table: "publication_entries",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_rectification_orders_case_id_created_at",
                table: "rectification_orders",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_rectification_orders_created_at_id",
                table: "rectification_orders",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_rectification_orders_department_state_created_at",
                table: "rectification_orders",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_rectification_orders_owner_state_created_at",
                table: "rectification_orders",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_rectification_orders_plan_id_created_at",
                table: "rectification_orders",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_rectification_orders_reference",
                table: "rectification_orders",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_rectification_orders_state_due_at",
                table: "rectification_orders",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_rectification_orders_target_id_created_at",
                table: "rectification_orders",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_rectification_packages_case_id_created_at",
                table: "rectification_packages",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_rectification_packages_created_at_id",
                table: "rectification_packages",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_rectification_packages_department_state_created_at",
                table: "rectification_packages",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_rectification_packages_owner_state_created_at",
                table: "rectification_packages",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_rectification_packages_plan_id_created_at",
                table: "rectification_packages",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_rectification_packages_reference",
                table: "rectification_packages",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_rectification_packages_state_due_at",
                table: "rectification_packages",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_rectification_packages_target_id_created_at",
                table: "rectification_packages",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_rectification_proofs_case_id_created_at",
                table: "rectification_proofs",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_rectification_proofs_created_at_id",
                table: "rectification_proofs",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_rectification_proofs_department_state_created_at",
                table: "rectification_proofs",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_rectification_proofs_owner_state_created_at",
                table: "rectification_proofs",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_rectification_proofs_plan_id_created_at",
                table: "rectification_proofs",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_rectification_proofs_reference",
                table: "rectification_proofs",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_rectification_proofs_state_due_at",
                table: "rectification_proofs",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_rectification_proofs_target_id_created_at",
                table: "rectification_proofs",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_recusals_case_id_created_at",
                table: "recusals",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_recusals_created_at_id",
                table: "recusals",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_recusals_department_state_created_at",
                table: "recusals",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_recusals_owner_state_created_at",
                table: "recusals",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_recusals_plan_id_created_at",
                table: "recusals",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_recusals_reference",
                table: "recusals",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_recusals_state_due_at",
                table: "recusals",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_recusals_target_id_created_at",
                table: "recusals",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_reinspections_case_id_created_at",
                table: "reinspections",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_reinspections_created_at_id",
                table: "reinspections",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_reinspections_department_state_created_at",
                table: "reinspections",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_reinspections_owner_state_created_at",
                table: "reinspections",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_reinspections_plan_id_created_at",
                table: "reinspections",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_reinspections_reference",
                table: "reinspections",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_reinspections_state_due_at",
                table: "reinspections",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_reinspections_target_id_created_at",
                table: "reinspections",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_schedules_definition_id",
                table: "schedules",
                column: "definition_id");

            migrationBuilder.CreateIndex(
                name: "ix_sealed_secrets_case_id_created_at",
                table: "sealed_secrets",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_sealed_secrets_created_at_id",
                table: "sealed_secrets",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_sealed_secrets_department_state_created_at",
                table: "sealed_secrets",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_sealed_secrets_owner_state_created_at",
                table: "sealed_secrets",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_sealed_secrets_plan_id_created_at",
                table: "sealed_secrets",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_sealed_secrets_reference",
                table: "sealed_secrets",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_sealed_secrets_state_due_at",
                table: "sealed_secrets",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_sealed_secrets_target_id_created_at",
                table: "sealed_secrets",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_step_limits_case_id_created_at",
                table: "step_limits",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_step_limits_created_at_id",
                table: "step_limits",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_step_limits_department_state_created_at",
                table: "step_limits",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_step_limits_owner_state_created_at",
                table: "step_limits",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_step_limits_plan_id_created_at",
                table: "step_limits",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_step_limits_reference",
                table: "step_limits",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_step_limits_state_due_at",
                table: "step_limits",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_step_limits_target_id_created_at",
                table: "step_limits",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_stop_measures_case_id_created_at",
                table: "stop_measures",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_stop_measures_created_at_id",
                table: "stop_measures",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_stop_measures_department_state_created_at",
                table: "stop_measures",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_stop_measures_owner_state_created_at",
                table: "stop_measures",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_stop_measures_plan_id_created_at",
                table: "stop_measures",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_stop_measures_reference",
                table: "stop_measures",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_stop_measures_state_due_at",
                table: "stop_measures",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_stop_measures_target_id_created_at",
                table: "stop_measures",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_substitutions_case_id_created_at",
                table: "substitutions",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_substitutions_created_at_id",
                table: "substitutions",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_substitutions_department_state_created_at",
                table: "substitutions",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_substitutions_owner_state_created_at",
                table: "substitutions",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_substitutions_plan_id_created_at",
                table: "substitutions",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_substitutions_reference",
                table: "substitutions",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_substitutions_state_due_at",
                table: "substitutions",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_substitutions_target_id_created_at",
                table: "substitutions",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_supervision_orders_case_id_created_at",
                table: "supervision_orders",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_supervision_orders_created_at_id",
                table: "supervision_orders",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_supervision_orders_department_state_created_at",
                table: "supervision_orders",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_supervision_orders_owner_state_created_at",
                table: "supervision_orders",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_supervision_orders_plan_id_created_at",
                table: "supervision_orders",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_supervision_orders_reference",
                table: "supervision_orders",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_supervision_orders_state_due_at",
                table: "supervision_orders",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_supervision_orders_target_id_created_at",
                table: "supervision_orders",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_supervision_scores_case_id_created_at",
                table: "supervision_scores",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_supervision_scores_created_at_id",
                table: "supervision_scores",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_supervision_scores_department_state_created_at",
                table: "supervision_scores",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_supervision_scores_owner_state_created_at",
                table: "supervision_scores",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_supervision_scores_plan_id_created_at",
                table: "supervision_scores",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_supervision_scores_reference",
                table: "supervision_scores",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_supervision_scores_state_due_at",
                table: "supervision_scores",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_supervision_scores_target_id_created_at",
                table: "supervision_scores",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_targets_case_id_created_at",
                table: "targets",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_targets_created_at_id",
                table: "targets",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_targets_department_state_created_at",
                table: "targets",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_targets_owner_state_created_at",
                table: "targets",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_targets_plan_id_created_at",
                table: "targets",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_targets_reference",
                table: "targets",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_targets_state_due_at",
                table: "targets",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_targets_target_id_created_at",
                table: "targets",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_towns_case_id_created_at",
                table: "towns",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_towns_created_at_id",
                table: "towns",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_towns_department_state_created_at",
                table: "towns",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_towns_owner_state_created_at",
                table: "towns",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_towns_plan_id_created_at",
                table: "towns",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_towns_reference",
                table: "towns",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_towns_state_due_at",
                table: "towns",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_towns_target_id_created_at",
                table: "towns",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_triggers_definition_id",
                table: "triggers",
                column: "definition_id");

            migrationBuilder.CreateIndex(
                name: "ix_triggers_hash",
                table: "triggers",
                column: "hash");

            migrationBuilder.CreateIndex(
                name: "ix_visits_case_id_created_at",
                table: "visits",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_visits_created_at_id",
                table: "visits",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_visits_department_state_created_at",
                table: "visits",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_visits_owner_state_created_at",
                table: "visits",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_visits_plan_id_created_at",
                table: "visits",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_visits_reference",
                table: "visits",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_visits_state_due_at",
                table: "visits",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_visits_target_id_created_at",
                table: "visits",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_warning_cards_case_id_created_at",
                table: "warning_cards",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_warning_cards_created_at_id",
                table: "warning_cards",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_warning_cards_department_state_created_at",
                table: "warning_cards",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_warning_cards_owner_state_created_at",
                table: "warning_cards",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_warning_cards_plan_id_created_at",
                table: "warning_cards",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_warning_cards_reference",
                table: "warning_cards",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_warning_cards_state_due_at",
                table: "warning_cards",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_warning_cards_target_id_created_at",
                table: "warning_cards",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_work_tasks_case_id_created_at",
                table: "work_tasks",
                columns: new[] { "case_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_work_tasks_case_key_department",
                table: "work_tasks",
                columns: new[] { "case_key", "department" });

            migrationBuilder.CreateIndex(
                name: "ix_work_tasks_created_at_id",
                table: "work_tasks",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_work_tasks_department_state_created_at",
                table: "work_tasks",
                columns: new[] { "department", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_work_tasks_owner_state_created_at",
                table: "work_tasks",
                columns: new[] { "owner", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_work_tasks_plan_id_created_at",
                table: "work_tasks",
                columns: new[] { "plan_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_work_tasks_reference",
                table: "work_tasks",
                column: "reference",
                unique: true,
                filter: "[reference] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_work_tasks_state_due_at",
                table: "work_tasks",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_work_tasks_target_id_created_at",
                table: "work_tasks",
                columns: new[] { "target_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_workflow_definitions_definition_id_version",
                table: "workflow_definitions",
                columns: new[] { "definition_id", "version" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_workflow_instances_case_key",
                table: "workflow_instances",
                column: "case_key");

            migrationBuilder.CreateIndex(
                name: "ix_workflow_instances_correlation_id",
                table: "workflow_instances",
                column: "correlation_id");

            migrationBuilder.CreateIndex(
                name: "ix_workflow_instances_created_at_id",
                table: "workflow_instances",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_workflow_instances_definition_id_sub_status_created_at",
                table: "workflow_instances",
                columns: new[] { "definition_id", "sub_status", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_workflow_instances_definition_version_id_status",
                table: "workflow_instances",
                columns: new[] { "definition_version_id", "status" });

            migrationBuilder.CreateIndex(
                name: "ix_workflow_instances_parent_instance_id",
                table: "workflow_instances",
                column: "parent_instance_id");

            migrationBuilder.CreateIndex(
                name: "ix_workflow_instances_status_sub_status_created_at",
                table: "workflow_instances",
                columns: new[] { "status", "sub_status", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_workflow_instances_updated_at_id",
                table: "workflow_instances",
                columns: new[] { "updated_at", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "activity_executions");

            migrationBuilder.DropTable(
                name: "alteration_jobs");

            migrationBuilder.DropTable(
                name: "alteration_plans");

            migrationBuilder.DropTable(
                name: "audit_entries");

            migrationBuilder.DropTable(
                name: "audit_roots");

            migrationBuilder.DropTable(
                name: "audit_seals");

            migrationBuilder.DropTable(
                name: "bookmarks");

            migrationBuilder.DropTable(
                name: "calendars");

            migrationBuilder.DropTable(
                name: "case_filings");

            migrationBuilder.DropTable(
                name: "case_locks");

            migrationBuilder.DropTable(
                name: "cases");

            migrationBuilder.DropTable(
                name: "consultations");

            migrationBuilder.DropTable(
                name: "data_protection_keys");

            migrationBuilder.DropTable(
                name: "dead_letters");

            migrationBuilder.DropTable(
                name: "deadline_clocks");

            migrationBuilder.DropTable(
                name: "departments");

            migrationBuilder.DropTable(
                name: "documents");

            migrationBuilder.DropTable(
                name: "draw_files");

            migrationBuilder.DropTable(
                name: "draw_sheets");

            migrationBuilder.DropTable(
                name: "elapsed_limits");

            migrationBuilder.DropTable(
                name: "evidence");

            migrationBuilder.DropTable(
                name: "extension_requests");

            migrationBuilder.DropTable(
                name: "findings");

            migrationBuilder.DropTable(
                name: "idempotency");

            migrationBuilder.DropTable(
                name: "identity_role_claims");

            migrationBuilder.DropTable(
                name: "identity_user_claims");

            migrationBuilder.DropTable(
                name: "identity_user_logins");

            migrationBuilder.DropTable(
                name: "identity_user_roles");

            migrationBuilder.DropTable(
                name: "identity_user_tokens");

            migrationBuilder.DropTable(
                name: "inspection_plans");

            migrationBuilder.DropTable(
                name: "inspection_teams");

            migrationBuilder.DropTable(
                name: "interviews");

            migrationBuilder.DropTable(
                name: "journal");

            migrationBuilder.DropTable(
                name: "leniency_decisions");

            migrationBuilder.DropTable(
                name: "mailbox");

            migrationBuilder.DropTable(
                name: "notices");

            migrationBuilder.DropTable(
                name: "number_series");

            migrationBuilder.DropTable(
                name: "officers");

            migrationBuilder.DropTable(
                name: "outbox");

            migrationBuilder.DropTable(
                name: "packages");

            migrationBuilder.DropTable(
                name: "party_links");

            migrationBuilder.DropTable(
                name: "party_statements");

            migrationBuilder.DropTable(
                name: "proofs_of_service");

            migrationBuilder.DropTable(
                name: "publication_entries");

            migrationBuilder.DropTable(
                name: "rectification_orders");

            migrationBuilder.DropTable(
                name: "rectification_packages");

            migrationBuilder.DropTable(
                name: "rectification_proofs");

            migrationBuilder.DropTable(
                name: "recusals");

            migrationBuilder.DropTable(
                name: "reinspections");

            migrationBuilder.DropTable(
                name: "schedules");

            migrationBuilder.DropTable(
                name: "sealed_secrets");

            migrationBuilder.DropTable(
                name: "step_limits");

            migrationBuilder.DropTable(
                name: "stop_measures");

            migrationBuilder.DropTable(
                name: "substitutions");

            migrationBuilder.DropTable(
                name: "supervision_orders");

            migrationBuilder.DropTable(
                name: "supervision_scores");

            migrationBuilder.DropTable(
                name: "targets");

            migrationBuilder.DropTable(
                name: "towns");

            migrationBuilder.DropTable(
                name: "triggers");

            migrationBuilder.DropTable(
                name: "visits");

            migrationBuilder.DropTable(
                name: "warning_cards");

            migrationBuilder.DropTable(
                name: "work_tasks");

            migrationBuilder.DropTable(
                name: "workflow_definitions");

            migrationBuilder.DropTable(
                name: "workflow_instances");

            migrationBuilder.DropTable(
                name: "identity_roles");

            migrationBuilder.DropTable(
                name: "identity_users");
        }
    }
}
