// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest'
import { banned, plannedWords } from './planned'

vi.mock('../../clock/now', () => ({ now: () => new Date('2026-11-25T01:00:00Z'), today: () => '2026-11-25' }))

test('a change to come is said in words', () => {
  expect(plannedWords({ status: 'Suspended', validTo: '2026-12-31', phone: null })).toBe('状态：停业（停职）；有效期至：12月31日 周四；联系电话：清空')
  expect(plannedWords({ largestLoad: 5, leaves: [{ from: '2026-12-01', to: '2026-12-03' }] })).toBe('任务上限：5；休假：12月1日 周二—12月3日 周四')
})

test('who may not apply for a licence is told until when, with the year', () => {
  expect(banned('2029-11-30')).toBe('；至2029-11-30不得申请许可（登记）')
  expect(banned('2026-11-25')).not.toBe('')
  expect(banned('2026-11-24')).toBe('')
  expect(banned(null)).toBe('')
})
