namespace Workflows.Supervision.Sessions;

/// <summary>Who causes a change: a signed-in person, a party with a token, or the clock.</summary>
public sealed record Actor
{
    /// <summary>The clock: timers, schedules and what follows from them.</summary>
    public static Actor Clock { get; } = new() { Id = "clock", Name = "系统时钟" };

    /// <summary>User id, <c>party:&lt;target id&gt;</c> or <c>clock</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Name as people read it.</summary>
    public required string Name { get; init; }

    /// <summary>Roles (see <see cref="Role"/>).</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Code of the department it belongs to, or null.</summary>
    public string? Department { get; init; }

    /// <summary>Code of the district or town it serves; its data and what lies below are its own; null for the whole city.</summary>
    public string? Area { get; init; }

    /// <summary>Id in the roster of officers, or null for people who are no certified officers.</summary>
    public string? OfficerId { get; init; }

    /// <summary>Whether it is a person who can be told that the input was refused.</summary>
    public bool IsPerson => Id != Clock.Id;

    /// <summary>Whether it has the role.</summary>
    public bool Is(string role) => Roles.Contains(role, StringComparer.Ordinal);
}

/// <summary>The roles of the service (scenarios.md 0.1, practice.md 11).</summary>
public static class Role
{
    /// <summary>场景分析师: edits scenarios.</summary>
    public const string Analyst = "analyst";

    /// <summary>执法人员: certified officer.</summary>
    public const string Inspector = "inspector";

    /// <summary>辅助人员: records, never decides.</summary>
    public const string Assistant = "assistant";

    /// <summary>部门负责人: approves for a department.</summary>
    public const string DepartmentHead = "department-head";

    /// <summary>法制审核员.</summary>
    public const string LegalReviewer = "legal-reviewer";

    /// <summary>督办人.</summary>
    public const string Supervisor = "supervisor";

    /// <summary>调度员 of the command centre.</summary>
    public const string Dispatcher = "dispatcher";

    /// <summary>公示审核.</summary>
    public const string PublicationReviewer = "publication-reviewer";

    /// <summary>执法监督员: reads everything of its area, changes nothing.</summary>
    public const string Auditor = "auditor";

    /// <summary>系统管理员.</summary>
    public const string Administrator = "administrator";

    /// <summary>互联平台: account of another system, whose department is the platform's code; exchanges work and sees nothing else.</summary>
    public const string Platform = "platform";

    /// <summary>当事人, by token.</summary>
    public const string Party = "party";
}
