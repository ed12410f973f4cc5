using Workflows.Host.CommandLine;

namespace Workflows.Host.Messages.Push;

/// <summary>
/// Hosts of push services to which messages may go. An address comes from a browser, that is from outside: without this list anybody who can sign in could make the service send
/// requests to any machine.
/// </summary>
internal sealed class PushHosts
{
    private const int LongestAddress = 2048;
    private const int HttpsPort = 443;

    // Of Chrome, Firefox, Edge and Safari.
    private static readonly string[] WellKnown = ["fcm.googleapis.com", "*.push.services.mozilla.com", "*.notify.windows.com", "*.push.apple.com"];
    private readonly string[] _wellKnown;
    private readonly string[] _own;

    private PushHosts(string[] wellKnown, string[] own) => (_wellKnown, _own) = (wellKnown, own);

    /// <summary>The push services of the usual browsers.</summary>
    public static PushHosts Default { get; } = new(WellKnown, []);

    /// <summary>None: nothing is pushed.</summary>
    public static PushHosts None { get; } = new([], []);

    /// <summary>Whether anything may go anywhere.</summary>
    public bool Any => _wellKnown.Length + _own.Length > 0;

    /// <summary>
    /// Reads <c>WORKFLOWS_PUSH_HOSTS</c>: <c>none</c>, or hosts separated by commas, each with its port where it is another than 443; <c>default</c> among them stands for the usual
    /// browsers' services, and <c>*.</c> at the beginning for all hosts below a name.
    /// </summary>
    /// <exception cref="BadInputException">An entry is no host.</exception>
    public static PushHosts Parse(string text)
    {
        if (text == "none")
            return None;
        var entries = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(entry => entry.ToLowerInvariant()).ToList();
        var own = entries.Where(entry => entry != "default").ToArray();
        foreach (var entry in own)
        {
            if (!Uri.TryCreate($"https://{(entry.StartsWith("*.", StringComparison.Ordinal) ? entry[2..] : entry)}/", UriKind.Absolute, out var address) || address.UserInfo.Length > 0 || address.AbsolutePath != "/"
                || entry.AsSpan().ContainsAny('/', '?', '#') || entry.AsSpan().TrimStart('*').Contains('*'))
                throw new BadInputException($"WORKFLOWS_PUSH_HOSTS：应为 none，或者以逗号分隔的主机名（如 default,push.example.gov.cn:8443,*.push.example.cn），“{entry}”不是。");
        }

        return new PushHosts(entries.Contains("default") ? WellKnown : [], own);
    }

    /// <summary>The address of a subscription where messages may go there; else null.</summary>
    public Uri? Accept(string text) =>
        text.Length <= LongestAddress && Uri.TryCreate(text, UriKind.Absolute, out var address) && address is { Scheme: "https", UserInfo: "", Fragment: "" } && (Names(_own, address) || Names(_wellKnown, address))
            ? address
            : null;

    /// <summary>Whether the operator named this host outright. It may then lie in the office's own network, which is closed to all others.</summary>
    public bool MayBeInternal(string host, int port) => _own.Any(entry => entry == Written(host, port));

    private static bool Names(string[] entries, Uri address)
    {
        var written = Written(address.IdnHost.ToLowerInvariant(), address.Port);
        return entries.Any(entry => entry.StartsWith("*.", StringComparison.Ordinal) ? written.EndsWith(entry[1..], StringComparison.Ordinal) : written == entry);
    }

    private static string Written(string host, int port) => port == HttpsPort ? host.ToLowerInvariant() : FormattableString.Invariant($"{host.ToLowerInvariant()}:{port}");
}
