using Workflows.Supervision.Exchange;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.StuckMatters;

namespace Workflows.Supervision.Retention;

/// <summary>
/// 到期删除: takes out of the records what may not be kept any longer. The erased fields are never copied into the audit trail, so nothing in it is touched and its chains stay verifiable;
/// that something was erased is a new fact of the chain. Issued documents stay as they were printed.
/// </summary>
/// <param name="session">The session.</param>
public sealed class ErasureService(ISupervisionSession session)
{
    /// <summary>What stands in the place of erased words.</summary>
    public const string Erased = "（保存期限届满，已删除）";

    /// <summary>Erases identity number and telephone of the party of a case.</summary>
    /// <returns>Whether there was anything to erase.</returns>
    public async ValueTask<bool> ErasePartyAsync(string caseId, CancellationToken cancellationToken = default)
    {
        if (await session.FindAsync<Case>(caseId, cancellationToken) is not { State: not CaseState.Open, Target: { IdentityNumber: not null } or { IsIndividual: true, Phone: not null } } one)
        {
            return false;
        }

        session.Update(one with { Target = one.Target with { IdentityNumber = null, Phone = one.Target.IsIndividual ? null : one.Target.Phone } }, "retention.erased", ("data", nameof(RetainedData.PartyIdentity)));
        return true;
    }

    /// <summary>Erases who reported a lead.</summary>
    /// <returns>Whether there was anything to erase.</returns>
    public async ValueTask<bool> EraseReporterAsync(string leadId, CancellationToken cancellationToken = default)
    {
        if (await session.FindAsync<Lead>(leadId, cancellationToken) is not { State: LeadState.Closed or LeadState.Merged, ReportedBy: { } reporter } lead || reporter is { Name: null, Contact: null })
        {
            return false;
        }

        session.Update(lead with { ReportedBy = new LeadReporter(Capacity: reporter.Capacity, Confidential: reporter.Confidential) }, "retention.erased", ("data", nameof(RetainedData.Reporter)));
        foreach (var alias in lead.Aliases.Prepend(new LeadAlias(lead.Source, lead.ExternalNumber ?? "")))
        {
            EraseContent(await session.FindAsync<ExchangeEntry>(ExchangeEntry.IdOf(alias.Source, ExchangeKind.Leads, alias.ExternalNumber), cancellationToken), nameof(RetainedData.Reporter));
        }

        return true;
    }

    /// <summary>Erases who said that a matter cannot get done, once it is over.</summary>
    /// <returns>Whether there was anything to erase.</returns>
    public async ValueTask<bool> EraseStuckReporterAsync(string id, CancellationToken cancellationToken = default)
    {
        if (await session.FindAsync<StuckRequest>(id, cancellationToken) is not { State: StuckState.Closed, ReportedBy: { } reporter } request || reporter is { Name: null, Contact: null })
        {
            return false;
        }

        session.Update(request with { ReportedBy = new LeadReporter(Capacity: reporter.Capacity, Confidential: reporter.Confidential) }, "retention.erased", ("data", nameof(RetainedData.Reporter)));
        return true;
    }

    /// <summary>
    /// Erases what a lead says: its words, its photos, who was met, and who stands behind the target that was made for it. While a case against that target is open all of it stays.
    /// What files it had is for the caller to look after.
    /// </summary>
    /// <returns>Whether there was anything to erase.</returns>
    public async ValueTask<bool> EraseLeadAsync(string leadId, CancellationToken cancellationToken = default)
    {
        if (await session.FindAsync<Lead>(leadId, cancellationToken) is not { State: LeadState.Closed or LeadState.Merged } lead || !SaysSomething(lead))
        {
            return false;
        }

        var made = await session.FindAsync<TargetRecord>(AdHocTargets.IdOf(lead.Id), cancellationToken);
        if (made is not null && (await session.ListAsync<Case>(new AggregateFilter { TargetId = made.Id, States = [nameof(CaseState.Open)], Take = 1 }, cancellationToken)).Count > 0)
        {
            return false;
        }

        session.Update(
            lead with
            {
                Text = Erased, Photos = null, Settlement = lead.Settlement is { } settled ? settled with { Person = null, Note = Erased } : null,
                Sensing = lead.Sensing is { } seen ? seen with { Snapshot = null } : null,
                // Who came when stays; where somebody's telephone was does not.
                Positions = [], Marks = [.. lead.Marks.Select(mark => mark with { Device = null, MetresAway = null })],
            },
            "retention.erased", ("data", nameof(RetainedData.LeadContent)));
        foreach (var alias in lead.Aliases.Prepend(new LeadAlias(lead.Source, lead.ExternalNumber ?? "")))
        {
            EraseContent(await session.FindAsync<ExchangeEntry>(ExchangeEntry.IdOf(alias.Source, ExchangeKind.Leads, alias.ExternalNumber), cancellationToken), nameof(RetainedData.LeadContent));
        }

        if (made is { Target.IsAdHoc: true })
        {
            session.Save(made with { Target = made.Target with { Name = Erased, Address = Erased, Representative = null, Phone = null, CreditCode = null } });
        }

        return true;
    }

    /// <summary>Erases the evidence of a lead that ended without a case: titles and places; who brought it and its hash stay.</summary>
    /// <returns>Hashes of files that this lead needs no more; null where there was nothing to erase.</returns>
    public async ValueTask<IReadOnlyList<string>?> EraseLeadEvidenceAsync(string leadId, CancellationToken cancellationToken = default)
    {
        if (await session.FindAsync<Lead>(leadId, cancellationToken) is not { State: LeadState.Closed or LeadState.Merged, CaseId: null } lead)
        {
            return null;
        }

        // What was merged serves the lead that it was merged into, and whatever that one was merged into later.
        var root = lead;
        for (var step = 0; root.DuplicateOf is { } into; step++)
        {
            if (step == LeadEnding.MostMerges)
            {
                return null;
            }

            if (await session.FindAsync<Lead>(into, cancellationToken) is not { } next)
            {
                break;
            }

            root = next;
        }

        if (root.Id != lead.Id && (root.CaseId is not null || root.State is not (LeadState.Closed or LeadState.Merged)))
        {
            return null;
        }

        var evidence = (await session.ListAsync<Evidence>(new AggregateFilter { CaseKey = lead.CaseKey }, cancellationToken)).Where(e => e.CaseId is null && e.Title != Erased).ToList();
        foreach (var piece in evidence)
        {
            session.Update(Emptied(piece), "retention.erased", ("data", nameof(RetainedData.LeadEvidence)), ("sha256", piece.Sha256));
        }

        return evidence.Count == 0 ? null : [.. evidence.Select(e => e.Sha256).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Whether a lead still has words of its own.</summary>
    public static bool SaysSomething(Lead lead) => lead.Trigger != TriggerKind.Milestone && (lead.Text != Erased || lead.Photos is { Count: > 0 } || lead.Settlement?.Person is not null);

    /// <summary>Erases the people of a project that has ended: its owner with telephone, and who let the patrols in.</summary>
    /// <returns>Whether there was anything to erase.</returns>
    public async ValueTask<bool> EraseProjectAsync(string leadId, CancellationToken cancellationToken = default)
    {
        if (await session.FindAsync<Lead>(leadId, cancellationToken) is not { State: LeadState.Closed or LeadState.Merged, Trigger: TriggerKind.Milestone } lead)
        {
            return false;
        }

        var record = lead.TargetId is { } id ? await session.FindAsync<TargetRecord>(id, cancellationToken) : null;
        var named = record is { Target.Project: { } project } && project.Owner != Erased;
        var consented = lead.Patrols.Any(patrol => patrol.Consent is { } consent && consent.Person != Erased);
        if (!named && !consented)
        {
            return false;
        }

        if (named)
        {
            session.Save(record! with { Target = record.Target with { Representative = null, Phone = null, Project = record.Target.Project! with { Owner = Erased } } });
        }

        session.Update(
            lead with { Patrols = [.. lead.Patrols.Select(patrol => patrol.Consent is { } consent ? patrol with { Consent = consent with { Person = Erased } } : patrol)] },
            "retention.erased", ("data", nameof(RetainedData.ProjectPeople)));
        return true;
    }

    /// <summary>Erases what was written for visits of a case that never became a record.</summary>
    /// <returns>Whether there was anything to erase.</returns>
    public async ValueTask<bool> EraseDraftsAsync(string caseId, CancellationToken cancellationToken = default)
    {
        if (await session.FindAsync<Case>(caseId, cancellationToken) is not { State: not CaseState.Open })
        {
            return false;
        }

        var drafts = (await session.ListAsync<Visit>(new AggregateFilter { CaseId = caseId }, cancellationToken)).Where(visit => visit.SectionsInWork is { Count: > 0 }).ToList();
        foreach (var visit in drafts)
        {
            session.Update(visit with { SectionsInWork = null }, "retention.erased", ("data", nameof(RetainedData.VisitDrafts)));
        }

        return drafts.Count > 0;
    }

    /// <summary>Erases what a case says about minors: facts of findings, the same words in the record of the visit, titles and places of evidence.</summary>
    /// <returns>Hashes of files of evidence that nothing of this case needs any more; null where there was nothing to erase.</returns>
    public async ValueTask<IReadOnlyList<string>?> EraseMinorsAsync(string caseId, CancellationToken cancellationToken = default)
    {
        if (await session.FindAsync<Case>(caseId, cancellationToken) is not { State: not CaseState.Open })
        {
            return null;
        }

        var findings = (await session.ListAsync<Finding>(new AggregateFilter { CaseId = caseId }, cancellationToken)).Where(f => f.ConcernsMinor && f.Facts != Erased).ToList();
        var evidence = (await session.ListAsync<Evidence>(new AggregateFilter { CaseId = caseId }, cancellationToken)).Where(e => e.ConcernsMinor && e.Title != Erased).ToList();
        if (findings.Count + evidence.Count == 0)
        {
            return null;
        }

        foreach (var finding in findings)
        {
            session.Update(finding with { Facts = Erased }, "retention.erased", ("data", nameof(RetainedData.Minors)));
        }

        var items = findings.Select(f => (f.VisitId, f.ItemCode)).ToHashSet();
        foreach (var visit in (await session.ListAsync<Visit>(new AggregateFilter { CaseId = caseId }, cancellationToken)).Where(v => items.Any(i => i.VisitId == v.Id)))
        {
            session.Update(
                visit with { Sections = [.. visit.Sections.Select(s => s with { Items = [.. s.Items.Select(i => items.Contains((visit.Id, i.ItemCode)) ? i with { Facts = Erased } : i)] })] },
                "retention.erased", ("data", nameof(RetainedData.Minors)));
        }

        foreach (var entry in await session.ListAsync<ExchangeEntry>(new AggregateFilter { CaseId = caseId }, cancellationToken))
        {
            EraseContent(entry, nameof(RetainedData.Minors));
        }

        foreach (var piece in evidence)
        {
            session.Update(Emptied(piece), "retention.erased", ("data", nameof(RetainedData.Minors)), ("sha256", piece.Sha256));
        }

        return [.. evidence.Select(e => e.Sha256).Distinct(StringComparer.Ordinal)];
    }

    private Evidence Emptied(Evidence piece) => piece with
    {
        Title = Erased, Place = null,
        Custody = [.. piece.Custody, new Evidences.CustodyStep(session.Now, session.Actor.Id, session.Actor.Name, null, "到期删除", null, piece.Sha256)],
    };

    // The hash stays, so that the same record handed in again is still known.
    private void EraseContent(ExchangeEntry? entry, string data)
    {
        if (entry is { Content: not null })
        {
            session.Update(entry with { Content = null }, "retention.erased", ("data", data));
        }
    }
}
