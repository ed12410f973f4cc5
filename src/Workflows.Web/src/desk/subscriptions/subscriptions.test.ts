// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { shown, thresholdOf } from './subscriptions'

test('a rate is a part of one for the service and a percentage for people', () => {
  expect(thresholdOf(90, true)).toBe(0.9)
  expect(thresholdOf(97.5, true)).toBe(0.975)
  expect(thresholdOf(5, false)).toBe(5)
  expect(shown({ id: '', measure: 'on-time-rate', comparison: 'Below', threshold: 0.975, reached: false }, 'Rate')).toBe('97.5%')
  expect(shown({ id: '', measure: 'overdue', comparison: 'AtLeast', threshold: 5, reached: false }, undefined)).toBe('5件')
})
