import { expect, test } from 'vitest'
import { actsOf, spared } from './merges'

const part = (leadDepartment: string) => ({ leadDepartment }) as never
const open = (isMandatory = false) => ({ state: 'Proposed' as const, isMandatory, parts: [part('CUL'), part('FIR')] })

test('the dispatcher and the heads of leading departments decide; what the list demands is refused by a supervisor alone', () => {
  expect(actsOf(open(), ['dispatcher'], 'CMD')).toEqual({ accept: true, refuse: true })
  expect(actsOf(open(), ['department-head'], 'FIR')).toEqual({ accept: true, refuse: true })
  expect(actsOf(open(), ['department-head'], 'HEA')).toEqual({ accept: false, refuse: false })
  expect(actsOf(open(true), ['dispatcher'], 'CMD')).toEqual({ accept: true, refuse: false })
  expect(actsOf(open(true), ['supervisor'], 'CMD')).toEqual({ accept: false, refuse: true })
  expect(actsOf({ ...open(), state: 'Accepted' }, ['dispatcher'], 'CMD')).toEqual({ accept: false, refuse: false })
})

test('only what was accepted spares a visit', () => {
  expect(spared([{ state: 'Accepted', visitsSaved: 2 }, { state: 'Refused', visitsSaved: 1 }, { state: 'Accepted', visitsSaved: 1 }])).toBe(3)
})
