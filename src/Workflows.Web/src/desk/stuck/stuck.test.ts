// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { type Stuck, sorted, tone } from './stuck'

const now = new Date('2026-12-02T02:00:00Z')
const one = (id: string, dueAt?: string, lateSince?: string) => ({ id, missed: 0, created: { at: '2026-12-01T00:00:00Z' }, wait: dueAt ? { key: id, name: '督办人审查', owner: 'role:supervisor', dueAt, lateSince } : undefined }) as unknown as Stuck

test('a clock is red when it has passed or was missed, amber in its last two days, green before and grey at its end', () => {
  expect(tone(one('a', '2026-12-02T01:00:00Z'), now, '2026-12-02')).toBe('red')
  expect(tone(one('b', '2026-12-20T16:00:00Z', '2026-11-30T16:00:00Z'), now, '2026-12-02')).toBe('red')
  expect(tone(one('c', '2026-12-04T16:00:00Z'), now, '2026-12-02')).toBe('amber')
  expect(tone(one('d', '2026-12-05T16:00:00Z'), now, '2026-12-02')).toBe('green')
  expect(tone(one('e'), now, '2026-12-02')).toBe('grey')
})

test('what is late stands first and what is closed last', () => {
  const rows = [one('closed'), one('later', '2026-12-20T16:00:00Z'), one('late', '2026-12-01T16:00:00Z'), one('soon', '2026-12-03T16:00:00Z')]
  expect(sorted(rows, now, '2026-12-02').map(row => row.id)).toEqual(['late', 'soon', 'later', 'closed'])
})
