// @vitest-environment happy-dom
import { afterEach, expect, test } from 'vitest'
import { language } from '../language/language'
import { written } from './layout'
import { list } from './fields'
import { stepsOf, wayTo, within } from './places'
import { lawMembers } from './schema/law'
import { scenarioMembers, tabOf } from './tabs'
import type { Entry, ListField, Members } from './fields'
import law from '../../../../workflow-definitions/legal-bases.json?raw'
import scenario from '../../../../workflow-definitions/esports-hotel/scenario.json?raw'

/** Members of the data that no form shows, by place. */
function unknown(data: unknown, members: Members, place = '$'): string[] {
  return Object.entries(data as Entry).flatMap(([name, value]) => {
    const field = members[name]
    if (!field) return [within(place, name)]
    if (field.kind === 'group') return value === null ? [] : unknown(value, field.members, within(place, name))
    if (field.kind === 'list') return list(value).flatMap((entry, index) => unknown(entry, field.members, within(within(place, name), index)))
    return []
  })
}

test('what was read is written with the same content and nearly the same lines', () => {
  for (const text of [scenario, law]) {
    const again = written(JSON.parse(text))
    expect(JSON.parse(again)).toEqual(JSON.parse(text))
    const before = new Set(text.split('\n'))
    const other = again.split('\n').filter(line => !before.has(line))
    expect(other.length).toBeLessThan(text.split('\n').length / 20)
  }
})

test('every field of the first scenario and of the law has its place in a form', () => {
  expect(unknown(JSON.parse(scenario), scenarioMembers)).toEqual([])
  expect(unknown(JSON.parse(law), { ...lawMembers, schemaVersion: scenarioMembers['schemaVersion']!, $comment: scenarioMembers['$comment']! })).toEqual([])
})

test('places are read and lead to the part that shows them', () => {
  expect(stepsOf('$.items[3].rectification.default')).toEqual(['items', 3, 'rectification', 'default'])
  expect(wayTo('$.departments[1].code')).toEqual(['$', '$.departments', '$.departments[1]', '$.departments[1].code'])
  expect(tabOf('scenario.json', '$.ladders.external[4].offset')?.id).toBe('limits')
  expect(tabOf('legal-bases.json', '$.bases[0].code')?.id).toBe('law')
  expect(tabOf('templates/interview-notice.sbn-html', '3:4')?.id).toBe('documents')
})

afterEach(() => {
  language.value = 'zh'
})

test('entries are summed up in the language of the page', () => {
  const whole = { scenario: JSON.parse(scenario) as Entry, law: JSON.parse(law) as Entry }
  const [department] = list(whole.scenario['departments'])
  const rung = { code: 'r', title: 'T', offset: -3, unit: 'WorkingDays' }
  const departments = scenarioMembers['departments'] as ListField
  const ladder = (scenarioMembers['ladders'] as { members: Members }).members['internal'] as ListField
  expect(departments.summary(department!, whole)).toContain('牵头')
  expect(ladder.summary(rung, whole)).toBe('T · 到期前3个工作日')
  language.value = 'en'
  expect(departments.summary(department!, whole)).toContain('leads')
  expect(ladder.summary(rung, whole)).toBe('T · 3 working days before the due day')
  expect(ladder.summary({ ...rung, offset: 0 }, whole)).toBe('T · on the due day')
})
