using System.Text.RegularExpressions;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Messages;

/// <summary>
/// All that a text for the outside is made of: number, due date, link and kind (practice.md 14). Each has a form into which no name and no fact fits; what has
/// another form is left out.
/// </summary>
internal sealed partial record OutsideFields
{
    private OutsideFields(string kind) => Kind = kind;

    /// <summary>Kind of message; the catalogue prints it only where it lists it.</summary>
    public string Kind { get; }

    /// <summary>Number of the matter: an id, or a number with its year in brackets.</summary>
    public string? Number { get; private init; }

    /// <summary>Last day (Asia/Shanghai).</summary>
    public DateOnly? Due { get; private init; }

    /// <summary>Address at which the matter is seen after signing in.</summary>
    public string? Link { get; private init; }

    /// <summary>The fields of a message.</summary>
    /// <param name="kind">Kind.</param>
    /// <param name="subject">What it is about, or null.</param>
    /// <param name="publicAddress">Address under which people reach this service, or null for a bare path.</param>
    /// <param name="hasAccount">Whether the receiver can sign in; who cannot gets no link.</param>
    public static OutsideFields Of(string kind, OutboxSubject? subject, Uri? publicAddress, bool hasAccount = true) => new(kind)
    {
        Number = subject?.Number is { } number && NumberForm().IsMatch(number) ? number : null,
        Due = subject?.Due,
        Link = hasAccount && subject?.Link is { } link && PathForm().IsMatch(link) ? publicAddress is null ? link : new Uri(publicAddress, link).AbsoluteUri : null,
    };

    [GeneratedRegex(@"^(?:[A-Za-z0-9:_-]{1,64}|[\u4e00-\u9fff]{1,16}〔[0-9]{4}〕第?[0-9]{1,6}号)\z")]
    private static partial Regex NumberForm();

    [GeneratedRegex(@"^/[a-z-]{1,24}(?:/[A-Za-z0-9:_-]{1,64})?\z")]
    private static partial Regex PathForm();
}
