using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Messages;

/// <summary>Which way a threshold is passed.</summary>
public enum SubscriptionComparison
{
    /// <summary>The value has come to the threshold or above it.</summary>
    AtLeast,

    /// <summary>The value has fallen below the threshold.</summary>
    Below,
}

/// <summary>订阅: tells an account when a figure passes a threshold. It tells once for each time that the threshold is passed, with the morning's digest.</summary>
public sealed record MessageSubscription : SupervisionRecord
{
    /// <summary>Number of steps that are overdue.</summary>
    public const string Overdue = "overdue";

    /// <summary>Number of steps that fall due by the end of the next working day.</summary>
    public const string DueSoon = "due-soon";

    /// <summary>Id of the account.</summary>
    public required string AccountId { get; init; }

    /// <summary>What is looked at: <see cref="Overdue"/>, <see cref="DueSoon"/>, or the code of a measure, which is counted from the beginning of the year.</summary>
    public required string Measure { get; init; }

    /// <summary>Code of the unit that is meant; null for all that the account sees.</summary>
    public string? Unit { get; init; }

    /// <summary>Which way.</summary>
    public required SubscriptionComparison Comparison { get; init; }

    /// <summary>The threshold; of a rate a part of one.</summary>
    public required decimal Threshold { get; init; }

    /// <summary>Whether the threshold was passed when it was last looked at.</summary>
    public bool Reached { get; init; }

    /// <summary>Whether its account has given it up.</summary>
    public bool Ended { get; init; }

    /// <summary>Whether a value has passed the threshold.</summary>
    public bool Holds(decimal value) => Comparison == SubscriptionComparison.AtLeast ? value >= Threshold : value < Threshold;

    /// <inheritdoc/>
    protected override string StateKey => Ended ? "Ended" : "Active";

    /// <inheritdoc/>
    protected override string? KindKey => Measure;

    /// <inheritdoc/>
    protected override string? OwnerKey => AccountId;
}
