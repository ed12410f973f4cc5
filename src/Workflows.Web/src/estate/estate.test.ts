import { describe, expect, it } from 'vitest'
import { type Duty, countOf, dateOf, inOrder, nextOf, urgencyOf } from './estate'

const duty = (id: string, state: string, plannedOn: string, mayConfirm = true): Duty => ({ id, name: id, address: null, milestones: [
  { code: 'M0', title: '登记', plannedOn: '2026-11-01', reportBy: '2026-11-08', state: 'Done', mayConfirm: false, confirmedAt: '2026-11-01T00:00:00Z', confirmedBy: '物业' },
  { code: 'M1', title: '拆改', plannedOn, reportBy: plannedOn, state, mayConfirm, confirmedAt: null, confirmedBy: null },
] }) as Duty

describe('estate', () => {
  it('puts what is late before what is due and what is done last', () => {
    const duties = [duty('done', 'Done', '2026-11-02', false), duty('later', 'Ahead', '2026-12-09'), duty('ahead', 'Ahead', '2026-12-05'), duty('due', 'Due', '2026-11-20'), duty('late', 'Late', '2026-11-10')]
    expect(inOrder(duties).map(one => one.id)).toEqual(['late', 'due', 'ahead', 'later', 'done'])
    expect(countOf(duties, 'late')).toBe(1)
  })

  it('counts days as China does', () => expect(dateOf('2026-11-22T22:06:00Z')).toBe('2026-11-23'))

  it('offers one milestone at a time', () => {
    expect(nextOf(duty('a', 'Due', '2026-11-20'))?.code).toBe('M1')
    expect(urgencyOf(duty('b', 'Done', '2026-11-20', false))).toBe('done')
  })
})
