import { expect, test } from 'vitest'
import { type Consultation, type Transfer, actOf, isOpen, mayConclude, mayConvene, mayReport, sideOf } from './transfers'

const transfer = (state: Transfer['state'], receiverDepartment: string | null = 'FIR') => ({ state, department: 'CUL', receiverDepartment })
const head = (department: string) => ({ roles: ['department-head'], department })
const inspector = (department: string) => ({ roles: ['inspector'], department })

test('the head of the sender decides, its officers hand over, the receiver gives the receipt', () => {
  expect(actOf(transfer('Reported'), head('CUL'))).toBe('decide')
  expect(actOf(transfer('Reported'), inspector('CUL'))).toBeUndefined()
  expect(actOf(transfer('Reported'), head('FIR'))).toBeUndefined()
  expect(actOf(transfer('Approved'), inspector('CUL'))).toBe('hand-over')
  expect(actOf(transfer('Approved'), inspector('FIR'))).toBeUndefined()
  expect(actOf(transfer('HandedOver'), inspector('FIR'))).toBe('receipt')
  expect(actOf(transfer('HandedOver'), inspector('CUL'))).toBeUndefined()
  expect(actOf(transfer('HandedOver', null), inspector('CUL'))).toBe('receipt')
  for (const state of ['Accepted', 'Returned', 'Refused'] as const) {
    expect(actOf(transfer(state), head('CUL'))).toBeUndefined()
    expect(isOpen(transfer(state))).toBe(false)
  }
})

test('supervisors, dispatchers and the offices convene; a department does not', () => {
  expect(mayConvene({ roles: ['supervisor'] })).toBe(true)
  expect(mayConvene({ roles: ['dispatcher'] })).toBe(true)
  expect(mayConvene(head('GUI'))).toBe(true)
  expect(mayConvene(head('CUL'))).toBe(false)
  expect(mayReport(inspector('CUL'))).toBe(true)
  expect(mayReport({ roles: ['supervisor'] })).toBe(false)
})

test('what a diagram asked for is concluded in its step', () => {
  const called = (activityId: string | null, heldAt: string | null = null) => ({ created: { activityId }, heldAt }) as Consultation
  expect(mayConclude(called(null), { roles: ['supervisor'] })).toBe(true)
  expect(mayConclude(called('JointConsultation'), { roles: ['supervisor'] })).toBe(false)
  expect(mayConclude(called(null, '2026-12-01T00:00:00Z'), { roles: ['supervisor'] })).toBe(false)
})

test('a transfer goes out from its department and comes in at every other', () => {
  expect(sideOf({ department: 'CUL' }, head('CUL'))).toBe('out')
  expect(sideOf({ department: 'CUL' }, head('FIR'))).toBe('in')
  expect(sideOf({ department: 'CUL' }, { roles: ['supervisor'] })).toBe('out')
})
