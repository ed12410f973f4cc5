using System.Text.Json;
using Workflows.Supervision.Merging;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Catalogues;

/// <summary>What an import changed.</summary>
/// <param name="Added">Versions or terms that are new.</param>
/// <param name="Replaced">Versions or terms that stood there with the same first day and said something else.</param>
/// <param name="Unchanged">Rows that said what stands there.</param>
public sealed record CatalogueChange(int Added, int Replaced, int Unchanged);

/// <summary>Takes catalogues over. Versions are added, never removed: what was in force on a day can always be told. Each change is a fact of the audit trail.</summary>
/// <param name="session">The session.</param>
public sealed class CatalogueService(ISupervisionSession session)
{
    /// <summary>Takes matters over.</summary>
    /// <exception cref="RuleViolationException"><c>other-area</c> (403): nothing is taken over.</exception>
    public async ValueTask<CatalogueChange> TakeMattersAsync(IReadOnlyList<MatterRow> rows, CancellationToken cancellationToken = default)
    {
        var counts = new Counts();
        foreach (var row in rows)
        {
            RequireArea(row.Area);
            var id = CatalogueMatter.IdOf(row.Area, row.Code);
            var known = await session.FindAsync<CatalogueMatter>(id, cancellationToken);
            var before = known?.Versions.FirstOrDefault(v => v.From == row.Version.From);
            if (counts.Count(before, row.Version))
            {
                session.Save((known is null ? New(id, row) : known with { Changed = session.Cause() }).With(row.Version));
                Note("catalogue.matter", id, row.Version.From, before, row.Version);
            }
        }

        return counts.Result;
    }

    /// <summary>Takes delegations over.</summary>
    /// <exception cref="RuleViolationException"><c>other-area</c> (403): nothing is taken over.</exception>
    public async ValueTask<CatalogueChange> TakeDelegationsAsync(IReadOnlyList<DelegationRow> rows, CancellationToken cancellationToken = default)
    {
        var counts = new Counts();
        foreach (var row in rows)
        {
            RequireArea(row.Town);
            var id = Delegation.IdOf(row.Town, row.MatterCode);
            var known = await session.FindAsync<Delegation>(id, cancellationToken);
            var before = known?.Terms.FirstOrDefault(t => t.From == row.Term.From);
            if (counts.Count(before, row.Term))
            {
                session.Save((known is null ? New(id, row) : known with { Changed = session.Cause() }).With(row.Term));
                Note("catalogue.delegation", id, row.Term.From, before, row.Term);
            }
        }

        return counts.Result;
    }

    /// <summary>Takes the list of what is merged over.</summary>
    /// <exception cref="RuleViolationException"><c>other-area</c> (403): nothing is taken over.</exception>
    public async ValueTask<CatalogueChange> TakeMergesAsync(IReadOnlyList<MergeRow> rows, CancellationToken cancellationToken = default)
    {
        var counts = new Counts();
        foreach (var row in rows)
        {
            RequireArea(row.Area);
            var id = MergeRule.IdOf(row.Area, row.Code);
            var known = await session.FindAsync<MergeRule>(id, cancellationToken);
            var before = known?.Versions.FirstOrDefault(v => v.From == row.Version.From);
            if (counts.Count(before, row.Version))
            {
                var rule = known is null
                    ? new MergeRule { Id = id, CaseKey = CatalogueMatter.Family, Area = row.Area, Created = session.Cause(), Code = row.Code, Versions = [] }
                    : known with { Changed = session.Cause() };
                session.Save(rule.With(row.Version));
                Note("catalogue.merge", id, row.Version.From, before, row.Version);
            }
        }

        return counts.Result;
    }

    private CatalogueMatter New(string id, MatterRow row) => new()
    {
        Id = id,
        CaseKey = CatalogueMatter.Family,
        Area = row.Area,
        Created = session.Cause(),
        Code = row.Code,
        Versions = [],
    };

    private Delegation New(string id, DelegationRow row) => new()
    {
        Id = id,
        CaseKey = CatalogueMatter.Family,
        Area = row.Town,
        Department = Delegation.TownDepartment,
        Created = session.Cause(),
        MatterCode = row.MatterCode,
        Terms = [],
    };

    private void RequireArea(string area)
    {
        if (session.Actor.Area is { } own && !area.StartsWith(own, StringComparison.Ordinal))
        {
            throw Refusal.Forbidden("other-area", "file", $"清单含有其他区域（{area}）的行：只能导入本区域的清单，文件未作任何改变。");
        }
    }

    private void Note(string kind, string id, DateOnly from, object? before, object after) => session.Audit(new AuditFact(
        CatalogueMatter.Family, kind, new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["id"] = id,
            ["from"] = from.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            ["actor"] = session.Actor.Id,
            ["before"] = before is null ? null : JsonSerializer.Serialize(before, before.GetType(), SupervisionJson.Options),
            ["after"] = JsonSerializer.Serialize(after, after.GetType(), SupervisionJson.Options),
        }));

    private sealed class Counts
    {
        public CatalogueChange Result { get; private set; } = new(0, 0, 0);

        /// <summary>Whether a row changes something.</summary>
        public bool Count<T>(T? before, T after)
            where T : class
        {
            Result = before is null ? Result with { Added = Result.Added + 1 }
                : before.Equals(after) ? Result with { Unchanged = Result.Unchanged + 1 }
                : Result with { Replaced = Result.Replaced + 1 };
            return !after.Equals(before);
        }
    }
}
