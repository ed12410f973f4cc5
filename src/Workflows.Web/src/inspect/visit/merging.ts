// Two officers of one department wrote the same section: what becomes of it.
import type { Shot } from '../phone/photo'
import type { ItemResult, Section, SectionInWork } from '../shapes'
import { names, type VisitDraft } from './record'

export interface Difference {
  itemCode: string
  mine?: ItemResult
  theirs?: ItemResult
}

export interface Merged {
  section: Section
  /** Items that both changed since they last agreed, each in another way: a person decides. */
  differences: Difference[]
}

/**
 * Brings two writers of one section together: what only one of them changed is taken; what both did is shown. Photographs of both stay, whichever answer
 * is taken, except those that one of them has left out since they last agreed.
 */
export function mergeSections(base: Section | undefined, mine: Section, theirs: Section): Merged {
  const at = (section: Section | undefined) => new Map((section?.items ?? []).map(item => [item.itemCode, item]))
  const [was, own, other] = [at(base), at(mine), at(theirs)]
  const differences: Difference[] = []
  const items: ItemResult[] = []
  for (const code of new Set([...own.keys(), ...other.keys(), ...was.keys()])) {
    const [a, b, c] = [was.get(code), own.get(code), other.get(code)]
    const together = (one: ItemResult | undefined) => one && withEvidence(one, joined(a?.evidenceIds, b?.evidenceIds, c?.evidenceIds))
    if (same(b, c) || same(a, c)) {
      if (b) items.push(together(b)!)
    } else if (same(a, b)) {
      if (c) items.push(together(c)!)
    } else {
      differences.push({ itemCode: code, mine: together(b), theirs: together(c) })
      if (b) items.push(together(b)!)
    }
  }
  const videoNumbers = joined(base?.videoNumbers, mine.videoNumbers, theirs.videoNumbers)
  // Nobody has signed what comes out.
  return { section: { department: mine.department, items, signatures: [], ...(videoNumbers.length ? { videoNumbers } : {}) }, differences }
}

/** What both have, and what one of them has added since they last agreed. */
function joined(was: readonly string[] = [], own: readonly string[] = [], other: readonly string[] = []): string[] {
  const [before, mine, theirs] = [new Set(was), new Set(own), new Set(other)]
  return [...new Set([...own, ...other])].filter(one => (mine.has(one) && theirs.has(one)) || !before.has(one))
}

function withEvidence(item: ItemResult, evidenceIds: string[]): ItemResult {
  return item.answer === '不符合' ? { ...item, evidenceIds } : item
}

/** A section with what the service calls its files, so that it can be compared with one that came from there. */
export function inServiceNames(section: Section, names: ReadonlyMap<string, string>): Section {
  const of = (local: string) => names.get(local) ?? local
  return {
    ...section,
    items: section.items.map(item => ({
      ...item, evidenceIds: item.evidenceIds.map(of),
      ...(item.fix ? { fix: { ...item.fix, beforeEvidenceId: of(item.fix.beforeEvidenceId), afterEvidenceId: of(item.fix.afterEvidenceId) } } : {}),
    })),
  }
}

/** Local names of all files of a draft's answers. */
export function filesOf(draft: VisitDraft): string[] {
  return Object.values(draft.answers).flatMap(one => [...names(one.shots), ...(one.voices ?? []).map(voice => voice.local), ...names(one.fix?.shots ?? [])])
}

function same(a: ItemResult | undefined, b: ItemResult | undefined): boolean {
  return JSON.stringify(essence(a)) === JSON.stringify(essence(b))
}

function essence(item: ItemResult | undefined) {
  return item && [item.answer, item.variantCode ?? '', item.facts ?? '', item.fix?.description ?? '', item.roomEntry?.ground ?? '', item.roomEntry?.by ?? '']
}

/**
 * Takes a section that came from the service, or out of a settled conflict, into what is written here.
 * @param names what the service calls the files of this phone: they are known here, all others are a colleague's and come along.
 * @param gone items whose answer is taken away.
 */
export function takeSection(draft: VisitDraft, section: Section, called: ReadonlyMap<string, string> = new Map(), gone: readonly string[] = []): void {
  for (const code of gone) delete draft.answers[code]
  for (const item of section.items) {
    const before = draft.answers[item.itemCode]
    const own = [...names(before?.shots ?? []), ...(before?.voices ?? []).map(voice => voice.local), ...names(before?.fix?.shots ?? [])]
    const known = new Set(own.flatMap(local => [local, called.get(local) ?? local]))
    const afterwards = item.fix && !known.has(item.fix.afterEvidenceId) ? [foreign(item.fix.afterEvidenceId, item.fix.at)] : []
    const added = item.evidenceIds.filter(id => !known.has(id) && id !== item.fix?.afterEvidenceId).map(id => foreign(id))
    draft.answers[item.itemCode] = {
      ...before, answer: item.answer, variant: item.variantCode, facts: item.facts, roomEntry: item.roomEntry, shots: [...(before?.shots ?? []), ...added],
      fix: item.fix ? { ...before?.fix, shots: [...(before?.fix?.shots ?? []), ...afterwards], description: item.fix.description, at: item.fix.at } : undefined,
    }
  }
}

/** A picture that another phone took and the service has. */
function foreign(id: string, at = ''): Shot {
  return { marked: id, sha256: '', at, place: '', title: '' }
}

/** What is together by itself, with what the person chose where both wrote; an answer of theirs that is none takes the item out. */
export function chosen(merged: Merged, choices: Readonly<Record<string, 'mine' | 'theirs'>>): Section {
  const taken = new Map(merged.differences.filter(one => choices[one.itemCode] === 'theirs').map(one => [one.itemCode, one.theirs]))
  return { ...merged.section, items: [...merged.section.items.filter(item => !taken.has(item.itemCode)), ...[...taken.values()].filter(item => item !== undefined)] }
}

/** A settled conflict becomes the draft: a new writing on top of what the colleague saved, which nobody has signed nor handed in. */
export function settle(draft: VisitDraft, mine: Section, section: Section, theirs: SectionInWork, called: ReadonlyMap<string, string>): void {
  const kept = new Set(section.items.map(item => item.itemCode))
  takeSection(draft, section, called, mine.items.map(item => item.itemCode).filter(code => !kept.has(code)))
  draft.videos = section.videoNumbers ?? []
  draft.line = crypto.randomUUID()
  draft.base = theirs
  draft.signatures = []
  draft.handedIn = undefined
  draft.recorded = undefined
  draft.party = { ...draft.party, signedAt: undefined, picture: undefined, over: undefined }
}
