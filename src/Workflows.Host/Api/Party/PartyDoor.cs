using Workflows.Host.Access;
using Workflows.Host.Api.Reading;
using Workflows.Host.Problems;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Host.Api.Party;

/// <summary>
/// The way in of those who hold a link: the party of a case in that case only, the firm or committee of an estate in what it is bound to. A token that opens nothing is not found (404); where it
/// is known — expired, revoked, or of the other kind — the try stands in the audit trail under the name of its holder.
/// </summary>
internal sealed class PartyDoor(AggregateReader rows, IHttpContextAccessor accessor, TimeProvider clock)
{
    /// <summary>Link and case of a token, with the party as actor.</summary>
    public async ValueTask<(PartyLink Link, Case Case, Actor Actor)> OpenAsync(string token, CancellationToken cancellationToken) =>
        await FindAsync(token, cancellationToken) is { CaseId: { } caseId, Estate: null } link && await rows.FindAsync<Case>(caseId, cancellationToken) is { } subject
            ? (link, subject, link.Holder)
            : throw Unknown();

    /// <summary>Link of a token of the firm or committee of an estate.</summary>
    public async ValueTask<PartyLink> OpenEstateAsync(string token, CancellationToken cancellationToken) =>
        await FindAsync(token, cancellationToken) is { Estate: not null } link ? link : throw Unknown();

    // Whoever holds a known token is heard of, also where it opens nothing any more.
    private async ValueTask<PartyLink?> FindAsync(string token, CancellationToken cancellationToken)
    {
        if (token.Length is < 32 or > 128 || await rows.ReferredAsync<PartyLink>(PartyLink.HashOf(token), cancellationToken) is not { } link)
            return null;
        accessor.HttpContext?.Features.Set(new RefusedCaller(link.Holder));
        return link.Revoked || link.ExpiresAt <= clock.GetUtcNow() ? null : link;
    }

    private static RefusedException Unknown() => new(new Refusal(404, "link-unknown", "token", "链接无效或已过期：请联系执法人员重新获取。"));
}
