import { expect, test } from 'vitest'
import { dataOf, fieldsOf, isField } from './forms'

test('turning something down asks for a reason, agreeing does not', () => {
  expect(fieldsOf('order.approve', '退回').find(field => field.name === 'note')?.required).toBe(true)
  expect(fieldsOf('order.approve', '批准').find(field => field.name === 'note')?.required).toBeFalsy()
})

test('a kind without a form of its own takes a note, and what is empty is left out', () => {
  expect(dataOf('filing.decide', '准予立案', { note: ' 事实清楚 ' }, {})).toEqual({ note: '事实清楚' })
  expect(dataOf('filing.decide', '准予立案', { note: '  ' }, {})).toEqual({})
})

test('a reply and an objection to a supervision order are different data', () => {
  const values = { result: '已办结', reason: '人员外出', newDate: '2026-12-01', objection: '不属本单位职权' }
  expect(dataOf('supervision.reply', '已回复', values, {})).toEqual({ reply: { result: '已办结', reason: '人员外出', newDate: '2026-12-01' } })
  expect(dataOf('supervision.reply', '提出异议', values, {})).toEqual({ objection: '不属本单位职权' })
  expect(fieldsOf('supervision.reply', '提出异议').map(field => field.name)).toEqual(['objection'])
})

test('an interview is appointed in China’s time', () => {
  expect(dataOf('interview.call', '', { reason: '逾期', at: '2026-12-01T09:30', place: '会议室', persons: '张三\n 李四 \n', materials: '' }, { caseId: 'c', department: 'HEA' }))
    .toEqual({ caseId: 'c', department: 'HEA', reason: '逾期', appointedAt: '2026-12-01T09:30:00+08:00', place: '会议室', persons: ['张三', '李四'], materials: [] })
})

test('what is done at the door is left to the phone', () => {
  expect(['visit.arrive', 'visit.record', 'reinspection.record', 'document.serve'].every(isField)).toBe(true)
  expect(['visit.approve', 'order.approve', 'filing.review', 'leniency.review', 'leniency.decide', 'plan.approve'].some(isField)).toBe(false)
})
