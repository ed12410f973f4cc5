import { expect, test } from 'vitest'
import type { KitItem } from '../inspect/shapes'
import { allPass, lackOf, newDraft } from '../inspect/visit/record'
import { initialOf, missingOf } from './form'
import { homeEntryOf, homeFields, staysOutside } from './home'

const now = new Date('2026-12-01T01:00:00Z')

test('at the door of a home consent is named, or a notice is left', () => {
  const fields = homeFields(now)
  const begun = initialOf(fields, now)
  expect(missingOf(fields, begun)).toEqual([['是否进入住宅', 'Entry to the home']])
  const asked = { ...begun, entry: '经同意入户' }
  expect(missingOf(fields, asked).map(([chinese]) => chinese)).toEqual(['同意入户的人', '身份'])
  expect(homeEntryOf({ ...asked, consentPerson: '样例业主', consentCapacity: '业主' })).toEqual({ consent: { person: '样例业主', capacity: '业主', at: '2026-12-01T01:00:00.000Z' }, noticeLeft: false })
  const outside = { ...begun, entry: '未获同意，不入户' }
  expect(missingOf(fields, outside)).toHaveLength(1)
  expect(homeEntryOf({ ...outside, homeNotice: true })).toEqual({ noticeLeft: true })
  expect(staysOutside(outside)).toBe(true)
  expect(homeEntryOf({ ...begun, entry: '依法入户', entryGround: '（2026）样例行审1号' })).toEqual({ authority: '（2026）样例行审1号', noticeLeft: false })
})

test('from outside nobody finds in order what lies inside', () => {
  const item = (code: string, insideHome: boolean) => ({ code, insideHome, variants: [] }) as unknown as KitItem
  const items = [item('A', true), item('B', false)]
  const draft = newDraft('c')
  allPass(items, draft.answers, true)
  expect(items.map(one => draft.answers[one.code]?.answer)).toEqual(['未检查', '符合'])
  expect(items.map(one => lackOf(one, draft, true))).toEqual([undefined, undefined])
  draft.answers['A'] = { shots: [], answer: '符合' }
  expect(lackOf(items[0]!, draft, true)).toBe('home')
  expect(lackOf(items[0]!, draft)).toBeUndefined()
})
