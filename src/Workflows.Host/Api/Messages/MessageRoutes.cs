using Workflows.Host.Access;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Reading;
using Workflows.Host.Idempotency;
using Workflows.Host.Messages;
using Workflows.Host.Paging;
using Workflows.Host.Problems;
using Workflows.Supervision.Messages;

namespace Workflows.Host.Api.Messages;

/// <summary>Messages that were opened.</summary>
/// <param name="Ids">Their ids, at most 500; null for all that are there.</param>
internal sealed record MessagesRead(IReadOnlyList<string>? Ids = null);

/// <summary>What marking has done.</summary>
/// <param name="Read">Messages that are read now and were not before.</param>
/// <param name="Unread">Messages that are still unread.</param>
internal sealed record MessagesMarked(int Read, int Unread);

/// <summary>站内消息: everybody's own list.</summary>
internal static class MessageRoutes
{
    private const int MostAtOnce = 500;

    /// <summary>Maps the routes under <c>/api/messages</c>.</summary>
    public static void MapMessages(this IEndpointRouteBuilder api)
    {
        var messages = api.MapGroup("/messages").WithTags("消息");
        messages.MapGet("", ListAsync).For(RouteAccess.Staff).WithSummary("我的消息，新的在前；unread=true 只列未读，unread 为未读总数，why 说明为何收到");
        messages.MapPost("/read", ReadAsync).For(RouteAccess.Staff).Idempotent().Produces<MessagesMarked>().WithSummary("标为已读：ids 列出消息，不填为全部（一次最多500条）");
    }

    private static Task<MessagePage> ListAsync(MessageDesk desk, Viewer viewer, PageRequest page, CancellationToken cancellationToken, bool unread = false) =>
        desk.PageAsync(viewer.Actor.Id, page, unread, cancellationToken);

    private static async Task<IResult> ReadAsync(MessagesRead asked, HttpContext context, MessageDesk desk, Viewer viewer, ChangeGate gate, CancellationToken cancellationToken)
    {
        if (asked.Ids is { Count: > MostAtOnce })
            throw new RefusedException(new Refusal(422, "too-many", "ids", $"一次最多标记{MostAtOnce}条消息：请分批。"));
        var account = viewer.Actor.Id;
        // What is not there, or somebody else's, is not among them.
        var ids = await desk.UnreadIdsAsync(account, asked.Ids, MostAtOnce, cancellationToken);
        var left = await desk.UnreadAsync(account, cancellationToken) - ids.Count;
        return await gate.CommandAsync(context, $"messages:{account}", async (session, token) =>
        {
            foreach (var id in ids)
            {
                if (await session.FindAsync<PersonalMessage>(id, token) is { ReadAt: null } message && message.AccountId == account)
                    session.Save(message with { ReadAt = session.Now });
            }

            return new MessagesMarked(ids.Count, left);
        }, cancellationToken);
    }
}
