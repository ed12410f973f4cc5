// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { type Measure, figure, months, recount } from './measures'

const rate = { code: 'on-time-rate', form: 'Rate' } as Measure

test('months end with their last day, the last one with the day asked for', () => {
  expect(months('2026-03-15', 3)).toEqual([{ from: '2026-01-01', to: '2026-01-31', label: '2026-01' }, { from: '2026-02-01', to: '2026-02-28', label: '2026-02' }, { from: '2026-03-01', to: '2026-03-15', label: '2026-03' }])
  expect(months('2026-01-10', 2).map(month => month.label)).toEqual(['2025-12', '2026-01'])
})

test('a rate is what counts of all', () => {
  const rows = [...Array.from({ length: 14 }, () => ({ counts: true, amount: 1 })), { counts: false, amount: 1 }, { counts: false, amount: 1 }]
  expect(recount(rate, rows)).toBe(0.875)
  expect(figure(rate, 0.875)).toBe('87.5%')
  expect(recount(rate, [])).toBeUndefined()
  expect(figure(rate, null)).toBe('—')
})
