// The texts that are hashed: those of the rosters, and the canonical JSON of a record (members in declared order, no white space, Chinese as it is).
import { sha256Hex } from './sha256'

/** What a value of a record may be. */
export type Form =
  | { is: 'text' } | { is: 'whole' } | { is: 'truth' }
  | { is: 'moment' } | { is: 'day' }
  | { is: 'maybe', of: Form }
  | { is: 'list', of: Form }
  | { is: 'numbers' }
  | { is: 'record', members: Record<string, Form> }

export const text: Form = { is: 'text' }
export const whole: Form = { is: 'whole' }
export const truth: Form = { is: 'truth' }
export const moment: Form = { is: 'moment' }
export const day: Form = { is: 'day' }
/** Whole numbers by name. */
export const numbers: Form = { is: 'numbers' }
export const maybe = (of: Form): Form => ({ is: 'maybe', of })
export const list = (of: Form): Form => ({ is: 'list', of })
export const record = (members: Record<string, Form>): Form => ({ is: 'record', members })

/** The first place at which a value is not of its form; null where it is. */
export function flaw(value: unknown, form: Form, place = ''): string | null {
  switch (form.is) {
    case 'text': return typeof value === 'string' && !/\p{Cs}/u.test(value) ? null : place
    case 'whole': return Number.isSafeInteger(value) ? null : place
    case 'truth': return typeof value === 'boolean' ? null : place
    case 'moment': return typeof value === 'string' && ticks(value) !== null ? null : place
    case 'day': return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? null : place
    case 'maybe': return value === null ? null : flaw(value, form.of, place)
    case 'numbers': return isObject(value) ? firstOf(Object.keys(value), name => flaw(value[name], whole, `${place}.${name}`)) : place
    case 'list': return Array.isArray(value) ? firstOf(value.keys(), i => flaw(value[i], form.of, `${place}[${i}]`)) : place
    case 'record': {
      if (!isObject(value)) return place || '$'
      const inside = (name: string) => place ? `${place}.${name}` : name
      return firstOf(Object.keys(value), name => Object.hasOwn(form.members, name) ? null : inside(name))
        ?? firstOf(Object.keys(form.members), name => Object.hasOwn(value, name) ? flaw(value[name], form.members[name]!, inside(name)) : inside(name))
    }
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function firstOf<T>(items: Iterable<T>, find: (item: T) => string | null): string | null {
  for (const item of items) {
    const found = find(item)
    if (found !== null) return found
  }
  return null
}

/** Canonical JSON of a value that has its form. */
export function canonicalJson(value: unknown, form: Form): string {
  const parts: string[] = []
  write(value, form, parts)
  return parts.join('')
}

function write(value: unknown, form: Form, parts: string[]): void {
  if (value === null) parts.push('null')
  else if (form.is === 'maybe') write(value, form.of, parts)
  else if (form.is === 'list') {
    parts.push('[')
    ;(value as unknown[]).forEach((item, i) => {
      if (i > 0) parts.push(',')
      write(item, form.of, parts)
    })
    parts.push(']')
  } else if (form.is === 'record' || form.is === 'numbers') {
    const members = value as Record<string, unknown>
    const names = form.is === 'record' ? Object.keys(form.members) : Object.keys(members).sort(ordinal)
    names.forEach((name, i) => {
      parts.push(i > 0 ? ',' : '{', quoted(name), ':')
      write(members[name], form.is === 'record' ? form.members[name]! : whole, parts)
    })
    parts.push(names.length > 0 ? '}' : '{}')
  } else parts.push(typeof value === 'string' ? quoted(value) : String(value))
}

// What the service's writer of JSON does not leave as it is: what cannot be seen, and what lies beyond the basic plane.
const HIDDEN = /["\\]|(?! )[\p{Cc}\p{Co}\p{Cn}\p{Z}\ufeff\ufff9-\ufffb]|[\u{10000}-\u{10ffff}]/gu
const SHORT: Record<string, string> = { '"': '\\"', '\\': '\\\\', '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r' }

function quoted(value: string): string {
  return `"${value.replace(HIDDEN, found => SHORT[found] ?? found.split('').map(unit => '\\u' + unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')).join(''))}"`
}

/** Order of UTF-16 units, which for the ids that a draw accepts is that of their bytes. */
export function ordinal(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** A value within a line whose parts are divided by bars. */
export function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll('\r', '\\r').replaceAll('\n', '\\n')
}

export function linesHash(lines: readonly string[]): string {
  return sha256Hex(lines.join(''))
}

/** A moment as steps of 100 nanoseconds since 1970; null where it is none. */
export function ticks(iso: string): bigint | null {
  const parts = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,7}))?(Z|[+-]\d\d:\d\d)$/.exec(iso)
  const seconds = parts ? Date.parse(parts[1]! + parts[3]!) : NaN
  return parts && !Number.isNaN(seconds) ? BigInt(seconds) * 10_000n + BigInt((parts[2] ?? '').padEnd(7, '0')) : null
}
