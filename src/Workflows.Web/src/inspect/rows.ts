// What stands on the list of today, in which order.
import type { Task, VisitAhead } from './shapes'

/** Kinds of step that are done on the page of the visit. */
export const AT_THE_DOOR = new Set(['visit.arrive', 'visit.second', 'visit.record'])
const SOON_MS = 2 * 86_400_000

export type Urgency = 'late' | 'soon' | 'open'

export interface Row {
  /** Path of its page after /inspect/. */
  key: string
  task?: Task
  visit?: VisitAhead
  caseId?: string
  dueAt?: string
  urgency: Urgency
  unseen: boolean
}

export function rowsOf(tasks: readonly Task[], visits: readonly VisitAhead[], done: ReadonlySet<string>, now: Date): Row[] {
  const rows = new Map<string, Row>()
  for (const task of tasks) {
    if (done.has(task.id)) continue
    const key = AT_THE_DOOR.has(task.kind) && task.caseId ? `visit/${task.caseId}` : `step/${task.id}`
    rows.set(key, {
      key, task, caseId: task.caseId ?? undefined, dueAt: task.dueAt ?? undefined, urgency: urgencyOf(task.dueAt, now), unseen: !task.seenAt,
      visit: visits.find(visit => visit.caseId === task.caseId && AT_THE_DOOR.has(task.kind)),
    })
  }
  for (const visit of visits) {
    const key = `visit/${visit.caseId}`
    if (!rows.has(key)) rows.set(key, { key, visit, caseId: visit.caseId, dueAt: endOfDay(visit.plannedOn), urgency: 'open', unseen: false })
  }
  return [...rows.values()].sort((a, b) => (a.dueAt ?? '9').localeCompare(b.dueAt ?? '9') || a.key.localeCompare(b.key))
}

export function urgencyOf(dueAt: string | null | undefined, now: Date): Urgency {
  if (!dueAt) return 'open'
  const left = Date.parse(dueAt) - now.getTime()
  return left <= 0 ? 'late' : left <= SOON_MS ? 'soon' : 'open'
}

function endOfDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00+08:00`) + 86_400_000).toISOString()
}
