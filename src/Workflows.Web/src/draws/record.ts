// The record of a draw as the service exports it. The order of the members is that of its canonical JSON.
import { canonicalJson, day, list, maybe, moment, numbers, record, text, truth, whole } from './canonical'
import { sha256Hex } from './sha256'

export const FORMAT = 'ssf-draw-record/1'
export const ALGORITHM = 'SSF-DRAW-v1'

export interface Terms {
  drawId: string, planId: string, scenarioVersion: string, operator: string, winners: number, alternates: number, uniformPercent: number
  stratumShares: Record<string, number> | null, atLeastPerStratum: number
}
export interface Commitment {
  terms: Terms, algorithm: string, commitment: string, poolHash: string, exclusionsHash: string, officersHash: string, committedAt: string
}
export interface Candidate { id: string, class: string, weight: number, stratum: string | null, weightBasis: string | null }
export interface Exclusion { id: string, code: string, reason: string, evidence: string }
export interface Officer {
  id: string, department: string, certificateNumber: string | null, certificateValidTo: string | null, town: string | null, group: string | null
  onLeave: boolean, suspended: boolean, load: number, largestLoad: number, fields: string[], conflicts: string[], lastVisited: string[]
}
export interface Quota { stratum: string, size: number, share: number, exactNumerator: string, exactDenominator: string, quota: number }
export interface Row { rank: number, id: string, score: string, stratum: string | null }
export interface Drawn { id: string, by: string, stratum: string | null }
export interface Need { department: string, count: number, field: string | null }
export interface TeamTarget { id: string, town: string | null }
export interface TeamPlan { needs: Need[], visitDate: string, targets: TeamTarget[] }
export interface OfficerRow { officerId: string, score: string }
export interface DepartmentTeam {
  department: string, needed: number, order: OfficerRow[], exclusions: Exclusion[], members: string[], alternates: string[], fallback: string, mixed: boolean
}
export interface Team { targetId: string, departments: DepartmentTeam[], isComplete: boolean }
export interface Substitution {
  sequence: number, at: string, targetId: string, department: string | null, out: string, in: string, code: string, reason: string
  requestedBy: string, approvedBy: string, team: Team | null, previousHash: string, hash: string
}
export interface DrawRecord {
  format: string, commitment: Commitment, pool: Candidate[], exclusions: Exclusion[], officers: Officer[]
  publicValue: { text: string, source: string, knownAt: string, witnesses: string[] }
  secret: string, seed: string, quotas: Quota[], order: Row[], uniformOrder: Row[], winners: Drawn[], alternates: Drawn[]
  teamPlan: TeamPlan | null, teams: Team[], hash: string, substitutions: Substitution[]
}

const exclusion = record({ id: text, code: text, reason: text, evidence: text })
const row = record({ rank: whole, id: text, score: text, stratum: maybe(text) })
const drawn = record({ id: text, by: text, stratum: maybe(text) })
export const teamForm = record({
  targetId: text,
  departments: list(record({
    department: text, needed: whole, order: list(record({ officerId: text, score: text })), exclusions: list(exclusion),
    members: list(text), alternates: list(text), fallback: text, mixed: truth,
  })),
  isComplete: truth,
})
const substitutionForm = record({
  sequence: whole, at: moment, targetId: text, department: maybe(text), out: text, in: text, code: text, reason: text,
  requestedBy: text, approvedBy: text, team: maybe(teamForm), previousHash: text, hash: text,
})
export const recordForm = record({
  format: text,
  commitment: record({
    terms: record({
      drawId: text, planId: text, scenarioVersion: text, operator: text, winners: whole, alternates: whole, uniformPercent: whole,
      stratumShares: maybe(numbers), atLeastPerStratum: whole,
    }),
    algorithm: text, commitment: text, poolHash: text, exclusionsHash: text, officersHash: text, committedAt: moment,
  }),
  pool: list(record({ id: text, class: text, weight: whole, stratum: maybe(text), weightBasis: maybe(text) })),
  exclusions: list(exclusion),
  officers: list(record({
    id: text, department: text, certificateNumber: maybe(text), certificateValidTo: maybe(day), town: maybe(text), group: maybe(text),
    onLeave: truth, suspended: truth, load: whole, largestLoad: whole, fields: list(text), conflicts: list(text), lastVisited: list(text),
  })),
  publicValue: record({ text, source: text, knownAt: moment, witnesses: list(text) }),
  secret: text, seed: text,
  quotas: list(record({ stratum: text, size: whole, share: whole, exactNumerator: text, exactDenominator: text, quota: whole })),
  order: list(row), uniformOrder: list(row), winners: list(drawn), alternates: list(drawn),
  teamPlan: maybe(record({
    needs: list(record({ department: text, count: whole, field: maybe(text) })), visitDate: day, targets: list(record({ id: text, town: maybe(text) })),
  })),
  teams: list(teamForm), hash: text, substitutions: list(substitutionForm),
})

/** Hash of the core of a record: of all but the hash itself and later substitutions. */
export function coreHash(given: DrawRecord): string {
  return sha256Hex(canonicalJson({ ...given, hash: '', substitutions: [] }, recordForm))
}

export function substitutionHash(entry: Substitution): string {
  return sha256Hex(canonicalJson({ ...entry, hash: '' }, substitutionForm))
}
