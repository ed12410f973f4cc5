// What the data of a scenario is made of, as forms show it: each field with its label, its bounds and its choices. Forms, differences in words and
// jumps from a problem to its field all read these descriptions.
import type { Said } from '../language/language'

export type Entry = Record<string, unknown>

/** The whole of what is edited: choices of one field come from others. */
export interface Whole {
  scenario: Entry
  law: Entry
}

export interface Option {
  value: string
  text: Said
}

export type Options = (whole: Whole) => Option[]

interface Common {
  label: Said
  hint?: Said
  /** May be left out; what is cleared is dropped from the data, or set to null where the data has it so. */
  optional?: 'drop' | 'null'
  /** Takes the whole width of a form. */
  wide?: boolean
}

export type Field = Common & (
  | { kind: 'text'; most?: number; lines?: number; fixed?: boolean; placeholder?: string }
  | { kind: 'date' }
  | { kind: 'number'; least: number; most: number; step?: number }
  | { kind: 'flag' }
  | { kind: 'choice'; options: Options }
  /** Several of what there is. */
  | { kind: 'several'; options: Options }
  /** Words typed one by one. */
  | { kind: 'words'; suggested?: Options }
  /** Codes of legal bases. */
  | { kind: 'bases' }
  | { kind: 'period' }
  | { kind: 'group'; members: Members }
  | ListField
  /** Values under names that the data itself chooses. */
  | { kind: 'map'; value: Field; names: Record<string, Said>; extra?: Members; adds?: boolean }
)

export type ListField = Common & {
  kind: 'list'
  members: Members
  /** What one of them is called: 部门. */
  one: Said
  /** Member that tells them apart. */
  key: string
  summary: (entry: Entry, whole: Whole) => string
  fresh: (whole: Whole) => Entry
  /** Heading under which an entry stands; without one the list is not grouped. */
  group?: (entry: Entry, whole: Whole) => string
}

export type Members = Record<string, Field>

export function list(value: unknown): Entry[] {
  return Array.isArray(value) ? (value as unknown[]).filter(isEntry) : []
}

export function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}

/** Puts a value into an entry, or takes it out in the way its field says. */
export function put(entry: Entry, name: string, field: Field, value: unknown): void {
  const empty = value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  if (!empty || !field.optional) entry[name] = value ?? ''
  else if (field.optional === 'null') entry[name] = null
  else delete entry[name]
}
