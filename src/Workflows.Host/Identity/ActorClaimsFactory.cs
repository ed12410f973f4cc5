using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Workflows.Host.Access;
using Workflows.Storage.Model;

namespace Workflows.Host.Identity;

/// <summary>Puts into a token what the row-level rules need: department, area, officer and name.</summary>
internal sealed class ActorClaimsFactory(UserManager<WorkflowUser> users, RoleManager<IdentityRole> roles, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<WorkflowUser, IdentityRole>(users, roles, options)
{
    /// <inheritdoc/>
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(WorkflowUser user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        Add(ClaimNames.DisplayName, user.DisplayName);
        Add(ClaimNames.Department, user.Department);
        Add(ClaimNames.Area, user.Area);
        Add(ClaimNames.Officer, user.OfficerId);
        return identity;

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                identity.AddClaim(new Claim(name, value));
        }
    }
}
