// 数据交换: who does what, and how a mapping stands in a form: lists as text that people edit.
import type { Shape } from '../../api/shapes'
import type { Said } from '../../language/language'
import type { Person } from '../../session/session'

export type Platform = Shape<'ExchangePlatform'>
export type Mapping = Shape<'ExchangeMapping'>
export type Column = Shape<'ExchangeColumn'>
export type Field = Shape<'ExchangeField'>
export type Entry = Shape<'ExchangeEntry'>
export type Sheet = Shape<'ExchangedSheet'>
export type Report = Shape<'ExchangeReport'>
export type Kind = Shape<'ExchangeKind'>

export const KINDS: Record<Kind, Said> = {
  Inspections: ['检查任务', 'Inspections'], Reinspections: ['复查任务', 'Re-inspections'], Filings: ['立案', 'Filings'], Leads: ['线索工单', 'Orders of a hotline'], Receipts: ['答复回执', 'Receipts of answers'],
  Plans: ['抽查计划', 'Plans'], Findings: ['问题', 'Findings'], Documents: ['文书', 'Documents'], Results: ['检查结果', 'Results'],
}

export const OUTCOMES: Record<Shape<'ExchangeOutcome'>, Said> = {
  Taken: ['已导入', 'Taken over'], Ready: ['可以导入', 'Ready'], Repeated: ['此前已收', 'Had before'], Conflict: ['与此前所收不一致', 'Differs from before'], Refused: ['有错', 'Refused'],
}

/** Kinds that only come in, and kinds that only go out. */
const IN_ONLY: Kind[] = ['Receipts']
const OUT_ONLY: Kind[] = ['Findings', 'Documents', 'Results']

/** Kinds of a platform with a mapping in force on a day, that go out or come in. */
export function kindsOf(platform: Pick<Platform, 'mappings' | 'closed'> | undefined, today: string, inward: boolean): Kind[] {
  const kinds = new Set((platform?.closed ? [] : platform?.mappings ?? []).filter(one => one.from <= today).map(one => one.kind))
  return (Object.keys(KINDS) as Kind[]).filter(kind => kinds.has(kind) && !(inward ? OUT_ONLY : IN_ONLY).includes(kind))
}

type Who = Pick<Person, 'roles' | 'area'>
const is = (person: Who, ...roles: string[]) => roles.some(role => person.roles.includes(role))

/** What the person does here: exchanges sheets, reads what went to and fro, keeps mappings. */
export function actsOf(person: Who): { exchange: boolean; read: boolean; keep: boolean } {
  return { exchange: is(person, 'dispatcher', 'platform'), read: is(person, 'dispatcher', 'supervisor', 'auditor', 'platform'), keep: is(person, 'administrator', 'analyst', 'dispatcher') }
}

/** Whether the person keeps this platform: of the own area only, and one of the whole city by those of no area. */
export function mayKeep(person: Who, platform: Pick<Platform, 'area'>): boolean {
  return actsOf(person).keep && (!person.area || !!platform.area?.startsWith(person.area))
}

/** A column as it stands in the form. */
export interface Draft { field: string; heading: string; aliases: string; values: string; whenEmpty: string; filled: boolean }

export function draftOf(column: Column): Draft {
  return {
    field: column.field, heading: column.heading, aliases: (column.aliases ?? []).join('、'), values: (column.values ?? []).map(one => `${one.ours}=${one.theirs}`).join('、'), whenEmpty: column.whenEmpty ?? '', filled: column.filled ?? false,
  }
}

/** Parts of a list in a field: by 、 or commas or lines. */
export function parts(text: string): string[] {
  return text.split(/[、，,\n]/).map(one => one.trim()).filter(one => one)
}

/** The column of a draft. A pair without an equals sign is the same word on both sides. */
export function columnOf(draft: Draft): Column {
  return {
    field: draft.field, heading: draft.heading.trim(), aliases: parts(draft.aliases), filled: draft.filled, whenEmpty: draft.whenEmpty.trim() || null,
    values: parts(draft.values).map(pair => {
      const at = pair.search(/[=＝]/)
      return at < 0 ? { ours: pair, theirs: pair } : { ours: pair.slice(0, at).trim(), theirs: pair.slice(at + 1).trim() }
    }),
  }
}

/** A new mapping of a kind begins with what a sheet must have, under the names of our fields. */
export function beginning(fields: Pick<Field, 'name' | 'meaning' | 'needed'>[]): Draft[] {
  return fields.filter(one => one.needed || one.name === 'number').map(one => ({ field: one.name, heading: one.meaning.split(/[：（，]/)[0]!, aliases: '', values: '', whenEmpty: '', filled: false }))
}

/** The mappings of a platform with one put in its place: by kind and first day. */
export function withMapping(mappings: Mapping[], mapping: Mapping): Mapping[] {
  const at = mappings.findIndex(one => one.kind === mapping.kind && one.from === mapping.from)
  return at < 0 ? [...mappings, mapping] : mappings.map((one, index) => (index === at ? mapping : one))
}

/** Whether a mapping is the one of its kind that is used on a day: the newest that has begun. */
export function isUsed(mappings: Pick<Mapping, 'kind' | 'from'>[], mapping: Pick<Mapping, 'kind' | 'from'>, today: string): boolean {
  return mapping.from <= today && !mappings.some(one => one.kind === mapping.kind && one.from <= today && one.from > mapping.from)
}

/** Numbers of a sheet that have come back under this platform and kind: a step's number is that of its case and its own after a dash, and the platform may have given it another. */
export function cameBack(sheet: Pick<Sheet, 'platform' | 'kind' | 'numbers'>, entries: Pick<Entry, 'platform' | 'kind' | 'externalId' | 'caseId'>[], numberOf: (caseId: string) => string | undefined): string[] {
  const back = new Set(entries.filter(one => one.platform === sheet.platform && one.kind === sheet.kind).flatMap(one => [one.externalId, (one.caseId && numberOf(one.caseId)) || '']).filter(one => one))
  return sheet.numbers.filter(number => back.has(number) || back.has(number.slice(0, Math.max(0, number.lastIndexOf('-')))))
}
