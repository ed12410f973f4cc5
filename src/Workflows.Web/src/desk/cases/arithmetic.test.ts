// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { addDays } from '../words/dates'
import { arithmetic, type Clock, type CountedDay } from './arithmetic'

// From the arrangement of 2026: 1–7 October off, 10 October (a Saturday) worked.
const OFF = new Map<string, string>(Array.from({ length: 7 }, (_, index) => [`2026-10-0${index + 1}`, '国庆节放假']))
function days(from: string, to: string): CountedDay[] {
  const all: CountedDay[] = []
  for (let date = from; date <= to; date = addDays(date, 1)) {
    const weekend = [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay()) && date !== '2026-10-10'
    all.push({ date, isWorking: !weekend && !OFF.has(date), reason: OFF.get(date) ?? (weekend ? '周末' : '工作日') })
  }
  return all
}
function clock(more: Partial<Clock>): Clock {
  return { startDate: '2026-09-29', startEvent: '送达', due: '', stretches: [{ period: { length: 5, unit: 'WorkingDays' }, reason: '' }], pauses: [], ...more }
}

test('five working days over the national holiday: the day of service and the days off do not count, the worked Saturday does', () => {
  // 30 September, 8, 9, 10 and 12 October.
  const sum = arithmetic(clock({ due: '2026-10-12' }), days('2026-09-29', '2026-10-12'))
  expect(sum).toMatchObject({ from: '2026-09-30', working: 5, adds: true })
  expect(sum.excluded).toEqual([{ reason: '国庆节放假', days: Array.from({ length: 7 }, (_, index) => `2026-10-0${index + 1}`) }, { reason: '周末', days: ['2026-10-11'] }])
})

test('a last day that is wrong by one is found', () => {
  expect(arithmetic(clock({ due: '2026-10-13' }), days('2026-09-29', '2026-10-13')).adds).toBe(false)
  expect(arithmetic(clock({ due: '2026-10-10' }), days('2026-09-29', '2026-10-10')).adds).toBe(false)
})

test('calendar days that end on a day off roll to the first working day', () => {
  const fifteen = clock({ startDate: '2026-09-16', due: '2026-10-08', stretches: [{ period: { length: 15, unit: 'CalendarDays' }, reason: '' }] })
  expect(arithmetic(fifteen, days('2026-09-16', '2026-10-08')).adds).toBe(true)
  expect(arithmetic({ ...fifteen, due: '2026-10-09' }, days('2026-09-16', '2026-10-09')).adds).toBe(false)
})

test('days of a pause are taken out and the sum is left to the service', () => {
  const sum = arithmetic(clock({ startDate: '2026-11-02', due: '2026-11-12', pauses: [{ reason: 'Testing', from: '2026-11-05', resumedOn: '2026-11-09' }] }), days('2026-11-02', '2026-11-12'))
  expect(sum).toMatchObject({ working: 6, pausedDays: 4, adds: undefined })
})
