// What officers write at the door, and how it becomes a section of the record.
import type { Shot } from '../phone/photo'
import { staysOutside } from '../../steps/home'
import type { Values } from '../../steps/form'
import type { Answer, ItemResult, Kit, KitItem, RoomEntry, Section, SectionInWork, Signature } from '../shapes'

export interface WrittenAnswer {
  answer?: Answer
  variant?: string
  facts?: string
  shots: Shot[]
  voices?: { local: string; seconds: number }[]
  fix?: { description: string; shots: Shot[]; at?: string }
  roomEntry?: RoomEntry
}

export interface WrittenSignature extends Signature {
  /** Local name of the picture of the handwriting. */
  picture: string
  /** What was signed, by its mark: under anything else the signature does not stand. */
  over: string
}

export interface Arrival {
  outcome: string
  at: string
  checkIn?: { method: string; place?: string }
  officers: Record<string, string[]>
  /** Assistants who came, by department. */
  assistants?: Record<string, string[]>
  /** What else the outcome asks for. */
  values?: Values
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
  over?: string
  refused: boolean
  refusalReason: string
  witnessName: string
  videoNumber: string
}

/** Everything of one visit that was written on this phone. */
export interface VisitDraft {
  caseId: string
  /** This writing of the section, told from another one that began with another version. */
  line: string
  /** The service's version that it began with. */
  base?: SectionInWork
  answers: Record<string, WrittenAnswer>
  videos: string[]
  signatures: WrittenSignature[]
  arrival?: Arrival
  party: PartyPart
  /** Who the party is, where nobody knew before. */
  identity?: Values
  minor?: { guardianToldAt: string; policeToldAt: string }
  /** The record was handed in from here. */
  recorded?: string
  /** Signed section was handed in from here, for departments that do not record. */
  handedIn?: string
}

export function newDraft(caseId: string): VisitDraft {
  return {
    caseId, line: crypto.randomUUID(), answers: {}, videos: [], signatures: [],
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

/** Everything in a group that has no answer yet is 符合; what was answered stays. What lies inside a home that nobody entered is 未检查. */
export function allPass(items: readonly KitItem[], answers: VisitDraft['answers'], outside = false): void {
  for (const item of items.filter(one => !answers[one.code]?.answer)) {
    const before = answers[item.code] ?? { shots: [] }
    answers[item.code] = outside && item.insideHome ? { ...before, answer: '未检查', facts: before.facts || NOT_ENTERED } : { ...before, answer: '符合' }
  }
}

const NOT_ENTERED = '未获同意，没有进入住宅'

/** Whether the target is a home that nobody entered, as noted with the arrival or about to be. */
export function outsideOf(kit: Kit, draft: VisitDraft): boolean {
  const noted = kit.visit.homeEntry
  return !!kit.homes && (noted ? !noted.consent && !noted.authority : staysOutside(draft.arrival?.values))
}

/** All files of photographs. */
export const names = (shots: readonly Shot[]) => shots.flatMap(shot => (shot.original ? [shot.marked, shot.original] : [shot.marked]))

export function sectionOf(kit: Kit, department: string, draft: VisitDraft): Section {
  return {
    department,
    items: askedOf(itemsOf(kit, department), draft.answers).flatMap(item => {
      const written = draft.answers[item.code]
      return written?.answer ? [resultOf(item, written, department)] : []
    }),
    signatures: draft.signatures.map(({ officerId, name, certificateNumber, at, picture }) => ({ officerId, name, certificateNumber, at, evidenceId: picture })),
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
    ...(failed && item.occupiedRooms && written.roomEntry ? { roomEntry: written.roomEntry } : {}),
    ...(item.department !== department ? { factsFixedBy: department } : {}),
  }
}

/** Why an answer is not complete yet, or nothing. */
export type Lack = 'answer' | 'facts' | 'photo' | 'reason' | 'after' | 'minor' | 'room' | 'home'

export function lackOf(item: KitItem, draft: VisitDraft, outside = false): Lack | undefined {
  const written = draft.answers[item.code]
  if (!written?.answer) return 'answer'
  if (written.answer === '未检查') return written.facts?.trim() ? undefined : 'reason'
  if (written.answer === '符合' && outside && item.insideHome) return 'home'
  if (written.answer !== '不符合') return undefined
  if (!written.facts?.trim()) return 'facts'
  if (!written.shots.length) return 'photo'
  if (written.fix && !written.fix.shots.length) return 'after'
  if (item.occupiedRooms && !written.roomEntry?.by.trim()) return 'room'
  return item.minorsInvolved && !draft.minor ? 'minor' : undefined
}
