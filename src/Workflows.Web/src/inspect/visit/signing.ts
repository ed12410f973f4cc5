// Signatures stand under what was read and under nothing else.
import type { VisitDraft } from './record'

/** What officers sign, and what the party signs, as short marks that change with every word of it. */
export function marksOf(draft: VisitDraft): { section: string; record: string } {
  const section = markOf(JSON.stringify([draft.answers, draft.videos]))
  const { personName, capacity, statement } = draft.party
  return { section, record: section + markOf(JSON.stringify([personName, capacity, statement, ...(draft.identity ? [draft.identity] : [])])) }
}

// A plain checksum: it guards against forgetting, not against forging.
function markOf(text: string): string {
  let [a, b] = [0xdeadbeef, 0x41c6ce57]
  for (let n = 0; n < text.length; n++) {
    const code = text.charCodeAt(n)
    a = Math.imul(a ^ code, 2654435761)
    b = Math.imul(b ^ code, 1597334677)
  }
  return (a >>> 0).toString(36) + (b >>> 0).toString(36)
}

/** Signatures stand under what was read: those over something else go. Tells whose were cleared, and which pictures stand under nothing now. */
export function clearStale(draft: VisitDraft): { officers: boolean; party: boolean; pictures: string[] } {
  const marks = marksOf(draft)
  const stale = draft.signatures.filter(one => one.over !== marks.section)
  const pictures = stale.map(one => one.picture)
  const officers = stale.length > 0
  if (officers) {
    draft.signatures = draft.signatures.filter(one => one.over === marks.section)
    draft.handedIn = undefined
  }
  const party = draft.party.signedAt !== undefined && draft.party.over !== marks.record
  if (party && draft.party.picture) pictures.push(draft.party.picture)
  if (party) draft.party = { ...draft.party, signedAt: undefined, picture: undefined, over: undefined }
  return { officers, party, pictures }
}
