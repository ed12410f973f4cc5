// What the party's page knows of its matter, and what it should do next.
import { say } from '../language/language'

export interface Item {
  orderId: string, ordinal: number, title: string, organ: string, requirement: string, proofWanted: string, state: string
  due?: string, daysLeft?: number, workingDays: boolean, longestExtension?: number
}
export interface Paper { id: string, number: string, title: string, organ: string, issuedOn: string }
export interface Proof { id: string, orderId: string, items: number[], description: string, evidenceIds: string[], submittedAt: string, late: boolean, reviewOutcome?: string, review?: { reason?: string } }
export interface Extension { id: string, orderId: string, items: number[], reason: string, length: number, submittedAt: string, decideBy: string, state: string, grantedLength?: number, decision?: { reason?: string } }
export interface Statement { id: string, subject?: string, text: string, submittedAt: string, answer?: string, evidenceIds?: string[] }
export interface Sample { ordinal: number, product: string, number: string, reportNumber: string, detail: string, toldOn: string, mayAsk: boolean, asked?: string, passed?: boolean }
export interface ScoreChange { id: number, at: string, points: number, ceiling?: number, standing: number, repaired: boolean, reason?: string, objection?: string, objectionAnswer?: string }
export interface Score { points: number, grade: string, changes: ScoreChange[] }
export interface Organ { organ: string, officers: { name: string, certificateNumber: string }[] }
export interface Matter {
  /** What the party is asked to promise; null where nothing is. */
  promise?: { texts: string[] } | null
  caseNumber: string, title: string, today: string, stage: string, state: string, targetName: string, address: string
  visit?: { arrivedAt?: string, state: string, organs: Organ[], rating?: { stars: number, words?: string, at: string } }
  items: Item[], files: { id: string, title: string, mediaType: string, length: number, at: string }[]
  documents: Paper[], extensions: Extension[], proofs: Proof[], statements: Statement[], open: { kind: string, title: string, dueAt?: string }[]
  samples: Sample[]
  /** Items that may be reported as put right by the party itself; empty once the check is recorded. */
  checklist: { code: string, title: string }[]
  /** 监管评分; absent until a case has been counted. */
  score?: Score | null
}

/** Whether something is still to be done by the party. */
export function isOpen(item: Item): boolean {
  return item.state === 'Open' || item.state === 'Overdue'
}

/** The act that the page puts on top. */
export type NextAct =
  | { act: 'prove', item: Item }
  | { act: 'wait', items: Item[] }
  | { act: 'rate' }
  | { act: 'ended' }
  | { act: 'nothing' }

export function nextAct(matter: Matter): NextAct {
  // The service gives the most urgent first.
  const open = matter.items.find(isOpen)
  if (open) return { act: 'prove', item: open }
  const waiting = matter.items.filter(item => item.state === 'ProofSubmitted')
  if (waiting.length > 0) return { act: 'wait', items: waiting }
  if (matter.visit && ['Recorded', 'Refused'].includes(matter.visit.state) && !matter.visit.rating) return { act: 'rate' }
  return matter.state === 'Open' ? { act: 'nothing' } : { act: 'ended' }
}

/** Whether the service takes this from the party now. */
export function takes(matter: Matter, kind: 'party.proof' | 'party.extension' | 'party.retest'): boolean {
  return matter.open.some(task => task.kind === kind)
}

/** Items of the same order that can be proved, or extended, together with one. */
export function together(matter: Matter, item: Item, which: (item: Item) => boolean): Item[] {
  return matter.items.filter(other => other.orderId === item.orderId && which(other))
}

export function pendingExtension(matter: Matter, item: Item): Extension | undefined {
  return matter.extensions.find(e => e.state === 'Pending' && e.orderId === item.orderId && e.items.includes(item.ordinal))
}

export function stateWords(state: string): string {
  switch (state) {
    case 'Open': return say('待整改', 'To be done')
    case 'Overdue': return say('逾期未改正', 'Overdue')
    case 'ProofSubmitted': return say('材料待审核', 'Proof under review')
    case 'Rectified': return say('已改正', 'Put right')
    case 'Filed': return say('已立案', 'A case was filed')
    default: return say('已了结', 'Settled')
  }
}

export function requestWords(state: string): string {
  switch (state) {
    case 'Pending': return say('等待决定', 'Awaiting a decision')
    case 'Granted': return say('准予延期', 'Granted')
    case 'Refused': return say('不予延期', 'Refused')
    default: return say('已了结', 'Settled')
  }
}

/** Outcome of a desk review, in the service's Chinese words. */
export function reviewWords(outcome: string | undefined): string {
  switch (outcome) {
    case undefined: return say('等待审核', 'Under review')
    case '通过': return say('审核通过', 'Accepted')
    case '补充材料': return say('需要补充材料', 'More is wanted')
    case '现场复查': return say('将现场复查', 'Will be looked at on the spot')
    default: return outcome
  }
}

/** What a change of the score does, in points or as the most that is left. */
export function pointsWords(change: Pick<ScoreChange, 'points' | 'ceiling'>): string {
  if (change.ceiling !== undefined && change.ceiling !== null) return say(`至多${change.ceiling}分`, `at most ${change.ceiling}`)
  return change.points > 0 ? `+${change.points}` : String(change.points)
}
