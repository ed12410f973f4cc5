using System.Security.Cryptography;
using System.Text;
using Workflows.Host.Access;
using Workflows.Host.Api.Reading;
using Workflows.Host.Problems;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Host.Api.Party;

/// <summary>The way in of a party: whoever holds the token of a valid link acts for the party, in the case of the link only.</summary>
internal sealed class PartyDoor(AggregateReader rows, IHttpContextAccessor accessor, TimeProvider clock)
{
    /// <summary>Link and case of a token, with the party as actor; an unknown, expired or revoked token is not found (404).</summary>
    public async ValueTask<(PartyLink Link, Case Case, Actor Actor)> OpenAsync(string token, CancellationToken cancellationToken)
    {
        if (token.Length is >= 32 and <= 128
            && await rows.ReferredAsync<PartyLink>(HashOf(token), cancellationToken) is { Revoked: false, CaseId: { } caseId } link
            && link.ExpiresAt > clock.GetUtcNow()
            && await rows.FindAsync<Case>(caseId, cancellationToken) is { } subject)
        {
            var party = new Actor { Id = $"party:{link.TargetId}", Name = "当事人", Roles = [Role.Party], Area = link.Area };
            accessor.HttpContext?.Features.Set(new RefusedCaller(party));
            return (link, subject, party);
        }

        throw new RefusedException(new Refusal(404, "link-unknown", "token", "链接无效或已过期：请联系执法人员重新获取。"));
    }

    private static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
