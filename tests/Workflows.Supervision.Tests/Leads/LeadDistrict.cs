using Workflows.Supervision.Catalogues;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Tests.Sessions;

namespace Workflows.Supervision.Tests.Leads;

/// <summary>A session with an index of leads, a roster of departments and short ways to leads and catalogues.</summary>
public sealed class LeadDistrict : ILeadIndex, ILeadFlows, IRosterDirectory
{
    private readonly Dictionary<string, string> _keys = [];
    private readonly List<(string Bucket, LeadTrace Trace)> _traces = [];

    public static Actor Dispatcher { get; } = new() { Id = "u-dispatcher", Name = "调度员", Roles = [Role.Dispatcher], Department = "CMD", Area = "330203" };

    public InMemorySession Session { get; } = new() { Actor = Dispatcher };

    public LeadClocks Clocks { get; } = new();

    public LeadFlow? Flow { get; set; }

    public LeadIntake Intake => new(Session, this, Clocks);

    public CatalogueRouting Routing => new(Session);

    public LeadPlacing Placing => new(Session, Routing, this, Clocks);

    public LeadHandling Handling => new(Session, Placing, this, Clocks);

    public LeadDuties Duties => new(Session, Placing, Clocks);

    public LeadEnding Ending => new(Session, Clocks);

    public LeadWaits Waits => new(Session, Routing, Clocks);

    public static NewLead Report(string? number = null, string text = "有人在河边倾倒垃圾", string area = "330203003", string? matter = null, DateTimeOffset? at = null, double? north = null, double? east = null, TriggerKind trigger = TriggerKind.Report) => new()
    {
        Trigger = trigger, Source = "窗口", ExternalNumber = number, Area = area, Text = text, MatterCode = matter, OccurredAt = at, Latitude = north, Longitude = east,
    };

    public static MatterVersion Version(DateOnly from, string managing = "HEA", string enforcing = "HEA", DateOnly? to = null, string? scenario = null, bool merges = false, bool inGrid = false) => new()
    {
        From = from, To = to, Name = "样例事项", Managing = managing, Enforcing = enforcing, Scenario = scenario, MergesRepeats = merges, InGrid = inGrid,
    };

    public LeadDistrict With(string code, MatterVersion version, string area = "330203")
    {
        new CatalogueService(Session).TakeMattersAsync([new MatterRow(area, code, version)]).AsTask().GetAwaiter().GetResult();
        return this;
    }

    public LeadDistrict As(Actor actor)
    {
        Session.Actor = actor;
        return this;
    }

    public static Actor Head(string department) => new() { Id = $"u-{department}", Name = $"{department}负责人", Roles = [Role.DepartmentHead], Department = department, Area = "330203" };

    public async Task<Lead> LeadAsync(string id) => (await Session.FindAsync<Lead>(id))!;

    public async Task<string> StoredAsync(NewLead report) => (await Intake.TakeAsync(report)).LeadId!;

    ValueTask<IReadOnlyDictionary<string, string>> ILeadIndex.FindKeysAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyDictionary<string, string>>(keys.Where(_keys.ContainsKey).ToDictionary(key => key, key => _keys[key]));

    ValueTask<ILookup<string, LeadTrace>> ILeadIndex.FindTracesAsync(IReadOnlyCollection<string> buckets, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_traces.Where(entry => buckets.Contains(entry.Bucket)).ToLookup(entry => entry.Bucket, entry => entry.Trace));

    void ILeadIndex.AddKeys(string leadId, IReadOnlyCollection<string> keys)
    {
        foreach (var key in keys)
        {
            _keys.Add(key, leadId);
        }
    }

    void ILeadIndex.AddTrace(LeadTrace trace, IReadOnlyCollection<string> buckets) => _traces.AddRange(buckets.Select(bucket => (bucket, trace)));

    ValueTask<LeadFlow?> ILeadFlows.FindAsync(string scenario, CancellationToken cancellationToken) => ValueTask.FromResult(Flow);

    ValueTask<LeadFlow?> ILeadFlows.FindPlanAsync(string scenario, CancellationToken cancellationToken) => ValueTask.FromResult<LeadFlow?>(null);

    ValueTask<LeadFlow?> ILeadFlows.FindProjectAsync(string scenario, CancellationToken cancellationToken) => ValueTask.FromResult<LeadFlow?>(null);

    ValueTask<OfficerStanding?> IRosterDirectory.FindOfficerAsync(string officerId, CancellationToken cancellationToken) => ValueTask.FromResult<OfficerStanding?>(null);

    ValueTask<TargetSnapshot?> IRosterDirectory.FindTargetAsync(string targetId, CancellationToken cancellationToken) => ValueTask.FromResult<TargetSnapshot?>(null);

    ValueTask<Organ?> IRosterDirectory.FindOrganAsync(string department, string? area, CancellationToken cancellationToken) => ValueTask.FromResult<Organ?>(
        department is "HEA" or "FIR" or "MKT"
            ? new Organ { Department = department, Name = department, NumberName = department, Contact = "", Phone = "", Address = "", Reconsideration = "", Court = "" }
            : null);
}
