import { expect, test } from 'vitest'
import { reactive } from 'vue'
import type { Kit } from '../shapes'
import { aboutOf, renewed } from './renewed'

const kit = () => ({ case: { number: '甬001', target: { name: '样例酒店' } }, items: [{ code: 'A', title: '甲' }, { code: 'B', title: '乙' }], previous: { on: '2026-01-01', answers: { A: { answer: '符合' } } }, sections: [] }) as unknown as Kit

test('what says the same is the same object, what changed is new', () => {
  const first = kit()
  const fresh = kit()
  fresh.items[1]!.title = '乙，已修改'
  const next = renewed(reactive(first) as Kit, fresh)
  expect(next.items[0]).toBe(first.items[0])
  expect(next.items[1]).toBe(fresh.items[1])
  expect(next.previous).toBe(first.previous)
  expect(next.sections).toBe(fresh.sections)
  fresh.previous!.answers['A']!.answer = '不符合'
  expect(renewed(first, fresh).previous).toBe(fresh.previous)
})

test('the mark of the photographs changes with the name alone', () => {
  const about = aboutOf('c1', kit(), undefined)
  expect(about).toEqual({ caseId: 'c1', number: '甬001', whom: '样例酒店' })
  expect(aboutOf('c1', kit(), about)).toBe(about)
  const named = kit()
  named.case.target.name = '样例旅馆'
  expect(aboutOf('c1', named, about).whom).toBe('样例旅馆')
})
