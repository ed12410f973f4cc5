using System.Security.Claims;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Access;

/// <summary>The claims of a token beyond those of the framework, and the <see cref="Actor"/> they stand for.</summary>
internal static class ClaimNames
{
    /// <summary>Name as people read it.</summary>
    public const string DisplayName = "display-name";

    /// <summary>Code of the department.</summary>
    public const string Department = "department";

    /// <summary>Code of the district or town.</summary>
    public const string Area = "area";

    /// <summary>Id in the roster of officers.</summary>
    public const string Officer = "officer";

    /// <summary>Who is signed in.</summary>
    public static Actor ToActor(this ClaimsPrincipal principal)
    {
        var id = principal.FindFirstValue(ClaimTypes.NameIdentifier)
            ?? throw new InvalidOperationException("The route answers only people who are signed in.");
        return new Actor
        {
            Id = id,
            Name = principal.FindFirstValue(DisplayName) ?? principal.Identity?.Name ?? id,
            // Those of the token itself: what a deputy may read besides makes it nobody else.
            Roles = [.. (principal.Identities.First().FindAll(ClaimTypes.Role)).Select(claim => claim.Value)],
            Department = principal.FindFirstValue(Department),
            Area = principal.FindFirstValue(Area),
            OfficerId = principal.FindFirstValue(Officer),
        };
    }
}
