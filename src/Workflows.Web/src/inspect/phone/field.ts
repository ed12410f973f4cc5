// The officer's day: read from the service when it can be reached, shown from the phone at once.
import { computed, reactive } from 'vue'
import { ApiProblem, get, post } from '../../api/client'
import type { Page, Shape } from '../../api/shapes'
import { hasRole, session } from '../../session/session'
import type { Kit, Story, Task, VisitAhead } from '../shapes'
import { openMessages, readMessages } from './messages'
import { type Entry, Outbox } from './outbox'
import { sendEntry } from './sending'
import { alone, onNews, tellTabs } from './tabs'
import { vault } from './vault'

const MOST_STORIES = 40
const AT_ONCE = 3
const PAGE = 200

export interface Day {
  tasks: Task[]
  /** Open steps of the own department that stand on nobody's or somebody else's list; for its head. */
  department: Task[]
  visits: VisitAhead[]
  readAt: number
  /** The service's clock minus the phone's, in milliseconds. */
  clockAhead: number
}

interface Names {
  targets: Record<string, { name: string; number: string; address: string }>
  departments: Record<string, string>
  scenarios: Record<string, string>
}

export const day = reactive<Day & { state: 'opening' | 'ready'; refreshing: boolean; failure: string }>({
  tasks: [], department: [], visits: [], readAt: 0, clockAhead: 0, state: 'opening', refreshing: false, failure: '',
})
export const names = reactive<Names>({ targets: {}, departments: {}, scenarios: {} })
export const network = reactive({ online: navigator.onLine })

export const outbox = new Outbox(vault, entry => sendEntry(entry), {
  onSent: entry => takeOff(entry).catch(() => undefined).finally(refreshSoon), alone: run => alone('sending', run), tell: () => tellTabs({ kind: 'outbox' }),
})
export const unsent = computed(() => outbox.entries.length)

/** Steps that the person has done here and that the service does not know of yet: they leave the list, not the outbox. */
export const doneHere = computed(() => new Set(outbox.entries.filter(entry => entry.kind === 'step' && entry.state !== 'refused').map(entry => entry.step!.id ?? '')))

/** Time by the service's clock. */
export function now(): Date {
  return new Date(Date.now() + day.clockAhead)
}

export function departmentName(code: string | null | undefined): string {
  return (code && (names.departments[code] ?? code)) || ''
}

let soon: ReturnType<typeof setTimeout> | undefined
let refreshing: Promise<void> | undefined
/** Asked for while the day is being read: the answer that is under way may be older than what was told. */
let onceMore = false

/** Shows what the phone has, then asks the service. */
export async function openDay(): Promise<void> {
  // Whatever does not open, the day does.
  const [kept, keptNames] = await Promise.all([
    vault.get<Day>('kept', 'day').catch(() => undefined), vault.get<Names>('kept', 'names').catch(() => undefined),
    outbox.load().catch((problem: unknown) => (outbox.status.fault = String(problem))), openMessages(),
  ])
  if (keptNames) Object.assign(names, keptNames)
  if (kept) {
    Object.assign(day, kept)
    day.state = 'ready'
  }
  window.addEventListener('online', () => {
    network.online = true
    void outbox.send().then(() => refresh())
  })
  onNews(news => {
    if (news.kind === 'outbox') void outbox.load()
  })
  window.addEventListener('offline', () => (network.online = false))
  // What is held waits for others, whose doing no event of this phone tells.
  setInterval(() => {
    if (outbox.entries.length) void outbox.send()
  }, 20_000)
  void outbox.send()
  await refresh()
}

export function refreshSoon(): void {
  clearTimeout(soon)
  soon = setTimeout(() => void refresh(), 300)
}

/** Reads the day; what is told meanwhile is read too before this is over. */
export function refresh(): Promise<void> {
  onceMore = true
  refreshing ??= readOn().finally(() => {
    refreshing = undefined
  })
  return refreshing
}

async function readOn(): Promise<void> {
  while (onceMore) {
    onceMore = false
    await read()
  }
}

/** Steps that the service took while the list was being read: the answer may still name them. */
const taken = new Set<string>()

/** A step that the service has is no longer on the list, also on the one that this phone opens with next time. */
async function takeOff({ kind, step }: Entry): Promise<void> {
  const id = kind === 'step' ? step?.id : undefined
  if (!id) return
  taken.add(id)
  Object.assign(day, { tasks: day.tasks.filter(task => task.id !== id), department: day.department.filter(task => task.id !== id) })
  if (day.readAt) await keepDay()
}

async function read(): Promise<void> {
  day.refreshing = true
  taken.clear()
  try {
    const isHead = hasRole('department-head')
    const [mine, all, field, departments] = await Promise.all([
      tasksOf('?mine'), isHead ? tasksOf('?') : [], get<{ now: string; visits: VisitAhead[] }>('/api/visits'),
      Object.keys(names.departments).length ? undefined : get<Page<Shape<'Department'>>>('/api/rosters/departments?take=200').catch(() => undefined),
    ])
    const own = new Set(mine.map(task => task.id))
    const open = (task: Task) => !taken.has(task.id)
    Object.assign(day, {
      tasks: mine.filter(open), department: all.filter(task => task.department === session.person?.department && !own.has(task.id) && open(task)), visits: field.visits,
      readAt: Date.now(), clockAhead: Date.parse(field.now) - Date.now(), state: 'ready', failure: '',
    })
    departments?.items.filter(one => one.district.length <= 6).forEach(one => (names.departments[one.code] ??= one.name))
    network.online = true
    void readMessages().catch(() => undefined)
    await keepDay()
    await preload()
  } catch (problem) {
    if (!(problem instanceof ApiProblem)) network.online = false
    else day.failure = problem.message
    day.state = 'ready'
  } finally {
    day.refreshing = false
  }
}

async function keepDay(): Promise<void> {
  const { tasks, department, visits, readAt, clockAhead } = day
  await Promise.all([vault.put('kept', 'day', { tasks, department, visits, readAt, clockAhead } satisfies Day), vault.put('kept', 'names', names)])
}

async function tasksOf(query: string): Promise<Task[]> {
  const tasks: Task[] = []
  let after = ''
  do {
    const page = await get<Page<Task>>(`/api/tasks${query}&take=${PAGE}${after}`)
    tasks.push(...page.items)
    after = page.next ? `&after=${encodeURIComponent(page.next)}` : ''
  } while (after && tasks.length < 5 * PAGE)
  return tasks
}

/** Takes along what the officer will need where there is no network: kits of the visits, stories of the cases of the steps, and what the steps' forms read. */
async function preload(): Promise<void> {
  const byDue = [...day.tasks, ...day.department].sort((a, b) => (a.dueAt ?? '9').localeCompare(b.dueAt ?? '9'))
  const cases = [...new Set(byDue.map(task => task.caseId).filter((id): id is string => !!id))].slice(0, MOST_STORIES)
  const work = [...day.visits.map(visit => () => readKit(visit.caseId)), ...cases.map(id => () => readStory(id))]
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (let next = work.shift(); next; next = work.shift()) await next().catch(() => undefined)
  }))
  await vault.put('kept', 'names', names)
  // The book of forms is loaded after the list is shown.
  const { takeFormsAlong } = await import('./rosters')
  await takeFormsAlong(byDue)
}

/** What is needed at the door: from the service, else as the phone has it. */
export function kitOf(caseId: string): Promise<Kit | undefined> {
  return fresh(() => readKit(caseId), `kit:${caseId}`)
}

export function storyOf(caseId: string): Promise<Story | undefined> {
  return fresh(() => readStory(caseId), `story:${caseId}`)
}

export function keptKit(caseId: string): Promise<Kit | undefined> {
  return vault.get<Kit>('kept', `kit:${caseId}`)
}

async function fresh<T>(read: () => Promise<T>, id: string): Promise<T | undefined> {
  try {
    return await read()
  } catch (problem) {
    if (problem instanceof ApiProblem && problem.status < 500) throw problem
    return vault.get<T>('kept', id)
  }
}

async function readKit(caseId: string): Promise<Kit> {
  const kit = await get<Kit>(`/api/cases/${caseId}/visit`)
  kit.departments.forEach(one => (names.departments[one.code] = one.name))
  note(kit.case)
  await vault.put('kept', `kit:${caseId}`, kit)
  return kit
}

async function readStory(caseId: string): Promise<Story> {
  const story = await get<Story>(`/api/cases/${caseId}`)
  note(story.case)
  await vault.put('kept', `story:${caseId}`, story)
  return story
}

function note(one: Kit['case']): void {
  names.targets[one.id] = { name: one.target.name, number: one.number, address: one.target.address }
  one.departments.forEach(department => (names.departments[department.code] ??= department.organ))
}

/** The person has looked at a step. */
export function markSeen(task: Task): void {
  if (task.seenAt) return
  task.seenAt = now().toISOString()
  void keepDay()
  // Seeing is told where there is a network; without one the step itself will be proof enough.
  post(`/api/tasks/${task.id}/seen`).catch(() => undefined)
}
