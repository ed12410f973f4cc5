namespace Workflows.Supervision.Sessions;

/// <summary>What kind of refusal a broken rule is; the host maps it to a status code.</summary>
public enum RefusalKind
{
    /// <summary>A field is missing or wrong (422).</summary>
    Invalid,

    /// <summary>The actor may not do this (403).</summary>
    Forbidden,

    /// <summary>It does not exist for this actor (404).</summary>
    NotFound,

    /// <summary>It can no longer be done, or not yet (409).</summary>
    Conflict,
}

/// <summary>
/// A rule of the domain forbids what was asked, and the kind of refusal is known. A person's request is refused whole and
/// nothing changes; inside a burst of the clock it becomes an incident. One <c>catch</c> of
/// <see cref="DomainRuleException"/> serves both.
/// </summary>
public sealed class RuleViolationException : DomainRuleException
{
    /// <summary>Creates a refusal.</summary>
    /// <param name="kind">Kind of refusal.</param>
    /// <param name="code">Stable code of the rule, such as <c>two-officers</c>.</param>
    /// <param name="field">Field or place it concerns, such as <c>officers[1].certificate</c>; empty for the whole.</param>
    /// <param name="message">What is wrong and what to do, in Chinese.</param>
    public RuleViolationException(RefusalKind kind, string code, string field, string message)
        : base(code, message, field) => Kind = kind;

    /// <summary>Kind of refusal.</summary>
    public RefusalKind Kind { get; }

    /// <summary>Field or place, or empty.</summary>
    public new string Field => base.Field ?? "";
}
