// @vitest-environment happy-dom
import { beforeEach, expect, test } from 'vitest'
import { dayWords, leftWords, urgency } from '../citizen/days'
import { fit } from '../citizen/photo'
import { actKey } from '../citizen/call'
import { language } from '../language/language'
import { nextAct, pendingExtension, stateWords, takes, together, type Item, type Matter } from './matter'

const item = (ordinal: number, state: string, orderId = 'o1'): Item => ({
  orderId, ordinal, title: `事项${ordinal}`, organ: '机关', requirement: '要求', proofWanted: '照片', state, due: '2026-12-02', daysLeft: 3, workingDays: true,
})
const matter = (...items: Item[]): Matter => ({
  caseNumber: '1号', title: '检查', today: '2026-11-27', stage: '', state: 'Open', targetName: '店', address: '', items, files: [], documents: [], extensions: [], proofs: [], statements: [], open: [], samples: [], checklist: [],
})

beforeEach(() => { language.value = 'zh' })

test('the most urgent item that is open is the next act', () => {
  expect(nextAct(matter(item(1, 'ProofSubmitted'), item(2, 'Overdue'), item(3, 'Open')))).toMatchObject({ act: 'prove', item: { ordinal: 2 } })
  expect(nextAct(matter(item(1, 'ProofSubmitted'), item(2, 'Rectified')))).toMatchObject({ act: 'wait', items: [{ ordinal: 1 }] })
})

test('when nothing is left the visit may be rated once', () => {
  const over = matter(item(1, 'Rectified'))
  expect(nextAct(over).act).toBe('nothing')
  over.visit = { state: 'Recorded', organs: [] }
  expect(nextAct(over).act).toBe('rate')
  over.visit.rating = { stars: 5, at: '2026-11-27T00:00:00Z' }
  over.state = 'Closed'
  expect(nextAct(over).act).toBe('ended')
})

test('what the service does not wait for is not offered', () => {
  const one = matter(item(1, 'Open'))
  expect(takes(one, 'party.proof')).toBe(false)
  one.open = [{ kind: 'party.proof', title: '等待整改材料' }]
  expect(takes(one, 'party.proof')).toBe(true)
  expect(takes(one, 'party.extension')).toBe(false)
})

test('items of one order go together, those of another do not', () => {
  const items = [item(1, 'Open'), item(2, 'Open'), item(1, 'Open', 'o2')]
  expect(together(matter(...items), items[0]!, () => true)).toEqual(items.slice(0, 2))
})

test('an application that awaits its decision is known by its item', () => {
  const one = matter(item(1, 'Open'), item(2, 'Open'))
  one.extensions = [{ id: 'e', orderId: 'o1', items: [2], reason: '', length: 3, submittedAt: '', decideBy: '', state: 'Pending' }]
  expect(pendingExtension(one, one.items[0]!)).toBeUndefined()
  expect(pendingExtension(one, one.items[1]!)?.id).toBe('e')
})

test('days are said as people say them, in both languages', () => {
  expect(dayWords('2026-12-02')).toBe('12月2日 周三')
  expect([leftWords(3, true), leftWords(0, true), leftWords(-2, false), leftWords(undefined, true)]).toEqual(['还剩3个工作日', '今天到期', '已逾期2天', '立即'])
  expect([urgency(3), urgency(2), urgency(-1)]).toEqual(['calm', 'soon', 'late'])
  language.value = 'en'
  expect(dayWords('2026-12-02')).toBe('Wed 2 Dec')
  expect([leftWords(1, true), leftWords(-2, false)]).toEqual(['1 working day left', '2 days late'])
  expect(stateWords('Overdue')).toBe('Overdue')
})

test('photos keep their proportions', () => {
  expect(fit(4000, 3000)).toEqual({ width: 1600, height: 1200 })
  expect(fit(300, 4800)).toEqual({ width: 100, height: 1600 })
  expect(fit(640, 480)).toEqual({ width: 640, height: 480 })
})

test('trying again is the same act, saying something else is another', () => {
  const keyOf = actKey()
  const first = keyOf({ text: '一' })
  expect(keyOf({ text: '一' })).toBe(first)
  expect(keyOf({ text: '二' })).not.toBe(first)
  expect(first).toMatch(/^[0-9a-f]{32}$/)
})
