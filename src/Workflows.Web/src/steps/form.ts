// What a step asks for, in fields that the phone and the desk draw each in its own way, and how what was filled in becomes the `data` of the step.
import type { Shape } from '../api/shapes'
import type { Said } from '../language/language'
import type { Member, Story, Task } from '../inspect/shapes'

export type { Member, Story, Task }

/** A photograph as a form holds it: the service's id of the evidence, or a local name that the phone replaces when it sends. */
export interface Photo {
  marked: string
  original?: string
}

export interface Officer {
  id: string
  name: string
  department: string
  certificateNumber?: string
}

/** What a form is made of beside the step: read before it is shown, as the kind of step says. */
export interface Reference {
  story?: Story
  lead?: Shape<'Lead'>
  scenario?: Shape<'Scenario'>
  plan?: Shape<'InspectionPlan'>
  officers?: Officer[]
  /** Departments and towns by code. */
  departments?: Record<string, string>
  towns?: Record<string, string>
  targets?: { id: string; name: string; address: string }[]
}

export type Need = 'scenario' | 'plan' | 'officers' | 'departments' | 'towns' | 'targets'

export interface Context extends Reference {
  task: Task
  /** Department of whoever fills it in. */
  department?: string
  /** Officer who fills it in. */
  officerId?: string
  now: Date
}

export interface Option {
  value: string
  label: string
  sub?: string
}

interface Basics {
  name: string
  label: Said
  required?: boolean
  hint?: Said
  /** Asked for only with these values of the same group. */
  when?: (values: Values) => boolean
}

export type Field =
  | (Basics & { kind: 'text' | 'long'; initial?: string; phrases?: string[] })
  /** One entry on each line. */
  | (Basics & { kind: 'lines'; initial?: string })
  | (Basics & { kind: 'number'; initial?: number; least?: number; most?: number })
  | (Basics & { kind: 'moment' | 'date'; initial?: string })
  /** Required: it has to be confirmed. */
  | (Basics & { kind: 'flag'; initial?: boolean })
  /** A few answers side by side, or many in a list. */
  | (Basics & { kind: 'choice' | 'select'; options: Option[]; initial?: string })
  /** Several of a list; with `search` of a long one. */
  | (Basics & { kind: 'picks'; options: Option[]; initial?: string[]; least?: number; search?: boolean })
  | (Basics & { kind: 'photos'; title: string })
  /** The same fields for each of the given rows. */
  | (Basics & { kind: 'rows'; rows: { key: string; title: string; sub?: string; initial?: Values }[]; fields: Field[] })
  /** The same fields for as many as are added. */
  | (Basics & { kind: 'many'; fields: Field[]; add: Said; each: Said; least?: number; most: number })

export type Values = Record<string, unknown>

export interface Form {
  needs?: Need[]
  fields(context: Context, outcome: string): Field[]
  data(values: Values, context: Context, outcome: string): Record<string, unknown>
}

export const text = (values: Values, name: string) => (values[name] as string | undefined)?.trim() || undefined
export const rowsOf = (values: Values, name: string) => (values[name] as Record<string, Values> | undefined) ?? {}
export const manyOf = (values: Values, name: string) => (values[name] as Values[] | undefined) ?? []
export const picksOf = (values: Values, name: string) => (values[name] as string[] | undefined) ?? []
export const linesOf = (values: Values, name: string) => ((values[name] as string | undefined) ?? '').split(/[\n、;；]/).map(line => line.trim()).filter(Boolean)
export const evidence = (values: Values, name: string) => ((values[name] as Photo[] | undefined) ?? []).flatMap(shot => (shot.original ? [shot.marked, shot.original] : [shot.marked]))
export const options = (...values: string[]): Option[] => values.map(value => ({ value, label: value }))
export const optionsOf = (names: Record<string, string> | undefined, only?: string[]): Option[] =>
  Object.entries(names ?? {}).filter(([code]) => !only || only.includes(code)).map(([value, label]) => ({ value, label }))

/** For an input of kind datetime-local, in China's time. */
export function inputOf(date: Date): string {
  return new Date(date.getTime() + 8 * 3_600_000).toISOString().slice(0, 16)
}

export function fromInput(typed: unknown): string | undefined {
  return typeof typed === 'string' && typed ? new Date(`${typed.slice(0, 16)}:00+08:00`).toISOString() : undefined
}

/** The date in China, some days from now. */
export function dayOf(now: Date, days = 0): string {
  return inputOf(new Date(now.getTime() + days * 86_400_000)).slice(0, 10)
}

/** Words that turn something down: they need a reason. */
const NEGATIVE = /^(?:退回|不(?!予处罚)|解除|审核退回|误报|补充材料|异议不成立|终止|实地复查|申请重抽|作废)/

export function isNegative(outcome: string): boolean {
  return NEGATIVE.test(outcome)
}

export function note(outcome: string, required = isNegative(outcome)): Field {
  return { kind: 'long', name: 'note', label: ['意见', 'Opinion'], required, phrases: isNegative(outcome) ? ['事实不清，请补充', '依据不足，请核对'] : ['同意', '情况属实，同意'] }
}

/** Officers of the team for a department, or of its roster where it has no two in the team. */
export function officersFor(context: Context, department: string | null | undefined): Option[] {
  const unit = department ?? context.department
  const team = (context.story?.teams.at(-1)?.members ?? []).filter(member => member.department === unit && !member.isAssistant)
    .map(member => ({ value: member.officerId, label: member.name, sub: member.certificateNumber }))
  if (team.length >= 2 || !context.officers) return team
  const known = new Set(team.map(one => one.value))
  return [...team, ...context.officers.filter(one => one.department === unit && one.certificateNumber && !known.has(one.id)).map(one => ({ value: one.id, label: one.name, sub: one.certificateNumber }))]
}

/** Fields that are asked for with what is filled in so far. */
export function shownOf(fields: Field[], values: Values): Field[] {
  return fields.filter(field => !field.when || field.when(values))
}

/** Values with which fields begin. */
export function initialOf(fields: Field[], now: Date): Values {
  const values: Values = {}
  for (const field of fields) {
    if (field.kind === 'rows') values[field.name] = Object.fromEntries(field.rows.map(row => [row.key, { ...initialOf(field.fields, now), ...row.initial }]))
    else if (field.kind === 'many') values[field.name] = Array.from({ length: field.least ?? 0 }, () => initialOf(field.fields, now))
    else if (field.kind === 'photos') values[field.name] = []
    else if (field.kind === 'moment') values[field.name] ??= field.initial ?? inputOf(now)
    else if ('initial' in field && field.initial !== undefined) values[field.name] ??= field.initial
  }
  return values
}

/** Values of fields that came later, beside what was typed: also of rows that a story brought. */
export function completed(fields: Field[], values: Values, now: Date): Values {
  const fresh = initialOf(fields, now)
  const filled: Values = { ...fresh, ...values }
  for (const field of fields) if (field.kind === 'rows') filled[field.name] = { ...(fresh[field.name] as object), ...(values[field.name] as object | undefined) }
  return filled
}

/** Names of fields that are asked for and not filled in, as people read them. */
export function missingOf(fields: Field[], values: Values): Said[] {
  return shownOf(fields, values).flatMap((field): Said[] => {
    if (field.kind === 'rows') return field.rows.flatMap(row => under(row.title, row.title, missingOf(field.fields, rowsOf(values, field.name)[row.key] ?? {})))
    if (field.kind === 'many') {
      const rows = manyOf(values, field.name)
      return rows.length < (field.least ?? 0) ? [field.label] : rows.flatMap((row, n) => under(`${field.each[0]}${n + 1}`, `${field.each[1]} ${n + 1}`, missingOf(field.fields, row)))
    }
    const value = values[field.name]
    const empty = value === undefined || value === '' || value === false || (typeof value === 'string' && value.trim() === '') || (Array.isArray(value) && value.length === 0)
    if (field.kind === 'picks' && field.least && picksOf(values, field.name).length < field.least) return [[`${field.label[0]}（至少${field.least}名）`, `${field.label[1]} (${field.least} or more)`]]
    return field.required && empty ? [field.label] : []
  })
}

function under(zh: string, en: string, missing: Said[]): Said[] {
  return missing.map(said => [`${zh}：${said[0]}`, `${en}: ${said[1]}`])
}

/** Without members that nobody filled in, at any depth of plain objects. */
export function given(data: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, value && typeof value === 'object' && !Array.isArray(value) ? given(value as Record<string, unknown>) : value]))
}
