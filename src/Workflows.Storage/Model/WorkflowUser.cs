using Microsoft.AspNetCore.Identity;

namespace Workflows.Storage.Model;

/// <summary>An account of the service, with what the row-level rules need to know of its owner.</summary>
public sealed class WorkflowUser : IdentityUser
{
    /// <summary>Name as people read it.</summary>
    [PersonalData]
    public string DisplayName { get; set; } = "";

    /// <summary>Code of the department, or null.</summary>
    public string? Department { get; set; }

    /// <summary>Code of the district or town served; null for the whole city.</summary>
    public string? Area { get; set; }

    /// <summary>Id in the roster of officers, or null.</summary>
    public string? OfficerId { get; set; }
}
