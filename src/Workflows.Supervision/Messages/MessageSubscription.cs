using System.Security.Cryptography;
using System.Text;
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

    /// <summary>Family of all subscriptions.</summary>
    public const string Family = "messages";

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

    /// <summary>Id of what an account subscribes to: one for each figure, unit and direction.</summary>
    public static string IdOf(string account, string measure, string? unit, SubscriptionComparison comparison) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{account}\n{measure}\n{unit}\n{comparison}")))[..32];

    /// <summary>A subscription as whoever acts makes or changes it.</summary>
    /// <param name="session">The session.</param>
    /// <param name="measure">What is looked at.</param>
    /// <param name="unit">Unit, or null for all that the account sees.</param>
    /// <param name="comparison">Which way.</param>
    /// <param name="threshold">The threshold.</param>
    /// <param name="known">What the account had subscribed to before under the same id, or null.</param>
    public static MessageSubscription Of(ISupervisionSession session, string measure, string? unit, SubscriptionComparison comparison, decimal threshold, MessageSubscription? known) => new()
    {
        Id = IdOf(session.Actor.Id, measure, unit, comparison), CaseKey = Family, Created = known?.Created ?? new Cause(null, session.Actor.Id, session.Actor.Name, session.Now),
        AccountId = session.Actor.Id, Department = session.Actor.Department, Measure = measure, Unit = unit, Comparison = comparison, Threshold = threshold,
        // A new threshold has not been told of.
        Reached = known is { Ended: false, Reached: true } && known.Threshold == threshold,
    };

    /// <summary>Whether a value has passed the threshold.</summary>
    public bool Holds(decimal value) => Comparison == SubscriptionComparison.AtLeast ? value >= Threshold : value < Threshold;

    /// <inheritdoc/>
    protected override string StateKey => Ended ? "Ended" : "Active";

    /// <inheritdoc/>
    protected override string? KindKey => Measure;

    /// <inheritdoc/>
    protected override string? OwnerKey => AccountId;
}
