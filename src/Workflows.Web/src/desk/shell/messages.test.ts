import { expect, test } from 'vitest'
import { deskLink, sections } from './messages'

test('links of the service become places of the desk', () => {
  expect(deskLink('/cases/5fedb23912455da0')).toBe('/desk/cases/5fedb23912455da0')
  expect(deskLink('/plans/p1')).toBe('/desk/plans/p1')
  expect(deskLink('/leads/417304e50f6a0b3a')).toBe('/desk/leads/417304e50f6a0b3a')
  expect(deskLink('/stuck-matters/s-1')).toBe('/desk/stuck/s-1')
  expect(deskLink('/desk/cases?targetId=330203-EH-0001')).toBe('/desk/cases?targetId=330203-EH-0001')
  expect(deskLink('/tasks/t-1')).toBe('/desk/approvals?task=t-1')
  expect(deskLink('/tasks')).toBe('/desk/approvals')
  expect(deskLink('/desk/wall?colour=Red&side=Unit')).toBe('/desk/wall?colour=Red&side=Unit')
})

test('what is no place of the desk leads nowhere', () => {
  for (const link of [undefined, null, '', 'https://elsewhere.example/cases/1', '//elsewhere.example/cases', '/cases/../../x', 'javascript:alert(1)', '/unknown/1']) expect(deskLink(link)).toBeUndefined()
})

test('a digest keeps its sections in order', () => {
  const line = (section: string, title: string) => ({ section, title, link: '/tasks/1' })
  expect(sections([line('已超期', 'a'), line('新收', 'b'), line('已超期', 'c')]).map(one => [one.section, one.lines.map(each => each.title)])).toEqual([['已超期', ['a', 'c']], ['新收', ['b']]])
  expect(sections(undefined)).toEqual([])
})
