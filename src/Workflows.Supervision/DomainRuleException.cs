namespace Workflows.Supervision;

/// <summary>
/// A rule of the domain forbids what was asked. Nothing has changed. The message is Chinese and meant for the user;
/// it names the field or place and the remedy, <see cref="Code"/> is stable and meant for programs and tests.
/// </summary>
public class DomainRuleException : Exception
{
    /// <summary>Refuses with a stable code, a message in Chinese and, where one is to blame, the field.</summary>
    /// <param name="code">Stable code in kebab case, such as <c>clock-already-paused</c>.</param>
    /// <param name="message">Chinese text: what is wrong, where, and what to do.</param>
    /// <param name="field">The field or place at fault, or null.</param>
    public DomainRuleException(string code, string message, string? field = null)
        : base(message)
    {
        Code = code;
        Field = field;
    }

    /// <summary>Stable code of the broken rule.</summary>
    public string Code { get; }

    /// <summary>The field or place at fault, or null.</summary>
    public string? Field { get; }
}
