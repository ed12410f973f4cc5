// What the phone reads of the service's answers, by the service's names.
import type { Shape } from '../api/shapes'

export type Task = Pick<Shape<'TaskShape'>, 'id' | 'kind' | 'title' | 'role' | 'department' | 'caseId' | 'planId' | 'dueAt' | 'isDecision' | 'outcomes' | 'subject' | 'seenAt' | 'createdAt' | 'assignees' | 'isReturned' | 'state'>
export type Answer = '符合' | '不符合' | '不适用' | '未检查'

export interface VisitAhead {
  caseId: string
  visitId: string
  caseNumber: string
  title: string
  targetName: string
  address: string
  plannedOn: string
  state: 'Planned' | 'Arrived'
  leadDepartment: string
}

export interface Member {
  officerId: string
  name: string
  department: string
  certificateNumber?: string
  certificateValidTo?: string
  isAssistant: boolean
}

export interface Citation {
  code: string
  text: string
  content?: string
}

export interface KitItem {
  code: string
  title: string
  group?: string
  department: string
  methods: string[]
  severity: string
  guidance?: string
  findingWording: string
  penaltyClause: string
  violates: Citation[]
  penalises: Citation[]
  onSpot: 'No' | 'Partly' | 'Yes'
  onSpotAction?: string
  correction: string
  proof: string
  stopMeasure?: { kind: string; condition: string }
  minorsInvolved: boolean
  /** A breach has to say how a room that a guest lives in was entered. */
  occupiedRooms?: boolean
  /** Judged inside a home: nobody finds it in order from outside. */
  insideHome?: boolean
  filesAtOnce: boolean
  wording?: { pass: string; fail: string; notApplicable: string; notChecked: string }
  askedWhen?: { item: string; answers: Answer[] }
  variants: { code: string; title: string; findingWording: string; severity: string; onSpot: 'No' | 'Partly' | 'Yes' }[]
}

export interface Signature {
  officerId: string
  name: string
  certificateNumber: string
  at: string
  /** Evidence with the picture of the handwriting. */
  evidenceId?: string
}

export interface RoomEntry {
  ground: '公安机关在场' | '住客同意'
  by: string
}

export interface ItemResult {
  itemCode: string
  variantCode?: string
  answer: Answer
  facts?: string
  evidenceIds: string[]
  fix?: { at: string; beforeEvidenceId: string; afterEvidenceId: string; description: string }
  roomEntry?: RoomEntry
  factsFixedBy?: string
}

export interface Section {
  department: string
  items: ItemResult[]
  signatures: Signature[]
  videoNumbers?: string[]
}

export interface SectionInWork {
  section: Section
  version: number
  at: string
  by: string
}

export interface SectionState {
  department: string
  version: number
  answered: number
  signed: boolean
  at?: string
  by?: string
}

export interface Target {
  id: string
  name: string
  address: string
  representative?: string
  representativeTitle?: string
  creditCode?: string
  /** How far the party is known; nothing for whoever stands on the roster. */
  identity?: Shape<'PartyIdentity'>
  tags: string[]
}

export interface CaseOf {
  id: string
  number: string
  scenarioCode: string
  leadDepartment: string
  target: Target
  stage: string
  visitOfYear: number
  occasion?: string
  departments: { code: string; organ: string; attends: boolean; itemsLeftTo?: string }[]
}

export interface Kit {
  visit: {
    id: string
    state: 'Planned' | 'Arrived' | 'Recorded' | 'NotFound' | 'Refused'
    plannedOn: string
    arrivedAt?: string
    attendances: { department: string; officerIds: string[]; assistantIds: string[] }[]
    absent: { department: string; reason?: string }[]
    sectionsInWork?: SectionInWork[]
    notFoundAttempts: { at: string; note: string }[]
    certificatesShownAt?: string
    homeEntry?: { consent?: { person: string }; authority?: string; noticeLeft: boolean }
  }
  case: CaseOf
  title: string
  team?: { members: Member[] }
  departments: { code: string; name: string; organ: string; attends: boolean; sealed: boolean }[]
  items: KitItem[]
  sections: SectionState[]
  /** Whether the target is a home, which is entered with consent or by law alone. */
  homes?: boolean
  previous?: { on: string; caseNumber?: string; answers: Record<string, { answer: Answer; facts?: string }> }
}

export interface Finding {
  id: string
  itemCode: string
  itemTitle: string
  facts: string
  department: string
  penaltyDepartment: string
  severity: string
  disposition: string
  isRectified: boolean
  isFiledAtOnce: boolean
  evidenceIds: string[]
  fix?: object
  visitId: string
}

export interface OrderItem {
  ordinal: number
  findingId: string
  itemCode: string
  requirement?: string
  correction?: string
  due?: string
  state: string
  period?: { length: number; unit: string }
}

export interface Order {
  id: string
  department: string
  documentNumber?: string
  state: string
  items: OrderItem[]
}

/** The whole story of a case, of which a step shows what it needs. */
export interface Story {
  case: CaseOf
  teams: { members: Member[] }[]
  visits: Kit['visit'][]
  findings: Finding[]
  orders: Order[]
  extensions: { id: string; orderId: string; state: string; reason: string; length?: number; items?: number[] }[]
  proofs: { id: string; department?: string; description?: string; evidenceIds: string[]; items?: number[]; reviewOutcome?: string | null; submittedAt?: string }[]
  filings: { id: string; department: string; state: string; reason?: string; findingIds: string[] }[]
  leniency: { id: string; department: string; kind: string; state: string; harm?: string; education?: string; findingIds: string[] }[]
  stopMeasures: { id: string; department: string; measure: string; findingId: string; approval?: object; lifted?: object }[]
  documents: { id: string; title: string; form: string; number?: string; department?: string; state: string; createdAt?: string }[]
  evidence: { id: string; title: string; kind: string; mediaType: string }[]
}
