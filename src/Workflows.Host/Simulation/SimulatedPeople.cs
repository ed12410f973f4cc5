using Workflows.Supervision.Rosters;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Host.Simulation;

/// <summary>Everybody who acts in a simulation, as signed-in people: officers of the roster, and for each department those who decide.</summary>
internal sealed class SimulatedPeople
{
    private readonly Dictionary<string, RosterOfficer> _roster;
    private readonly Dictionary<string, Actor> _officers;
    private readonly List<Actor> _others = [];
    private readonly HashSet<string> _lost = new(StringComparer.Ordinal);
    private readonly DateOnly _until;

    /// <param name="officers">The roster of officers.</param>
    /// <param name="departments">Codes of the departments.</param>
    /// <param name="district">Division code of the district.</param>
    /// <param name="until">Last day of the simulation; whoever's certificate ends before is not asked to help out.</param>
    public SimulatedPeople(IEnumerable<RosterOfficer> officers, IEnumerable<string> departments, string district, DateOnly until)
    {
        _until = until;
        _roster = officers.ToDictionary(o => o.Id, StringComparer.Ordinal);
        _officers = _roster.Values.ToDictionary(
            o => o.Id,
            o => new Actor { Id = o.Id, Name = o.Name, Roles = [Role.Inspector], Department = o.Department, Area = district, OfficerId = o.Id },
            StringComparer.Ordinal);
        foreach (var code in departments)
        {
            Add(code, "负责人", "head", Role.DepartmentHead);
            Add(code, "法制审核员", "legal", Role.LegalReviewer);
            Add(code, "公示审核员", "publisher", Role.PublicationReviewer);
        }

        Add("CMD", "调度员", "dispatcher", Role.Dispatcher);
        Add("CMD", "督办人", "supervisor", Role.Supervisor);
        Add("GUI", "督办人", "supervisor", Role.Supervisor);

        void Add(string department, string title, string name, string role) =>
            _others.Add(new Actor { Id = $"{department.ToLowerInvariant()}.{name}", Name = $"样例{department}{title}", Roles = [role], Department = department, Area = district });
    }

    /// <param name="officers">The roster of officers.</param>
    /// <param name="accounts">Everybody who has an account; officers of the roster bear the id of theirs.</param>
    /// <param name="until">Last day of the simulation.</param>
    public SimulatedPeople(IEnumerable<RosterOfficer> officers, IEnumerable<Actor> accounts, DateOnly until)
    {
        _until = until;
        _roster = officers.ToDictionary(o => o.Id, StringComparer.Ordinal);
        _officers = new Dictionary<string, Actor>(StringComparer.Ordinal);
        foreach (var account in accounts)
        {
            if (account.OfficerId is { } officer)
            {
                _officers[officer] = account;
            }
            else
            {
                _others.Add(account);
            }
        }
    }

    /// <summary>The dispatcher, who opens plans.</summary>
    public Actor Dispatcher => _others.First(a => a.Is(Role.Dispatcher));

    /// <summary>Everybody by id, but for the parties.</summary>
    public IReadOnlyDictionary<string, Actor> ById => _officers.Values.Concat(_others).DistinctBy(actor => actor.Id).ToDictionary(actor => actor.Id, StringComparer.Ordinal);

    /// <summary>An officer.</summary>
    public Actor Officer(string id) => _officers[id];

    /// <summary>An officer as the roster has it.</summary>
    public RosterOfficer Roster(string id) => _roster[id];

    /// <summary>Officers of a department in order of their ids, but for those who lost the certificate.</summary>
    public IEnumerable<RosterOfficer> RosterOf(string department) =>
        _roster.Values.Where(o => o.Department == department && !_lost.Contains(o.Id)).OrderBy(o => o.Id, StringComparer.Ordinal);

    /// <summary>An officer has lost the certificate and is asked no more.</summary>
    public void Lose(string id) => _lost.Add(id);

    /// <summary>The party of a target.</summary>
    public Actor Party(string targetId) => new() { Id = $"party:{targetId}", Name = "当事人", Roles = [Role.Party] };

    /// <summary>Officers of a department who can go at any time, in order of their ids.</summary>
    public IEnumerable<Actor> CertifiedOfficers(string department) => _roster.Values
        .Where(o => !_lost.Contains(o.Id) && o.Department == department && o is { Status: OfficerStatus.Active, Leaves.Length: 0, DeclaredRelations.Length: 0 } && o.IsCertifiedOn(_until))
        .OrderBy(o => o.Id, StringComparer.Ordinal).Select(o => _officers[o.Id]);

    /// <summary>Somebody who may do a step: one of the preferred officers if there is one, else by chance.</summary>
    /// <param name="task">The step.</param>
    /// <param name="preferred">Officers of the case's own team.</param>
    /// <param name="chance">Chance of the step.</param>
    /// <returns>Null when nobody may.</returns>
    public Actor? Choose(WorkTask task, IReadOnlyCollection<string> preferred, Chance chance)
    {
        if (task.Role == Role.Party)
        {
            return Party(task.TargetId!);
        }

        var known = preferred.Where(_officers.ContainsKey).Select(id => _officers[id]).FirstOrDefault(a => TaskService.MayDo(a, task));
        if (known is not null)
        {
            return known;
        }

        var able = _others.Concat(_officers.Values.Where(a => !_lost.Contains(a.OfficerId!) && _roster[a.OfficerId!] is { Status: OfficerStatus.Active } o && o.IsCertifiedOn(_until)))
            .Where(a => TaskService.MayDo(a, task)).ToList();
        return able.Count == 0 ? null : able[chance.Next(able.Count)];
    }
}
