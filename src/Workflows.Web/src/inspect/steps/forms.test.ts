// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import type { Story, Task } from '../shapes'
import { type Context, formOf, furtherFields, initialOf, isNegative, missingOf } from './forms'

const now = new Date('2026-11-23T02:00:00Z')
const story = {
  case: { id: 'c', number: 'n', target: { id: 't', name: '样例店', address: '样例路1号', tags: [] } },
  teams: [{ members: [{ officerId: 'FIR-01', name: '甲', department: 'FIR', certificateNumber: 'F1', isAssistant: false }, { officerId: 'FIR-02', name: '乙', department: 'FIR', certificateNumber: 'F2', isAssistant: false }, { officerId: 'CUL-01', name: '丙', department: 'CUL', certificateNumber: 'C1', isAssistant: false }] }],
  findings: [{ id: 'f1', itemCode: 'EH-16', itemTitle: '灭火器', facts: '压力不足', department: 'FIR', penaltyDepartment: 'FIR', isRectified: true, evidenceIds: [] }],
  orders: [{ id: 'o1', department: 'FIR', state: 'Served', items: [{ ordinal: 1, findingId: 'f1', itemCode: 'EH-16', state: 'Overdue' }, { ordinal: 2, findingId: 'f1', itemCode: 'EH-16', state: 'Rectified' }] }],
  filings: [],
} as unknown as Story
const context = (kind: string, more: Partial<Task> = {}): Context => ({ task: { id: 't', kind, title: '', caseId: 'c', department: 'FIR', outcomes: [], ...more } as Task, story, department: 'FIR', now })

test('service asks for what its way needs and hands in no other way’s answers, moments in China’s time', () => {
  const one = context('document.serve')
  const form = formOf('document.serve')
  const values = { ...initialOf(form.fields(one, '已送达'), now), receiverName: '店长', receiverRelation: '店长', receivedAt: '2026-11-23T10:00', mailNumber: 'EMS1' }
  expect(furtherFields('document.serve', values).map(field => field.name)).toEqual(['receiverName', 'receiverRelation', 'receivedAt'])
  expect(form.data(values, one, '已送达')).toEqual({
    method: '直接送达', serverIds: ['FIR-01', 'FIR-02'],
    details: { addressee: '样例店', place: '样例路1号', receiverName: '店长', receiverRelation: '店长', receivedAt: '2026-11-23T02:00:00.000Z' },
  })
  expect(form.data({}, one, '送达未果')).toEqual({})
})

test('a re-inspection looks at open items alone and is signed by officers with their certificates', () => {
  const one = context('reinspection.record')
  const form = formOf('reinspection.record')
  const fields = form.fields(one, '')
  const rows = fields.find(field => field.kind === 'rows')!
  expect(rows.kind === 'rows' && rows.rows.map(row => row.key)).toEqual(['o1/1'])
  const values = { ...initialOf(fields, now), opinions: { 'o1/1': { opinion: '已改正', photos: [{ marked: 'local:a', original: 'local:b' }] } } }
  expect(form.data(values, one, '')).toMatchObject({
    caseId: 'c', method: '现场', opinions: [{ orderId: 'o1', ordinal: 1, opinion: '已改正', found: '现场核实已按要求改正', evidenceIds: ['local:a', 'local:b'] }],
    officers: [{ officerId: 'FIR-01', certificateNumber: 'F1' }, { officerId: 'FIR-02', certificateNumber: 'F2' }],
  })
})

test('turning something down needs a reason, agreeing does not', () => {
  const form = formOf('filing.review')
  expect(['退回', '不予立案', '不同意', '审核退回', '解除'].every(isNegative)).toBe(true)
  expect(['批准', '同意', '准予立案', '审核通过', '已送达'].some(isNegative)).toBe(false)
  expect(missingOf(form.fields(context('filing.review'), '不同意'), {}).map(said => said[0])).toEqual(['意见'])
  expect(missingOf(form.fields(context('filing.review'), '同意'), {})).toEqual([])
})

test('an order names only findings whose demand or limit was changed', () => {
  const one = context('order.revise')
  const form = formOf('order.revise')
  expect(form.data({ items: { f1: { length: 15, reason: '器材须定制' }, f2: {} } }, one, '')).toEqual({ items: [{ findingId: 'f1', length: 15, reason: '器材须定制', requirement: undefined }] })
})
