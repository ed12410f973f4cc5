// What officers write at the door, and how it becomes a section of the record.
import type { Shot } from '../phone/photo'
import type { Answer, ItemResult, Kit, KitItem, Section, SectionInWork, Signature } from '../shapes'

export interface WrittenAnswer {
  answer?: Answer
  variant?: string
  facts?: string
  shots: Shot[]
  voices?: { local: string; seconds: number }[]
  fix?: { description: string; shots: Shot[]; at?: string }
}

export interface WrittenSignature extends Signature {
  /** Local name of the picture of the handwriting. */
  picture: string
}

export interface Arrival {
  outcome: string
  at: string
  checkIn?: { method: string; place?: string }
  officers: Record<string, string[]>
  absence: Record<string, string>
  actionCode: string
  recusalAnswer: string
  done?: boolean
}

export interface PartyPart {
  personName: string
  capacity: string
  statement: string
  signedAt?: string
  picture?: string
  refused: boolean
  refusalReason: string
  witnessName: string
  videoNumber: string
}

/** Everything of one visit that was written on this phone. */
export interface VisitDraft {
  caseId: string
  answers: Record<string, WrittenAnswer>
  videos: string[]
  signatures: WrittenSignature[]
  arrival?: Arrival
  party: PartyPart
  minor?: { guardianToldAt: string; policeToldAt: string }
  /** The record was handed in from here. */
  recorded?: string
  /** Signed section was handed in from here, for departments that do not record. */
  handedIn?: string
}

export function newDraft(caseId: string): VisitDraft {
  return {
    caseId, answers: {}, videos: [], signatures: [],
    party: { personName: '', capacity: '', statement: '', refused: false, refusalReason: '', witnessName: '', videoNumber: '' },
  }
}

/** Items of a department's own section, and those that it fixes for one that does not attend. */
export function itemsOf(kit: Kit, department: string): KitItem[] {
  const absent = new Set(kit.visit.absent.map(one => one.department))
  const leftTo = new Map(kit.case.departments.filter(one => !one.attends || absent.has(one.code)).map(one => [one.code, one.itemsLeftTo]))
  return kit.items.filter(item => item.department === department || leftTo.get(item.department) === department)
}

/** Items that are asked, given the answers so far; an answer may open further ones. */
export function askedOf(items: readonly KitItem[], answers: VisitDraft['answers']): KitItem[] {
  const asked = new Set<string>()
  for (const item of items) {
    const when = item.askedWhen
    const opening = when && answers[when.item]?.answer
    if (!when || (opening && when.answers.includes(opening) && (asked.has(when.item) || !items.some(one => one.code === when.item)))) asked.add(item.code)
  }
  return items.filter(item => asked.has(item.code))
}

export interface Group {
  key: string
  items: KitItem[]
}

/** Groups as the scenario names them, else by the way of checking, so that one walk through the house settles one group. */
export function groupsOf(items: readonly KitItem[]): Group[] {
  const groups = new Map<string, KitItem[]>()
  for (const item of items) {
    const key = item.group ?? `method:${item.methods[0] ?? 'OnSite'}`
    groups.set(key, [...(groups.get(key) ?? []), item])
  }
  return [...groups].map(([key, members]) => ({ key, items: members }))
}

export function progressOf(items: readonly KitItem[], answers: VisitDraft['answers']): { answered: number; failed: number; all: number } {
  return {
    all: items.length, answered: items.filter(item => answers[item.code]?.answer).length,
    failed: items.filter(item => answers[item.code]?.answer === '不符合').length,
  }
}

/** Everything in a group that has no answer yet is 符合; what was answered stays. */
export function allPass(items: readonly KitItem[], answers: VisitDraft['answers']): void {
  for (const item of items) if (!answers[item.code]?.answer) answers[item.code] = { ...(answers[item.code] ?? { shots: [] }), answer: '符合' }
}

const names = (shots: readonly Shot[]) => shots.flatMap(shot => (shot.original ? [shot.marked, shot.original] : [shot.marked]))

export function sectionOf(kit: Kit, department: string, draft: VisitDraft): Section {
  return {
    department,
    items: askedOf(itemsOf(kit, department), draft.answers).flatMap(item => {
      const written = draft.answers[item.code]
      return written?.answer ? [resultOf(item, written, department)] : []
    }),
    signatures: draft.signatures.map(({ officerId, name, certificateNumber, at }) => ({ officerId, name, certificateNumber, at })),
    ...(draft.videos.length ? { videoNumbers: draft.videos } : {}),
  }
}

function resultOf(item: KitItem, written: WrittenAnswer, department: string): ItemResult {
  const failed = written.answer === '不符合'
  const [before] = written.shots
  const after = written.fix?.shots.at(-1)
  return {
    itemCode: item.code, answer: written.answer!,
    ...(failed && written.variant ? { variantCode: written.variant } : {}),
    ...((failed || written.answer === '未检查') && written.facts ? { facts: written.facts } : {}),
    evidenceIds: failed ? [...names(written.shots), ...(written.voices ?? []).map(voice => voice.local), ...names(written.fix?.shots ?? [])] : [],
    ...(failed && written.fix && before && after ? { fix: { at: written.fix.at!, beforeEvidenceId: before.marked, afterEvidenceId: after.marked, description: written.fix.description } } : {}),
    ...(item.department !== department ? { factsFixedBy: department } : {}),
  }
}

/** Why an answer is not complete yet, or nothing. */
export type Lack = 'answer' | 'facts' | 'photo' | 'reason' | 'after' | 'minor'

export function lackOf(item: KitItem, draft: VisitDraft): Lack | undefined {
  const written = draft.answers[item.code]
  if (!written?.answer) return 'answer'
  if (written.answer === '未检查') return written.facts?.trim() ? undefined : 'reason'
  if (written.answer !== '不符合') return undefined
  if (!written.facts?.trim()) return 'facts'
  if (!written.shots.length) return 'photo'
  if (written.fix && !written.fix.shots.length) return 'after'
  return item.minorsInvolved && !draft.minor ? 'minor' : undefined
}

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

/** Brings two writers of one section together: what only one of them changed is taken; what both did is shown. */
export function mergeSections(base: Section | undefined, mine: Section, theirs: Section): Merged {
  const at = (section: Section | undefined) => new Map((section?.items ?? []).map(item => [item.itemCode, item]))
  const [was, own, other] = [at(base), at(mine), at(theirs)]
  const differences: Difference[] = []
  const items: ItemResult[] = []
  for (const code of new Set([...own.keys(), ...other.keys(), ...was.keys()])) {
    const [a, b, c] = [was.get(code), own.get(code), other.get(code)]
    if (same(b, c) || same(a, c)) {
      if (b) items.push(b)
    } else if (same(a, b)) {
      if (c) items.push(c)
    } else {
      differences.push({ itemCode: code, mine: b, theirs: c })
      if (b) items.push(b)
    }
  }
  const signatures = [...theirs.signatures.filter(one => !mine.signatures.some(own_ => own_.officerId === one.officerId)), ...mine.signatures]
  const videoNumbers = [...new Set([...(theirs.videoNumbers ?? []), ...(mine.videoNumbers ?? [])])]
  return { section: { department: mine.department, items, signatures, ...(videoNumbers.length ? { videoNumbers } : {}) }, differences }
}

function same(a: ItemResult | undefined, b: ItemResult | undefined): boolean {
  return JSON.stringify(essence(a)) === JSON.stringify(essence(b))
}

function essence(item: ItemResult | undefined) {
  return item && [item.answer, item.variantCode ?? '', item.facts ?? '', item.evidenceIds, item.fix?.description ?? '']
}

/** Takes a section that came from the service into what is written here; pictures stay with the phone that took them. */
export function takeSection(draft: VisitDraft, work: SectionInWork | Section): void {
  const section = 'section' in work ? work.section : work
  for (const item of section.items) {
    const before = draft.answers[item.itemCode]
    const known = new Set(names([...(before?.shots ?? []), ...(before?.fix?.shots ?? [])]))
    const foreign = item.evidenceIds.filter(id => !known.has(id))
    draft.answers[item.itemCode] = {
      ...before, answer: item.answer, variant: item.variantCode, facts: item.facts,
      shots: before?.shots.length ? before.shots : foreign.map(id => ({ marked: id, sha256: '', at: '', place: '', title: '' })),
      fix: item.fix ? { ...(before?.fix ?? { shots: [{ marked: item.fix.afterEvidenceId, sha256: '', at: item.fix.at, place: '', title: '' }] }), description: item.fix.description, at: item.fix.at } : undefined,
    }
  }
}
