// What taking an entry back opens again in a draft.
import type { Entry } from '../phone/outbox'
import type { Section } from '../shapes'
import type { VisitDraft } from './record'

/** What an entry had closed in the draft is open again once it was taken back. False where there is nothing to open. */
export function undo(draft: VisitDraft, entry: Entry): boolean {
  const { step, kind } = entry
  if (step?.kind === 'visit.record' && draft.recorded) draft.recorded = undefined
  else if ((step?.kind === 'visit.arrive' || step?.kind === 'visit.second') && draft.arrival?.done) draft.arrival = { ...draft.arrival, done: false }
  else if (kind === 'section' && draft.handedIn && (entry.body as { section: Section }).section.signatures.length) draft.handedIn = undefined
  else return false
  return true
}

/** A draft of whatever kind without a file that was taken back: neither photograph nor recording nor signature of it is left. */
export function withoutFile(value: unknown, local: string): unknown {
  if (Array.isArray(value))
    return value.filter(one => ![of(one, 'marked'), of(one, 'local'), of(one, 'picture')].includes(local)).map(one => withoutFile(one, local))
  if (!value || typeof value !== 'object') return value
  const left = Object.entries(value).filter(([, inner]) => inner !== local)
  const unsigned = of(value, 'picture') === local ? ['signedAt', 'over'] : []
  return Object.fromEntries(left.filter(([key]) => !unsigned.includes(key)).map(([key, inner]) => [key, withoutFile(inner, local)]))
}

function of(value: unknown, name: string): unknown {
  return value && typeof value === 'object' ? (value as Record<string, unknown>)[name] : undefined
}
