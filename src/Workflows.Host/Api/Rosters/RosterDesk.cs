using System.Text.Json;
using Workflows.Host.Api.Changes;
using Workflows.Host.Json;
using Workflows.Host.Paging;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Rosters;

/// <summary>Kinds of rosters.</summary>
internal enum RosterKind
{
    /// <summary>部门.</summary>
    Departments,

    /// <summary>镇街.</summary>
    Towns,

    /// <summary>检查对象.</summary>
    Targets,

    /// <summary>执法人员.</summary>
    Officers,
}

/// <summary>How a file is taken over.</summary>
/// <param name="DryRun">Only report, change nothing.</param>
/// <param name="AcceptGood">Take over the good rows of a file that has errors; else such a file changes nothing.</param>
internal sealed record RosterOrder(bool DryRun = false, bool AcceptGood = false);

/// <summary>What the documents of an organ print of it.</summary>
/// <param name="Contact">Contact person or desk.</param>
/// <param name="Phone">Telephone.</param>
/// <param name="Address">Address.</param>
/// <param name="Reconsideration">行政复议机关.</param>
/// <param name="Court">Court for 行政诉讼.</param>
internal sealed record OrganContact(string Contact, string Phone, string Address, string Reconsideration, string Court)
{
    /// <summary>What was set of an organ; empty where nothing was.</summary>
    public static OrganContact Of(DepartmentRecord unit) => new(unit.Contact ?? "", unit.Phone ?? "", unit.Address ?? "", unit.Reconsideration ?? "", unit.Court ?? "");
}

/// <summary>What became of a file.</summary>
/// <param name="Kind">Kind of roster.</param>
/// <param name="Encoding">How the file was read.</param>
/// <param name="RowsRead">Rows in the file.</param>
/// <param name="RowsInError">Rows with problems.</param>
/// <param name="RowsTaken">Rows that were taken over, or would be.</param>
/// <param name="DryRun">Whether nothing was written.</param>
/// <param name="Problems">What is wrong, line by line.</param>
internal sealed record RosterReport(RosterKind Kind, string Encoding, int RowsRead, int RowsInError, int RowsTaken, bool DryRun, IReadOnlyList<ImportProblem> Problems);

/// <summary>What became of a file.</summary>
/// <param name="Report">What it holds.</param>
/// <param name="Taken">The change that took its rows over, with the answer to give; null where nothing was changed.</param>
internal sealed record RosterTakeover(RosterReport Report, StimulusResult? Taken);

/// <summary>Takes roster files over: one file is one change of the roster of its district.</summary>
internal sealed class RosterDesk(IStimulusGate gate, Reading.AggregateReader rows, ChangeGate changes)
{
    private const int MostDepartments = 10_000;
    private const int MostTowns = 100_000;

    /// <summary>Reads a file and, unless it has errors or is only tried, takes its rows over in one commit.</summary>
    /// <param name="kind">Kind of roster.</param>
    /// <param name="csv">The file.</param>
    /// <param name="order">How it is taken over.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <param name="actor">Who asks; null for the service itself.</param>
    /// <param name="idempotency">The caller's key, or null.</param>
    public async Task<RosterTakeover> ImportAsync(
        RosterKind kind, Stream csv, RosterOrder order, CancellationToken cancellationToken, Actor? actor = null, IdempotencyKey? idempotency = null)
    {
        var (report, save) = await ReadAsync(kind, csv, order, cancellationToken);
        if (order.DryRun || report.RowsTaken == 0)
            return new RosterTakeover(report, null);
        var result = await changes.SendAsync(new DomainCommand
        {
            Key = changes.NewKey(),
            CaseKey = "roster",
            Actor = actor ?? Actor.Clock,
            Idempotency = idempotency,
            Answering = (_, _, _) => ValueTask.FromResult(JsonSerializer.Serialize(report, HostJson.Options)),
            Execute = async (session, _, _) =>
            {
                await save(session);
                session.Audit(new AuditFact("roster", "roster.imported", new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["kind"] = kind.ToString(),
                    ["rows"] = report.RowsTaken.ToString(System.Globalization.CultureInfo.InvariantCulture),
                    ["errors"] = report.RowsInError.ToString(System.Globalization.CultureInfo.InvariantCulture),
                }));
                return report;
            },
        }, cancellationToken);
        return new RosterTakeover(report, result);
    }

    /// <summary>Sets what the documents of an organ print of it.</summary>
    /// <param name="id">District and code, such as <c>330203/FIR</c>.</param>
    /// <param name="contact">What they print.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public Task<DepartmentRecord> SetContactAsync(string id, OrganContact contact, Actor actor, CancellationToken cancellationToken) =>
        changes.RefusingAsync(() => gate.CommandAsync(changes.NewKey(), "roster", actor, async (session, token) =>
        {
            var known = await session.FindAsync<DepartmentRecord>(id, token)
                ?? throw new RuleViolationException(RefusalKind.NotFound, "not-found", "code", "没有此部门：请先导入部门名录。");
            var changed = known with
            {
                Contact = contact.Contact,
                Phone = contact.Phone,
                Address = contact.Address,
                Reconsideration = contact.Reconsideration,
                Court = contact.Court,
                Changed = new Cause(null, session.Actor.Id, session.Actor.Name, session.Now),
            };
            session.Save(changed);
            session.Audit(new AuditFact("roster", "organ.contact-changed", new Dictionary<string, string?>(StringComparer.Ordinal) { ["organ"] = id }));
            return changed;
        }, cancellationToken: cancellationToken).AsTask());

    private async Task<(RosterReport Report, Func<ISupervisionSession, ValueTask> Save)> ReadAsync(RosterKind kind, Stream csv, RosterOrder order, CancellationToken cancellationToken)
    {
        var options = new RosterImportOptions { AcceptGoodRows = order.AcceptGood, LargestFile = (int)Limits.RequestLimits.UploadBytes };
        switch (kind)
        {
            case RosterKind.Departments:
                return Result(kind, order, RosterImport.ParseDepartments(csv, options), DepartmentRecord.Of);
            case RosterKind.Towns:
                return Result(kind, order, RosterImport.ParseTowns(csv, options), TownRecord.Of);
            case RosterKind.Targets:
                return Result(kind, order, RosterImport.ParseTargets(csv, await KnownAsync(options, cancellationToken)), TargetRecord.Of);
            default:
                var known = await rows.ListAsync<DepartmentRecord>(query => query, MostDepartments, cancellationToken);
                var districts = known.Where(record => !record.IsOfTown).GroupBy(record => record.Unit.Code).ToDictionary(group => group.Key, group => group.First().Unit.District);
                return Result(kind, order, RosterImport.ParseOfficers(csv, await KnownAsync(options, cancellationToken)),
                    (officer, cause) => OfficerRecord.Of(officer, officer.ServingTown is { Length: >= 6 } town ? town[..6] : districts.GetValueOrDefault(officer.Department, ""), cause));
        }
    }

    private async Task<RosterImportOptions> KnownAsync(RosterImportOptions options, CancellationToken cancellationToken)
    {
        var departments = await rows.ListAsync<DepartmentRecord>(query => query, MostDepartments, cancellationToken);
        var towns = await rows.ListAsync<TownRecord>(query => query, MostTowns, cancellationToken);
        return options with
        {
            Departments = departments.Select(record => record.Unit.Code).ToHashSet(StringComparer.Ordinal),
            Towns = towns.Select(record => record.Town.Code).ToHashSet(StringComparer.Ordinal),
        };
    }

    private static (RosterReport, Func<ISupervisionSession, ValueTask>) Result<T, TRecord>(
        RosterKind kind, RosterOrder order, RosterImportResult<T> read, Func<T, Cause, TRecord> record)
        where TRecord : class, IAggregate => (
        new RosterReport(kind, read.Encoding, read.RowsRead, read.RowsInError, read.Rows.Length, order.DryRun, read.Problems),
        async session =>
        {
            var cause = new Cause(session.ActivityId, session.Actor.Id, session.Actor.Name, session.Now);
            foreach (var row in read.Rows)
            {
                var entry = record(row, cause);
                if (session.Actor.Area is { } own && entry is SupervisionRecord { Area: var area } && area?.StartsWith(own, StringComparison.Ordinal) != true)
                    throw new RuleViolationException(RefusalKind.Forbidden, "other-area", "file", $"名录含有其他区域（{area}）的行：只能导入本区域的名录，文件未作任何改变。");
                switch (entry)
                {
                    case DepartmentRecord unit:
                        session.Save(await KeepingContactAsync(session, unit));
                        break;
                    case TargetRecord target:
                        session.Save(await KeepingHistoryAsync(session, target));
                        break;
                    case OfficerRecord officer:
                        session.Save(await KeepingPlannedAsync(session, officer));
                        break;
                    default:
                        session.Save(entry);
                        break;
                }
            }
        });

    // The file says nothing of contacts: those that were set stay.
    private static async ValueTask<DepartmentRecord> KeepingContactAsync(ISupervisionSession session, DepartmentRecord unit) =>
        await session.FindAsync<DepartmentRecord>(unit.Id) is not { } known ? unit : unit with
        {
            Contact = known.Contact,
            Phone = known.Phone,
            Address = known.Address,
            Reconsideration = known.Reconsideration,
            Court = known.Court,
        };

    // A file of targets says nothing of bans, of what a project is about, nor of whom a lead made known: loading it again lifts no ban and loses none of it.
    private static async ValueTask<TargetRecord> KeepingHistoryAsync(ISupervisionSession session, TargetRecord read) =>
        await session.FindAsync<TargetRecord>(read.Id) is not { Target: var known } ? read : read with
        {
            Target = read.Target with { BannedUntil = known.BannedUntil, Project = known.Project, IsAdHoc = known.IsAdHoc, CreditCode = known.CreditCode, Planned = known.Planned },
        };

    // Nor of what was entered for a day to come.
    private static async ValueTask<OfficerRecord> KeepingPlannedAsync(ISupervisionSession session, OfficerRecord read) =>
        await session.FindAsync<OfficerRecord>(read.Id) is not { Officer: var known } ? read : read with { Officer = read.Officer with { Planned = known.Planned } };
}
