using System.Globalization;
using System.Text.Json;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Measures;

/// <summary>Reads facts within a scope and counts the statements.</summary>
internal sealed class MeasureReading(IFactSource facts, MeasureScope scope, WorkCalendar calendar, DateOnly today)
{
    public int Statements { get; private set; }

    public MeasureScope Scope => scope;

    public WorkCalendar Calendar => calendar;

    /// <summary>Facts of the scope's area that came to be before its end; at most a year before its beginning where <paramref name="years"/> says so.</summary>
    public async ValueTask<IReadOnlyList<Fact>> ReadAsync<T>(IReadOnlyList<string> paths, CancellationToken ct, IReadOnlyList<string>? states = null, int? years = null, bool everywhere = false)
        where T : class, IAggregate
    {
        Statements++;
        return await facts.ReadAsync<T>(
            new FactQuery(paths)
            {
                States = states,
                AreaPrefix = everywhere ? null : scope.Area,
                CreatedFrom = years is { } back ? ShanghaiTime.StartOf(scope.From.AddYears(-back)) : null,
                CreatedBefore = ShanghaiTime.PassedAt(scope.To),
            },
            ct);
    }

    /// <summary>Values of a member among the records of the scope's area that came to be in the period, each once.</summary>
    public async ValueTask<IReadOnlyList<string>> DistinctAsync<T>(string path, CancellationToken ct)
        where T : class, IAggregate
    {
        Statements++;
        return await facts.DistinctAsync<T>(
            new FactQuery(path) { AreaPrefix = scope.Area, CreatedFrom = ShanghaiTime.StartOf(scope.From), CreatedBefore = ShanghaiTime.PassedAt(scope.To) }, ct);
    }

    public bool Holds(DateOnly? day) => day is { } on && on >= scope.From && on <= scope.To;

    /// <summary>Whether a last day lies in the period and has passed.</summary>
    public bool HasPassed(DateOnly? day) => Holds(day) && day < today;

    /// <summary>The day in China of an instant as it stands in a record.</summary>
    public static DateOnly? DayOf(string? instant) =>
        instant is null ? null : ShanghaiTime.DateOf(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind));

    /// <summary>A date as it stands in a record.</summary>
    public static DateOnly? Date(string? date) => date is null ? null : DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A list as it stands in a record.</summary>
    public static IReadOnlyList<T> List<T>(string? json) => json is null ? [] : JsonSerializer.Deserialize<List<T>>(json, SupervisionJson.Options) ?? [];

    public static string Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "-";
}
