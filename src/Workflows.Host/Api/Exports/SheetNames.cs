using Workflows.Host.Api.Reading;
using Workflows.Host.Packages;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Exports;

/// <summary>Names instead of codes for the cells of a workbook.</summary>
internal sealed class SheetNames(AggregateReader rows, PackageCatalogue packages)
{
    private const int MostUnits = 5000;
    private const int AtOnce = 500;
    private readonly Dictionary<string, string> _departments = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _areas = new(StringComparer.Ordinal);
    private Dictionary<string, string> _scenarios = new(StringComparer.Ordinal);

    /// <summary>Reads them; before any other use.</summary>
    public async Task<SheetNames> ReadAsync(CancellationToken cancellationToken)
    {
        foreach (var record in (await rows.ListAsync<DepartmentRecord>(list => list, MostUnits, cancellationToken)).Where(record => !record.IsOfTown))
            _departments[record.Unit.Code] = record.Unit.Name;
        foreach (var record in await rows.ListAsync<TownRecord>(list => list, MostUnits, cancellationToken))
        {
            _areas[record.Town.Code] = record.Town.Name;
            _areas[record.Town.District] = record.Town.DistrictName;
        }

        _scenarios = (await packages.AllAsync(cancellationToken)).ToDictionary(scenario => scenario.Code, scenario => scenario.Name, StringComparer.Ordinal);
        return this;
    }

    /// <summary>Name of a department.</summary>
    public string Department(string? code) => code is null ? "" : _departments.GetValueOrDefault(code, code);

    /// <summary>Names of departments.</summary>
    public string Departments(IEnumerable<string> codes) => string.Join('、', codes.Select(Department));

    /// <summary>Name of a district or town.</summary>
    public string Area(string? code) => code is null ? "" : _areas.GetValueOrDefault(code, code);

    /// <summary>Name of a scenario.</summary>
    public string Scenario(string? code) => code is null ? "" : _scenarios.GetValueOrDefault(code, code);

    /// <summary>Who is named as owner, such as <c>department:HEA</c>.</summary>
    public string Owner(string? owner) => owner switch
    {
        null => "",
        _ when owner.StartsWith("party:", StringComparison.Ordinal) => "当事人",
        _ when owner.StartsWith("department:", StringComparison.Ordinal) => Department(owner["department:".Length..]),
        $"role:{Role.Dispatcher}" => "调度员",
        $"role:{Role.Supervisor}" => "督办人",
        _ => "指定人员",
    };

    /// <summary>The cases with these ids.</summary>
    public async Task<IReadOnlyDictionary<string, Case>> CasesAsync(IEnumerable<string?> wanted, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, Case>(StringComparer.Ordinal);
        foreach (var ids in wanted.OfType<string>().Distinct(StringComparer.Ordinal).Chunk(AtOnce))
        {
            foreach (var one in await rows.ListAsync<Case>(list => list.Where(row => ids.Contains(row.Id)), AtOnce, cancellationToken))
                found[one.Id] = one;
        }

        return found;
    }
}
