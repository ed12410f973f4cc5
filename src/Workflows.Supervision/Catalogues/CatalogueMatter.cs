using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Catalogues;

/// <summary>What the catalogue says of a matter from a day on.</summary>
public sealed record MatterVersion
{
    /// <summary>First day on which it is in force.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day on which it is in force, or null for as long as no later version begins.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Name of the matter.</summary>
    public required string Name { get; init; }

    /// <summary>执法领域, or null.</summary>
    public string? Field { get; init; }

    /// <summary>监管部门: who manages.</summary>
    public required string Managing { get; init; }

    /// <summary>处罚部门: who enforces.</summary>
    public required string Enforcing { get; init; }

    /// <summary>Whether a lead goes to the enforcing department first; else to the managing one.</summary>
    public bool EnforcingFirst { get; init; }

    /// <summary>Legal basis as text, or null.</summary>
    public string? LegalBasis { get; init; }

    /// <summary>Scenario whose <c>lead.json</c> carries a dispatched lead through, or null.</summary>
    public string? Scenario { get; init; }

    /// <summary>Hours within which a department accepts or returns it, or null for the rule of the house.</summary>
    public int? AcceptHours { get; init; }

    /// <summary>Working days within which it is settled, or null for the rule of the house.</summary>
    public int? HandleDays { get; init; }

    /// <summary>Whether the grid may settle it by itself.</summary>
    public bool InGrid { get; init; }

    /// <summary>Whether the same source's repeated reports of one place are merged without a person.</summary>
    public bool MergesRepeats { get; init; }
}

/// <summary>管执清单: one matter in one district or city, with all versions of who manages and who enforces.</summary>
public sealed record CatalogueMatter : SupervisionRecord
{
    /// <summary>Family of all changes to catalogues.</summary>
    public const string Family = "catalogue";

    private const int CityDigits = 4;

    /// <summary>Code of the matter.</summary>
    public required string Code { get; init; }

    /// <summary>Versions in order of their first days; no two begin on one day.</summary>
    public required IReadOnlyList<MatterVersion> Versions { get; init; }

    /// <summary>Id of a matter in an area.</summary>
    /// <param name="area">Division code of the district (six digits) or city (four).</param>
    /// <param name="code">Code of the matter.</param>
    public static string IdOf(string area, string code) => $"{area}/{code}";

    /// <summary>The version that is in force on a day, or null.</summary>
    public MatterVersion? On(DateOnly day) => Versions.LastOrDefault(v => v.From <= day) is { } version && (version.To is null || day <= version.To) ? version : null;

    /// <summary>The matter with a version added, or replaced where one begins on the same day.</summary>
    public CatalogueMatter With(MatterVersion version) =>
        this with { Versions = [.. Versions.Where(v => v.From != version.From).Append(version).OrderBy(v => v.From)] };

    /// <summary>What is in force for a matter at a place: of the district, else of its city; null where neither knows it.</summary>
    /// <param name="session">The session.</param>
    /// <param name="code">Code of the matter.</param>
    /// <param name="area">Division code of the place.</param>
    /// <param name="day">The day.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public static async ValueTask<MatterVersion?> FindAsync(ISupervisionSession session, string code, string area, DateOnly day, CancellationToken cancellationToken = default)
    {
        foreach (var digits in new[] { 6, CityDigits })
        {
            if (area.Length >= digits && await session.FindAsync<CatalogueMatter>(IdOf(area[..digits], code), cancellationToken) is { } matter && matter.On(day) is { } version)
            {
                return version;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    protected override string StateKey => "Known";

    /// <inheritdoc/>
    protected override string? KindKey => Code;
}
