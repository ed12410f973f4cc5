using System.Text.Json.Nodes;

namespace Workflows.Engine.Bookmarks;

/// <summary>
/// A place where an activity waits, as Elsa's bookmark, with three things more: the time at which the wait ends by itself,
/// and the name and owner under which people see it. A bookmark with a <see cref="DueAt"/> is the durable timer of its activity:
/// the store keeps one row for it, deleted in the transaction of its effect.
/// </summary>
public sealed record Bookmark
{
    /// <summary>Identifier, 16 hex characters, derived from the stimulus that caused it.</summary>
    public required string Id { get; init; }

    /// <summary>Name of the stimulus that resumes it; by default the activity's type name (Elsa concept).</summary>
    public required string Name { get; init; }

    /// <summary>Upper-case hex SHA-256 over name, payload and, where asked, the activity instance (Elsa's stimulus hash).</summary>
    public required string Hash { get; init; }

    /// <summary>The stimulus payload that was hashed, or null.</summary>
    public JsonNode? Payload { get; init; }

    /// <summary>Id of the activity in the definition.</summary>
    public required string ActivityId { get; init; }

    /// <summary>Ids of the ancestors and of the activity joined by ":", from the workflow down.</summary>
    public required string ActivityNodeId { get; init; }

    /// <summary>Id of the activity execution that waits.</summary>
    public required string ActivityInstanceId { get; init; }

    /// <summary>When the wait began (time of the stimulus).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the wait ends by itself; null waits without limit for its stimulus.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>What is waited for, in the users' language; null for waits that only the engine knows.</summary>
    public string? WaitName { get; init; }

    /// <summary>Who has to act, as an opaque reference of the domain (for instance <c>department:FIR</c>); null for the clock.</summary>
    public string? WaitOwner { get; init; }

    /// <summary>Removed when it is resumed (default).</summary>
    public bool AutoBurn { get; init; } = true;

    /// <summary>Without a callback the activity completes with <c>Done</c> when resumed (default).</summary>
    public bool AutoComplete { get; init; } = true;

    /// <summary>Name of the method of the activity that is called on resumption; null for none.</summary>
    public string? CallbackMethodName { get; init; }

    /// <summary>Further data of the activity, never hashed.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>
    /// Ids of activities on other branches (<c>WatchedActivityIds</c>): when one of them completes or is cancelled while this bookmark is open,
    /// the bookmark is resumed in the same burst with the input <c>{"Watched": id}</c>. Null for none.
    /// </summary>
    public IReadOnlyList<string>? CompletesWith { get; init; }
}
