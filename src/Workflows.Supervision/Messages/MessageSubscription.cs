using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Messages;

/// <summary>订阅: tells an account when a count reaches a threshold. It tells once for each time that the threshold is reached from below.</summary>
public sealed record MessageSubscription : SupervisionRecord
{
    /// <summary>Number of steps that are overdue.</summary>
    public const string Overdue = "overdue";

    /// <summary>Number of steps that fall due by the end of the next working day.</summary>
    public const string DueSoon = "due-soon";

    /// <summary>Id of the account.</summary>
    public required string AccountId { get; init; }

    /// <summary>What is counted: <see cref="Overdue"/> or <see cref="DueSoon"/>.</summary>
    public required string Measure { get; init; }

    /// <summary>Code of the unit whose steps count; null for all that the account sees.</summary>
    public string? Unit { get; init; }

    /// <summary>The threshold, from 1.</summary>
    public required int AtLeast { get; init; }

    /// <summary>Whether the count stood at the threshold or above when it was last looked at.</summary>
    public bool Reached { get; init; }

    /// <inheritdoc/>
    protected override string StateKey => "Active";

    /// <inheritdoc/>
    protected override string? KindKey => Measure;

    /// <inheritdoc/>
    protected override string? OwnerKey => AccountId;
}
