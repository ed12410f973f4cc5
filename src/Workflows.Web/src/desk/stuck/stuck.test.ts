// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { language } from '../../language/language'
import { type Stuck, sorted, stepName, tone } from './stuck'

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

test('every step that the service names has English words, and what people wrote stays', () => {
  language.value = 'en'
  for (const step of ['反映', '审查办结', '限期办理', '再次限期', '答复', '核实办结', '逾目标日期', '承办单位未在目标日期前办成', '督办人审查', '督办人核实'])
    expect(stepName(step)).toMatch(/^[A-Za-z ]+$/)
  expect(stepName('窗口已补办')).toBe('窗口已补办')
  language.value = 'zh'
  expect(stepName('答复')).toBe('答复')
})
