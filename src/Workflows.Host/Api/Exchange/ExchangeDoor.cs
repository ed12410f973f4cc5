using Workflows.Host.Api.Reading;
using Workflows.Host.Problems;
using Workflows.Supervision.Exchange;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Exchange;

/// <summary>
/// Who exchanges with which platform: people of its area, and the platform's own account, whose department is the platform's code. What is out of reach does not exist (404).
/// </summary>
internal sealed class ExchangeDoor(AggregateReader rows, Viewer viewer)
{
    /// <summary>The platform as this person may use it.</summary>
    public async ValueTask<ExchangePlatform> PlatformAsync(string code, CancellationToken cancellationToken) =>
        await rows.FindAsync<ExchangePlatform>(code, cancellationToken) is { Closed: false } platform && IsOpenTo(platform, viewer.Actor) ? platform : throw Viewer.NotFound("互联平台");

    /// <summary>The kind of a path.</summary>
    public static ExchangeKind KindOf(string path) => Enum.TryParse<ExchangeKind>(path, ignoreCase: true, out var kind) && Enum.IsDefined(kind) && path.All(char.IsAsciiLetter)
        ? kind
        : throw new RefusedException(new Refusal(404, "not-found", "kind", $"没有此类交换内容：{string.Join('、', Enum.GetNames<ExchangeKind>().Select(name => name.ToLowerInvariant()))}。"));

    /// <summary>The case of a number, if it lies in the area of both.</summary>
    public async ValueTask<Case?> CaseAsync(ExchangePlatform platform, string number, CancellationToken cancellationToken) =>
        await rows.ReferredAsync<Case>(number, cancellationToken) is { } one && Reaches(platform, one.Area) ? one : null;

    /// <summary>Whether an area lies in that of the platform and of whoever asks.</summary>
    public bool Reaches(ExchangePlatform platform, string? area) =>
        (platform.Area is null || area?.StartsWith(platform.Area, StringComparison.Ordinal) == true) && viewer.Sight.SeesArea(area);

    /// <summary>Whether a person may see the platform.</summary>
    public static bool IsOpenTo(ExchangePlatform platform, Actor actor) => actor.Is(Role.Platform)
        ? actor.Department == platform.Id
        : actor.Area is null || platform.Area is null || platform.Area.StartsWith(actor.Area, StringComparison.Ordinal) || actor.Area.StartsWith(platform.Area, StringComparison.Ordinal);
}
