using Workflows.Supervision.Catalogues;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Leads;

/// <summary>What became of a report.</summary>
public enum IntakeOutcome
{
    /// <summary>A lead was stored.</summary>
    Stored,

    /// <summary>Exactly the same is there already: nothing was stored, the lead that is there counts the repeat.</summary>
    ExactDuplicate,

    /// <summary>It was refused; the others of the same batch were not.</summary>
    Refused,
}

/// <summary>The answer to a report.</summary>
/// <param name="Position">Its place in the batch, from 0.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="LeadId">The lead, new or already there; null where it was refused.</param>
/// <param name="State">State of the lead.</param>
/// <param name="Links">Leads that are probably the same.</param>
/// <param name="Code">Code of the refusal, or null.</param>
/// <param name="Field">Field that is refused, or null.</param>
/// <param name="Detail">What is wrong and what to do, or null.</param>
public sealed record IntakeResult(
    int Position, IntakeOutcome Outcome, string? LeadId, LeadState? State, IReadOnlyList<LeadLink> Links, string? Code = null, string? Field = null, string? Detail = null);

/// <summary>统一受理: the one way in for reports of all kinds.</summary>
/// <param name="session">The session.</param>
/// <param name="index">Where leads are recognised.</param>
/// <param name="clocks">How long waits take.</param>
public sealed class LeadIntake(ISupervisionSession session, ILeadIndex index, LeadClocks clocks)
{
    /// <summary>
    /// Family under which all intake runs: two nodes never take in the two halves of a pair at the same time, so that each sees the other's. The work
    /// itself is a few statements for a whole batch.
    /// </summary>
    public const string Family = "leads";

    // Beyond so many at one place within a quarter of an hour (an alarm that repeats itself), one in a minute is enough to find the others.
    private const int CrowdSize = 64;
    private static readonly TimeSpan CrowdPause = TimeSpan.FromMinutes(1);

    /// <summary>Takes one report in.</summary>
    /// <exception cref="RuleViolationException"><c>field-missing</c>, <c>field-too-long</c>, <c>area-invalid</c>, <c>other-area</c>, <c>coordinates-invalid</c>, <c>confidence-invalid</c>, <c>occurred-at-invalid</c>.</exception>
    public async ValueTask<IntakeResult> TakeAsync(NewLead given, CancellationToken cancellationToken = default) =>
        given.Problem(session) is { } problem ? throw problem : (await TakeAsync([given], cancellationToken))[0];

    /// <summary>Takes reports in, in their order; a wrong one is refused alone.</summary>
    public async ValueTask<IReadOnlyList<IntakeResult>> TakeAsync(IReadOnlyList<NewLead> given, CancellationToken cancellationToken = default)
    {
        var drafts = given.Select((lead, position) => new Draft(position, lead, lead.Problem(session), session)).ToList();
        var sound = drafts.Where(d => d.Problem is null).ToList();
        var known = new Dictionary<string, string>(await index.FindKeysAsync([.. sound.SelectMany(d => d.Keys).Distinct(StringComparer.Ordinal)], cancellationToken), StringComparer.Ordinal);
        var fresh = sound.Where(d => !d.Keys.Any(known.ContainsKey)).ToList();
        var near = new NearTraces(await index.FindTracesAsync([.. fresh.SelectMany(d => d.Neighbours).Distinct(StringComparer.Ordinal)], cancellationToken));
        var results = new List<IntakeResult>(drafts.Count);
        foreach (var draft in drafts)
        {
            results.Add(draft.Problem is { } problem
                ? new IntakeResult(draft.Position, IntakeOutcome.Refused, null, null, [], problem.Code, problem.Field, problem.Message)
                : draft.Keys.Select(key => known.GetValueOrDefault(key)).FirstOrDefault(id => id is not null) is { } there
                    ? await RepeatAsync(draft, there, known, cancellationToken)
                    : await StoreAsync(draft, known, near, cancellationToken));
        }

        return results;
    }

    // The source may have given it another number: that number is kept, so that it can be answered too.
    private async ValueTask<IntakeResult> RepeatAsync(Draft draft, string leadId, Dictionary<string, string> known, CancellationToken ct)
    {
        var lead = await session.GetAsync<Lead>(leadId, "leadId", "线索", ct);
        var unknown = draft.Keys.Where(key => !known.ContainsKey(key)).ToList();
        var alias = draft.Lead.ExternalNumber is { } number && (number != lead.ExternalNumber || draft.Lead.Source != lead.Source) ? new LeadAlias(draft.Lead.Source, number, draft.Lead.ReplyDueAt?.ToUniversalTime(), draft.Lead.Trigger == TriggerKind.Complaint12345) : null;
        var repeated = lead with
        {
            Repeats = lead.Repeats + 1,
            Aliases = alias is null || lead.Aliases.Any(known => known.Names(alias.Source, alias.ExternalNumber)) || lead.Aliases.Count >= Lead.MostLinks ? lead.Aliases : [.. lead.Aliases, alias],
        };
        session.Save(repeated);
        if (!lead.State.IsEnded() && repeated.AnswerBy is { } due && (lead.AnswerBy is not { } earlier || due < earlier))
        {
            session.Wake(new DomainWake(leadId, LeadLife.WakeKind, leadId, LeadLife.ReplyWait, due));
        }

        index.AddKeys(leadId, unknown);
        unknown.ForEach(key => known[key] = leadId);
        return new IntakeResult(draft.Position, IntakeOutcome.ExactDuplicate, leadId, lead.State, lead.Links);
    }

    private async ValueTask<IntakeResult> StoreAsync(Draft draft, Dictionary<string, string> known, NearTraces near, CancellationToken ct)
    {
        var id = session.NewId();
        var trace = draft.Trace with { LeadId = id };
        var found = near.Of(draft.Neighbours).Select(earlier => (Link: LeadLikeness.Between(trace, earlier), earlier.At)).Where(pair => pair.Link is not null)
            .OrderBy(pair => pair.Link!.SecondsApart).ThenBy(pair => pair.Link!.LeadId, StringComparer.Ordinal).ToList();
        var lead = await LinkedAsync(NewOf(draft.Lead, id), [.. found.Select(pair => pair.Link!).Take(Lead.MostLinks)], ct);
        lead = await MergedByRuleAsync(lead, ct);
        session.Add(lead, "lead.received", ("trigger", lead.Trigger.ToString()), ("matter", lead.MatterCode), ("links", string.Join(' ', lead.Links.Select(l => l.LeadId))));
        index.AddKeys(id, draft.Keys);
        foreach (var key in draft.Keys)
        {
            known[key] = id;
        }

        if (found.Count < CrowdSize || (trace.At - found.Max(pair => pair.At)).Duration() >= CrowdPause)
        {
            index.AddTrace(trace, draft.Buckets);
            near.Add(trace, draft.Buckets);
        }

        return new IntakeResult(draft.Position, IntakeOutcome.Stored, id, lead.State, lead.Links);
    }

    private Lead NewOf(NewLead given, string id)
    {
        var lead = new Lead
        {
            Id = id,
            CaseKey = id,
            Area = given.Area,
            TargetId = given.TargetId,
            Created = session.Cause(),
            Trigger = given.Trigger,
            Source = given.Source,
            ExternalNumber = given.ExternalNumber,
            Place = given.Place(),
            MatterCode = given.MatterCode,
            Text = PlainText.Of(given.Text),
            ReportedBy = given.ReportedBy,
            OccurredAt = given.OccurredAt?.ToUniversalTime(),
            ReceivedAt = session.Now,
            Sensing = given.Sensing,
            Photos = given.Photos,
            ReplyDueAt = given.ReplyDueAt?.ToUniversalTime(),
            State = LeadState.Received,
            Steps = [],
        };
        if (lead.ReplyDueAt is { } replyDue)
        {
            session.Wake(new DomainWake(id, LeadLife.WakeKind, id, LeadLife.ReplyWait, replyDue));
        }

        if (given.Trigger == TriggerKind.WhistleBlow)
        {
            var due = session.Now + clocks.Whistle;
            session.Wake(new DomainWake(id, LeadLife.WakeKind, id, LeadLife.WhistleWait, due));
            lead = lead with { Whistle = new LeadWhistle(due) };
        }

        return session.Move(lead, LeadState.Received, "受理", null, LeadLife.DispatcherOwner, session.Now + clocks.TriageOf(given.Trigger));
    }

    // Both sides of a pair name each other; the other side only as long as it has room.
    private async ValueTask<Lead> LinkedAsync(Lead lead, IReadOnlyList<LeadLink> links, CancellationToken ct)
    {
        if (links.Count == 0)
        {
            return lead;
        }

        Lead? first = null;
        foreach (var link in links)
        {
            var other = await session.GetAsync<Lead>(link.LeadId, "leadId", "线索", ct);
            first = first is null || other.ReceivedAt < first.ReceivedAt ? other : first;
            if (other.Links.Count < Lead.MostLinks)
            {
                session.Save(other with { GroupId = other.GroupId ?? other.Id, Links = [.. other.Links, link with { LeadId = lead.Id }] });
            }
        }

        return lead with { Links = links, GroupId = first!.GroupId ?? first.Id };
    }

    // By rule alone where the catalogue says so for the matter, and the same source says it again of the same place.
    private async ValueTask<Lead> MergedByRuleAsync(Lead lead, CancellationToken ct)
    {
        if (lead.MatterCode is null || lead.Links.FirstOrDefault(l => l.Ground == LinkGround.SameMatterAndPlace) is not { } link)
        {
            return lead;
        }

        var other = await session.GetAsync<Lead>(link.LeadId, "leadId", "线索", ct);
        var into = other.DuplicateOf is { } root ? await session.GetAsync<Lead>(root, "leadId", "线索", ct) : other;
        var version = await CatalogueMatter.FindAsync(session, lead.MatterCode, lead.Place.Area, session.Today(), ct);
        if (version is not { MergesRepeats: true } || into.Source != lead.Source || into.State.IsEnded() || lead.Whistle is not null)
        {
            return lead;
        }

        // Numbers, and deadlines with them, go along.
        session.Save(into with { MergedIn = into.MergedIn + 1, Aliases = [.. into.Aliases, .. lead.Numbers.Where(n => !into.Numbers.Any(known => known.Names(n.Source, n.ExternalNumber))).Take(Math.Max(0, Lead.MostLinks - into.Aliases.Count))] });
        if (lead.AnswerBy is { } due && (into.AnswerBy is not { } known || due < known))
        {
            session.Wake(new DomainWake(into.Id, LeadLife.WakeKind, into.Id, LeadLife.ReplyWait, due));
        }

        return session.Move(lead with { DuplicateOf = into.Id }, LeadState.Merged, "自动并件", "清单规定同源重复告警自动合并", null, null);
    }

    /// <summary>A report with what it is recognised by.</summary>
    private sealed class Draft
    {
        public Draft(int position, NewLead lead, RuleViolationException? problem, ISupervisionSession session)
        {
            (Position, Lead, Problem) = (position, lead, problem);
            if (problem is not null)
            {
                Trace = new LeadTrace("", session.Now, new LeadPlace(""), null, "", []);
                return;
            }

            var pairs = LeadText.Pairs(LeadText.Plain(lead.Text));
            Trace = new LeadTrace("", (lead.OccurredAt ?? session.Now).ToUniversalTime(), lead.Place(), lead.MatterCode, lead.Source, LeadText.Sketch(pairs));
            Keys = LeadLikeness.KeysOf(lead);
            Buckets = LeadLikeness.BucketsOf(Trace, pairs);
            Neighbours = LeadLikeness.NeighboursOf(Trace, pairs);
        }

        public int Position { get; }

        public NewLead Lead { get; }

        public RuleViolationException? Problem { get; }

        public LeadTrace Trace { get; }

        public IReadOnlyList<string> Keys { get; } = [];

        public IReadOnlyList<string> Buckets { get; } = [];

        public IReadOnlyList<string> Neighbours { get; } = [];
    }

    /// <summary>Buckets as they were found and as this batch fills them.</summary>
    private sealed class NearTraces(ILookup<string, LeadTrace> found)
    {
        private readonly Dictionary<string, List<LeadTrace>> _added = new(StringComparer.Ordinal);

        public IEnumerable<LeadTrace> Of(IReadOnlyList<string> buckets) =>
            buckets.SelectMany(bucket => found[bucket].Concat(_added.GetValueOrDefault(bucket, []))).DistinctBy(trace => trace.LeadId);

        public void Add(LeadTrace trace, IReadOnlyList<string> buckets)
        {
            foreach (var bucket in buckets)
            {
                if (!_added.TryGetValue(bucket, out var traces))
                {
                    _added[bucket] = traces = [];
                }

                traces.Add(trace);
            }
        }
    }
}
