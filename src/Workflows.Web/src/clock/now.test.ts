import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { computed } from 'vue'
import { hear, now, today } from './now'

beforeEach(() => vi.useFakeTimers({ now: new Date('2026-03-10T02:00:00Z') }))
afterEach(() => vi.useRealTimers())

test('the date is the district\'s in China, and what shows it follows the clock of the service', () => {
  const shown = computed(() => today())
  hear('2026-03-10T15:59:00.000Z')
  expect(shown.value).toBe('2026-03-10')
  hear('2026-03-10T16:01:00.000Z')
  expect(shown.value).toBe('2026-03-11')
  hear('2026-04-20T01:00:00.000Z')
  expect(shown.value).toBe('2026-04-20')
  expect(now().toISOString()).toBe('2026-04-20T01:00:00.000Z')
})

test('an answer without a time, or with the time it took to travel, moves nothing', () => {
  hear('2026-03-10T02:00:00.000Z')
  hear(null)
  hear('no time')
  hear('2026-03-10T01:59:59.500Z')
  expect(now().toISOString()).toBe('2026-03-10T02:00:00.000Z')
})
