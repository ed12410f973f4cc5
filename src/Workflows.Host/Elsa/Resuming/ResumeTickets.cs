using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Workflows.Host.Composition;

namespace Workflows.Host.Elsa.Resuming;

/// <summary>What the holder of a signed address may do: answer one task, resume one wait, or raise one event.</summary>
internal sealed record ResumeTicket
{
    /// <summary>Task of an outside worker (RunTask), or null.</summary>
    public string? TaskId { get; init; }

    /// <summary>Wait, or null.</summary>
    public string? BookmarkId { get; init; }

    /// <summary>Event, or null.</summary>
    public string? EventName { get; init; }

    /// <summary>Only instances with this correlation id; null for all.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Only this instance; null for all.</summary>
    public string? InstanceId { get; init; }

    /// <summary>Until when, UTC, by the machine's clock.</summary>
    public DateTimeOffset Expires { get; init; }
}

/// <summary>
/// Makes and reads the tokens of signed addresses: data protection with a purpose of their own, so that no other token of the service
/// opens them. They expire; a wait that was resumed is gone, so that it is resumed once.
/// </summary>
internal sealed class ResumeTickets(IDataProtectionProvider protection, ServeSettings settings)
{
    /// <summary>How long an address can be used.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    /// <summary>Longest token that is looked at, in characters.</summary>
    public const int LongestToken = 4096;

    private readonly IDataProtector _protector = protection.CreateProtector("Workflows.Elsa.Resuming", "v1");

    /// <summary>The token of a ticket, which then expires after <see cref="Lifetime"/>.</summary>
    public string Issue(ResumeTicket ticket) =>
        _protector.Protect(JsonSerializer.Serialize(ticket with { Expires = settings.WallClock.GetUtcNow() + Lifetime }, ElsaJson.Options));

    /// <summary>The ticket of a token; null where it was not made here or has expired.</summary>
    public ResumeTicket? Read(string? token)
    {
        if (string.IsNullOrEmpty(token) || token.Length > LongestToken)
            return null;
        try
        {
            var ticket = JsonSerializer.Deserialize<ResumeTicket>(_protector.Unprotect(token), ElsaJson.Options);
            return ticket?.Expires > settings.WallClock.GetUtcNow() ? ticket : null;
        }
        catch (Exception wrong) when (wrong is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }
}
