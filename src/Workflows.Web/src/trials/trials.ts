// Trials as the service tells of them: what was asked, how far it is, what it came to.
import { get, getText, post, remove } from '../api/client'
import type { ActivityJson } from '../diagram/graph'

export interface Trial {
  id: string
  kind: 'simulation' | 'replay'
  state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled'
  code?: string
  message?: string
  progress: number
  reached?: string
  waiting?: number
  packageHash: string
  simulation?: { scenario: string; version: string; from: string; days: number; targets: number; seed: number; source: 'sample' | 'lastMonth' }
  replay?: { scenario: string; version: string; casesFrom: string; casesTo: string; max: number }
  askedAt: string
  keptUntil?: string
  summary?: Summary
  replaySummary?: ReplaySummary
}

export interface Summary {
  plans: number
  cases: number
  closed: number
  answers: number
  timelineSteps: number
  documents: number
  limitsBroken: number
  branchesNeverTaken: number
  incidents: number
  refused: number
  problems: number
  outcomes: Record<string, number>
  documentForms: Record<string, number>
}

export interface ReplaySummary {
  cases: number
  inPeriod: number
  same: number
  differs: number
  notReplayed: number
  dueDatesDiffer: number
  noPlace: number
  first: { kind: string; activityId: string; realPort?: string; draftPort?: string; cases: number }[]
}

export interface Step {
  seq: number
  at: string
  case?: string
  instance?: string
  definition?: string
  activityId?: string
  port?: string
  actor: string
  role?: string
  department?: string
  kind: string
}

export interface TrialCase {
  number: string
  instance: string
  definition?: string
  target?: string
  story?: string
  state: 'Open' | 'AwaitingFiling' | 'Closed'
  stage: string
  outcome?: string
  openedAt: string
  closedAt?: string
  incidents: number
  realCase?: string
}

export interface TrialDocument {
  id: string
  number: string
  form: string
  title: string
  organ: string
  issuedOn: string
  issuedAt: string
  case?: string
  department?: string
  activityId?: string
}

export interface Workload {
  department?: string
  role?: string
  tasks: number
  done: number
  late: number
  notices: number
  busiestDay?: { date: string; tasks: number; notices: number }
  kinds: { kind: string; title: string; count: number }[]
}

export interface LimitTotal {
  kind: 'limit' | 'rung' | 'task'
  definition?: string
  activityId: string
  name: string
  heldBy?: string
  count: number
  broken: number
}

export interface TrialLimit extends Omit<LimitTotal, 'count' | 'broken'> {
  case?: string
  startedAt: string
  lastDay?: string
  due: string
  actual?: string
  broken: boolean
}

export interface Branch {
  definition: string
  activityId: string
  activityName?: string
  activityType: string
  port?: string
  connected: boolean
  count: number
  neverTaken: boolean
}

export interface TrialProblem {
  kind: string
  definition?: string
  activityId?: string
  case?: string
  step?: string
  owner?: string
  due?: string
  at: string
  code?: string
  message: string
}

export interface Departure {
  at: string
  kind: 'connection' | 'port' | 'missing' | 'added' | 'wait'
  activityId: string
  activityName?: string
  realPort?: string
  draftPort?: string
  realNext: string[]
  draftNext: string[]
}

export interface HistoryStep {
  activityId: string
  kind: string
  title: string
  department?: string
  outcome?: string
  at: string
}

export interface ReplayedCase {
  caseId: string
  number: string
  openedAt: string
  finished: boolean
  outcome: 'same' | 'differs' | 'not-replayed'
  code?: string
  message?: string
  decisions: number
  fed: number
  departures: Departure[]
  noPlace: HistoryStep[]
  assumed: HistoryStep[]
  dueDates: { kind: string; activityId: string; name: string; department?: string; startedAt: string; realDue: string; draftDue: string }[]
}

export interface TriedDiagram {
  definitionId: string
  file: string
  name: string
  root: ActivityJson
}

export interface SimulationAsked {
  scenario: string
  version: string
  from: string
  days: number
  targets?: number
  seed: number
  source: 'sample' | 'lastMonth'
}

interface Page<T> {
  items: T[]
  next?: string
}

const MOST_PAGES = 60
const part = encodeURIComponent

/** All pages of a list of a trial; lists of this size end long before the bound. */
async function all<T>(id: string, list: string, query: Record<string, string> = {}): Promise<T[]> {
  const items: T[] = []
  let after: string | undefined
  for (let page = 0; page < MOST_PAGES; page++) {
    const asked = new URLSearchParams({ ...query, take: '200', ...(after ? { after } : {}) })
    const found = await get<Page<T>>(`/api/trials/${part(id)}/${list}?${asked}`)
    items.push(...found.items)
    if (!found.next) break
    after = found.next
  }
  return items
}

export const trialApi = {
  simulate: (asked: SimulationAsked, key: string) => post<Trial>('/api/trials', asked, key),
  replay: (asked: { scenario: string; version: string; casesFrom?: string; casesTo?: string; max?: number }, key: string) => post<Trial>('/api/trials/replays', asked, key),
  list: () => get<Trial[]>('/api/trials'),
  find: (id: string) => get<Trial>(`/api/trials/${part(id)}`),
  remove: (id: string) => remove<Trial>(`/api/trials/${part(id)}`),
  diagrams: (id: string) => get<TriedDiagram[]>(`/api/trials/${part(id)}/diagrams`),
  steps: (id: string, matter: string) => all<Step>(id, 'timeline', { case: matter }),
  firstSteps: async (id: string) => (await get<Page<Step>>(`/api/trials/${part(id)}/timeline?take=200`)).items,
  cases: (id: string) => all<TrialCase>(id, 'cases'),
  documents: (id: string) => all<TrialDocument>(id, 'documents'),
  html: (id: string, documentId: string) => getText(`/api/trials/${part(id)}/documents/${part(documentId)}/html`),
  people: (id: string) => all<Workload>(id, 'people'),
  limits: async (id: string) => (await get<Page<TrialLimit> & { totals: LimitTotal[] }>(`/api/trials/${part(id)}/limits?broken=true&take=200`)),
  branches: (id: string) => all<Branch>(id, 'coverage'),
  problems: (id: string) => all<TrialProblem>(id, 'problems'),
  replayed: (id: string) => all<ReplayedCase>(id, 'replay'),
}
