// The wall counts what it shows: every number is the length of a list of rows that can be opened, and of the Excel with the same filter.
import { endsDay, lastDay } from '../words/dates'

export interface LateRow {
  kind: string
  id: string
  title: string
  owner?: string | null
  dueAt: string
  late: boolean
  caseId?: string | null
  planId?: string | null
  department?: string | null
  colour: 'Red' | 'Amber' | 'Green'
  side: 'Unit' | 'Party'
  workingDays: number
  caseNumber?: string | null
  target?: string | null
  scenario?: string | null
  area?: string | null
  /** Lead of a step or term that belongs to no case or plan. */
  leadId?: string | null
}

/** Filters of the address; the names are those of the service, so that Excel gets the same ones. */
export interface WallFilter {
  colour?: string
  side?: string
  age?: string
  department?: string
  scenario?: string
  area?: string
  kind?: string
  due?: string
}

/** What bounds the whole wall; the others choose rows in it. */
export const SCOPE = ['department', 'scenario', 'area'] as const
export const CHOICE = ['colour', 'side', 'age', 'kind', 'due'] as const

export const AGES = ['UpTo3', 'UpTo10', 'UpTo30', 'Over30'] as const

export function ageOf(row: LateRow): string | undefined {
  if (!row.late) return undefined
  return row.workingDays <= 3 ? 'UpTo3' : row.workingDays <= 10 ? 'UpTo10' : row.workingDays <= 30 ? 'UpTo30' : 'Over30'
}

export function holds(row: LateRow, filter: WallFilter): boolean {
  return (!filter.colour || row.colour === filter.colour) && (!filter.side || row.side === filter.side) && (!filter.age || ageOf(row) === filter.age)
    && (!filter.department || row.department === filter.department) && (!filter.scenario || row.scenario === filter.scenario)
    && (!filter.area || !!row.area?.startsWith(filter.area)) && (!filter.kind || row.kind === filter.kind) && (!filter.due || lastDay(row.dueAt) === filter.due)
}

export function pick(filter: WallFilter, members: readonly (keyof WallFilter)[]): WallFilter {
  return Object.fromEntries(members.filter(member => filter[member]).map(member => [member, filter[member]]))
}

export interface Unit {
  code: string
  red: number
  amber: number
  green: number
}

/** Units with what they have, those with the most that is late first. It shows where help is needed; it is no ranking of work done. */
export function byUnit(rows: LateRow[]): Unit[] {
  const units = new Map<string, Unit>()
  for (const row of rows) {
    if (!row.department) continue
    const unit = units.get(row.department) ?? { code: row.department, red: 0, amber: 0, green: 0 }
    unit[row.colour.toLowerCase() as 'red' | 'amber' | 'green']++
    units.set(row.department, unit)
  }
  return [...units.values()].sort((a, b) => b.red - a.red || b.amber - a.amber || b.green - a.green || a.code.localeCompare(b.code))
}

/** How much has its last day on each of the coming days: what is not done then is late the day after. */
export function byDay(rows: LateRow[], days: string[]): { date: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const row of rows) if (!row.late) counts.set(lastDay(row.dueAt), (counts.get(lastDay(row.dueAt)) ?? 0) + 1)
  return days.map(date => ({ date, count: counts.get(date) ?? 0 }))
}

/** Where a row leads. */
export function placeOf(row: LateRow): string | undefined {
  if (row.kind === 'lead') return `/desk/leads/${row.id}`
  if (row.caseId) return `/desk/cases/${row.caseId}`
  if (row.planId) return `/desk/plans/${row.planId}`
  return row.leadId ? `/desk/leads/${row.leadId}` : undefined
}

export { endsDay }
