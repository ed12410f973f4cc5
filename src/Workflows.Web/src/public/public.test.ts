// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { codeIn } from './codes'
import { dutiesIn, type Duties } from './duties'

const duties: Duties = {
  today: '2026-11-27',
  departments: [{ district: '330203', code: 'FIR', name: '消防救援大队', phone: '119' }, { district: '330203', code: 'HOU', name: '住建局' }, { district: '330212', code: 'FIR', name: '别区消防' }],
  towns: [{ code: '330203001', name: '石碶街道', district: '330203', districtName: '海曙区' }, { code: '330203002', name: '集士港镇', district: '330203', districtName: '海曙区' }],
  matters: [
    { district: '330203', code: 'M1', name: '占用消防通道', managing: 'HOU', enforcing: 'FIR', towns: ['330203001'] },
    { district: '3302', code: 'M1', name: '市里的说法', managing: 'XXX', enforcing: 'XXX', towns: [] },
    { district: '3302', code: 'M2', name: '餐饮油烟', managing: 'HOU', enforcing: 'HOU', towns: [] },
  ],
}

test('a town that holds the power enforces in its own name, in the others the department does', () => {
  const [blocked] = dutiesIn(duties, '330203', '330203001', '')
  expect([blocked!.managing.name, blocked!.enforcing.name]).toEqual(['住建局', '石碶街道'])
  expect(dutiesIn(duties, '330203', '330203002', '')[0]!.enforcing).toEqual({ name: '消防救援大队', phone: '119', address: undefined })
})

test('the district goes before its city, and the city fills what the district leaves out', () => {
  expect(dutiesIn(duties, '330203', '', '').map(d => d.name)).toEqual(['占用消防通道', '餐饮油烟'])
  expect(dutiesIn(duties, '330203', '', '油烟').map(d => d.name)).toEqual(['餐饮油烟'])
})

test('a code is known in an address and alone, and nothing else is a code', () => {
  const code = 'abcdef0123456789abcdef0123456789'
  expect(codeIn(code)).toBe(code)
  expect(codeIn(`https://any.example/public/visits/${code}`)).toBe(code)
  for (const other of ['', 'abc', 'javascript:alert(1)', `https://any.example/p/${code}`, `${code}?x=<b>`]) expect(codeIn(other)).toBeNull()
})
