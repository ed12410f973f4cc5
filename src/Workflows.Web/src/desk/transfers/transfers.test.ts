import { expect, test } from 'vitest'
import { type Consultation, type Transfer, actOf, isLate, isOpen, mayConclude, mayConvene, mayReport, movable, sideOf } from './transfers'

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

test('a transfer goes out from its department and comes in at its receiver; who supervises sees it between others', () => {
  const one = transfer('HandedOver')
  expect(sideOf(one, head('CUL'))).toBe('out')
  expect(sideOf(one, head('FIR'))).toBe('in')
  expect(sideOf(one, { roles: ['supervisor'], department: 'CMD' })).toBe('others')
  expect(sideOf(one, { roles: ['supervisor'] })).toBe('others')
})

test('late is what is open and past its limit', () => {
  const now = new Date('2026-11-25T16:00:00Z')
  expect(isLate({ state: 'Reported', dueAt: '2026-11-25T16:00:00Z' }, now)).toBe(true)
  expect(isLate({ state: 'Reported', dueAt: '2026-11-25T16:00:01Z' }, now)).toBe(false)
  expect(isLate({ state: 'Accepted', dueAt: '2026-11-20T16:00:00Z' }, now)).toBe(false)
})

test('a finding is not offered to a second transfer while the first is under way', () => {
  const finding = (id: string, disposition = '责令改正', supervisingDepartment = 'CUL') => ({ id, disposition, supervisingDepartment })
  const findings = [finding('a'), finding('b'), finding('c', '复检合格'), finding('d', '移送'), finding('e', '责令改正', 'FIR')]
  expect(movable(findings, [], 'CUL').map(one => one.id)).toEqual(['a', 'b'])
  expect(movable(findings, [{ state: 'Approved', findingIds: ['a'] }, { state: 'Returned', findingIds: ['b'] }], 'CUL').map(one => one.id)).toEqual(['b'])
  expect(movable(findings, [], undefined)).toEqual([])
})
