// How two states of scenario data differ, in sentences that name the matter and not the JSON.
import { inWords, say } from '../language/language'
import { type Entry, type Field, type ListField, type Members, type Whole, isEntry, list, text } from './fields'
import { within } from './places'
import { recipients } from './schema/choices'
import { lengthOfTime } from './schema/limits'

export interface DataChange {
  kind: 'added' | 'removed' | 'changed' | 'moved'
  /** Where it stands in the newer state; for what is gone, what held it. */
  place: string
  sentence: string
}

export function dataChanges(before: Entry, after: Entry, members: Members, whole: Whole): DataChange[] {
  const changes: DataChange[] = []
  compare(before, after, members, '$', [])
  return changes

  function compare(old: Entry, now: Entry, known: Members, place: string, trail: string[]): void {
    for (const name of new Set([...Object.keys(known), ...Object.keys(old), ...Object.keys(now)])) {
      if (same(old[name], now[name])) continue
      const field: Field = known[name] ?? { kind: 'text', label: [name, name] }
      compareField(old[name], now[name], field, within(place, name), [...trail, inWords(field.label)])
    }
  }

  function compareField(old: unknown, now: unknown, field: Field, place: string, trail: string[]): void {
    if (field.kind === 'list') return compareLists(list(old), list(now), field, place, trail.slice(0, -1))
    if (field.kind === 'group' && isEntry(old) && isEntry(now)) return compare(old, now, field.members, place, trail)
    if (field.kind === 'map' && isEntry(old) && isEntry(now)) {
      const named = Object.fromEntries([...Object.keys(old), ...Object.keys(now)].map(name => [name, { ...field.value, label: field.names[name] ?? [name, name] } as Field]))
      return compare(old, now, { ...named, ...field.extra }, place, trail)
    }
    const subject = trail.join(' › ')
    const [was, is] = [valueWords(old, field, whole), valueWords(now, field, whole)]
    if (old === undefined || old === null) add('added', place, field.kind === 'group' ? say(`增加“${subject}”`, `“${subject}” added`) : say(`“${subject}”设为 ${is}`, `“${subject}” set to ${is}`))
    else if (now === undefined || now === null) add('removed', place, field.kind === 'group' ? say(`删除“${subject}”`, `“${subject}” removed`) : say(`“${subject}”取消（原为 ${was}）`, `“${subject}” taken out (was ${was})`))
    else add('changed', place, say(`“${subject}”由 ${was} 改为 ${is}`, `“${subject}” changed from ${was} to ${is}`))
  }

  function compareLists(old: Entry[], now: Entry[], field: ListField, place: string, trail: string[]): void {
    const key = (entry: Entry) => text(entry[field.key])
    const former = new Map(old.map(entry => [key(entry), entry]))
    const present = new Set(now.map(key))
    const inside = trail.length > 0 ? say(`“${trail.join(' › ')}”`, `“${trail.join(' › ')}”: `) : ''
    for (const entry of old.filter(one => !present.has(key(one)))) add('removed', place, say(`${inside}删除${field.one[0]}“${field.summary(entry, whole)}”`, `${inside}${field.one[1]} “${field.summary(entry, whole)}” removed`))
    now.forEach((entry, index) => {
      const was = former.get(key(entry))
      if (!was) add('added', within(place, index), say(`${inside}增加${field.one[0]}“${field.summary(entry, whole)}”`, `${inside}${field.one[1]} “${field.summary(entry, whole)}” added`))
      else compare(was, entry, field.members, within(place, index), [...trail, nameOf(entry, field)])
    })
    const kept = old.map(key).filter(one => present.has(one))
    const order = now.map(key).filter(one => former.has(one))
    if (!same(kept, order)) add('moved', place, say(`${inside}“${field.label[0]}”的顺序有调整`, `${inside}the order of “${field.label[1]}” changed`))
  }

  function add(kind: DataChange['kind'], place: string, sentence: string): void {
    changes.push({ kind, place, sentence })
  }
}

function nameOf(entry: Entry, field: ListField): string {
  const [key, name] = [text(entry[field.key]), text(entry['name'] ?? entry['title'])]
  return `${inWords(field.one)} ${name && name !== key ? `${name}（${key}）` : key}`
}

function valueWords(value: unknown, field: Field, whole: Whole): string {
  if (field.kind === 'period') return lengthOfTime(value, whole)
  if (typeof value === 'boolean') return value ? say('是', 'yes') : say('否', 'no')
  const options = 'options' in field ? field.options(whole) : field.kind === 'words' ? (field.suggested ?? recipients)(whole) : []
  const word = (one: unknown) => {
    const known = options.find(option => option.value === one)
    return known ? inWords(known.text) : text(one)
  }
  if (Array.isArray(value)) return value.length === 0 ? say('（空）', '(empty)') : value.every(one => typeof one !== 'object') ? value.map(word).join('、') : JSON.stringify(value)
  return isEntry(value) ? JSON.stringify(value) : `“${word(value)}”`
}

function same(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (Array.isArray(one) && Array.isArray(other)) return one.length === other.length && one.every((entry, index) => same(entry, other[index]))
  if (!isEntry(one) || !isEntry(other)) return false
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...names].every(name => same(one[name], other[name]))
}
