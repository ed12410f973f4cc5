// An entry of the outbox comes back into the hands of who made it: what was typed stands in the form again, and what hung on it comes back with it.
import type { VisitDraft } from '../visit/record'
import { undo, withoutFile } from '../visit/undoing'
import { outbox } from './field'
import type { Entry } from './outbox'
import { LOCAL, OF_LEAD } from './sending'
import { tellTabs } from './tabs'
import { vault } from './vault'

/** Entries that cannot be sent without this one: those that name its file. */
export function dependentsOf(entry: Entry, entries: readonly Entry[] = outbox.entries): Entry[] {
  if (entry.kind !== 'evidence') return []
  const local = JSON.stringify(LOCAL + entry.id)
  return entries.filter(one => one.id !== entry.id && JSON.stringify(one.body ?? '').includes(local))
}

/** Page on which what was taken back is done again. */
export function pageOf(entry: Entry): string {
  if (entry.step?.id && !isOfVisit(entry)) return `step/${entry.step.id}`
  return entry.caseId && !entry.caseId.startsWith(OF_LEAD) ? `visit/${entry.caseId}` : ''
}

export async function takeBack(entry: Entry): Promise<void> {
  const dependents = dependentsOf(entry)
  await outbox.drop(entry.id)
  await restore(entry)
  tellTabs({ kind: 'taken-back', entry: JSON.parse(JSON.stringify(entry)) as Entry })
  for (const one of dependents) await takeBack(one)
  if (entry.kind === 'evidence') await forgetFile(entry)
}

async function restore(entry: Entry): Promise<void> {
  if (entry.draft !== undefined && entry.step?.id) await vault.put('drafts', `step:${entry.step.id}`, entry.draft)
  if (!entry.caseId) return
  const draft = await vault.get<VisitDraft>('drafts', `visit:${entry.caseId}`)
  if (draft && undo(draft, entry)) await vault.put('drafts', `visit:${entry.caseId}`, draft)
}

/** Drafts do not name a file that is gone: it is taken anew. */
async function forgetFile(entry: Entry): Promise<void> {
  const local = LOCAL + entry.id
  for (const id of await vault.ids('drafts', '')) {
    const draft = await vault.get<unknown>('drafts', id)
    if (JSON.stringify(draft ?? '').includes(local)) await vault.put('drafts', id, withoutFile(draft, local))
  }
  await vault.remove('files', entry.id)
}

function isOfVisit(entry: Entry): boolean {
  return entry.kind === 'section' || (entry.step?.kind.startsWith('visit.') === true && entry.draft === undefined && !entry.path)
}
