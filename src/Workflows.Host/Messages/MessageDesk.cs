using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Workflows.Host.Paging;
using Workflows.Storage.Model;
using Workflows.Supervision.Messages;

namespace Workflows.Host.Messages;

/// <summary>A message as its receiver reads it.</summary>
/// <param name="Id">Id.</param>
/// <param name="Kind">Kind, such as 黄牌.</param>
/// <param name="Text">Text.</param>
/// <param name="Number">Number of the matter, or null.</param>
/// <param name="Due">Last day, or null.</param>
/// <param name="Link">Path of the matter, such as <c>/cases/{id}</c>, <c>/plans/{id}</c>, <c>/leads/{id}</c>, or null.</param>
/// <param name="CaseId">Case, or null.</param>
/// <param name="Urgent">Whether it passes quiet hours.</param>
/// <param name="At">When it came to be, UTC.</param>
/// <param name="ReadAt">When it was opened, or null.</param>
/// <param name="Why">Why it is here, in one sentence.</param>
/// <param name="Reasons">The same in parts.</param>
/// <param name="Lines">What a digest lists; empty for other messages.</param>
internal sealed record MessageShape(
    string Id, string Kind, string Text, string? Number, DateOnly? Due, string? Link, string? CaseId, bool Urgent, DateTimeOffset At, DateTimeOffset? ReadAt, string Why,
    IReadOnlyList<MessageReason> Reasons, IReadOnlyList<MessageLine> Lines)
{
    /// <summary>The shape of a message.</summary>
    public static MessageShape Of(PersonalMessage message) => new(
        message.Id, message.Kind, message.Text, message.Number, message.Due, message.Link, message.CaseId, message.Urgent, message.Created.At, message.ReadAt, WhyOf(message), message.Reasons, message.Lines);

    private static string WhyOf(PersonalMessage message) =>
        $"因为您是{string.Join("，也是", message.Reasons.Select(reason => reason.Capacity).Distinct(StringComparer.Ordinal))}，{(message.Number is { } number ? $"{number}发出了“{message.Kind}”" : $"系统发出了“{message.Kind}”")}。";
}

/// <summary>One page of messages, newest first.</summary>
/// <param name="Items">The messages.</param>
/// <param name="Next">Value for <c>?after=</c> of the next page; null on the last.</param>
/// <param name="Unread">All messages of the account that were not opened.</param>
internal sealed record MessagePage(IReadOnlyList<MessageShape> Items, string? Next, int Unread);

/// <summary>The list of messages of an account.</summary>
internal sealed class MessageDesk(WorkflowsDbContext database)
{
    /// <summary>One page, newest first.</summary>
    public async Task<MessagePage> PageAsync(string accountId, PageRequest page, bool unreadOnly, CancellationToken cancellationToken)
    {
        var query = Of(accountId);
        if (unreadOnly)
            query = query.Where(row => row.State == PersonalMessage.Unread);
        if (page.After is { } last)
            query = query.Where(row => row.CreatedAt < last.CreatedAt || row.CreatedAt == last.CreatedAt && string.Compare(row.Id, last.Id) < 0);
        var rows = await query.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).Take(page.Take + 1).Select(row => row.Body).ToListAsync(cancellationToken);
        var shaped = page.Shape([.. rows.Select(Read)], message => new Cursor(message.Created.At, message.Id), MessageShape.Of);
        return new MessagePage(shaped.Items, shaped.Next, await UnreadAsync(accountId, cancellationToken));
    }

    /// <summary>How many were not opened.</summary>
    public Task<int> UnreadAsync(string accountId, CancellationToken cancellationToken) => Of(accountId).CountAsync(row => row.State == PersonalMessage.Unread, cancellationToken);

    /// <summary>Ids of messages that were not opened: of those asked for, or of all; at most <paramref name="most"/>.</summary>
    public Task<List<string>> UnreadIdsAsync(string accountId, IReadOnlyList<string>? ids, int most, CancellationToken cancellationToken) =>
        Of(accountId).Where(row => row.State == PersonalMessage.Unread && (ids == null || ids.Contains(row.Id))).OrderBy(row => row.CreatedAt).Select(row => row.Id).Take(most).ToListAsync(cancellationToken);

    private IQueryable<AggregateRow<PersonalMessage>> Of(string accountId) => database.Set<AggregateRow<PersonalMessage>>().AsNoTracking().Where(row => row.Owner == accountId);

    private static PersonalMessage Read(string body) => JsonSerializer.Deserialize<PersonalMessage>(body, StorageJson.Options) ?? throw new InvalidDataException("A message is empty.");
}
